import { LRUCache } from 'lru-cache'
import type { FieldClass } from '../policy/classify.ts'
import type { Grant } from '../policy/grant.ts'
import { labelsIn } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { isNamed } from '../policy/whichPersonsNamed.ts'
import type { FieldSelection, SourceAnswer } from '../sources/source.ts'
import type { ListLayout, SourceLayout } from '../sources/sourceLayout.ts'

/** What was selected of one list, as masks of labels. */
interface SelectedLabels {
  readonly headline: number
  readonly content: number
  /** Fields that a pseudonym can stand in for. */
  readonly persons: readonly FieldClass[]
}

/** A selection is the same in every request of one operation. */
const known = new WeakMap<FieldSelection, Map<string, SelectedLabels>>()

/** Few combinations come again and again; equal ones share one frozen list, so that it is written once. */
const lists = new LRUCache<string, readonly string[]>({ max: 4096 })

/**
 * What left of one agency's part: the labels of the fields that were selected, and for a joined field of those that it
 * is computed from, in lists from which a record came. Counts by service tell that there are records of a list. Of
 * labels whose existence is hidden it is enough that they were selected: whoever reads the log would learn that there
 * is one.
 *
 * @param hidden mask of those labels.
 */
export function disclosedLabels(
  layout: SourceLayout,
  selection: FieldSelection,
  grant: Grant,
  answer: Extract<SourceAnswer, { state: 'ANSWERED' }>,
  hidden: number,
): readonly string[] {
  const { headline, content, redact, names } = grantOfSomeRow(grant)
  const left = { headline: 0, content: 0, redacted: 0 }
  for (const [name, fields] of selection.lists) {
    const list = layout.lists.get(name)
    if (!list) continue
    const selected = selectedOf(selection, list, fields)
    const told = answer.records.has(name) ? -1 : hidden
    left.headline |= selected.headline & headline & told
    left.content |= selected.content & content & told
    for (const { bit, person } of selected.persons)
      if ((content & bit) !== 0 && isNamed(names, person)) left.content |= bit & told
      else left.redacted |= (content | redact) & bit & told
  }
  for (const { list } of answer.holdings) left.headline |= (layout.lists.get(list)?.type.bit ?? 0) & headline
  return listed(left)
}

function selectedOf(selection: FieldSelection, list: ListLayout, fields: Iterable<string>): SelectedLabels {
  const of = known.get(selection) ?? new Map<string, SelectedLabels>()
  known.set(selection, of)
  const before = of.get(list.list)
  if (before) return before
  const classes = [list.type, ...[...fields].flatMap((field) => list.columns.get(field)?.label ?? [])]
  const mask = (level: FieldClass['level']): number =>
    classes.filter((each) => each.pseudonym === null && each.level === level).reduce((sum, { bit }) => sum | bit, 0)
  const made = {
    headline: mask('HEADLINE'),
    content: mask('CONTENT'),
    persons: classes.filter(({ pseudonym }) => pseudonym !== null),
  }
  of.set(list.list, made)
  return made
}

function listed({ headline, content, redacted }: Readonly<Record<'headline' | 'content' | 'redacted', number>>) {
  const key = `${headline} ${content} ${redacted}`
  const before = lists.get(key)
  if (before) return before
  const made = Object.freeze([
    ...labelsIn(content),
    ...labelsIn(headline & ~content).map((label) => `${label} headline`),
    ...labelsIn(redacted).map((label) => `${label} pseudonym`),
  ])
  lists.set(key, made)
  return made
}
