/**
 * Codes of the SSDA903 return in words: legal status (LS), reason for a new episode (RNE), placement (PLACE), reason
 * for a change of placement, and reason an episode ceased (REC). Collections 2024 to 2026; a code of another year that
 * is not here stands as it was recorded.
 */
const codes = {
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
} as const

/** A code, and what it means; no meaning where it is not of the set: then it stands as it was recorded. */
export interface Coded {
  readonly code: string
  readonly meaning: string | null
}

export const coded = (set: keyof typeof codes, code: string | null): Coded | null => {
  const meanings: Readonly<Record<string, string>> = codes[set]
  return code === null ? null : { code, meaning: Object.hasOwn(meanings, code) ? (meanings[code] ?? null) : null }
}
