import { dayText, instantText, today } from './days.ts'
import type { Dice } from './dice.ts'
import { type Family, type GeneratedChild, isOpenCase } from './families.ts'
import type { GeneratedHolder, Sheets } from './sheets.ts'

const offences = [
  'Theft from a shop',
  'Common assault',
  'Criminal damage',
  'Public order',
  'Possession of cannabis',
  'Robbery',
] as const

/** What the police hold of one child, where they hold anything. */
export function writePolice(sheets: Sheets, dice: Dice, family: Family, child: GeneratedChild): void {
  const person = child.police
  if (person === null) return
  const { la, force } = family.place
  const holder: GeneratedHolder = {
    person,
    service: 'POLICE',
    la,
    force,
    organisation: force,
    recordedBy: 'Public protection unit',
  }
  const open = isOpenCase(child.level)
  const lived = Math.max(2, Math.min(today - child.bornOn - 1, 1500))
  const someDay = () => today - dice.between(1, lived)
  sheets.add(
    'police',
    'person',
    dice,
    holder,
    { day: today - lived },
    {
      family: child.family,
      given: child.given,
      dateOfBirth: dayText(child.bornOn),
      sex: child.sex === 'M' ? '1' : '2',
    },
  )
  for (let left = dice.between(1, open ? 4 : 2); left > 0; left -= 1)
    sheets.add(
      'police',
      'events',
      dice,
      holder,
      { day: someDay(), minute: dice.between(0, 1439) },
      {
        kind: dice.pick(['CONCERN_FOR_WELFARE', 'COME_TO_NOTICE', 'STOP_AND_ACCOUNT']),
        finding: dice.pick(['Safe and well', 'Taken home', 'Words of advice']),
        childRole: 'SUBJECT',
        notified: dice.chance(0.8),
      },
    )
  if (family.domesticAbuse)
    for (let left = dice.between(1, 4); left > 0; left -= 1) {
      const day = someDay()
      sheets.add(
        'police',
        'domesticAbuse',
        dice,
        holder,
        { day, minute: dice.between(960, 1439) },
        {
          childPresent: dice.chance(0.7),
          schoolNotifiedAt: dice.chance(0.8) ? instantText(day + 1, 495) : null,
          adults: family.adults.map(({ name }) => name).join('; '),
          summary: 'Argument heard by neighbours; officers attended',
          labels: [],
        },
      )
    }
  if (child.age >= 10 && dice.chance(open ? 0.5 : 0.3))
    for (let left = dice.between(1, 3); left > 0; left -= 1) {
      const day = someDay()
      sheets.add(
        'police',
        'crimes',
        dice,
        holder,
        { day, minute: dice.between(600, 1439) },
        {
          offence: dice.pick(offences),
          role: dice.pick(['VICTIM', 'VICTIM', 'SUSPECT']),
          outcome: 'Under investigation',
          sharedAt: instantText(day + 2, 600),
        },
      )
    }
  if (child.age >= 10 && open && dice.chance(0.35))
    for (let left = dice.between(1, child.longRecord ? 30 : 6); left > 0; left -= 1)
      writeMissing(sheets, dice, holder, force, someDay())
}

function writeMissing(sheets: Sheets, dice: Dice, holder: GeneratedHolder, force: string, day: number): void {
  const left = dice.between(1080, 1380)
  const back = left + dice.between(60, 900)
  sheets.add(
    'police',
    'missingEpisodes',
    dice,
    holder,
    { day, minute: left, knownOn: day + 1 },
    {
      kind: 'M',
      from: instantText(day, left),
      to: instantText(day, back),
      'field.force': force,
      overnight: back > 1440,
      grade: dice.pick(['MEDIUM', 'HIGH']),
      safeAndWellCheck: dice.chance(0.9),
      foundAt: 'Returned home',
    },
  )
}
