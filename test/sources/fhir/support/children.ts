import type { Resource } from './server.ts'

/** Invented children of an invented practice, as UK Core has them. */
export const practice: Resource = {
  resourceType: 'Organization',
  id: 'org-y00001',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y00001' }],
  name: 'Ash Grove Surgery',
  telecom: [{ system: 'phone', value: '0191 498 0001' }],
}

export const doctor: Resource = {
  resourceType: 'Practitioner',
  id: 'dr-hazel',
  name: [{ use: 'official', prefix: ['Dr'], given: ['Hazel'], family: 'Alder' }],
}

export const doctorHere: Resource = {
  resourceType: 'PractitionerRole',
  id: 'role-hazel',
  practitioner: { reference: 'Practitioner/dr-hazel' },
  organization: { reference: 'Organization/org-y00001' },
  telecom: [{ system: 'phone', value: '0191 498 0002' }],
}

export const snomed = (code: string, display?: string) => ({
  coding: [{ system: 'http://snomed.info/sct', code, ...(display === undefined ? {} : { display }) }],
})

export const icd10 = (code: string, display?: string) => ({
  coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code, ...(display === undefined ? {} : { display }) }],
})

export const patient = (id: string, more: Readonly<Record<string, unknown>> = {}): Resource => ({
  resourceType: 'Patient',
  id,
  identifier: [
    {
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
          valueCodeableConcept: {
            coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus', code: '01' }],
          },
        },
      ],
      system: 'https://fhir.nhs.uk/Id/nhs-number',
      value: '9990000018',
    },
  ],
  name: [
    { use: 'old', given: ['Rowan'], family: 'Birch' },
    { use: 'official', given: ['Rowan', 'Lee'], family: 'Thorn' },
  ],
  gender: 'female',
  birthDate: '2014-05-06',
  generalPractitioner: [{ reference: 'Organization/org-y00001' }],
  ...more,
})

export const of = (id: string) => ({ reference: `Patient/${id}` })

export const emergency = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'EMER',
  display: 'emergency',
}

export const condition = (id: string, child: string, code: unknown, more: object = {}): Resource => ({
  resourceType: 'Condition',
  id,
  subject: of(child),
  ...(code === undefined ? {} : { code }),
  ...more,
})

/** One of everything that is read, of one child. */
export const recordOf = (child: string): readonly Resource[] => [
  patient(child),
  {
    resourceType: 'Encounter',
    id: `${child}-ed`,
    status: 'finished',
    class: emergency,
    subject: of(child),
    period: { start: '2026-02-03T22:15:00+00:00', end: '2026-02-04T01:00:00+00:00' },
    type: [snomed('4525004', 'Emergency department patient visit')],
    reasonCode: [icd10('S52.5', 'Fracture of lower end of radius')],
    hospitalization: { dischargeDisposition: { ...snomed('306689006', 'Discharge to home') } },
    participant: [{ individual: { reference: 'PractitionerRole/role-hazel' } }],
  },
  {
    resourceType: 'Appointment',
    id: `${child}-missed`,
    status: 'noshow',
    serviceType: [snomed('310000008', 'Accident prevention service')],
    start: '2026-01-12T10:00:00Z',
    created: '2025-12-01T09:00:00Z',
    participant: [{ actor: of(child), status: 'accepted' }],
  },
  {
    resourceType: 'EpisodeOfCare',
    id: `${child}-nursing`,
    status: 'active',
    type: [snomed('310162006', 'School nursing service')],
    patient: of(child),
    managingOrganization: { reference: 'Organization/org-y00001' },
    careManager: { reference: 'Practitioner/dr-hazel' },
    period: { start: '2025-09-01' },
  },
  {
    resourceType: 'CareTeam',
    id: `${child}-team`,
    status: 'active',
    subject: of(child),
    participant: [
      {
        role: [snomed('158965000', 'Medical practitioner')],
        member: { reference: 'PractitionerRole/role-hazel' },
        period: { start: '2024-01-01' },
      },
      { role: [snomed('133932002', 'Caregiver')], member: { reference: `RelatedPerson/${child}-mother` } },
    ],
  },
  condition(`${child}-asthma`, child, snomed('195967001', 'Asthma'), {
    onsetDateTime: '2019-05',
    recordedDate: '2019-06-02',
    recorder: { reference: 'Practitioner/dr-hazel' },
    clinicalStatus: { coding: [{ code: 'active' }] },
  }),
  {
    resourceType: 'Observation',
    id: `${child}-weight`,
    status: 'final',
    code: snomed('27113001', 'Body weight'),
    subject: of(child),
    effectiveDateTime: '2026-02-10',
    valueQuantity: { value: 27.5, unit: 'kg' },
  },
  {
    resourceType: 'Immunization',
    id: `${child}-mmr`,
    status: 'completed',
    vaccineCode: snomed('38598009', 'Measles, mumps and rubella vaccine'),
    patient: of(child),
    occurrenceDateTime: '2015-06-01',
    recorded: '2015-06-01',
  },
  {
    resourceType: 'Flag',
    id: `${child}-plan`,
    status: 'active',
    code: snomed('375041000000100', 'Subject to child protection plan'),
    subject: of(child),
    period: { start: '2025-11-02' },
  },
  {
    resourceType: 'DocumentReference',
    id: `${child}-letter`,
    status: 'current',
    type: snomed('823681000000100', 'Outpatient letter'),
    subject: of(child),
    date: '2026-02-12T12:00:00Z',
    content: [{ attachment: { url: 'https://elsewhere.example/letter.pdf', title: 'Letter about the wrist' } }],
  },
]

/**
 * What is withheld of a child from those who read general health alone: by its code, by a mark, or because nobody
 * classified it.
 */
export const hiddenOf = (child: string): readonly Resource[] => [
  condition(`${child}-depression`, child, snomed('310497006', 'Severe depression')),
  condition(`${child}-depression-icd`, child, icd10('F32.1', 'Moderate depressive episode')),
  condition(`${child}-chlamydia`, child, snomed('240589008', 'Chlamydia trachomatis infection')),
  condition(`${child}-cannabis`, child, snomed('37344009', 'Cannabis abuse')),
  condition(`${child}-uncoded`, child, { text: 'Told us of a thing that has no code' }),
  condition(`${child}-local`, child, { coding: [{ system: 'urn:local', code: 'X1', display: 'Local code' }] }),
  condition(`${child}-none`, child, undefined),
  condition(`${child}-restricted`, child, snomed('195967001', 'Asthma, restricted'), {
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
  }),
  {
    resourceType: 'Encounter',
    id: `${child}-sarc`,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: of(child),
    period: { start: '2026-01-20T10:00:00Z' },
    type: [snomed('248110007', 'Sexual assault')],
  },
  {
    resourceType: 'EpisodeOfCare',
    id: `${child}-camhs`,
    status: 'active',
    type: [snomed('413307004', 'Child and adolescent mental health service')],
    patient: of(child),
    managingOrganization: { reference: 'Organization/org-y00001' },
    period: { start: '2025-10-01' },
  },
  {
    resourceType: 'Appointment',
    id: `${child}-psychology`,
    status: 'noshow',
    serviceType: [snomed('310190000', 'Clinical psychology service')],
    start: '2026-01-14T10:00:00Z',
    participant: [{ actor: of(child), status: 'accepted' }],
  },
]
