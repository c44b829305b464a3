import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReceipt } from '../../src/audit/receipt.ts'
import { run } from '../../src/cli/program.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let folder: string
const file = (name: string): string => join(folder, name)

/** Runs one command line against the gateway. */
const command = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  const told = { out: '', err: '' }
  const stream = (name: 'out' | 'err') => ({
    write: (text: string) => {
      told[name] += text
      return true
    },
    isTTY: false,
    columns: 200,
  })
  const env = { PORT: new URL(gateway.url).port, DATA_DIR: gateway.dataDir }
  const code = await run(args, env, { out: stream('out'), err: stream('err') })
  return { code, ...told }
}
const told = async (...args: string[]): Promise<string> => {
  const { code, err, out } = await command(...args)
  expect(err.replace(/The (receipt|signed record) is in .*\n/g, '')).toBe('')
  expect(code).toBe(0)
  return out
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wholeview-audit-'))
  const { witnessEntries } = await makeWitnesses()
  await writeFile(file('witnesses.json'), JSON.stringify({ threshold: 2, witnesses: witnessEntries }))
  gateway = await startTestGateway({ AUDIT_WITNESSES_FILE: file('witnesses.json') })
})
afterAll(async () => {
  await gateway?.close()
  await rm(folder, { recursive: true, force: true })
})

const witnessNames = ['police.example', 'health.example', 'council.example']
async function makeWitnesses() {
  const witnessEntries: unknown[] = []
  for (const name of witnessNames) {
    let out = ''
    const streams = {
      write: (text: string) => {
        out += text
        return true
      },
    }
    await run(['audit', 'witness-key', '--name', name, '--out', file(name)], {}, { out: streams, err: streams })
    witnessEntries.push(JSON.parse(out))
  }
  return { witnessEntries }
}
const witness = (name: string, ...more: string[]) =>
  command('audit', 'witness', '--key', file(name), '--name', name, '--state', file(`${name}.seen`), ...more)

