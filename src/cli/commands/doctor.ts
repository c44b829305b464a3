import { organisationsWithoutRecords } from '../../composition/organisations.ts'
import { type Config, readConfig } from '../../foundation/config.ts'
import { StartupError } from '../../foundation/errors.ts'
import { isLoopback } from '../../foundation/localAddresses.ts'
import type { LinkageModel } from '../../identity/linkageModel.ts'
import { coverageOf } from '../../identity/nameShares.ts'
import type { DatabaseStatus, Databases, Gateway } from '../../server/gatewayTypes.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'
import { count } from '../terminalText.ts'
import { modelWithRegister } from '../withIdentityRegister.ts'

/** One thing that was looked at. `advice` says what to do when it is not well. */
export interface Finding {
  readonly what: string
  readonly ok: boolean
  /** Well as it was set up, and to be known all the same. */
  readonly isNote?: boolean
  readonly detail: string
  readonly advice?: string
}

/** `wholeview doctor`: looks at configuration, connections, tables and keys, and says what to do. */
export const doctor = async (context: CommandContext): Promise<void> => {
  const { terminal } = context
  const findings = await examine(context)
  if (terminal.json) terminal.out(JSON.stringify(findings))
  else {
    const mark = ({ ok, isNote }: Finding) => (isNote ? 'note ' : ok ? terminal.good('ok   ') : terminal.bad('wrong'))
    terminal.out(
      findings
        .map((finding) => {
          const { ok, what, detail, advice } = finding
          const line = `${mark(finding)} ${what}: ${detail}`
          return ok || !advice ? line : `${line}\n      ${advice}`
        })
        .join('\n'),
    )
  }
  const wrong = findings.filter((finding) => !finding.ok).length
  if (wrong > 0) throw new CommandFailure(`${count(wrong, 'thing')} to put right.`)
}

const examine = async (context: CommandContext): Promise<readonly Finding[]> => {
  const read = configOf(context)
  if (!('config' in read)) return read.findings
  const { config } = read
  const findings: Finding[] = [
    {
      what: 'Node',
      ok: nodeIsNewEnough(process.versions.node),
      detail: process.versions.node,
      advice: 'Install Node 20.12 or newer.',
    },
    {
      what: 'configuration',
      ok: true,
      detail: config.production ? 'production' : config.demonstration ? 'demonstration' : 'not production',
    },
  ]
  if (config.demonstration && !isLoopback(config.host)) {
    findings.push({
      what: 'address',
      ok: false,
      detail: `the demonstration listens on ${config.host}`,
      advice: 'Set HOST=127.0.0.1: anyone who reaches the demonstration gets a token.',
    })
  }
  return [...findings, ...(await databasesAndSources(config))]
}

const configOf = ({ env }: CommandContext): { config: Config } | { findings: readonly Finding[] } => {
  try {
    return { config: readConfig(env) }
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    return {
      findings: error.problems.map((detail) => ({
        what: 'configuration',
        ok: false,
        detail,
        advice: 'Correct the variable; docs/operations.md lists them all.',
      })),
    }
  }
}

const databasesAndSources = async (config: Config): Promise<readonly Finding[]> => {
  const module = await loadGateway()
  const stores = await attempt(
    'stores',
    'Is the database running, and may this user connect? See DATABASE_URL.',
    async () => {
      const databases: Databases = await module.openDatabases(config)
      try {
        const rows = await databases.status()
        if (rows.every(isEmpty)) return [neverStarted(config)]
        return await storesRead(databases, rows)
      } finally {
        await databases.close()
      }
    },
  )
  // Without its own store nothing can be opened; a holder's that is away costs its own part.
  if (stores.some(({ ok, what }) => !ok && (what === 'gateway' || what === 'stores'))) return stores
  const sources = await attempt('gateway', 'Run `wholeview config check` and compare.', async () => {
    const gateway: Gateway = await module.openGateway(config)
    try {
      return await sourceFindings(gateway)
    } finally {
      await gateway.close()
    }
  })
  const names = await attempt('names', 'Is IDENTITY_MODEL a file that `identity learn` wrote?', async () =>
    namesFinding(await modelWithRegister(config)),
  )
  const issuers = await attempt('issuers', 'Run `wholeview config check` and compare.', () => issuersFinding(config))
  // What is away is told once, by its setting.
  const told = new Set(stores.flatMap(({ ok, what }) => (ok ? [] : [`${what} answers`])))
  return [...stores, ...sources.filter(({ what }) => !told.has(what)), ...issuers, ...names]
}

/** Each store and server, by what it is and by what is read of it: what cannot be read is not well. */
export async function storesRead(
  databases: Pick<Databases, 'badValues'>,
  rows: readonly DatabaseStatus[],
): Promise<readonly Finding[]> {
  const stored: Finding[] = []
  for (const row of rows) {
    const values = await unreadable(databases, row)
    stored.push(...(values.every(({ ok }) => ok) ? storeFindings(row) : []), ...values)
  }
  return stored
}

