import { type Checkpoint, checkpointVerifier, type PublicKeyJwk } from './checkpoint.ts'

/** A key of the log, and the sizes at which it signed: after `from`, up to and with `until`; no end when null. */
export interface RingKey {
  readonly publicJwk: PublicKeyJwk
  readonly from: number
  readonly until: number | null
}

/**
 * Keys of one log through its rotations. A key is good only for the sizes at which it was in use, so that one that
 * leaks after its rotation signs no new checkpoint.
 */
export type KeyRing = readonly RingKey[]

/** A key that was never rotated. */
export const ringOf = (publicJwk: PublicKeyJwk): KeyRing => [{ publicJwk, from: 0, until: null }]

/** @returns the checkpoint when a key that was in use at its size signed it. */
export function ringVerifier(ring: KeyRing): (note: string) => Checkpoint | null {
  const keys = ring.map(({ publicJwk, from, until }) => ({ verify: checkpointVerifier(publicJwk), from, until }))
  return (note) => {
    for (const { verify, from, until } of keys) {
      const checkpoint = verify(note)
      if (checkpoint && checkpoint.size > from && (until === null || checkpoint.size <= until)) return checkpoint
    }
    return null
  }
}
