import type { SigningKey } from './checkpoint.ts'
import { type Checkpoint, checkpointText } from './checkpoint.ts'
import { cosign, type Witness } from './cosignature.ts'
import { type KeyRing, ringVerifier } from './keyRing.ts'
import { provesConsistency } from './merkle.ts'

/** What a witness is shown: a signed checkpoint, and the proof that it continues the one it signed last. */
export interface Shown {
  readonly note: string
  readonly proof: readonly Buffer[]
}

export type Watched =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly line: string }
  | { readonly ok: false; readonly code: 'UNSIGNED' | 'OTHER_LOG' | 'OLDER' | 'SPLIT_VIEW'; readonly reason: string }

const reasons = {
  UNSIGNED: 'The checkpoint is not signed with the key of the log.',
  OTHER_LOG: 'The checkpoint is of another log than the one that is watched.',
  OLDER: 'The log shows an older checkpoint than before: entries were removed, or an old answer was served.',
  SPLIT_VIEW:
    'The log shows a history that does not continue the one it showed before. Keep both checkpoints: they prove it.',
} as const

const refuse = (code: keyof typeof reasons): Watched => ({ ok: false, code, reason: reasons[code] })

/**
 * What a witness does: it signs only what continues the checkpoint it signed last, so that a log that shows one history
 * to some and another to others cannot have both signed. The caller must keep the checkpoint before it hands the line
 * out.
 */
export function watch(
  { note, proof }: Shown,
  last: string | null,
  keys: KeyRing,
  witness: Witness,
  privateKey: SigningKey,
  at: Date,
): Watched {
  const verify = ringVerifier(keys)
  const checkpoint = verify(note)
  if (!checkpoint) return refuse('UNSIGNED')
  const before = last === null ? null : verify(last)
  if (last !== null && !before) return refuse('UNSIGNED')
  if (before) {
    if (before.origin !== checkpoint.origin) return refuse('OTHER_LOG')
    if (before.size > checkpoint.size) return refuse('OLDER')
    const same = before.size === checkpoint.size && checkpointText(before) === checkpointText(checkpoint)
    if (!same && !provesConsistency(before.size, checkpoint.size, proof, before.root, checkpoint.root))
      return refuse('SPLIT_VIEW')
  }
  return { ok: true, checkpoint, line: cosign(checkpoint, witness, privateKey, at) }
}
