import { changeTable, everybody, keyOf, readStamps, type Stamps, type Watched } from './changes.ts'
import type { Database } from './database.ts'
import { Deadline } from './deadline.ts'
import { perTurn } from './perTurn.ts'

/** Where changes of the gateway's own registers are noted. */
export const registerChanges = changeTable('gateway', 'change')

/** Key of the list of denied tokens, practitioners and systems. */
export const denials = 'denied'

const childKind = 'child'

/** Key of what the registers hold of one child. */
export const childKey = (id: string): string => keyOf(childKind, id)

/** Every register that facts come from, and the list of who is denied. What is of no one child concerns everybody. */
export const watchedRegisters: readonly Watched[] = [
  ...['child', 'link', 'relationship', 'transfer', 'consent', 'hold', 'break_glass'].map((table) => ({
    table,
    kind: childKind,
    column: 'child_id',
  })),
  { table: 'agreement', kind: everybody },
  { table: 'denied_token', kind: denials },
]

/** What is noted of these keys and of everybody now, in one statement for all who ask in one turn. Rejects when the store cannot tell. */
export type RegisterStamps = (keys: readonly string[]) => Promise<Stamps>

export const registerStampsFrom = (database: Database): RegisterStamps =>
  perTurn(async (questions: readonly (readonly string[])[]) => {
    const deadline = new Deadline(longestAskMilliseconds)
    try {
      const stamps = await readStamps(database, registerChanges, [everybody, ...new Set(questions.flat())], deadline)
      return questions.map(() => stamps)
    } finally {
      deadline.end()
    }
  })

/** A store that hangs is one that cannot be asked. */
const longestAskMilliseconds = 5000
