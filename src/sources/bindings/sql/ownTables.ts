import { adultServices } from './tables/adultServices.ts'
import { education } from './tables/education.ts'
import { health } from './tables/health.ts'
import { police } from './tables/police.ts'
import { socialCare } from './tables/socialCare.ts'
import type { KindTables } from './tables.ts'

/** Kinds whose tables have other names than the convention gives them. */
const named: Readonly<Record<string, KindTables>> = { adultServices, education, health, police, socialCare }

/** Where a kind's records are in a database of ours. */
export const ownTablesOf = (kind: string): KindTables => named[kind] ?? {}
