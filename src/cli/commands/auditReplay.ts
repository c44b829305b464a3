import { readConfig } from '../../foundation/config.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'
import { count } from '../terminalText.ts'

/**
 * `wholeview audit replay <entry>`: decides again what an entry recorded. Fails when the pack and the facts do not give
 * the same.
 */
export const auditReplay = async (context: CommandContext, leafId: string): Promise<void> => {
  const { terminal } = context
  const { openGateway } = await loadGateway()
  const gateway = await openGateway(readConfig(context.env), { onProgress: terminal.progress })
  try {
    const replay = await gateway.auditReplay(leafId)
    terminal.settled()
    if (!replay) throw new CommandFailure('There is no such leaf. Give its id, or its place in the log.')
    if (terminal.json) terminal.out(JSON.stringify(replay))
    else
      terminal.out(`${verdicts[replay.verdict]} ${replay.pack}, ${replay.at}, ${count(replay.compared, 'decision')}.`)
    if (replay.verdict === 'SAME' || replay.verdict === 'NOTHING_DECIDED') return
    throw new CommandFailure(['The decision could not be derived again.', ...replay.differences].join('\n'))
  } finally {
    terminal.settled()
    await gateway.close()
  }
}

const verdicts = {
  SAME: 'The same again:',
  DIFFERENT: 'Different:',
  PACK_UNKNOWN: 'The pack of this entry is not among those that are configured:',
  NOTHING_DECIDED: 'Nothing was decided in this entry:',
  FACTS_MISSING: 'The entry does not hold the facts of its decision:',
} as const
