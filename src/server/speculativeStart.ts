import { type DocumentNode, Kind, OperationTypeNode } from 'graphql'

/** A leave to go on, which is given later or never. */
export interface Permission {
  /** Never settles where it is not given: whatever waits for it does not go on, and is forgotten with the request. */
  readonly callerCleared: Promise<void>
  readonly allow: () => void
}

export function permission(): Permission {
  let allow = (): void => {}
  const callerCleared = new Promise<void>((resolve) => {
    allow = resolve
  })
  return { callerCleared, allow: () => allow() }
}

const known = new WeakMap<DocumentNode, boolean>()

/**
 * Whether a document may be begun for a caller who may yet turn out to be denied: all that it asks for are children by
 * their ids, and to open one waits for the permission.
 */
export function canStartEarly(document: DocumentNode): boolean {
  const before = known.get(document)
  if (before !== undefined) return before
  const asksChildrenAlone = document.definitions.every(
    (definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION ||
      (definition.operation === OperationTypeNode.QUERY &&
        definition.selectionSet.selections.every(
          (selection) => selection.kind === Kind.FIELD && childFields.has(selection.name.value),
        )),
  )
  known.set(document, asksChildrenAlone)
  return asksChildrenAlone
}

const childFields = new Set(['child', 'children'])
