import { parentPort } from 'node:worker_threads'
import { readPack } from '../../../src/policy/pack.ts'
import { examine } from './exhaustive.ts'
import { profilesOf } from './profiles.ts'

/** One thread's share: every so-manieth profile of the pack in this file. */
export function runLane(file: string, lane: number, lanes: number): void {
  const pack = readPack(new URL(file))
  const share = profilesOf(pack).filter((_, at) => at % lanes === lane)
  parentPort?.postMessage(examine(pack, share))
}
