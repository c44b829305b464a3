import { bytesReader } from '../bytes/bytesReader.ts'
import { plainReader } from '../sources/bindings/sql/plainReader.ts'
import type { RecordReader } from '../sources/bindings/sql/recordReader.ts'

/**
 * How records are held and written, which nobody else knows. The plain reader alone gives the same answers, at more
 * cost; the proofs ask for it by this variable, which is for nothing else.
 */
export const recordReader: RecordReader = process.env['RECORDS'] === 'plain' ? plainReader : bytesReader
