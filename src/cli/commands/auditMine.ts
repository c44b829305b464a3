import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { type OwnLog, verifyOwn } from '../../audit/verifyOwnLog.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { askAs, purposeOf } from '../gatewayClient.ts'
import { table } from '../terminalText.ts'
import { keysAt } from './auditKeys.ts'

export interface AuditMineOptions {
  readonly as: string
  readonly purpose?: string
  readonly url?: string
  readonly key?: string
  /** File with the checkpoint that was kept last time; the newest is kept there afterwards. */
  readonly kept?: string
}

const query = `query Own($from: Int!) {
  auditLeaves(from: $from, first: 1000) { checkpoint leaves { index hash leaf } }
}`
const page = z.object({
  auditLeaves: z.object({
    checkpoint: z.string().nullable(),
    leaves: z.array(z.object({ index: z.number(), hash: z.string(), leaf: z.string().nullable() })),
  }),
})

/**
 * `wholeview audit mine --as …`: an organisation verifies the whole log from its hashes, reads the disclosures that
 * were made to itself, and holds the log to the checkpoint that it kept. Of others it learns nothing but how many there
 * are.
 */
export const auditMine = async (context: CommandContext, options: AuditMineOptions): Promise<void> => {
  const { terminal } = context
  const url = gatewayUrl(context, options.url)
  const purpose = purposeOf(options.purpose)
  const log = await readOwn({ url, persona: options.as, ...(purpose ? { purpose } : {}) })
  const kept = options.kept === undefined ? null : await checkpointIn(options.kept)
  const keys = await keysAt(options.key ?? `${url}/audit/keys`)
  const verified = verifyOwn({ leaves: log.leaves, checkpoint: log.checkpoint }, keys, kept)
  if (!verified.ok) throw new CommandFailure(verified.reason)
  if (options.kept !== undefined && log.checkpoint !== null) await writeFile(options.kept, log.checkpoint)
  const { own, size } = verified
  if (terminal.json) return terminal.out(JSON.stringify({ size, own }))
  terminal.out(
    table(
      own.map(({ index, leaf }) => [
        String(index),
        leaf.at,
        leaf.caller.organisation,
        leaf.caller.role,
        leaf.caller.purpose,
        leaf.outcome,
      ]),
    ),
  )
  terminal.out(
    `The log of ${size} entries verifies${kept === null ? '' : ' and continues the checkpoint that was kept'}; ${own.length} of them record disclosures to this organisation.`,
  )
}

const checkpointIn = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** The whole log over HTTP: hashes of every entry, and the entries that record disclosures to the asker. */
export const readOwn = async (asker: Parameters<typeof askAs>[0]): Promise<OwnLog> => {
  const log: { leaves: OwnLog['leaves'][number][]; checkpoint: string | null } = { leaves: [], checkpoint: null }
  for (;;) {
    const { data } = await askAs(asker, query, { from: log.leaves.length }, page)
    if (data.auditLeaves.leaves.length === 0) return log
    log.leaves.push(...data.auditLeaves.leaves)
    log.checkpoint = data.auditLeaves.checkpoint
    // Each page is a request that the log records: the end is where this reading began to be the newest.
    if (data.auditLeaves.leaves.length < 1000) return log
  }
}
