import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { storesRead } from '../../src/cli/commands/doctor.ts'
import { welcome } from '../../src/cli/commands/start.ts'
import { run } from '../../src/cli/program.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { sign } from '../../src/transfer/sign.ts'

const command = async (args: string[], env: Record<string, string> = {}) => {
  const written = { out: '', err: '' }
  const exitCode = await run(args, env, {
    out: { write: (text: string) => (written.out += text) },
    err: { write: (text: string) => (written.err += text) },
  })
  return { exitCode, ...written }
}

describe('a command line that is not understood exits with 2', () => {
  const lines: string[][] = [
    ['nothing'],
    ['child'],
    ['child', 'C04'],
    ['token'],
    ['token', '--as', 'gp', '--purpose', 'CURIOSITY'],
    ['child', 'C04', '--as', 'gp', '--as-of', 'yesterday'],
    ['child', 'C04', '--as', 'gp', '--first', '0'],
    ['subgraph', 'polis'],
    ['db', 'seed', '--children', 'many'],
    ['db', 'reset'],
    ['start', '--colour'],
  ]
  for (const line of lines) {
    it(line.join(' '), async () => {
      const { exitCode, out, err } = await command(line)
      expect([exitCode, out]).toEqual([2, ''])
      expect(err.trim()).not.toBe('')
    })
  }
})

