import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { authorities, forces } from '../../seeds/authoritiesAndForces.ts'
import { run } from '../../src/cli/program.ts'
import { newDataDir } from '../support/prepared.ts'

const folder = mkdtempSync(join(tmpdir(), 'wholeview-operator-'))
const dataDir = newDataDir()
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
})

const commandIn = async (env: Readonly<Record<string, string>>, ...words: readonly string[]) => {
  let [out, err] = ['', '']
  const code = await run(
    words,
    { LOG_LEVEL: 'silent', ...env },
    {
      out: { write: (text: string) => (out += text) },
      err: { write: (text: string) => (err += text) },
    },
  )
  return { code, out, err }
}

const contacts = { police: 'Eastvale police, 01632 960020' }
const ofEastvale = { organisation: 'LA2-CSC', la: 'LA2', name: 'Eastvale', areas: ['LA2'] }
const holders = [
  {
    ...{ id: 'LA2', kind: 'socialCare', service: 'CHILDRENS_SOCIAL_CARE', ...ofEastvale },
    ...{ contact: { office: 'Eastvale front door, 01632 960012' } },
    binding: { type: 'sql', database: 'away' },
  },
]
const registry = join(folder, 'registry.json')
writeFileSync(registry, JSON.stringify({ authorities, forces, contacts, holders }))
// Embedded but for one holder, whose database nobody answers for.
const env = {
  ...{ DATA_DIR: dataDir, DEMONSTRATION: 'on', REGISTRY_FILE: registry },
  HOLDER_AWAY_URL: 'postgres://ssd:hunter2@127.0.0.1:1/ssd',
}

describe('while the database of one holder is away', () => {
  const sentence =
    'HOLDER_AWAY_URL: no PostgreSQL answers at 127.0.0.1:1/ssd: nothing listens there. Is it running, and is the address right? Read there: LA2.'

  it('every command names its setting and whom it is of, and does the rest', async () => {
    const told: Readonly<Record<string, Awaited<ReturnType<typeof commandIn>>>> = {
      migrate: await commandIn(env, 'db', 'migrate'),
      status: await commandIn(env, 'db', 'status'),
      doctor: await commandIn(env, 'doctor'),
      resolve: await commandIn(env, 'identity', 'resolve'),
    }
    expect(told['migrate']).toMatchObject({ code: 3, err: `Not looked at:\n  - ${sentence}\n` })
    expect(told['migrate']?.out).toMatch(/^(Ran|Nothing to do)/)
    expect(told['status']).toMatchObject({ code: 0, err: '' })
    expect(told['status']?.out).toMatch(/gateway .*up to date[\s\S]*socialCare away .*127\.0\.0\.1:1\/ssd +away/)
    expect(told['doctor']).toMatchObject({ code: 1 })
    expect(told['doctor']?.out).toContain(`wrong socialCare away: ${sentence}`)
    expect(told['doctor']?.out).not.toContain('DATABASE_URL.')
    expect(told['resolve']).toMatchObject({ code: 3, err: `Not taken in:\n  - ${sentence}\n` })
    expect(JSON.stringify(told)).not.toMatch(/hunter2|ECONNREFUSED|Something went wrong/)
  })

  it('holders says why it knows no state, who is not connected, and whom the kind has to ring', async () => {
    const { code, out, err } = await commandIn({ ...env, LOCAL_PROCEDURES: 'LA9=england' }, '--json', 'holders')
    expect({ code, err }).toEqual({ code: 3, err: expect.stringMatching(/not known:\n {2}- LOCAL_PROCEDURES.*LA9/) })
    const rows = JSON.parse(out) as readonly { id: string; state: string; contact: object | null }[]
    expect(rows.find(({ id }) => id === 'LA2')?.state).toBe('NOT_KNOWN')
    expect(rows.find(({ id }) => id === 'police')?.contact).toEqual({ office: contacts.police })
    const issuers = { DEMONSTRATION: 'off', ISSUERS_FILE: registry }
    const apart = await commandIn({ ...env, ...issuers }, 'holders')
    expect(apart.code).toBe(3)
    expect(apart.out).toMatch(/police +NOT_CONNECTED.*01632 960020/)
    expect(apart.out).not.toMatch(/police.* sql/)
  })
})

describe('a fresh folder', () => {
  it('lists its keys before anything is set, and hears all that is not', async () => {
    const fresh = join(folder, 'fresh')
    expect((await commandIn({}, 'init', fresh)).code).toBe(0)
    const WHOLEVIEW_CONFIG = join(fresh, 'wholeview.yaml')
    const { code, out } = await commandIn({ WHOLEVIEW_CONFIG }, 'keys', 'list')
    expect(code).toBe(0)
    expect(out.match(/in use/g)).toHaveLength(4)
    const checked = await commandIn({ WHOLEVIEW_CONFIG }, 'config', 'check')
    expect(checked.err).toMatch(/AUDIENCE is missing[\s\S]*DATABASE_URL is missing[\s\S]*ISSUERS_FILE names no issuer/)
    const wrong = await commandIn({ WHOLEVIEW_CONFIG, KEYS_DIR: registry }, 'keys', 'create')
    expect(wrong.code).toBe(1)
    expect(readFileSync(registry, 'utf8')).toContain('LA2-CSC')
  })

  it('looks for the keys of the gateway where that listens', async () => {
    for (const [more, address] of [
      [{ PORT: '4818' }, 'http://127.0.0.1:4818'],
      [{ PORT: '0' }, 'http://127.0.0.1:4000'],
      [{}, 'http://127.0.0.1:4000'],
    ] as const) {
      const { out } = await commandIn({ DATA_DIR: dataDir, ...more }, '--json', 'config', 'check')
      expect(JSON.parse(out)['GATEWAY_JWKS']).toBe(`${address}/.well-known/jwks.json`)
    }
  })
})

describe('an agreement', () => {
  it('of an organisation that nobody names is entered with a word about it', async () => {
    const words = ['--from', '2026-09-01', '--title', 't', '--document', 'd', '--by', 'b']
    const add = (...more: readonly string[]) =>
      commandIn({ DATA_DIR: dataDir, DEMONSTRATION: 'on' }, 'agreements', 'add', ...more, ...words)
    expect(await add('LA2-CSC', '--with', 'F4')).toMatchObject({ code: 0, err: '' })
    const { code, err } = await add('NOPE', '--with', 'LA5-CSC,NIX')
    expect(code).toBe(0)
    expect(err.match(/no(?:r an issuer)? names an organisation (\w+)/g)).toHaveLength(2)
    expect(err).toMatch(/NOPE[\s\S]*NIX/)
  })
})
