import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entryFor, es256Jwk, forge, type KeyServer, keyServer } from '../auth/support.ts'
import { post, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { newDataDir } from '../support/prepared.ts'

let folder: string
let keys: KeyServer
let gateway: TestGateway

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erased-'))
  keys = await keyServer([es256Jwk])
  await writeFile(join(folder, 'issuers.json'), JSON.stringify([entryFor(keys.jwksUri)]))
  gateway = await startTestGateway({
    DATA_DIR: newDataDir(join(folder, 'gateway')),
    ISSUERS_FILE: join(folder, 'issuers.json'),
    DEMONSTRATION: 'on',
  })
}, 120_000)
afterAll(async () => {
  await gateway?.close()
  await keys?.close()
  await rm(folder, { recursive: true, force: true })
})

const everything = `query ($id: ID!) { child(id: $id) { id
  health { state } education { state } police { state } adultServices { state } socialCare { state } } }`
const latest = async (childId: string) => {
  const [leaf] = await gateway.opened.setting.audit.ofChild(childId, 1)
  if (!leaf) throw new Error(`Nothing was recorded of ${childId}.`)
  return leaf
}

describe('a past decision that no pack alone made', () => {
  it('is derived again for a token that named categories', async () => {
    const now = Math.floor(Date.now() / 1000)
    const [detail] = [{ type: 'child-disclosure', purpose: 'MASH_ENQUIRY', categories: ['EDUCATION', 'INVOLVEMENT'] }]
    const token = forge({}, { iat: now, exp: now + 300, jti: 'narrowed-token-0001', authorization_details: [detail] })
    const { errors } = await post(gateway.url, token, everything, { id: 'C04' })
    expect(errors).toEqual([])
    const leaf = await latest('C04')
    expect(leaf.caller.scope?.categories).toEqual(['EDUCATION', 'INVOLVEMENT'])
    const lost = Object.values(leaf.children[0]?.agencies ?? {}).flatMap(({ withheld }) => withheld)
    expect(lost.some(({ reason }) => reason === 'W_TOKEN_SCOPE')).toBe(true)
    expect(await gateway.opened.auditReplay(leaf.id)).toMatchObject({ verdict: 'SAME', compared: 5, differences: [] })
  })

  it('is derived again for subject access, by the rules of that door', async () => {
    const query = '{ subjectAccess(childId: "C04") { sections { agency } absent { category } } }'
    const { errors } = await gateway.ask('information-governance', query, { purpose: 'SUBJECT_ACCESS' })
    expect(errors).toEqual([])
    const leaf = await latest('C04')
    expect(leaf.actions).toContain('subjectAccess')
    const replay = await gateway.opened.auditReplay(leaf.id)
    expect(replay).toMatchObject({ verdict: 'SAME', compared: 45, differences: [] })
  })

  it('is told as one whose facts are missing where a leaf says them in another way', async () => {
    const { replayEntry } = await import('../../src/disclosure/replayDecision.ts')
    const { opening } = gateway.opened.setting
    const leaf = await latest('C04')
    for (const decidedFor of ['', '[]', '{"role":"KING"}', 'x'])
      expect(
        replayEntry(
          { ...leaf, children: leaf.children.map((child) => ({ ...child, facts: { ...child.facts, decidedFor } })) },
          opening.policy,
          () => ({ agency: 'health', home: 'HEALTH', labels: [] }),
        ).verdict,
      ).toBe('FACTS_MISSING')
  })
})

const log = '{ accessLog(childId: "C05", first: 20) { kind actions disclosed role at } }'
const eventsOf = async () => {
  const { data, errors } = await gateway.ask('information-governance', log)
  expect(errors).toEqual([])
  // The gateway answers in the shape of the query.
  return (
    data as unknown as { accessLog: readonly { kind: string; actions: readonly string[]; disclosed: string[] }[] }
  ).accessLog
}

describe('an access log whose older entries were erased', () => {
  it('says so in its last line, of a child who was looked at and of one who was not', async () => {
    await gateway.ask('mash-analyst', everything, { variables: { id: 'C05' } })
    expect((await eventsOf()).map(({ kind }) => kind)).not.toContain('ERASURE')
    const { caller } = await latest('C05')
    const { erased } = await gateway.opened.auditErase(new Date(Date.now() + 60_000), caller)
    expect(erased).toBeGreaterThan(0)
    const events = await eventsOf()
    expect(events.at(-1)).toMatchObject({ kind: 'ERASURE', disclosed: [] })
    expect(events.at(-1)?.actions[0]).toMatch(/^erased before \d{4}-\d{2}-\d{2}$/)
    expect(events.filter(({ kind }) => kind === 'ERASURE')).toHaveLength(1)
  })

  it('is still verified and proved', async () => {
    expect((await gateway.opened.auditVerify(() => undefined)).problems).toEqual([])
  })
})
