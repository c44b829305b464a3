import { dayNumber, dayText, today } from './days.ts'
import type { Dice } from './dice.ts'
import { type Family, type GeneratedChild, isKnownToSocialCare, isOpenCase, type Schooling } from './families.ts'
import type { GeneratedHolder, Sheets } from './sheets.ts'
import { concernTexts } from './words.ts'

/** Terms as the attendance returns count them, newest first. */
const terms = [2026, 2025, 2024].flatMap((year) => [
  {
    from: dayNumber(`${year}-09-02`),
    to: Math.min(today, dayNumber(`${year}-12-18`)),
    possible: year === 2026 ? 108 : 142,
  },
  { from: dayNumber(`${year}-04-14`), to: dayNumber(`${year}-07-17`), possible: 118 },
  { from: dayNumber(`${year}-01-06`), to: dayNumber(`${year}-03-27`), possible: 110 },
])

/** What schools hold of one child; nothing before school age. */
export function writeEducation(sheets: Sheets, dice: Dice, family: Family, child: GeneratedChild): void {
  const person = child.education
  const last = child.schooling.at(-1)
  if (person === null || !last) return
  const at = ({ school }: Schooling): GeneratedHolder => ({
    person,
    service: 'EDUCATION',
    la: family.place.la,
    organisation: school.urn,
    recordedBy: 'School office',
  })
  const now = at(last)
  sheets.add(
    'education',
    'person',
    dice,
    now,
    { day: last.from },
    {
      upn: child.upn,
      family: child.family,
      given: child.given,
      dateOfBirth: dayText(child.bornOn),
      sex: child.sex,
      homeLanguage: family.language,
      ethnicity: family.ethnicity,
    },
  )
  for (const schooling of child.schooling)
    sheets.add(
      'education',
      'enrolments',
      dice,
      at(schooling),
      { day: schooling.from },
      {
        ...schooling.school,
        from: dayText(schooling.from),
        ...(schooling.to === null ? {} : { to: dayText(schooling.to), endReason: 'End of phase' }),
      },
    )
  const struggles = isOpenCase(child.level)
  for (const term of terms) {
    const schooling = child.schooling.findLast(({ from }) => from <= term.from)
    if (!schooling) continue
    const missed = struggles ? dice.between(4, 40) : dice.between(0, 12)
    const morning = Math.floor((term.possible - missed) / 2)
    sheets.add(
      'education',
      'attendance',
      dice,
      at(schooling),
      { day: term.from, knownOn: term.to },
      {
        school: schooling.school.school,
        from: dayText(term.from),
        to: dayText(term.to),
        possible: term.possible,
        attended: term.possible - missed,
        codes: [
          { code: '/', count: term.possible - missed - morning },
          { code: '\\', count: morning },
          ...(missed > 0 ? [{ code: 'I', count: missed }] : []),
        ],
      },
    )
  }
  const since = Math.max(last.from, today - 330)
  for (let left = dice.between(1, struggles ? 14 : 9); left > 0; left -= 1) {
    const day = since + dice.between(0, Math.max(0, today - 1 - since))
    sheets.add(
      'education',
      'absences',
      dice,
      now,
      { day, minute: 560 },
      {
        date: dayText(day),
        session: dice.chance(0.5) ? 'AM' : 'PM',
        code: struggles && dice.chance(0.4) ? 'O' : 'I',
      },
    )
  }
  writeMore(sheets, dice, family, child, now, since)
}

function writeMore(
  sheets: Sheets,
  dice: Dice,
  family: Family,
  child: GeneratedChild,
  holder: GeneratedHolder,
  since: number,
): void {
  const struggles = isOpenCase(child.level)
  const someDay = () => since + dice.between(0, Math.max(0, today - 1 - since))
  sheets.add(
    'education',
    'letters',
    dice,
    holder,
    { day: someDay() },
    { kind: 'LETTER', language: family.language, interpreter: false },
  )
  if (dice.chance(0.17))
    sheets.add(
      'education',
      'specialNeeds',
      dice,
      holder,
      { day: since },
      {
        need: dice.pick(['SPLD', 'SLCN', 'SEMH', 'ASD', 'MLD']),
        provision: dice.chance(0.25) ? 'EHCP' : 'SUPPORT',
        maintainedBy: family.place.la,
        from: dayText(since),
      },
    )
  if (child.age >= 8 && dice.chance(struggles ? 0.3 : 0.04))
    sheets.add(
      'education',
      'suspensions',
      dice,
      holder,
      { day: someDay() },
      {
        kind: 'SUSP',
        from: dayText(since + 20),
        sessions: dice.between(1, 10),
        reasons: ['PP'],
      },
    )
  const concerns = struggles
    ? dice.between(3, 8)
    : isKnownToSocialCare(child.level)
      ? dice.between(1, 4)
      : dice.chance(0.08)
        ? 1
        : 0
  for (let left = concerns; left > 0; left -= 1)
    sheets.add(
      'education',
      'concerns',
      dice,
      { ...holder, recordedBy: 'Safeguarding lead' },
      { day: someDay(), minute: dice.between(500, 960) },
      {
        category: dice.pick(['WELFARE', 'ATTENDANCE', 'NEGLECT', 'BEHAVIOUR']),
        text: dice.pick(concernTexts),
        action: dice.chance(0.6) ? 'Spoke with the family' : 'Monitored',
        factors: [],
      },
    )
  if (struggles && dice.chance(0.5))
    sheets.add(
      'education',
      'basicNeedsSupport',
      dice,
      holder,
      { day: someDay() },
      { kind: 'FOOD', note: 'Breakfast club, free of charge' },
    )
}
