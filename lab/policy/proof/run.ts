import { readFileSync } from 'node:fs'
import { proposedPack, readPack, readPacks, startingPack } from '../../../src/policy/pack.ts'
import { goldenTable } from '../goldenTable.ts'
import { differenceTable } from '../packDifferenceTable.ts'
import { compareWithCedar, loadCedar } from './agreesWithCedar.ts'
import { invariants } from './invariants.ts'
import { equivalentInProposal, kill, survivorsOf } from './killMutants.ts'
import { combinationsThereAre, profilesOf, speakFor } from './profiles.ts'
import { shapeless } from './queryShapeIndependence.ts'
import { seeded } from './randomFacts.ts'
import { decisionsOfProfile } from './situationPoint.ts'
import { examineInThreads, killAloneInThreads } from './threads.ts'

const words = process.argv.slice(2)
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(
    'The full-size proofs of the policy, one line each. Progress goes to standard error. Ends with 1 when anything is not proved.\n\n  npm run -s prove -- proof\n  npm run -s prove -- proof Cedar   those alone whose name has this in it\n',
  )
  process.exit(0)
}

/** The full-size proofs of the policy, one line each. Ends with 1 when any of them fails. */
const pack = readPack()
const number = (value: number): string => value.toLocaleString('en-GB')
const [only] = words
let failed = false

async function prove(
  name: string,
  proof: () => Promise<{ ok: boolean; said: string }> | { ok: boolean; said: string },
) {
  if (only !== undefined && !name.includes(only)) return
  const began = performance.now()
  process.stderr.write(`        ${name} …\n`)
  const { ok, said } = await proof()
  if (!ok) failed = true
  process.stdout.write(
    `${ok ? 'proved' : 'FAILED'}  ${name}: ${said} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`,
  )
}

const combined = combinationsThereAre
await prove('profiles', () => {
  const { compared, different } = speakFor(pack, 4, seeded(2026))
  const profiles = profilesOf(pack).length
  return {
    ok: different === 0,
    said: `${number(combined)} combinations of role, organisation, purpose, label and holder stand on ${number(profiles)} profiles; ${number(compared)} decisions compared, ${different} different`,
  }
})

const invariantsOf = async (file: URL) => {
  const { decisions, runs, violations } = await examineInThreads(file.href, 2)
  const broken = Object.keys(violations)
  for (const [id, examples] of Object.entries(violations)) process.stderr.write(`${id}\n  ${examples.join('\n  ')}\n`)
  return {
    ok: broken.length === 0 && decisions === combined * decisionsOfProfile,
    said: `${number(decisions)} decisions covered by ${number(runs)} runs, ${invariants.length} invariants, ${broken.length} violated`,
  }
}
await prove('invariants', () => invariantsOf(startingPack))
await prove('invariants of the proposal', () => invariantsOf(proposedPack))

await prove('golden table', () => {
  const table = goldenTable(pack)
  const kept = readFileSync(new URL('../../../test/policy/golden.csv', import.meta.url), 'utf8')
  return {
    ok: table === kept,
    said: `${number(table.trim().split('\n').length - 1)} decisions, ${table === kept ? 'unchanged' : 'CHANGED'}`,
  }
})

await prove('pack difference (I16)', () => {
  const table = differenceTable(readPacks())
  const kept = readFileSync(new URL('../../../test/policy/packDifference.csv', import.meta.url), 'utf8')
  return {
    ok: table === kept,
    said: `${number(table.trim().split('\n').length - 1)} lines, ${table === kept ? 'as reviewed' : 'CHANGED'}`,
  }
})

await prove('shape of the question (I17)', () => {
  const { compared, different } = shapeless(pack, seeded(17))
  for (const example of different) process.stderr.write(`${example}\n`)
  return {
    ok: different.length === 0,
    said: `${number(compared)} questions asked whole and in part, ${different.length} different`,
  }
})

await prove('mutants by the invariants alone', async () => {
  const rules = await killAloneInThreads(startingPack.href, 2)
  for (const mutant of rules.left) process.stderr.write(`        not noticed: ${mutant}\n`)
  return {
    ok: rules.found >= 60,
    said: `${number(rules.found)} of ${number(rules.planted)} in the rules killed, without golden table and without Cedar`,
  }
})

await prove('mutants', () => {
  const { total, byGolden, byInvariants, left } = kill(pack, goldenTable(pack), true)
  const survivors = survivorsOf(pack, left, 40)
  for (const survivor of survivors) process.stderr.write(`survived: ${survivor}\n`)
  const changing = total - left.length + survivors.length
  return {
    ok: survivors.length === 0,
    said: `${number(byGolden + byInvariants)} of ${number(changing)} killed; ${left.length - survivors.length} more change no decision of every fortieth profile`,
  }
})

await prove('mutants of the proposal', () => {
  const proposal = readPack(proposedPack)
  const { total, byGolden, left } = kill(proposal, goldenTable(proposal), false)
  const expected = new Set(equivalentInProposal)
  const survivors = left.filter(({ id }) => !expected.has(id))
  for (const { id } of survivors) process.stderr.write(`survived: ${id}\n`)
  return {
    ok: survivors.length === 0,
    said: `${number(byGolden)} of ${number(total)} found by its golden table; ${left.length - survivors.length} change nothing`,
  }
})

const agreesWithCedar = async (file: URL) => {
  const cedar = await loadCedar()
  if (!cedar) return { ok: false, said: 'cedar-wasm is not installed' }
  const { vectors, seen, differences } = compareWithCedar(cedar, readPack(file), 100_000, 1)
  for (const difference of differences.slice(0, 5)) process.stderr.write(`${difference}\n`)
  return {
    ok: differences.length === 0,
    said: `${number(vectors)} situations (${number(seen.PERMIT)} permitted, ${number(seen.REDACT)} substituted), ${differences.length} differences`,
  }
}
await prove('Cedar', () => agreesWithCedar(startingPack))
await prove('Cedar, the proposal', () => agreesWithCedar(proposedPack))

process.exitCode = failed ? 1 : 0
