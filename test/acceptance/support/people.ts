/** The demonstration's personas who ask about children. */
export const personas = [
  'mash-analyst',
  'social-worker',
  'team-manager',
  'reviewing-officer',
  'school-dsl',
  'school-dsl-eastvale',
  'school-nurse',
  'designated-nurse',
  'gp',
  'camhs-clinician',
  'sarc-clinician',
  'police-public-protection',
  'missing-coordinator',
  'adult-services-worker',
  'care-home-worker',
  'receiving-officer',
  'unrelated-officer',
  'early-help-worker',
  'adoption-worker',
  'legal-officer',
  'information-governance',
] as const

export type Persona = (typeof personas)[number]

export const cases = [
  'C01',
  'C02',
  'C03',
  'C04',
  'C05',
  'C06',
  'C07',
  'C08',
  'C09',
  'C09B',
  'C10',
  'C11',
  'C12',
] as const
