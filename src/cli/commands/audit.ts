import { readConfig } from '../../config.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../failure.ts'
import { loadGateway } from '../gatewayModule.ts'
import { count } from '../text.ts'

/** `wholeview audit verify`: recomputes the log from its first leaf. Fails when a leaf was changed, removed or put in. */
export const auditVerify = async (context: CommandContext): Promise<void> => {
  const { terminal } = context
  const { openGateway } = await loadGateway()
  const gateway = await openGateway(readConfig(context.env), { onProgress: terminal.progress })
  try {
    const { leaves, problems } = await gateway.auditVerify(terminal.progress)
    terminal.settled()
    if (terminal.json) terminal.out(JSON.stringify({ leaves, problems }))
    if (problems.length > 0) throw new CommandFailure(`The audit log is not whole:\n${problems.join('\n')}`)
    if (!terminal.json) terminal.out(`The audit log is whole: ${count(leaves, 'leaf').replace(/leafs$/, 'leaves')}.`)
  } finally {
    terminal.settled()
    await gateway.close()
  }
}
