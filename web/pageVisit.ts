import type { Purpose } from '../src/policy/vocabulary.ts'
import type { Asked } from './askGateway.ts'
import type { Secrets } from './session/secrets.ts'
import type { Session } from './session/sessions.ts'
import type { Parts } from './workbenchParts.ts'

/** One request of a person who is signed in. */
export interface Visit {
  readonly parts: Parts
  readonly secrets: Secrets
  readonly session: Session
  /** What they may declare now. */
  readonly purposes: readonly Purpose[]
  /** Parts of the address. */
  readonly params: Readonly<Record<string, string>>
  /** What stands behind `?`: never anything about a child. */
  readonly query: Readonly<Record<string, string>>
  /** The form that was sent; each name once. */
  readonly form: Readonly<Record<string, string>>
  ask<Data>(operation: string, variables?: Readonly<Record<string, unknown>>, purpose?: Purpose): Promise<Asked<Data>>
}

/** What leaves as a file of its own. */
export interface DownloadedFile {
  /** Letters, digits, dots and hyphens. */
  readonly name: string
  readonly type: string
  readonly body: string
}

/** What a page answers with. */
export type Reply =
  | { readonly view: string; readonly model: Readonly<Record<string, unknown>>; readonly status?: number }
  | { readonly to: string }
  | { readonly file: DownloadedFile }

/** One address of the workbench. */
export interface Page {
  readonly method: 'GET' | 'POST'
  /** Below `/workbench`; `:name` is a part of it. */
  readonly path: string
  answer(visit: Visit): Promise<Reply>
}

export const prefix = '/workbench'

export const notFound: Reply = { view: 'notFound', model: { title: 'There is nothing here' }, status: 404 }

/** A child at hand: who, and for what purpose they are looked at. Both stand in the address, sealed. */
export interface ChildAtHand {
  readonly id: string
  readonly purpose: Purpose
}

export const sealChild = ({ secrets }: Pick<Visit, 'secrets'>, { id, purpose }: ChildAtHand): string =>
  secrets.seal('child', JSON.stringify([id, purpose]))

/** Null for an address of another session, and for a purpose that this person may no longer declare. */
export const childAtHand = (visit: Visit): ChildAtHand | null => {
  const text = visit.secrets.unseal('child', visit.params['child'] ?? '')
  if (text === null) return null
  const [id, purpose]: [string, Purpose] = JSON.parse(text)
  return visit.purposes.includes(purpose) ? { id, purpose } : null
}

export const childPath = (visit: Pick<Visit, 'secrets'>, child: ChildAtHand, page = ''): string =>
  `${prefix}/child/${sealChild(visit, child)}${page === '' ? '' : `/${page}`}`
