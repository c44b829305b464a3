/** Services of the demonstration, as every row of theirs names them. All invented. */
export const holders = {
  csc2: { service: 'CHILDRENS_SOCIAL_CARE', la: 'LA2', organisation: 'LA2-CSC' },
  csc5: { service: 'CHILDRENS_SOCIAL_CARE', la: 'LA5', organisation: 'LA5-CSC' },
  homeLa2: { service: 'CHILDRENS_HOME', la: 'LA2', organisation: 'HOME-LA2', recordedBy: 'Elm Lodge, shift leader' },
  homeLa5: {
    service: 'CHILDRENS_HOME',
    la: 'LA5',
    organisation: 'HOME-LA5',
    recordedBy: 'Harbour House, shift leader',
  },
  force1: { service: 'POLICE', la: 'LA2', force: 'F1', organisation: 'F1' },
  force2: { service: 'POLICE', la: 'LA3', force: 'F2', organisation: 'F2' },
  force3: { service: 'POLICE', la: 'LA4', force: 'F3', organisation: 'F3' },
  force4: { service: 'POLICE', la: 'LA5', force: 'F4', organisation: 'F4' },
  eastvalePrimary: { service: 'EDUCATION', la: 'LA2', organisation: '900001' },
  eastvaleAcademy: { service: 'EDUCATION', la: 'LA2', organisation: '900002' },
  northgate: { service: 'EDUCATION', la: 'LA2', organisation: '900003' },
  westhaven: { service: 'EDUCATION', la: 'LA4', organisation: '900004' },
  southmereHigh: { service: 'EDUCATION', la: 'LA5', organisation: '900005' },
  fenwick: { service: 'EDUCATION', la: 'LA6', organisation: '900006' },
  gp2: { service: 'HEALTH_GP', la: 'LA2', organisation: 'NHS-LA2-GP' },
  gp5: { service: 'HEALTH_GP', la: 'LA5', organisation: 'NHS-LA5-GP' },
  acute2: { service: 'HEALTH_ACUTE', la: 'LA2', organisation: 'NHS-LA2-ACUTE' },
  acute5: { service: 'HEALTH_ACUTE', la: 'LA5', organisation: 'NHS-LA5-ACUTE' },
  community2: { service: 'HEALTH_COMMUNITY', la: 'LA2', organisation: 'NHS-LA2-CHC' },
  community5: { service: 'HEALTH_COMMUNITY', la: 'LA5', organisation: 'NHS-LA5-CHC' },
  camhs2: { service: 'HEALTH_MENTAL_HEALTH', la: 'LA2', organisation: 'NHS-LA2-CAMHS' },
  camhs5: { service: 'HEALTH_MENTAL_HEALTH', la: 'LA5', organisation: 'NHS-LA5-CAMHS' },
  sarc5: { service: 'HEALTH_SARC', la: 'LA5', organisation: 'NHS-LA5-SARC' },
  housing2: { service: 'HOUSING', la: 'LA2', organisation: 'LA2-HOUSING' },
  housing5: { service: 'HOUSING', la: 'LA5', organisation: 'LA5-HOUSING' },
  probation2: { service: 'PROBATION', la: 'LA2', organisation: 'LA2-PROBATION' },
  substance2: { service: 'SUBSTANCE_SERVICE', la: 'LA2', organisation: 'LA2-SUBSTANCE' },
  asc2: { service: 'ADULT_SOCIAL_CARE', la: 'LA2', organisation: 'LA2-ASC' },
  asc5: { service: 'ADULT_SOCIAL_CARE', la: 'LA5', organisation: 'LA5-ASC' },
} as const

/** School details that an enrolment carries. */
export const schools = {
  eastvalePrimary: {
    urn: '900001',
    school: 'Eastvale Primary',
    phase: 'PRIMARY',
    contact: 'Safeguarding lead, 01632 960101',
  },
  eastvaleAcademy: {
    urn: '900002',
    school: 'Eastvale Academy',
    phase: 'SECONDARY',
    contact: 'Safeguarding lead, 01632 960102',
  },
  northgate: {
    urn: '900003',
    school: 'Northgate School',
    phase: 'SECONDARY',
    contact: 'Safeguarding lead, 01632 960103',
  },
  westhaven: {
    urn: '900004',
    school: 'Westhaven College',
    phase: 'SECONDARY',
    contact: 'Safeguarding lead, 01632 960104',
  },
  southmereHigh: {
    urn: '900005',
    school: 'Southmere High',
    phase: 'SECONDARY',
    contact: 'Safeguarding lead, 01632 960105',
  },
  fenwick: { urn: '900006', school: 'Fenwick School', phase: 'SECONDARY', contact: 'Safeguarding lead, 01632 960106' },
} as const

/** Practice details that a registration carries. */
export const practices = {
  eastvale: { practice: 'NHS-LA2-GP', name: 'Eastvale Surgery', contact: 'Safeguarding lead GP, 01632 960201' },
  southmere: { practice: 'NHS-LA5-GP', name: 'Southmere Practice', contact: 'Safeguarding lead GP, 01632 960205' },
} as const
