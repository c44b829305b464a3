import type { ComputedFields } from '../src/sources/computedFields.ts'

/** Fields of adult services' records that no column holds: none. */
export const computed: ComputedFields = {}