describe('a command that does not succeed exits with 1 and says what to do', () => {
  it('asking a gateway that does not run', async () => {
    const { exitCode, out, err } = await command(['token', '--as', 'gp', '--url', 'http://127.0.0.1:9'])
    expect([exitCode, out]).toEqual([1, ''])
    expect(err).toContain('Is the gateway running?')
    expect(err).not.toContain(demonstrationSecret)
  })

  it('with a configuration that is wrong, telling every problem', async () => {
    const { exitCode, err } = await command(['config', 'check'], { PORT: 'x', LOG_LEVEL: 'loud' })
    expect(exitCode).toBe(1)
    expect(err).toContain('PORT')
    expect(err).toContain('LOG_LEVEL')
  })

  it('with a configuration that is wrong in every file, telling all of it in one round', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'))
    const holder = (id: string, change: object) => ({
      ...{ id, kind: 'police', service: 'POLICE', organisation: id, name: id, areas: ['LA1'], la: null },
      ...{ contact: { office: 'x' }, binding: { type: 'sql', database: 'ssd', mapping: 'nosuch.yaml' }, ...change },
    })
    const registry = {
      authorities: [
        { code: 'LA1', name: 'One', dfeCode: '800', gssCode: 'E06000001', force: 'F1', contact: 'x' },
        { code: 'LA2', name: 'Two', dfeCode: '8', gssCode: 'E06000002', force: 'F9', contact: 'x' },
      ],
      forces: [{ code: 'F1', name: 'Force', contact: 'x' }],
      holders: [
        holder('F1', { service: 'POLISH', areas: ['LA1', 'LA9'] }),
        holder('F2', { areas: ['LA2'] }),
        holder('F3', { la: 'LA1', binding: { type: 'sql', database: 'ssd', mapping: 'f3.yaml' } }),
      ],
    }
    const mapped = 'id: a\n      person: b\n      fields: { offense: o, role: { column: r, codes: 3 } }'
    const lists = `lists:\n  crimez: []\n  crimes:\n    - table: t\n      ${mapped}`
    writeFileSync(join(folder, 'f3.yaml'), `kind: police\nschema: rms\n${lists}\n`)
    const organisation = (code: string, la: string, force: string) => ({
      ...{ code, agencyType: 'POLICE', la, force, roles: [{ role: 'POLICE_PUBLIC_PROTECTION', purposes: ['NONE'] }] },
    })
    const issuer = { issuer: 'https://login.example', jwksUri: 'https://login.example/jwks', algorithms: ['ES256'] }
    const organisations = [organisation('F3', 'LA2', 'F7'), organisation('MASH', 'LA9', 'F1')]
    writeFileSync(join(folder, 'issuers.json'), JSON.stringify([{ ...issuer, maxLifetimeSeconds: 300, organisations }]))
    const signIn = {
      provider: { issuer: issuer.issuer, name: 'x', clientId: 'x' },
      claims: { organisationn: 'x', role: 'x' },
      organisations: { Hub: 'MASCH' },
      purposes: { GPP: ['DIRECT_CARE'] },
    }
    writeFileSync(join(folder, 'workbench.json'), JSON.stringify(signIn))
    writeFileSync(join(folder, 'registry.json'), JSON.stringify(registry))
    const lines = ['host: 127.0.0.1', 'prot: 99', 'port: 99999', 'registry_file: registry.json']
    lines.push('issuers_file: issuers.json', 'workbench_file: workbench.json')
    writeFileSync(join(folder, 'gateway.yaml'), [...lines, 'holder_sdd_url: postgres://127.0.0.1/x', ''].join('\n'))
    try {
      const { exitCode, err } = await command(['--config', join(folder, 'gateway.yaml'), 'config', 'check'])
      expect(exitCode).toBe(1)
      for (const problem of [
        /gateway\.yaml:2: prot is no key that is known/,
        /PORT /,
        /authorities\.1\.dfeCode: must be three digits/,
        /the force F9 of LA2 is not among forces/,
        /holders\.0\.service/,
        /holders\.0\.areas: LA9 is not among authorities/,
        /mapping of the holder F2: nosuch\.yaml: cannot be read/,
        /HOLDER_SDD_URL is the address of nothing/,
        /f3\.yaml:9: lists\.crimes\.0\.fields\.role\.codes/,
        /f3\.yaml: lists\.crimez is no list of police/,
        /f3\.yaml: lists\.crimes\.0\.fields\.offense is no stored field/,
        /ISSUERS_FILE, 0\.organisations\.0\.roles\.0\.purposes\.0/,
        /ISSUERS_FILE, 0\.organisations\.0\.force: F7 is no force of the registry/,
        /ISSUERS_FILE, 0\.organisations\.0\.la: F3 is of LA1 in the registry, and of LA2 here/,
        /ISSUERS_FILE, 0\.organisations\.1\.la: LA9 is no authority of the registry/,
        /WORKBENCH_FILE, claims\.organisation/,
        /WORKBENCH_FILE, organisations\.Hub: the provider does not speak for MASCH/,
        /WORKBENCH_FILE, purposes\.GPP: GPP is no role/,
      ])
        expect(err).toMatch(problem)
      expect(err).not.toMatch(/STANDS-IN|stands_in|holders\.[12]\./)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('saying of a command that is no start what has to be put right first', async () => {
    const { exitCode, err } = await command(['holders'], { PORT: 'x' })
    expect(exitCode).toBe(1)
    expect(err).toMatch(/^Nothing was done\. This has to be put right first:\n {2}- PORT/)
  })

  it('with demonstration commands in production', async () => {
    const { exitCode } = await command(['demo'], { NODE_ENV: 'production' })
    expect(exitCode).toBe(1)
  })
})

describe('doctor', () => {
  it('says of no server that it is well while that cannot be read', async () => {
    const row = { name: 'AGS', place: 'its FHIR server', away: null, waiting: [], problems: [], records: null }
    const told = (badValues: () => Promise<readonly string[]>) => storesRead({ badValues }, [row])
    expect(await told(() => fetch('http://127.0.0.1:9').then(() => []))).toMatchObject([
      { what: 'AGS values', ok: false, detail: 'fetch failed' },
    ])
    expect(await told(async () => [])).toMatchObject([{ what: 'AGS', ok: true }])
  })
})

describe('a command that succeeds exits with 0', () => {
  it('printing help and the version on standard output', async () => {
    const help = await command(['--help'])
    expect([help.exitCode, help.err]).toEqual([0, ''])
    for (const name of [
      'start',
      'demo',
      'token',
      'child',
      'transfer',
      'subgraph',
      'supergraph',
      'doctor',
      'db',
      'audit',
      'config',
    ]) {
      expect(help.out).toContain(`  ${name}`)
    }
    expect((await command(['--version'])).out.trim()).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('printing the configuration without its secrets, in JSON when asked', async () => {
    const { exitCode, out } = await command(['--json', 'config', 'check'], {
      DATABASE_URL: 'postgres://u:hunter2@localhost/x',
      DEMONSTRATION: 'on',
    })
    expect(exitCode).toBe(0)
    expect(JSON.parse(out).DATABASE_URL).toBe('postgres://u:***@localhost/x')
  })
})

describe('a subgraph for a router of one’s own', () => {
  it.each([
    ['core', /policeGrants: \[String!\] @inaccessible/],
    ['police', /police: PoliceRecord @requires\(fields: "policeGrants"\)/],
    ['F4', /police: PoliceRecord @requires\(fields: "policeGrants"\)/],
  ])('is printed for %s, and nothing is served', async (name, text) => {
    const { exitCode, out, err } = await command(['subgraph', name, '--sdl'])
    expect([exitCode, err]).toEqual([0, ''])
    expect(out).toMatch(text)
  })
})

describe('a transfer record is verified offline', () => {
  const prepare = async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
    const folder = mkdtempSync(join(tmpdir(), 'wholeview-verify-'))
    const record = { format: 'wholeview-transfer/1', id: 'T1', version: '1', sections: [1, 2] }
    const { jws } = await sign(record, { kid: 'k1', privateKey })
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] }))
    writeFileSync(join(folder, 'record.jws'), `${jws}\n`)
    return { folder, jws, line: ['transfer', 'verify', join(folder, 'record.jws'), '--key', join(folder, 'keys.json')] }
  }

  it('and stands when nothing was changed', async () => {
    const { folder, line } = await prepare()
    const { exitCode, out } = await command(line)
    expect([exitCode, out]).toEqual([0, expect.stringContaining('Signed with key k1, unchanged')])
    rmSync(folder, { recursive: true })
  })

  it('and falls when one byte of it was changed', async () => {
    const { folder, jws, line } = await prepare()
    const [header, payload = '', mark] = jws.split('.')
    const bytes = Buffer.from(payload, 'base64url')
    bytes[3] = (bytes[3] ?? 0) ^ 1
    writeFileSync(join(folder, 'record.jws'), [header, bytes.toString('base64url'), mark].join('.'))
    const { exitCode, out, err } = await command(line)
    expect([exitCode, out, err]).toEqual([1, '', expect.stringContaining('altered')])
    rmSync(folder, { recursive: true })
  })

  it('and falls under another key, or a file that is no key', async () => {
    const [one, other] = [await prepare(), await prepare()]
    expect((await command([...one.line.slice(0, 4), join(other.folder, 'keys.json')])).exitCode).toBe(1)
    writeFileSync(join(one.folder, 'keys.json'), 'no key')
    expect((await command(one.line)).exitCode).toBe(1)
    rmSync(one.folder, { recursive: true })
    rmSync(other.folder, { recursive: true })
  })
})

describe('the welcome', () => {
  const terminal = createTerminal(
    { out: { write: () => true }, err: { write: () => true } },
    { json: false, noColour: true },
  )

  it('says where it listens, how every persona gets a token, and one query to paste', () => {
    const text = welcome(readConfig({}), 'http://127.0.0.1:4000', personas, terminal)
    expect(text).toContain('http://127.0.0.1:4000/graphql')
    expect(text).toContain('http://127.0.0.1:4000/explorer')
    expect(text).toContain('npm run -s wholeview -- token --as mash-analyst')
    expect(text).toContain('npm run -s wholeview -- token --as information-governance')
    expect(text).toContain('curl -s http://127.0.0.1:4000/graphql')
    expect(text).toContain('20 November 2026')
    expect(text).not.toContain('\u001b')
  })

  it('warns when the demonstration is open to the network', () => {
    expect(
      welcome(readConfig({ HOST: '0.0.0.0', DEMONSTRATION: 'on' }), 'http://127.0.0.1:4000', personas, terminal),
    ).toContain('others on the network')
  })
})
