import { dayText, instantText, today } from './days.ts'
import type { Dice } from './dice.ts'
import type { Family, GeneratedChild } from './families.ts'
import type { GeneratedHolder, Sheets } from './sheets.ts'
import { logTexts, wishes } from './words.ts'

/**
 * What comes with being looked after: legal status, placements, what the child says, and a log where carers keep one.
 */
export function writeLookedAfter(
  sheets: Sheets,
  dice: Dice,
  { place }: Family,
  child: GeneratedChild,
  holder: GeneratedHolder,
  since: number,
): void {
  sheets.add(
    'socialCare',
    'legalStatuses',
    dice,
    holder,
    { day: since },
    { code: dice.chance(0.7) ? 'C2' : 'V2', from: dayText(since) },
  )
  const moves = dice.between(1, 3)
  const stay = Math.max(1, Math.floor((today - since) / moves))
  for (let nth = 0; nth < moves; nth += 1) {
    const from = since + nth * stay
    const home = child.longRecord && nth === moves - 1
    const over = nth < moves - 1
    sheets.add(
      'socialCare',
      'placements',
      dice,
      holder,
      { day: from, ...(over ? { knownOn: from + stay } : {}) },
      {
        code: home ? 'K2' : 'U6',
        collectionYear: Number(dayText(from).slice(0, 4)),
        providerCode: home ? 'PR4' : 'PR1',
        provider: home ? `${place.town} House` : `${place.town} fostering`,
        'field.la': place.la,
        'field.force': place.force,
        from: dayText(from),
        ...(over ? { to: dayText(from + stay), changeReason: 'CARPL' } : {}),
      },
    )
  }
  sheets.add(
    'socialCare',
    'voice',
    dice,
    holder,
    { day: Math.max(since, today - 45), minute: 660 },
    {
      medium: 'In person',
      text: dice.pick(wishes),
      about: ['PLACEMENT'],
      evidence: 'DISCLOSURE',
    },
  )
  if (!child.longRecord) return
  const home: GeneratedHolder = {
    ...holder,
    service: 'CHILDRENS_HOME',
    organisation: `HOME-${place.la}`,
    recordedBy: 'Shift leader',
  }
  for (let entry = 0; entry < 1000; entry += 1)
    sheets.add(
      'socialCare',
      'carerLog',
      dice,
      home,
      { day: today - Math.floor(entry / 2), minute: entry % 2 === 0 ? 1290 : 870 },
      {
        category: dice.pick(['DAILY', 'CONTACT', 'MOOD', 'EDUCATION']),
        text: dice.pick(logTexts),
      },
    )
  for (let nth = 0; nth < 8; nth += 1) {
    const day = today - 20 - nth * 31
    sheets.add(
      'socialCare',
      'missing',
      dice,
      home,
      { day, minute: 1260, knownOn: day + 1 },
      {
        kind: 'M',
        from: instantText(day, 1260),
        to: instantText(day, 1260 + dice.between(90, 600)),
        reported: true,
        'field.force': place.force,
        loggedBy: 'Shift leader',
        interviewOffered: true,
        interviewAccepted: dice.chance(0.5),
      },
    )
  }
}
