import { z } from 'zod'
import type { Caller } from './caller.ts'
import { type Purpose, pathOfPurpose, purposes, type Role, roles } from './vocabulary.ts'

/** Questions over many children. What is told of each of them the policy decides child by child all the same. */
export const oversightQuestions = [
  'PLACED_OUT',
  'PLACED_IN',
  'WORKLIST',
  'CASE_AUDIT',
  'PROBLEM_PROFILE',
  'MISSING_NOTICES',
  'FORUM_LISTINGS',
  'ESCALATIONS',
  'LEARNING_ACTIONS',
  'DATA_QUALITY',
] as const
export type OversightQuestion = (typeof oversightQuestions)[number]

const row = z.strictObject({
  roles: z.array(z.enum(roles)).min(1),
  /** For these purposes alone; for every one that the role may declare and that reads records, when left out. */
  purposes: z.array(z.enum(purposes)).min(1).optional(),
  /** Why these roles and no others. */
  because: z.string().min(1),
})

/** What a pack may say of them: whole rows, in place of the product's own. */
export const oversightSchema = z.partialRecord(z.enum(oversightQuestions), row)

/** Which roles ask a question, and for which purposes. */
export interface OversightRow {
  readonly roles: readonly Role[]
  readonly purposes?: readonly Purpose[] | undefined
  readonly because: string
}

const managers = ['TEAM_MANAGER', 'HEAD_OF_SERVICE', 'REVIEWING_OFFICER'] as const
const leads = [
  ...['MASH_ANALYST', 'FAMILY_HELP_LEAD', 'CHILD_PROTECTION_LEAD', 'DESIGNATED_SAFEGUARDING_LEAD'],
  ...['EARLY_YEARS_LEAD', 'VIRTUAL_HEAD', 'DESIGNATED_NURSE', 'NAMED_NURSE', 'LOOKED_AFTER_NURSE'],
  ...['POLICE_PUBLIC_PROTECTION', 'MISSING_COORDINATOR'],
] as const satisfies readonly Role[]
const auditors = ['QUALITY_ASSURANCE_OFFICER', 'REVIEW_AUTHOR', 'HEAD_OF_SERVICE', 'TEAM_MANAGER'] as const

/** Who may ask, in force where a pack says nothing else. A role that is not named is refused. */
export const oversightDefaults: Readonly<Record<OversightQuestion, OversightRow>> = {
  PLACED_OUT: {
    roles: [...managers, 'SOCIAL_WORKER', 'RECEIVING_OFFICER', ...leads],
    because:
      'Care Planning Regulations 2010, regulations 11 and 13: who answers for placements, and who is notified of them',
  },
  PLACED_IN: {
    roles: [...managers, 'SOCIAL_WORKER', 'RECEIVING_OFFICER', ...leads],
    because:
      'Care Planning Regulations 2010, regulation 13: the area authority and its partners are told of each placement',
  },
  WORKLIST: {
    roles: [...managers, ...leads],
    because:
      'Working Together: whoever supervises, or leads on safeguarding, sees what waits in their own organisation',
  },
  CASE_AUDIT: {
    roles: [...auditors, 'REVIEWING_OFFICER', 'DESIGNATED_NURSE'],
    purposes: ['PRACTICE_REVIEW'],
    because: 'Children Act 2004 s.16H and local quality assurance: audits of practice over several agencies’ records',
  },
  PROBLEM_PROFILE: {
    roles: auditors,
    // One purpose alone: with two of them one person could lay two profiles of the same children beside each other.
    purposes: ['PRACTICE_REVIEW'],
    because: 'Children Act 2004 s.10 and s.11: partners plan by what harms children in their area; nobody is named',
  },
  MISSING_NOTICES: {
    roles: [...managers, 'SOCIAL_WORKER', ...leads],
    because:
      'Statutory guidance on children who run away or go missing, 2014: those who answer for a child know at once',
  },
  FORUM_LISTINGS: {
    roles: [...managers, 'SOCIAL_WORKER', 'MASH_ANALYST', 'DESIGNATED_NURSE', 'POLICE_PUBLIC_PROTECTION'],
    because: 'Members of the multi-agency forum: social care, police and the health lead',
  },
  ESCALATIONS: {
    roles: [...managers, ...leads, 'QUALITY_ASSURANCE_OFFICER'],
    because: 'Local procedures for professional disagreement: managers answer for its stages and its clock',
  },
  LEARNING_ACTIONS: {
    roles: [...managers, ...leads, 'QUALITY_ASSURANCE_OFFICER', 'REVIEW_AUTHOR'],
    because: 'Working Together, chapter 5: what a review asked for is followed until it is known whether it worked',
  },
  DATA_QUALITY: {
    roles: [...managers, 'QUALITY_ASSURANCE_OFFICER', 'INFORMATION_GOVERNANCE_OFFICER'],
    because: 'UK GDPR Art 5(1)(d): accuracy of what is shared is the duty of each who holds it',
  },
}

/** Questions about messages and numbers of holders, which open no record of a child. */
const opensNoRecord: ReadonlySet<OversightQuestion> = new Set(['ESCALATIONS', 'LEARNING_ACTIONS', 'DATA_QUALITY'])

type Labels = Readonly<Record<string, { readonly access: readonly { readonly roles: readonly string[] }[] }>>

/** Whether a pack lets a role read anything at all: else each child would be withheld, and the answer be of none. */
const readsSomething = (labels: Labels, role: string): boolean =>
  Object.values(labels).some(({ access }) => access.some(({ roles }) => roles.includes(role)))

export type MayAsk = 'ALLOWED' | 'ROLE_NOT_PERMITTED' | 'PURPOSE_NOT_PERMITTED'

/** Whether a caller may ask one of these questions at all, by the pack in force. */
export function mayAsk(
  pack: { readonly oversight?: z.infer<typeof oversightSchema> | undefined; readonly labels: Labels },
  { role, purpose }: Pick<Caller, 'role' | 'purpose'>,
  question: OversightQuestion,
): MayAsk {
  const said: OversightRow = pack.oversight?.[question] ?? oversightDefaults[question]
  if (!said.roles.includes(role)) return 'ROLE_NOT_PERMITTED'
  if (!opensNoRecord.has(question) && !readsSomething(pack.labels, role)) return 'ROLE_NOT_PERMITTED'
  if (said.purposes) return said.purposes.includes(purpose) ? 'ALLOWED' : 'PURPOSE_NOT_PERMITTED'
  return pathOfPurpose[purpose] === 'CLOSED' ? 'PURPOSE_NOT_PERMITTED' : 'ALLOWED'
}
