import { dayText, today } from './days.ts'
import type { Dice } from './dice.ts'
import { type Family, type GeneratedChild, isOpenCase } from './families.ts'
import type { GeneratedHolder, Sheets } from './sheets.ts'
import { surgeryNotes, vaccines, visitReasons } from './words.ts'

/** What the NHS holds of one child: immunisations and the surgery for all, more where more happened. */
export function writeHealth(sheets: Sheets, dice: Dice, family: Family, child: GeneratedChild): void {
  const { place, practice } = family
  const of = (service: string, organisation: string, recordedBy: string): GeneratedHolder => ({
    person: child.health,
    service,
    la: place.la,
    organisation,
    recordedBy,
  })
  const gp = of('HEALTH_GP', practice.practice, 'Practice clinical system')
  const acute = of('HEALTH_ACUTE', `NHS-${place.la}-ACUTE`, 'Emergency department')
  const community = of('HEALTH_COMMUNITY', `NHS-${place.la}-CHC`, child.age < 5 ? 'Health visitor' : 'School nurse')
  const lived = today - child.bornOn
  const someDay = () => today - dice.between(1, Math.max(2, Math.min(lived - 1, 2500)))
  const registered = Math.min(today, child.bornOn + 20)

  sheets.add(
    'health',
    'person',
    dice,
    gp,
    { day: registered },
    {
      nhsNumber: child.nhsNumber,
      nhsNumberVerified: child.nhsNumber !== null && dice.chance(0.98),
      family: child.family,
      given: child.given,
      dateOfBirth: dayText(child.bornOn),
      sex: child.sex === 'M' ? '1' : '2',
    },
  )
  sheets.add('health', 'registrations', dice, gp, { day: registered }, { ...practice, from: dayText(registered) })
  const visitorUntil = child.bornOn + 5 * 365
  sheets.add(
    'health',
    'involvements',
    dice,
    community,
    { day: registered },
    {
      kind: 'HEALTH_VISITOR',
      'field.service': `${place.town} health visiting`,
      professional: 'Duty health visitor',
      contact: '01632 960291',
      from: dayText(registered),
      ...(visitorUntil < today ? { to: dayText(visitorUntil), endReason: 'School age' } : {}),
    },
  )
  if (child.age >= 5)
    sheets.add(
      'health',
      'involvements',
      dice,
      community,
      { day: visitorUntil },
      {
        kind: 'SCHOOL_NURSE',
        'field.service': `${place.town} school nursing`,
        professional: 'Duty school nurse',
        contact: '01632 960292',
        from: dayText(visitorUntil),
      },
    )
  vaccines.forEach((vaccine, nth) => {
    const due = child.bornOn + 60 + nth * 45
    if (due < today)
      sheets.add(
        'health',
        'immunisations',
        dice,
        gp,
        { day: due },
        { vaccine, status: dice.chance(0.92) ? 'GIVEN' : 'DECLINED' },
      )
  })
  for (let left = dice.between(5, 11); left > 0; left -= 1) {
    const relevant = isOpenCase(child.level) && dice.chance(0.3)
    sheets.add(
      'health',
      'gpEntries',
      dice,
      gp,
      { day: someDay(), minute: dice.between(510, 1080) },
      {
        text: dice.pick(surgeryNotes),
        safeguardingRelevance: relevant ? 'YES' : 'NONE',
      },
    )
  }
  for (let left = dice.between(2, 7); left > 0; left -= 1)
    sheets.add(
      'health',
      'appointments',
      dice,
      dice.chance(0.5) ? gp : community,
      { day: someDay(), minute: dice.between(510, 1020) },
      {
        'field.service': dice.pick([
          'Paediatrics',
          'Dental',
          'Optometry',
          'Speech and language',
          'Immunisation',
          'Audiology',
        ]),
        outcome: dice.chance(isOpenCase(child.level) ? 0.7 : 0.93) ? 'ATTENDED' : 'WAS_NOT_BROUGHT',
        reason: 'Routine',
      },
    )
  for (let left = dice.between(0, isOpenCase(child.level) ? 6 : 3); left > 0; left -= 1)
    sheets.add(
      'health',
      'unscheduledAttendances',
      dice,
      acute,
      { day: someDay(), minute: dice.between(0, 1439) },
      {
        setting: 'EMERGENCY_DEPARTMENT',
        safeguardingRelevance: isOpenCase(child.level) && dice.chance(0.4) ? 'YES' : 'NONE',
        injury: dice.chance(0.4),
        reason: dice.pick(visitReasons),
        outcome: dice.chance(0.85) ? 'Discharged home' : 'Admitted for observation',
        mentalHealthReferral: false,
      },
    )
  if (child.age >= 9 && dice.chance(child.longRecord ? 1 : isOpenCase(child.level) ? 0.3 : 0.03))
    writeCamhs(sheets, dice, family, child)
  if (child.level === 'LOOKED_AFTER')
    for (let year = 0; year < Math.min(3, child.age); year += 1)
      sheets.add(
        'health',
        'healthAssessments',
        dice,
        community,
        { day: today - 90 - year * 365 },
        {
          kind: 'REVIEW',
          heldOn: dayText(today - 90 - year * 365),
          sdq: dice.between(6, 24),
          findings: 'Growth and hearing as expected; dental check due',
        },
      )
}

function writeCamhs(sheets: Sheets, dice: Dice, { place }: Family, child: GeneratedChild): void {
  const referred = today - dice.between(60, 700)
  const closed = dice.chance(0.5) ? Math.min(today - 5, referred + dice.between(90, 300)) : null
  sheets.add(
    'health',
    'camhsEpisodes',
    dice,
    {
      person: child.health,
      service: 'HEALTH_MENTAL_HEALTH',
      la: place.la,
      organisation: `NHS-${place.la}-CAMHS`,
      recordedBy: 'CAMHS intake',
    },
    { day: referred },
    {
      'field.service': `${place.town} CAMHS`,
      'field.la': place.la,
      status: closed === null ? 'IN_TREATMENT' : 'CLOSED',
      referralType: 'ROUTINE',
      referredOn: dayText(referred),
      ...(closed === null ? {} : { closedOn: dayText(closed), closureReason: 'TREATMENT_COMPLETE' }),
      presentingNeed: dice.pick(['Anxiety', 'Low mood', 'Self-harm', 'Trauma']),
    },
  )
}
