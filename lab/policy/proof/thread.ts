import { parentPort } from 'node:worker_threads'
import { readPack } from '../../../src/policy/pack.ts'
import { examine } from './exhaustive.ts'
import { mutantsOfRules } from './mutants.ts'
import { killAlone, tellingProfiles } from './mutantsKilledByInvariants.ts'
import { profilesOf } from './profiles.ts'

const shareOf = <T>(list: readonly T[], lane: number, lanes: number): readonly T[] =>
  list.filter((_, at) => at % lanes === lane)

/** One thread's share: every so-manieth profile of the pack in this file. */
export function examineLane(file: string, lane: number, lanes: number): void {
  const pack = readPack(new URL(file))
  parentPort?.postMessage(examine(pack, shareOf(profilesOf(pack), lane, lanes)))
}

/** One thread's share of the rules' mutants. */
export function killLane(file: string, lane: number, lanes: number): void {
  const pack = readPack(new URL(file))
  let done = 0
  const onEach = () => {
    done += 1
    if (done % 25 === 0) process.stderr.write(`        ${done * lanes} mutants tried\n`)
  }
  parentPort?.postMessage(killAlone(pack, shareOf(mutantsOfRules(pack), lane, lanes), tellingProfiles(pack), onEach))
}
