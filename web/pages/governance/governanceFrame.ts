import type { Purpose } from '../../../src/policy/vocabulary.ts'
import type { Visit } from '../../pageVisit.ts'
import { choices } from '../session.ts'

/** Governance looks at who looked: its purpose is audit where the person may declare it. */
export const auditing = ({ purposes, session }: Visit): Purpose =>
  purposes.find((each) => each === 'AUDIT') ?? session.purpose

export const frame = (visit: Visit, here: string) => ({ purposes: choices(visit), here: `/governance${here}` })
