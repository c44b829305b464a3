import { dayText, instantText, today } from './days.ts'
import type { Dice } from './dice.ts'
import { type Family, type GeneratedChild, isOpenCase } from './families.ts'
import { writeLookedAfter } from './lookedAfter.ts'
import type { GeneratedHolder, Sheets } from './sheets.ts'

/** What children's social care holds of one child: a contact that came to nothing, or an open case. */
export function writeSocialCare(sheets: Sheets, dice: Dice, family: Family, child: GeneratedChild): void {
  const person = child.socialCare
  if (person === null) return
  const { la } = family.place
  const holder: GeneratedHolder = {
    person,
    service: 'CHILDRENS_SOCIAL_CARE',
    la,
    organisation: `${la}-CSC`,
    recordedBy: 'Duty social worker',
  }
  const since = Math.max(child.bornOn + 3, today - dice.between(60, child.longRecord ? 1500 : 900))
  const open = isOpenCase(child.level)
  writeIdentity(sheets, dice, family, child, holder, since)
  for (let left = dice.between(1, open ? 4 : 2); left > 0; left -= 1)
    writeContact(sheets, dice, holder, family, Math.min(today, since + left * 7), open)
  const closed = Math.min(today, since + dice.between(10, 60))
  sheets.add(
    'socialCare',
    'referrals',
    dice,
    holder,
    { day: since, ...(open ? {} : { knownOn: closed }) },
    {
      sourceCode: '2A',
      primaryNeed: 'N1',
      noFurtherAction: !open,
      ...(open ? {} : { closedOn: dayText(closed), closureReason: 'RC8' }),
    },
  )
  if (open) writeOpenCase(sheets, dice, family, child, holder, since)
}

function writeIdentity(
  sheets: Sheets,
  dice: Dice,
  family: Family,
  child: GeneratedChild,
  holder: GeneratedHolder,
  since: number,
): void {
  const { place, address, postcode, livedThereFrom } = family
  const when = { day: since }
  sheets.add('socialCare', 'person', dice, holder, when, {
    laChildId: child.laChildId,
    family: child.family,
    given: child.given,
    isAlias: false,
    dateOfBirth: dayText(child.bornOn),
    sex: child.sex,
    nhsNumber: child.nhsNumber,
    upn: child.upn,
    ethnicity: family.ethnicity,
  })
  sheets.add('socialCare', 'addresses', dice, holder, when, {
    display: address,
    postcode,
    'field.la': place.la,
    'field.force': place.force,
    from: dayText(Math.max(livedThereFrom, child.bornOn)),
    protected: false,
  })
  sheets.add('socialCare', 'communication', dice, holder, when, {
    whose: 'CHILD',
    language: family.language,
    interpreterRequired: false,
    needs: [],
  })
  for (const { relation, name, inHousehold } of family.adults)
    sheets.add('socialCare', 'family', dice, holder, when, {
      relation,
      name,
      parentalResponsibility: relation !== 'STEPFATHER',
      inHousehold,
      isChild: false,
    })
  for (const sibling of family.children)
    if (sibling !== child)
      sheets.add('socialCare', 'family', dice, holder, when, {
        relation: 'SIBLING',
        name: `${sibling.given} ${sibling.family}`,
        parentalResponsibility: false,
        inHousehold: sibling.level !== 'LOOKED_AFTER',
        isChild: true,
      })
}

function writeContact(
  sheets: Sheets,
  dice: Dice,
  holder: GeneratedHolder,
  { place }: Family,
  day: number,
  accepted: boolean,
): void {
  const agency = dice.pick(['EDUCATION', 'POLICE', 'HEALTH_GP', 'HEALTH_ACUTE'])
  sheets.add(
    'socialCare',
    'contacts',
    dice,
    holder,
    { day, minute: dice.between(480, 1200) },
    {
      sourceCode: agency === 'EDUCATION' ? '2A' : agency === 'POLICE' ? '6' : '3A',
      fromAgency: agency,
      fromOrganisation: agency === 'POLICE' ? place.force : `${place.la}-${agency}`,
      outcome: accepted ? 'REFERRAL_ACCEPTED' : 'CONTACT_ONLY',
      outOfHours: false,
      concerns: [dice.pick(['NEGLECT', 'EMOTIONAL_ABUSE', 'DOMESTIC_ABUSE', 'PHYSICAL_ABUSE'])],
      disposed: [],
      feedback: 'Outcome sent to the referrer',
      feedbackAt: instantText(Math.min(today, day + 2), 600),
    },
  )
}

function writeOpenCase(
  sheets: Sheets,
  dice: Dice,
  family: Family,
  child: GeneratedChild,
  holder: GeneratedHolder,
  since: number,
): void {
  const { place } = family
  const assessed = Math.min(today, since + 40)
  sheets.add(
    'socialCare',
    'involvements',
    dice,
    holder,
    { day: since },
    {
      kind: 'ALLOCATED_WORKER',
      'field.service': `${place.town} ${child.level === 'LOOKED_AFTER' ? 'children in care' : 'family safeguarding'} team`,
      professional: 'Duty social worker',
      role: 'Social worker',
      contact: '01632 960191',
      from: dayText(since),
    },
  )
  sheets.add(
    'socialCare',
    'assessments',
    dice,
    holder,
    { day: since, knownOn: assessed },
    {
      kind: 'SINGLE',
      authorisedAt: instantText(assessed, 900),
      dueAt: dayText(since + 63),
      childSeen: true,
      factors: family.domesticAbuse ? ['3B', '18B'] : ['18B'],
    },
  )
  const level =
    child.level === 'LOOKED_AFTER'
      ? 'LOOKED_AFTER'
      : child.level === 'CHILD_PROTECTION'
        ? 'CHILD_PROTECTION'
        : 'CHILD_IN_NEED'
  const plan = sheets.add(
    'socialCare',
    'plans',
    dice,
    holder,
    { day: assessed },
    {
      level,
      ...(level === 'CHILD_PROTECTION' ? { category: dice.pick(['NEG', 'EMO', 'PHY']) } : {}),
      from: dayText(assessed),
      lastReviewOn: dayText(Math.min(today, assessed + 30)),
      nextReviewOn: dayText(today + 40),
    },
  )
  for (const owner of ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'HEALTH_COMMUNITY'])
    sheets.add(
      'socialCare',
      'actions',
      dice,
      holder,
      { day: assessed },
      {
        parent: plan,
        text:
          owner === 'EDUCATION'
            ? 'Meet the family about attendance'
            : owner === 'HEALTH_COMMUNITY'
              ? 'Review health needs'
              : 'Visit every four weeks',
        owner,
        due: dayText(today + 20),
        state: 'ACKNOWLEDGED',
      },
    )
  if (level !== 'CHILD_IN_NEED')
    sheets.add(
      'socialCare',
      's47Enquiries',
      dice,
      holder,
      { day: Math.min(today, since + 1), knownOn: Math.min(today, since + 16) },
      {
        startedOn: dayText(Math.min(today, since + 1)),
        endedOn: dayText(Math.min(today, since + 15)),
        outcome: 'SUBSTANTIATED_LIKELY_HARM',
      },
    )
  for (let day = Math.max(since + 14, today - 300); day < today; day += 28)
    sheets.add(
      'socialCare',
      'visits',
      dice,
      holder,
      { day, minute: 960 },
      { seen: dice.chance(0.95), seenAlone: dice.chance(0.6), jointWith: [], note: 'Home visit' },
    )
  if (level === 'LOOKED_AFTER') writeLookedAfter(sheets, dice, family, child, holder, assessed)
}
