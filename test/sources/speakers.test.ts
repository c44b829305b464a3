import { expect, it } from 'vitest'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import { roleTable } from '../../src/policy/vocabulary.ts'
import { speakersOf } from '../../src/sources/sourceLayout.ts'

/** Services to which a plan gives actions, each with a role of it: it reads what it owns, whatever else is withheld. */
const owners = {
  CHILDRENS_SOCIAL_CARE: 'SOCIAL_WORKER',
  EARLY_HELP: 'EARLY_HELP_WORKER',
  YOUTH_JUSTICE: 'YOUTH_JUSTICE_WORKER',
  EDUCATION: 'DESIGNATED_SAFEGUARDING_LEAD',
  HEALTH_MENTAL_HEALTH: 'CAMHS_CLINICIAN',
  POLICE: 'POLICE_PUBLIC_PROTECTION',
  PROBATION: 'PROBATION_PRACTITIONER',
  HOUSING: 'HOUSING_OFFICER',
  CHILDRENS_HOME: 'CARE_WORKER',
  FOSTER_CARER: 'FOSTER_CARER',
  COURT: 'CHILDRENS_GUARDIAN',
} as const

it.each(Object.entries(owners))('an action that %s owns is read by its %s', async (service, role) => {
  const speakers = speakersOf(Object.values(await loadAgencies()).map(({ contract }) => contract))
  expect(speakers[roleTable[role].type]).toContain(service)
})
