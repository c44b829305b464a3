type CodeSet = Readonly<Record<string, string>>

/**
 * Codes of the published returns in words. SSDA903 (children looked after), collections 2024 to 2026: legal status
 * (LS), reason for a new episode (RNE), placement (PLACE), reason for a change of placement, reason an episode ceased
 * (REC). Children in need census: assessment factors, primary need, reason for closure, category of abuse. A code of
 * another year that is not here stands as it was recorded: a wrong word is worse than none.
 */
export const codeWords = {
  legalStatus: {
    C1: 'Interim care order',
    C2: 'Full care order',
    D1: 'Freeing order',
    E1: 'Placement order',
    V2: 'Accommodated by agreement, one period (section 20)',
    V3: 'Accommodated by agreement, a series of short breaks (section 20)',
    V4: 'Accommodated under an agreed series of short breaks (section 20)',
    L1: 'Police protection, in the authority’s accommodation',
    L2: 'Emergency protection order',
    L3: 'Child assessment order',
    J1: 'Remand',
    J2: 'Accommodated under the Police and Criminal Evidence Act',
    J3: 'Youth rehabilitation order with residence or intensive fostering',
  },
  newEpisode: {
    S: 'Began to be looked after',
    L: 'Change of legal status alone',
    P: 'Change of placement and carer',
    T: 'Change of placement with the same carer',
    B: 'Change of legal status, placement and carer',
    U: 'Change of legal status and placement with the same carer',
  },
  placement: {
    A3: 'Placed for adoption with current foster carers, with consent',
    A4: 'Placed for adoption elsewhere, with consent',
    A5: 'Placed for adoption with current foster carers, under an order',
    A6: 'Placed for adoption elsewhere, under an order',
    H5: 'Semi-independent living',
    K1: 'Secure children’s home',
    K2: 'Children’s home',
    P1: 'With own parents',
    P2: 'Independent living',
    P3: 'Residential employment',
    R1: 'Residential care home',
    R2: 'NHS or other medical establishment',
    R3: 'Family centre or mother and baby unit',
    R5: 'Young offender institution or prison',
    S1: 'Residential school',
    T0: 'Temporary placement',
    T1: 'Temporary: hospital',
    T2: 'Temporary: holiday',
    T3: 'Temporary: carer’s holiday',
    T4: 'Temporary: other',
    U1: 'Foster care with a relative or friend, long term',
    U2: 'Foster care with a relative or friend, fostering for adoption',
    U3: 'Foster care with a relative or friend, other',
    U4: 'Foster care, long term',
    U5: 'Foster care, fostering for adoption',
    U6: 'Foster care, other',
    Z1: 'Other placement',
  },
  placementChange: {
    CARPL: 'Change of care plan',
    CLOSE: 'The provision closed',
    ALLEG: 'Allegation',
    STAND: 'Standards of care',
    APPRR: 'Approval removed',
    CREQB: 'The carer asked, because of the child’s behaviour',
    CREQO: 'The carer asked, for another reason',
    CHILD: 'The child asked',
    LAREQ: 'The authority or its area asked',
    PLACE: 'Change in the status of the placement',
    CUSTOD: 'Custody',
    OTHER: 'Other',
  },
  episodeCeased: {
    X1: 'The next episode began',
    E11: 'Adopted, without contest',
    E12: 'Adopted, consent dispensed with',
    E2: 'Died',
    E3: 'Care taken over by another authority',
    E4A: 'Returned home, planned',
    E4B: 'Returned home, unplanned',
    E13: 'Left to live with relatives or others',
    E41: 'Residence or child arrangements order',
    E45: 'Special guardianship with former foster carers',
    E46: 'Special guardianship with others',
    E47: 'Special guardianship with relatives or friends who fostered',
    E48: 'Special guardianship with other relatives or friends',
    E5: 'Moved to independent living with support',
    E6: 'Moved to independent living without support',
    E7: 'Moved to adult residential care',
    E8: 'Ceased for another reason',
    E9: 'Sentenced to custody',
    E14: 'Remand ended',
    E15: 'Age assessment found an adult',
    E16: 'Moved abroad',
    E17: 'Stayed with carers at 18',
  },
  assessmentFactor: {
    '1A': 'Alcohol, the child',
    '1B': 'Alcohol, a parent or carer',
    '1C': 'Alcohol, another in the household',
    '2A': 'Drugs, the child',
    '2B': 'Drugs, a parent or carer',
    '2C': 'Drugs, another in the household',
    '3A': 'Domestic violence, the child',
    '3B': 'Domestic violence, a parent or carer',
    '3C': 'Domestic violence, another in the household',
    '4A': 'Mental health, the child',
    '4B': 'Mental health, a parent or carer',
    '4C': 'Mental health, another in the household',
    '5A': 'Learning disability, the child',
    '5B': 'Learning disability, a parent or carer',
    '5C': 'Learning disability, another in the household',
    '6A': 'Physical disability or illness, the child',
    '6B': 'Physical disability or illness, a parent or carer',
    '6C': 'Physical disability or illness, another in the household',
    '7A': 'Young carer',
    '8B': 'Privately fostered, from overseas with the intention to return',
    '8C': 'Privately fostered, from overseas with the intention to stay',
    '8D': 'Privately fostered, educational placement',
    '8E': 'Privately fostered, alternative family arrangement',
    '8F': 'Privately fostered, other',
    '9A': 'Unaccompanied asylum seeker',
    '10A': 'Missing',
    '11A': 'Sexual exploitation',
    '12A': 'Trafficking',
    '13A': 'Gangs',
    '14A': 'Socially unacceptable behaviour',
    '15A': 'Self-harm',
    '16A': 'Neglect',
    '17A': 'Emotional abuse',
    '18B': 'Physical abuse by a child',
    '18C': 'Physical abuse by an adult',
    '19B': 'Sexual abuse by a child',
    '19C': 'Sexual abuse by an adult',
    '20': 'Other factor',
    '21': 'No factor found',
    '22A': 'Female genital mutilation',
    '23A': 'Abuse linked to faith or belief',
    '24A': 'Criminal exploitation',
  },
  need: {
    N1: 'Abuse or neglect',
    N2: 'The child’s disability or illness',
    N3: 'A parent’s disability or illness',
    N4: 'Family in acute stress',
    N5: 'Family dysfunction',
    N6: 'Socially unacceptable behaviour',
    N7: 'Low income',
    N8: 'Absent parenting',
    N9: 'Other than children in need',
    N0: 'Not stated',
  },
  closure: {
    RC1: 'Adopted',
    RC2: 'Died',
    RC3: 'Child arrangements order',
    RC4: 'Special guardianship order',
    RC5: 'Transferred to another authority',
    RC6: 'Transferred to adult social care',
    RC7: 'No longer in need',
    RC8: 'Closed after assessment, no further action',
    RC9: 'Closed after assessment, to early help',
  },
  abuse: {
    NEG: 'Neglect',
    PHY: 'Physical abuse',
    SAB: 'Sexual abuse',
    EMO: 'Emotional abuse',
    MUL: 'More than one category',
  },
} as const satisfies Readonly<Record<string, CodeSet>>

export type CodeSetName = keyof typeof codeWords

/** What a code means; null where the set does not have it. */
export function meaningOf(set: CodeSetName, code: string): string | null {
  const words: CodeSet = codeWords[set]
  return Object.hasOwn(words, code) ? (words[code] ?? null) : null
}

/** `C2` → `full care order (C2)`, within a sentence; a code that the set does not have as it is. */
export function decoded(set: CodeSetName, value: unknown): string | null {
  if (Array.isArray(value)) return value.map((code) => decoded(set, code) ?? '').join('; ') || null
  if (typeof value !== 'string' || value === '') return null
  const meaning = meaningOf(set, value)
  return meaning === null ? value : `${within(meaning)} (${value})`
}

/** The first letter small, unless the word is spelt in capitals. */
const within = (text: string): string =>
  /^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
