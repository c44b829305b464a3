import { readKeyRing } from '../../audit/keyHistory.ts'
import type { KeyRing } from '../../audit/keyRing.ts'
import { CommandFailure } from '../commandFailure.ts'
import { jsonOf } from '../readFileOrUrl.ts'

/** Keys of the log from a file, or from a running gateway: then only what that gateway says of itself is verified. */
export const keysAt = async (place: string): Promise<KeyRing> => {
  const ring = readKeyRing(await jsonOf(place))
  if (!ring) throw new CommandFailure(`${place} holds no Ed25519 public key.`)
  return ring
}