describe('a disclosure over HTTP', () => {
  it('gives its recipient a receipt, and nobody else', async () => {
    const { headers } = await gateway.ask('school-dsl', '{ child(id: "C04") { id } }')
    const id = headers.get('x-audit-id') ?? ''
    await told('audit', 'prove', id, '--as', 'school-dsl', '--out', file('receipt'))
    expect(await told('audit', 'verify', '--receipt', file('receipt'))).toMatch(/900005, DESIGNATED_SAFEGUARDING_LEAD/)
    expect(readReceipt(await readFile(file('receipt'), 'utf8'))?.leaf).not.toMatch(/"C04"/)
    expect((await command('audit', 'prove', id, '--as', 'gp')).code).toBe(1)

    const query = 'query Q($id: ID!) { auditProof(auditId: $id) { index persons } }'
    const own = await gateway.ask('school-dsl', query, { variables: { id } })
    expect(JSON.stringify(own.data)).toMatch(/C04/)
    for (const persona of ['gp', 'unrelated-officer', 'information-governance']) {
      const { errors } = await gateway.ask(persona, query, { variables: { id } })
      expect(errors[0]?.extensions['code']).toBe('NOT_FOUND')
    }
    const unknown = await gateway.ask('school-dsl', query, { variables: { id: 'nothing' } })
    expect(unknown.errors[0]?.extensions['code']).toBe('NOT_FOUND')
  })

  it('is listed for its own organisation, against a checkpoint that the organisation kept', async () => {
    await gateway.ask('gp', '{ child(id: "C04") { id } }')
    const first = await told('audit', 'mine', '--as', 'gp', '--kept', file('kept'))
    expect(first).toMatch(/NHS-LA5-GP/)
    expect(first).not.toMatch(/900005/)
    expect(await told('audit', 'mine', '--as', 'gp', '--kept', file('kept'))).toMatch(/continues the checkpoint/)
    await writeFile(file('forged'), (await readFile(file('kept'), 'utf8')).replace(/\n\d+\n/, '\n1\n'))
    expect((await command('audit', 'mine', '--as', 'gp', '--kept', file('forged'))).err).toMatch(/not signed/)
    for (const [from, first] of [
      [-1, 10],
      [0, 0],
      [0, 1001],
    ]) {
      const query = `{ auditLeaves(from: ${from}, first: ${first}) { checkpoint } }`
      expect((await gateway.ask('gp', query)).errors[0]?.extensions['code']).toBe('BAD_INPUT')
    }
  })

  it('is witnessed by partners, who sign only what continues what they saw', async () => {
    await gateway.ask('gp', '{ child(id: "C04") { id } }')
    expect((await fetch(`${gateway.url}/audit/witnessed`)).status).toBe(404)
    for (const name of witnessNames.slice(0, 2)) expect((await witness(name)).code).toBe(0)
    expect((await fetch(`${gateway.url}/audit/witnessed`)).status).toBe(200)
    const [leaf] = (await gateway.opened.audit.prover.leaves(0, 1)) ?? []
    const receipt = leaf && (await gateway.opened.audit.prover.receipt(leaf, 'witnessed'))
    await writeFile(file('witnessed'), receipt ?? '')
    const verified = await told(
      'audit',
      'verify',
      '--receipt',
      file('witnessed'),
      '--witnesses',
      file('witnesses.json'),
    )
    expect(verified).toMatch(/witnessed by health.example, police.example/)
    expect(
      (await command('audit', 'verify', '--receipt', file('receipt'), '--witnesses', file('witnesses.json'))).err,
    ).toMatch(/Not enough witnesses/)

    await gateway.ask('gp', '{ child(id: "C04") { id } }')
    expect((await witness(witnessNames[0] ?? '')).code).toBe(0)
    const stranger = await command(
      'audit',
      'witness',
      '--key',
      file('council.example'),
      '--name',
      'police.example',
      '--state',
      file('x'),
    )
    expect(stranger.err).toMatch(/does not list this witness/)
  })

  it('leaves a record whose receipt is verified with it offline', async () => {
    const asked = await gateway.ask(
      'receiving-officer',
      'mutation { requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id signature receipt } }',
    )
    const { id, receipt } = transferIn(asked.data)
    expect(receipt).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
    await told('transfer', id, '--as', 'receiving-officer', '--out', file('record'))
    const keys = `${gateway.url}/audit/keys`
    await writeFile(file('keys.json'), await (await fetch(keys)).text())
    const proof = ['--receipt', file('record.tlog-proof'), '--log-key', file('keys.json')]
    expect(await told('transfer', 'verify', file('record'), ...proof)).toMatch(/Recorded as entry \d+ of /)
    const other = ['--receipt', file('receipt'), '--log-key', file('keys.json')]
    expect((await command('transfer', 'verify', file('record'), ...other)).err).toMatch(/of another record/)
  })

  it('shows checkpoints and proofs to anyone, and nothing else', async () => {
    const status = async (path: string, method = 'GET', body?: string) =>
      (await fetch(`${gateway.url}${path}`, { method, ...(body === undefined ? {} : { body }) })).status
    expect(await status('/audit/checkpoint')).toBe(200)
    expect(await status('/audit/checkpoint/1')).toBe(200)
    expect(await status('/audit/consistency/1/2')).toBe(200)
    for (const path of [
      '/audit/',
      '/audit/leaf/1',
      '/audit/checkpoint/0',
      '/audit/consistency/2/1',
      '/audit/consistency/1/999999',
    ])
      expect(await status(path)).toBe(404)
    expect(await status('/audit/checkpoint', 'POST', 'x')).toBe(405)
    expect(await status('/audit/cosignature', 'POST', 'nothing')).toBe(403)
    expect(await status('/audit/cosignature', 'POST', 'x'.repeat(300_000))).toBe(413)
  })
})

/** The transfer of an answer. */
function transferIn(data: unknown): { id: string; receipt: string } {
  const made: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'requestTransfer') : null
  const member = (name: string) => String(typeof made === 'object' && made !== null ? Reflect.get(made, name) : '')
  return { id: member('id'), receipt: member('receipt') }
}
