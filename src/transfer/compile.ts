import type { AuthorisedChild, RequestContext } from '../disclosure/requestContext.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Answers } from '../records/agencyAnswers.ts'
import { withOrdinals } from '../sources/numberPseudonyms.ts'
import { readiness } from './completeness.ts'
import { responsibility } from './responsibility.ts'
import { fillSection } from './section.ts'
import { sections as allSections } from './sections/index.ts'
import { suppliersOf } from './suppliers.ts'
import type { Contribution, TransferContent, TransferHead } from './transferTypes.ts'

/** All that a record is compiled from. Equal inputs give equal bytes. */
export interface CompileInput {
  readonly transfer: TransferHead
  /** Opened with the receiving authority's grants: what it may not have was never read. */
  readonly child: Pick<AuthorisedChild, 'id' | 'asOf' | 'facts' | 'grants'>
  readonly answers: Answers
  readonly contracts: RequestContext['contracts']
  readonly registry: Registry
  readonly contributions: readonly Contribution[]
  /** ISO 8601. */
  readonly now: string
}

/** Compiles the record that is signed and sent. */
export const compileTransfer = (input: CompileInput): TransferContent => {
  const { child, now, transfer } = input
  const suppliers = suppliersOf(input)
  const sections = allSections.map((section) => fillSection(section, { ...input, suppliers }))
  const responsible = responsibility(transfer.type, transfer.fromLa, transfer.toLa, transfer.responsibilityPassed)
  return withNumbers({
    format: 'wholeview-transfer/1',
    id: transfer.id,
    version: transfer.version,
    previous: transfer.previous,
    type: transfer.type,
    childId: transfer.childId,
    fromLa: transfer.fromLa,
    toLa: transfer.toLa,
    responsibleLa: responsible.la,
    responsibleRule: responsible.rule,
    clockStart: transfer.clockStart,
    clockRule: transfer.clockRule,
    workingDays: transfer.workingDays,
    dueAt: transfer.dueOn,
    asOf: child.asOf,
    compiledAt: now,
    completeness: { ...readiness(sections, suppliers), sections, suppliers },
  })
}

/** A record is an answer of its own: its pseudonyms are numbered within it, for good. */
const withNumbers = (content: TransferContent): TransferContent => JSON.parse(withOrdinals(JSON.stringify(content)))
