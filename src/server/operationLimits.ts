import {
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { Refusal } from '../foundation/errors.ts'

/** What one operation may ask for. Honest operations over a whole child stay far below each of these. */
export const limits = {
  tokens: 4000,
  depth: 15,
  aliases: 200,
  rootFields: 20,
  directives: 50,
  selections: 5000,
  /** The same response name twice in one selection set is compared pair by pair by the validation rules. */
  repeats: 20,
  /** Aliases of fields that are more than a value: what one name would give once is computed for each of them. */
  copies: 50,
} as const

/** Size of one selection set with every fragment unfolded. */
interface Size {
  readonly selections: number
  readonly depth: number
  readonly aliases: number
  /** Those of fields with fields of their own. */
  readonly copies: number
  readonly rootFields: number
}

/**
 * Parses an operation and refuses it when it asks for too much, before validation and before any I/O. A document of
 * 1.2 KB whose fragments each spread the next twice costs a plain server 40 s and 1.5 GB in validation alone; here each
 * fragment is measured once, so the cost is linear in the text.
 *
 * @param onSelection called for each selection that is looked at: what the weighing itself costs.
 * @throws Refusal OPERATION_TOO_LARGE, or OPERATION_INVALID for text that is no operation or a circle of fragments.
 */
export const readOperation = (text: string, onSelection: () => void = unheard): DocumentNode => {
  // No store keeps a null character, and an operation that writes one out has no honest use for it.
  if (/\\u(?:0000|\{0+\})/.test(text)) throw unreadable('')
  const document = parseBounded(text)
  const problem = measure(document, onSelection)
  if (problem) throw problem
  return document
}

const unheard = (): void => {}

const tooLarge = (what: string): Refusal =>
  new Refusal('OPERATION_TOO_LARGE', { message: `The operation has more than ${what}.`, detail: what })

const parseBounded = (text: string): DocumentNode => {
  try {
    return parse(text, { maxTokens: limits.tokens })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge('the nesting that can be read')
    if (error instanceof GraphQLError && error.message.endsWith('Parsing aborted.'))
      throw tooLarge(`${limits.tokens} tokens`)
    const at = error instanceof GraphQLError ? error.locations?.[0] : undefined
    // The parser's own sentence quotes the text, which may hold an identifier: only the place is given.
    const place = at ? ` at line ${at.line}, column ${at.column}` : ''
    throw unreadable(place)
  }
}

const unreadable = (place: string): Refusal =>
  new Refusal('OPERATION_INVALID', { message: `The operation cannot be read${place}.`, detail: 'syntax' })

const measure = (document: DocumentNode, onSelection: () => void): Refusal | null => {
  const directives = document.definitions.reduce((sum, definition) => sum + directivesIn(definition), 0)
  if (directives > limits.directives) return tooLarge(`${limits.directives} directives`)

  const measured = measurer(document, onSelection)
  const whole = { selections: 0, aliases: 0, copies: 0 }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue
    const size = measured(definition.selectionSet)
    if (size instanceof Refusal) return size
    const isOperation = definition.kind === Kind.OPERATION_DEFINITION
    if (isOperation && definition.operation === OperationTypeNode.SUBSCRIPTION)
      return new Refusal('OPERATION_INVALID', { message: 'Subscriptions are not answered here.' })
    whole.selections += isOperation ? size.selections : 0
    whole.aliases += isOperation ? size.aliases : 0
    whole.copies += isOperation ? size.copies : 0
    const problem = judge(size, whole, isOperation)
    if (problem) return problem
  }
  return null
}

const copiesOver = `${limits.copies} aliases of fields with fields`

/** Deny when any number is over. Each check in its own line. */
const judge = (
  size: Size,
  whole: Pick<Size, 'selections' | 'aliases' | 'copies'>,
  isOperation: boolean,
): Refusal | null => {
  if (size.depth > limits.depth) return tooLarge(`${limits.depth} levels`)
  if (size.selections > limits.selections) return tooLarge(`${limits.selections} selections`)
  if (size.aliases > limits.aliases) return tooLarge(`${limits.aliases} aliases`)
  if (size.copies > limits.copies) return tooLarge(copiesOver)
  if (whole.selections > limits.selections) return tooLarge(`${limits.selections} selections`)
  if (whole.aliases > limits.aliases) return tooLarge(`${limits.aliases} aliases`)
  if (whole.copies > limits.copies) return tooLarge(copiesOver)
  if (isOperation && size.rootFields > limits.rootFields) return tooLarge(`${limits.rootFields} fields at the root`)
  return null
}

/** Measures selection sets, each fragment once. Sums stop growing past the limits, so that no number overflows. */
const measurer = (document: DocumentNode, onSelection: () => void): ((set: SelectionSetNode) => Size | Refusal) => {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
    ),
  )
  const known = new Map<string, Size | Refusal | 'open'>()

  const ofFragment = (name: string): Size | Refusal => {
    const before = known.get(name)
    if (before === 'open') {
      return new Refusal('OPERATION_INVALID', { message: 'A fragment of the operation leads back to itself.' })
    }
    if (before) return before
    const set = fragments.get(name)
    if (!set) return nothing
    known.set(name, 'open')
    const size = ofSet(set)
    known.set(name, size)
    return size
  }

  const ofSet = (set: SelectionSetNode): Size | Refusal => {
    let size = nothing
    const names = new Map<string, number>()
    for (const selection of set.selections) {
      const part = ofSelection(selection)
      if (part instanceof Refusal) return part
      size = add(size, part)
      const name = repeatName(selection)
      const times = (names.get(name) ?? 0) + 1
      if (times > limits.repeats) return tooLarge(`${limits.repeats} repeats of one name`)
      names.set(name, times)
      if (size.selections > limits.selections) return tooLarge(`${limits.selections} selections`)
    }
    return size
  }

  const ofSelection = (selection: SelectionSetNode['selections'][number]): Size | Refusal => {
    onSelection()
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value)
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(selection.selectionSet)
    const inner = selection.selectionSet ? ofSet(selection.selectionSet) : nothing
    if (inner instanceof Refusal) return inner
    return {
      selections: 1 + inner.selections,
      depth: 1 + inner.depth,
      aliases: (selection.alias ? 1 : 0) + inner.aliases,
      copies: (selection.alias && selection.selectionSet ? 1 : 0) + inner.copies,
      rootFields: 1,
    }
  }
  return ofSet
}

const nothing: Size = { selections: 0, depth: 0, aliases: 0, copies: 0, rootFields: 0 }

const add = (a: Size, b: Size): Size => ({
  selections: a.selections + b.selections,
  depth: Math.max(a.depth, b.depth),
  aliases: a.aliases + b.aliases,
  copies: a.copies + b.copies,
  rootFields: a.rootFields + b.rootFields,
})

const repeatName = (selection: SelectionSetNode['selections'][number]): string => {
  if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value
  return selection.kind === Kind.FRAGMENT_SPREAD ? `...${selection.name.value}` : '... on'
}

const directivesIn = (definition: DefinitionNode): number => {
  if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) return 0
  const ofSet = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? []).reduce(
      (sum, selection) =>
        sum +
        (selection.directives?.length ?? 0) +
        (selection.kind === Kind.FRAGMENT_SPREAD ? 0 : ofSet(selection.selectionSet)),
      0,
    )
  return (definition.directives?.length ?? 0) + variableDirectives(definition) + ofSet(definition.selectionSet)
}

const variableDirectives = (definition: Pick<OperationDefinitionNode, 'variableDefinitions'>): number =>
  (definition.variableDefinitions ?? []).reduce((sum, variable) => sum + (variable.directives?.length ?? 0), 0)