/** Below this share of people whose names the linkage model lists, it was learnt of somebody else's children. */
const leastCovered = 0.8

const namesFinding = (model: LinkageModel): readonly Finding[] => {
  const covered = coverageOf(model)
  if (!covered) return [{ what: 'names', ok: true, detail: 'too few people on file to compare with the linkage model' }]
  const percent = (share: number) => `${Math.round(share * 100)} %`
  return [
    {
      what: 'names',
      ok: Math.min(covered.given, covered.family) >= leastCovered,
      detail: `the linkage model lists the given name of ${percent(covered.given)} and the family name of ${percent(covered.family)} of those on file`,
      advice:
        'Names that it lacks count as common as they are on file. Learn from these agencies’ records: `wholeview identity learn`, then IDENTITY_MODEL.',
    },
  ]
}

/** Who reads and holds nothing is well as it is, or misspelt. */
const issuersFinding = async (config: Config): Promise<readonly Finding[]> => {
  const codes = await organisationsWithoutRecords(config)
  if (codes.length === 0) return []
  const detail = `of the organisations that they speak for the registry names no records of ${codes.join(', ')}`
  return [{ what: 'issuers', ok: true, isNote: true, detail }]
}

/** Nothing was ever written: that is a beginning, not forty missing tables. */
const isEmpty = ({ away, waiting, problems }: DatabaseStatus): boolean =>
  away === null && (waiting.length > 0 || problems.length > 0)

const neverStarted = (config: Config): Finding => ({
  what: 'stores',
  ok: false,
  detail: 'nothing is in them yet',
  advice: config.demonstration
    ? 'Run `npm start`: it makes the tables and writes the story cases.'
    : 'Run `wholeview db migrate`.',
})

/** One for each thing that is wrong: each is put right by itself. */
const storeFindings = ({ name, place, away, waiting, problems, records }: DatabaseStatus): readonly Finding[] => {
  if (away !== null)
    return [{ what: name, ok: false, detail: away, advice: 'Until then the gateway answers without it, and says so.' }]
  if (waiting.length > 0) {
    return [
      {
        what: name,
        ok: false,
        detail: `${place}, ${waiting.join(', ')} not run`,
        advice: 'Run `wholeview db migrate`.',
      },
    ]
  }
  if (problems.length > 0)
    return problems.map((problem, at) => ({
      what: name,
      ok: false,
      detail: at === 0 ? `${place}. ${problem}` : problem,
      ...(at === problems.length - 1 ? { advice: mapThem } : {}),
    }))
  return [{ what: name, ok: true, detail: records === null ? place : `${place}, ${count(records, 'record')}` }]
}

const mapThem = 'Make the tables fit, or map their names in a mapping file: docs/connect-a-source.md.'

/** Values that nobody can read cost themselves and nothing else, so they are reported and stop nothing. */
const unreadable = async (
  databases: Pick<Databases, 'badValues'>,
  { name, away, waiting, problems }: DatabaseStatus,
): Promise<readonly Finding[]> => {
  if (away !== null || waiting.length > 0 || problems.length > 0) return []
  const what = `${name} values`
  return attempt(
    what,
    'Is what it is read from running, and does it let this gateway read? Until then it is UNAVAILABLE.',
    async () => (await databases.badValues(name)).map((detail) => ({ what, ok: true, detail })),
  )
}

const sourceFindings = async (gateway: Gateway): Promise<readonly Finding[]> => {
  const checks = await gateway.readiness()
  const holders = await gateway.holders()
  const keys = Object.values(gateway.jwks()).flat().length
  return [
    ...checks.map(({ name, ok, detail }) => ({
      what: `${name} answers`,
      ok,
      detail,
      advice: 'The gateway answers without it; the part of this source is reported as unavailable.',
    })),
    ...holders
      .filter(({ state }) => state !== 'ASKED' && state !== 'UNAVAILABLE')
      .map(({ id, name, state, detail, step }) => ({
        what: `holder ${id}`,
        ok: true,
        isNote: true,
        detail: `${name}: ${state}, ${detail}.${step === null ? '' : ` ${step}`}`,
      })),
    {
      what: 'keys',
      ok: keys > 0,
      detail: `${keys} published`,
      advice: 'Look at KEYS_DIR: the gateway must be able to read it.',
    },
  ]
}

const attempt = async (
  what: string,
  advice: string,
  work: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> => {
  try {
    return await work()
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'failed'
    return [{ what, ok: false, detail, advice }]
  }
}

/** 20.12 is the first with what is used here. */
export const nodeIsNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 12)
}
