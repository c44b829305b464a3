import { batchPerTick } from './batchPerTick.ts'
import {
  type ChangeVersions,
  changeTable,
  keyOf,
  readChangeVersions,
  type Watched,
  wholeTable,
} from './changeVersions.ts'
import type { Database } from './database.ts'
import { Deadline } from './deadline.ts'

/** Where changes of the gateway's own registers are noted. */
export const registerChanges = changeTable('gateway', 'change')

/** Key of the list of denied tokens, practitioners and systems. */
export const denials = 'denied'

const childKind = 'child'

/** Key of what the registers hold of one child. */
export const childKey = (id: string): string => keyOf(childKind, id)

/** Registers of which changes were noted from the first. */
export const registersWatchedFirst: readonly Watched[] = [
  ...['child', 'link', 'relationship', 'transfer', 'consent', 'hold', 'break_glass'].map((table) => ({
    table,
    kind: childKind,
    column: 'child_id',
  })),
  { table: 'agreement', kind: wholeTable },
  { table: 'denied_token', kind: denials },
]

/** Of whom a place was recorded that must not be found: rare enough to concern everybody. */
export const watchedPlaces: Watched = { table: 'protected_place', kind: wholeTable }

/** What else a decision rests on. */
export const watchedDecisions: readonly Watched[] = [
  'court_order',
  'bar',
  'parental_responsibility',
  'harm_signal',
].map((table) => ({ table, kind: childKind, column: 'child_id' }))

/** Every register that facts come from, and the list of who is denied. What is of no one child concerns everybody. */
export const watchedRegisters: readonly Watched[] = [...registersWatchedFirst, watchedPlaces, ...watchedDecisions]

/**
 * What is noted of these keys and of everybody now, in one statement for all who ask in one turn. Rejects when the
 * store cannot tell.
 */
export type RegisterVersions = (keys: readonly string[]) => Promise<ChangeVersions>

export const registerVersionsFrom = (database: Database): RegisterVersions =>
  batchPerTick(async (questions: readonly (readonly string[])[]) => {
    const deadline = new Deadline(longestAskMilliseconds)
    try {
      const changeVersions = await readChangeVersions(
        database,
        registerChanges,
        [wholeTable, ...new Set(questions.flat())],
        deadline,
      )
      return questions.map(() => changeVersions)
    } finally {
      deadline.end()
    }
  })

/** A store that hangs is one that cannot be asked. */
const longestAskMilliseconds = 5000
