import { z } from 'zod'
import { longDate } from '../foundation/longDate.ts'
import { ends } from '../transfer/transferTypes.ts'
import type { Terminal } from './terminal.ts'
import { inWords, table } from './terminalText.ts'

/** What is asked of a transfer. */
export const transferFields = `id type state version childId fromLa toLa responsibleLa responsibleRule clockStart clockRule dueAt workingDays
  completeness {
    ready
    sections { code title state mandatory missing items { label state value reason agency la } }
    suppliers { agency la force state mandatory reason contact }
  }
  history(first: 1) { by note }
  signature fingerprint receipt auditId`

export const transferQuery = `query Transfer($id: ID!) { transferSummary(transferId: $id) { ${transferFields} } }`

const text = z.string().nullable()

export const transferShape = z.object({
  id: z.string(),
  type: z.string(),
  state: z.string(),
  version: z.string(),
  childId: z.string(),
  fromLa: z.string(),
  toLa: text,
  responsibleLa: text,
  responsibleRule: text,
  clockStart: z.string(),
  clockRule: z.string(),
  dueAt: z.string(),
  workingDays: z.number(),
  completeness: z.object({
    ready: z.boolean(),
    sections: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        state: z.string(),
        mandatory: z.boolean(),
        missing: z.array(z.string()),
        items: z.array(
          z.object({ label: z.string(), state: z.string(), value: text, reason: text, agency: text, la: text }),
        ),
      }),
    ),
    suppliers: z.array(
      z.object({
        agency: z.string(),
        la: text,
        force: text,
        state: z.string(),
        mandatory: z.boolean(),
        reason: text,
        contact: text,
      }),
    ),
  }),
  signature: z.string(),
  fingerprint: z.string(),
  receipt: text,
  auditId: z.string(),
})
/** A request that nothing bears out yet: all that is of the record is empty. */
export const pendingShape = z.object({ state: z.literal('PENDING'), fromLa: z.string(), toLa: z.string() })
/** One that is over, of which nothing is shown any more. */
export const endedShape = z.object({
  state: z.enum(ends),
  history: z.array(z.object({ by: z.string(), note: text })),
})
export type TransferView = z.infer<typeof transferShape>

/** The transfer on paper: who is responsible, the clock, sections, suppliers, how to verify. */
export const renderTransfer = (transfer: TransferView, terminal: Terminal, withItems: boolean): string => {
  const { completeness } = transfer
  const supplied = completeness.suppliers.filter((supplier) => supplier.state !== 'OUTSTANDING').length
  return [
    `${terminal.bold(`${inWords(transfer.type)}: ${transfer.fromLa} to ${transfer.toLa ?? 'another authority'}, child ${transfer.childId}`)}\n${table(
      [
        ['Transfer', `${transfer.id}, version ${transfer.version}, ${inWords(transfer.state).toLowerCase()}`],
        ...(transfer.responsibleLa === null
          ? []
          : [['Responsible', `${transfer.responsibleLa}: ${transfer.responsibleRule ?? ''}`]]),
        [
          'Due',
          `${longDate(transfer.dueAt)}, ${transfer.workingDays} working days from ${longDate(transfer.clockStart)}: ${transfer.clockRule}`,
        ],
        ['Ready', completeness.ready ? 'yes' : 'no'],
      ],
    )}`,
    `${terminal.bold('Sections')}\n${completeness.sections.map((section) => sectionText(section, withItems)).join('\n')}`,
    `${terminal.bold(`Suppliers (${supplied} of ${completeness.suppliers.length} have answered)`)}\n${table(completeness.suppliers.map(supplierRow))}`,
    terminal.dim(`Fingerprint ${transfer.fingerprint}. This disclosure is recorded as ${transfer.auditId}.`),
  ].join('\n\n')
}

const sectionText = (section: TransferView['completeness']['sections'][number], withItems: boolean): string => {
  const line = `  ${section.code.padEnd(4)} ${inWords(section.state).padEnd(15)} ${section.title}`
  const lacks = section.missing.length > 0 ? [`       lacks: ${section.missing.join('; ')}`] : []
  const items = withItems
    ? section.items.map(
        (item) =>
          `       ${item.label}: ${item.value ?? `${inWords(item.state).toLowerCase()}${item.reason ? `, ${item.reason}` : ''}`}`,
      )
    : []
  return [line, ...lacks, ...items].join('\n')
}

const supplierRow = (supplier: TransferView['completeness']['suppliers'][number]): string[] => [
  inWords(supplier.agency),
  supplier.la ?? supplier.force ?? '',
  inWords(supplier.state),
  supplier.mandatory ? 'must answer' : '',
  supplier.reason ?? '',
  supplier.state === 'OUTSTANDING' ? (supplier.contact ?? '') : '',
]
