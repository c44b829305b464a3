import { parentPort } from 'node:worker_threads'
import { readPack } from '../../../src/policy/pack.ts'
import { examine } from './exhaustive.ts'
import { profilesOf } from './profiles.ts'

/** One thread's share: every so-manieth profile. */
export function runLane(lane: number, lanes: number): void {
  const pack = readPack()
  const share = profilesOf(pack).filter((_, at) => at % lanes === lane)
  parentPort?.postMessage(examine(pack, share))
}
