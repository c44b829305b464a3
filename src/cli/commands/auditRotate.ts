import { chmod, rename, writeFile } from 'node:fs/promises'
import { readNote } from '../../audit/checkpoint.ts'
import { keyHistoryFile, readKeyHistory } from '../../audit/keyHistory.ts'
import { signingKey, signingKeyFile } from '../../auth/signingKeys.ts'
import { readConfig } from '../../foundation/config.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'

/**
 * `wholeview audit rotate-key`: a new key signs the log from here on; the old one stays good for what it signed and for
 * nothing later. Every gateway of the log must be stopped: one that goes on with the old key writes checkpoints that do
 * not verify.
 */
export const auditRotate = async ({ env, terminal }: CommandContext): Promise<void> => {
  const config = readConfig(env)
  const old = await signingKey(config.keysDir, 'audit', { mayCreate: false })
  const { openGateway } = await loadGateway()
  const gateway = await openGateway(config, { onProgress: terminal.progress })
  const note = await gateway.audit.prover.checkpoint().finally(() => gateway.close())
  terminal.settled()
  const until = note === null ? 0 : (readNote(note)?.checkpoint.size ?? null)
  if (until === null) throw new CommandFailure('The newest checkpoint cannot be read. Run: wholeview audit verify.')

  const { kty, crv, x } = old.publicJwk
  const history = [...(await readKeyHistory(config.keysDir)), { key: { kty, crv, x }, until }]
  const file = signingKeyFile(config.keysDir, 'audit')
  // The list first: a key that is listed and still in use only fails to sign; one in use that is not listed loses what
  // it signed.
  await writeFile(`${keyHistoryFile(config.keysDir)}.new`, `${JSON.stringify(history, null, 2)}\n`)
  // Public keys alone.
  await chmod(`${keyHistoryFile(config.keysDir)}.new`, 0o644)
  await rename(`${keyHistoryFile(config.keysDir)}.new`, keyHistoryFile(config.keysDir))
  await rename(file, `${file}.retired-${old.kid}`)
  const { kid } = await signingKey(config.keysDir, 'audit', { mayCreate: true })
  terminal.out(
    terminal.json
      ? JSON.stringify({ kid, retired: old.kid, until })
      : `Key ${kid} signs the log from entry ${until} on. Publish it to witnesses; destroy ${file}.retired-${old.kid}.`,
  )
}
