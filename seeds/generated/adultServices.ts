import { dayText, today } from './days.ts'
import type { Dice } from './dice.ts'
import type { Adult, Family } from './families.ts'
import type { GeneratedHolder, Sheets } from './sheets.ts'

/** What adult services hold about the adults of one household. Siblings share it, for the adult is the same. */
export function writeAdultServices(sheets: Sheets, dice: Dice, family: Family): void {
  for (const adult of family.adults) if (adult.person !== null) writeAdult(sheets, dice, family, adult, adult.person)
}

function writeAdult(
  sheets: Sheets,
  dice: Dice,
  { place, address, livedThereFrom }: Family,
  adult: Adult,
  person: string,
): void {
  const { la } = place
  const of = (service: string, organisation: string): GeneratedHolder => ({
    person,
    service,
    la,
    organisation,
    recordedBy: 'Duty worker',
  })
  const care = of('ADULT_SOCIAL_CARE', `${la}-ASC`)
  const { relation } = adult
  const since = today - dice.between(100, 1500)
  sheets.add(
    'adultServices',
    'person',
    dice,
    care,
    { day: since },
    { relation, name: adult.name, dateOfBirth: dayText(adult.bornOn) },
  )
  for (let left = dice.between(1, 3); left > 0; left -= 1) {
    const from = since + dice.between(0, 90)
    const ended = dice.chance(0.5)
    const service = dice.pick(['ADULT_SOCIAL_CARE', 'HOUSING', 'SUBSTANCE_SERVICE', 'PROBATION'])
    sheets.add(
      'adultServices',
      'services',
      dice,
      of(service, `${la}-${service}`),
      { day: from },
      {
        'field.service': service,
        relation,
        worker: 'Duty worker',
        contact: '01632 960390',
        from: dayText(from),
        ...(ended ? { to: dayText(Math.min(today, from + dice.between(60, 400))), endReason: 'Completed' } : {}),
        riskStatement: 'No immediate risk to the child identified',
      },
    )
  }
  sheets.add(
    'adultServices',
    'housing',
    dice,
    of('HOUSING', `${la}-HOUSING`),
    { day: Math.max(since, livedThereFrom) },
    {
      kind: 'TENANCY',
      text: `Tenancy of ${address}`,
      tenancyFrom: dayText(livedThereFrom),
      named: [adult.name],
    },
  )
  if (dice.chance(0.3))
    sheets.add(
      'adultServices',
      'substanceTreatment',
      dice,
      of('SUBSTANCE_SERVICE', `${la}-SUBSTANCE`),
      { day: since + 30 },
      {
        substance: dice.pick(['Alcohol', 'Cannabis', 'Opioids']),
        relation,
        from: dayText(since + 30),
        text: 'Attends fortnightly',
      },
    )
  if (dice.chance(0.15))
    sheets.add(
      'adultServices',
      'probation',
      dice,
      of('PROBATION', `${la}-PROBATION`),
      { day: since + 40 },
      {
        kind: 'COMMUNITY_ORDER',
        relation,
        planForChild: dice.chance(0.5),
        text: 'Unpaid work',
      },
    )
}
