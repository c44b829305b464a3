import { type Pack, proposedPack, readPack } from '../../src/policy/pack.ts'

/** The pack that decides in the demonstration, and so in every gateway that a test starts without naming another. */
export const demonstrationPack: Pack = readPack(proposedPack)
