import { Refusal } from '../../foundation/errors.ts'
import type { MessageKind } from '../kind.ts'
import { concernReport } from './concernReport.ts'
import { disagreement } from './disagreement.ts'

/**
 * Every kind of message. A further one is a file and a line here, its input in `schema/exchange.graphql`, and its rows
 * in `docs/exchange.md`.
 */
export const kinds: readonly MessageKind[] = [concernReport, disagreement]

/** Kinds that stand before everything else of a child. */
export const pinnedKinds: readonly string[] = kinds.filter(({ pinned }) => pinned).map(({ name }) => name)

const byName = new Map(kinds.map((kind) => [kind.name, kind]))

/** A kind by its name, which was stored or stands in this code. */
export function kindNamed(name: string): MessageKind {
  const kind = byName.get(name)
  if (!kind) throw new Refusal('INTERNAL', { detail: 'A message is of a kind that this version does not know.' })
  return kind
}
