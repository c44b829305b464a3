import { z } from 'zod'
import {
  type Contribution,
  isSupported,
  type SupportedType,
  type TransferContent,
  transferStates,
  transferTypes,
} from './transferTypes.ts'

export const TransferRow = z.object({
  id: z.string(),
  child_id: z.string(),
  type: z.enum(transferTypes),
  from_la: z.string(),
  to_la: z.string(),
  state: z.enum(transferStates),
  version: z.coerce.number(),
  notified_at: z.string().nullable(),
  clock_start: z.string().nullable(),
  clock_rule: z.string().nullable(),
  working_days: z.coerce.number().nullable(),
  due_on: z.string().nullable(),
  created_at: z.string(),
  created_by: z.string(),
  notified_by: z.string().nullable(),
  asked_by: z.string().nullable(),
  kept_for: z.string().nullable(),
})
/**
 * A transfer that was asked for, as the gateway keeps it. While it is `PENDING` the child's id is text that somebody
 * sent: there may be no such child. `notified_by`: who of the sending authority notified it, when that authority was
 * responsible. `kept_for`: the person who asked while barred from the child, to whom alone the request is there; null
 * of every other.
 */
export type StoredRequest = z.infer<typeof TransferRow>

/** A transfer that was begun: its clock runs. `version` 0: nothing has been compiled yet. */
export type StoredTransfer = StoredRequest & {
  readonly type: SupportedType
  readonly notified_at: string
  readonly clock_start: string
  readonly clock_rule: string
  readonly working_days: number
  readonly due_on: string
}

/** Whether an authority is named as one of the two. */
export const isOf = ({ from_la, to_la }: StoredRequest, la: string | null): boolean => from_la === la || to_la === la

/** The transfer, once it was begun; null while it is only asked for. */
export const begun = (request: StoredRequest): StoredTransfer | null => (isBegun(request) ? request : null)

const isBegun = (request: StoredRequest): request is StoredTransfer =>
  request.state !== 'PENDING' &&
  isSupported(request.type) &&
  [request.notified_at, request.clock_start, request.clock_rule, request.working_days, request.due_on].every(
    (value) => value !== null,
  )

export const VersionRow = z.object({
  version: z.coerce.number(),
  content: z.string(),
  jws: z.string(),
  fingerprint: z.string(),
  /** What the recipient's grants opened then; null of one that does not say. */
  opened: z.string().nullable(),
})
export type StoredVersion = z.infer<typeof VersionRow>

export const EventRow = z.object({
  /** Its place among those of the transfer, from 1. */
  step: z.coerce.number(),
  at: z.string(),
  state: z.enum(transferStates),
  by: z.string(),
  note: z.string().nullable(),
})
export type StoredEvent = z.infer<typeof EventRow>

/** One that is to be kept. */
export type NewEvent = Omit<StoredEvent, 'step'>

/** What is known of a transfer's steps without reading them. */
export interface StepsSummary {
  readonly steps: number
  readonly hasPassed: boolean
}

export const ContributionRow = z.object({
  agency: z.string(),
  la: z.string().nullable(),
  force: z.string().nullable(),
  state: z.enum(['CONTRIBUTED', 'NOTHING_HELD', 'WITHHELD']),
  reason: z.string().nullable(),
  at: z.string(),
  by: z.string(),
})
/** A contribution with the actor who gave it. */
export type StoredContribution = Contribution & { readonly by: string }

const Content = z.custom<TransferContent>(
  (value) =>
    typeof value === 'object' && value !== null && 'format' in value && value.format === 'wholeview-transfer/1',
)

/** Content of a version that this gateway compiled, signed and stored itself. */
export const contentOf = (version: StoredVersion): TransferContent => Content.parse(JSON.parse(version.content))
