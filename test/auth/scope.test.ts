import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/policy/caller.ts'
import type { Policy } from '../../src/policy/compilePolicy.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { labels, maskOf } from '../../src/policy/labels.ts'
import { narrowedPolicy } from '../../src/policy/narrowToToken.ts'
import { post, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { entryFor, es256Jwk, forge, type KeyServer, keyServer } from './support.ts'

let keys: KeyServer
let folder: string
let gateway: TestGateway
beforeAll(async () => {
  keys = await keyServer([es256Jwk])
  folder = await mkdtemp(join(tmpdir(), 'scope-'))
  const worker = {
    code: 'LA2-CSC',
    agencyType: 'SOCIAL_CARE' as const,
    la: 'LA2',
    force: null,
    roles: [
      { role: 'SOCIAL_WORKER' as const, purposes: ['ASSESSMENT_S17' as const, 'TRANSFER_SEND' as const] },
      { role: 'TEAM_MANAGER' as const, purposes: ['PRACTICE_REVIEW' as const] },
    ],
  }
  const hub = {
    code: 'LA2-MASH',
    agencyType: 'MASH' as const,
    la: 'LA2',
    force: null,
    roles: [{ role: 'MASH_ANALYST' as const, purposes: ['MASH_ENQUIRY' as const] }],
  }
  await writeFile(
    join(folder, 'issuers.json'),
    JSON.stringify([entryFor(keys.jwksUri, { organisations: [worker, hub] })]),
  )
  gateway = await startTestGateway({ ISSUERS_FILE: join(folder, 'issuers.json'), DEMONSTRATION: 'on' })
})
afterAll(async () => {
  await gateway.close()
  await keys.close()
  await rm(folder, { recursive: true })
})

let serial = 0
const tokenFor = (
  narrowing: Record<string, unknown> = {},
  purpose = 'ASSESSMENT_S17',
  claims: Record<string, unknown> = {},
) => {
  const now = Math.floor(Date.now() / 1000)
  serial += 1
  return forge(
    {},
    {
      iat: now,
      exp: now + 300,
      jti: `scope-token-${String(serial).padStart(8, '0')}`,
      org: 'LA2-CSC',
      role: 'SOCIAL_WORKER',
      authorization_details: [{ type: 'child-disclosure', purpose, ...narrowing }],
      ...claims,
    },
  )
}
const child = (id: string) => `{ child(id: "${id}") { id names { family } withheld { reason category } } }`
const ask = (token: string, query: string) => post(gateway.url, token, query)
const transferBy = (id: string) =>
  `mutation { requestTransfer(childId: "${id}", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id state } }`

describe('a token for one child', () => {
  it('opens that child', async () => {
    expect((await ask(tokenFor({ child: 'C04' }), child('C04'))).text).toContain('"id":"C04"')
  })

  it('answers every other child as one that does not exist', async () => {
    const token = tokenFor({ child: 'C04' })
    const [other, nobody] = await Promise.all([ask(token, child('C02')), ask(token, child('C99'))])
    expect((await ask(tokenFor(), child('C02'))).text).toContain('"id":"C02"')
    expect(other.text).toBe(nobody.text)
    expect(other.text).not.toContain('C02')
  })

  it('records the attempt with the child whom it concerned, and what the token was kept to', async () => {
    const [leaf] = await gateway.opened.setting.audit
      .ofChild('C02', 10)
      .then((leaves) => leaves.filter(({ caller }) => caller.scope))
    expect(leaf).toMatchObject({ caller: { scope: { child: 'C04' } }, children: [{ id: 'C02', agencies: {} }] })
  })

  it('asks no transfer of another child, not even one that exists', async () => {
    expect((await ask(tokenFor({}, 'TRANSFER_SEND'), transferBy('C04'))).status).toBe(200)
    const answer = await ask(tokenFor({ child: 'C05' }, 'TRANSFER_SEND'), transferBy('C04'))
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('reads no register of another child', async () => {
    const answer = await ask(tokenFor({ child: 'C04' }), '{ accessLog(childId: "C02") { at } }')
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a token for some categories', () => {
  it('opens those alone and tells the others as withheld by the token', async () => {
    const query =
      '{ child(id: "C04") { names { family } socialCare { placements { id } } withheld { reason category } } }'
    const [whole, narrow] = await Promise.all([
      ask(tokenFor(), query),
      ask(tokenFor({ categories: ['CORE_IDENTITY'] }), query),
    ])
    expect([whole.errors, narrow.errors]).toEqual([[], []])
    expect(whole.text).toMatch(/"placements":\[\{"id"/)
    expect(whole.text).not.toContain('W_TOKEN_SCOPE')
    expect(narrow.text).toContain('"family"')
    expect(narrow.text).toContain('W_TOKEN_SCOPE')
    expect(narrow.text).not.toMatch(/"placements":\[\{"id"/)
  })

  it('is told no profile, which is kept for all of a role, nor one that was told before', async () => {
    const query = '{ problemProfile(la: "LA2", theme: MISSING, period: { from: "2026-Q1" }) { firstToldAt } }'
    const manager = (narrowing: Record<string, unknown>) =>
      ask(tokenFor(narrowing, 'PRACTICE_REVIEW', { role: 'TEAM_MANAGER' }), query)
    const narrowed = [{ child: 'C04' }, { categories: ['SOCIAL_CARE'] }]
    const refused = async () => {
      for (const narrowing of narrowed)
        expect((await manager(narrowing)).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    }
    await refused()
    expect((await manager({})).text).toMatch(/"firstToldAt":"2/)
    await refused()
  })

  it('opens no transfer record, which is signed whole', async () => {
    const asked = await ask(tokenFor({}, 'TRANSFER_SEND'), transferBy('C04'))
    const id = JSON.parse(asked.text).data.requestTransfer.id
    const query = `{ transferSummary(transferId: "${id}") { id } }`
    expect((await ask(tokenFor({}, 'TRANSFER_SEND'), query)).text).toContain(id)
    const answer = await ask(tokenFor({ categories: ['CORE_IDENTITY'] }, 'TRANSFER_SEND'), query)
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('never widens a grant, whatever was decided and whatever it names', () => {
    const mask = fc.integer({ min: 0, max: 2 ** labels.length - 1 })
    fc.assert(
      fc.property(
        mask,
        mask,
        mask,
        mask,
        fc.uniqueArray(fc.constantFrom(...labels), { minLength: 1 }),
        (headline, content, redact, own, categories) => {
          const rows = { headline: headline | content, content, redact: redact & ~content }
          const grant = { ...rows, own: { ...rows, headline: rows.headline | own, ...noGate }, withheld: [] }
          const narrowed = narrowedPolicy(fixed(grant)).grantFor(
            { scope: { categories } } as unknown as Caller,
            {} as never,
            {} as never,
            '',
          )
          const kept = maskOf(categories)
          for (const part of ['headline', 'content', 'redact'] as const) {
            expect(narrowed[part] & ~(grant[part] & kept)).toBe(0)
            expect((narrowed.own?.[part] ?? 0) & ~(grant.own[part] & kept)).toBe(0)
          }
          // What is told as lost was permitted, so that its name reveals nothing.
          for (const { label } of narrowed.withheld)
            expect((grant.own.headline | grant.headline | grant.redact) & maskOf([label])).not.toBe(0)
        },
      ),
    )
  })
})

const noGate = {
  rows: { ncnd: false, conditions: false, undecided: false, notRelevant: false },
  places: 'ALL' as const,
  names: 'ALL' as const,
  heldRecords: [],
}

/** A policy that has decided; the property looks at what narrowing makes of it. */
const fixed = (grant: Pick<Grant, 'headline' | 'content' | 'redact' | 'own' | 'withheld'>): Policy =>
  ({ grantFor: () => grant, hides: () => false, reachable: () => true }) as unknown as Policy

describe('a token for one transfer', () => {
  it('opens that transfer, and of children the one whom it concerns', async () => {
    const id = JSON.parse((await ask(tokenFor({}, 'TRANSFER_SEND'), transferBy('C04'))).text).data.requestTransfer.id
    const token = tokenFor({ transfer: id }, 'TRANSFER_SEND')
    expect((await ask(token, `{ transferSummary(transferId: "${id}") { id } }`)).text).toContain(id)
    expect((await ask(token, child('C02'))).text).toBe((await ask(token, child('C99'))).text)
    expect((await ask(token, transferBy('C04'))).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    const another = tokenFor({ transfer: 'another' }, 'TRANSFER_SEND')
    expect((await ask(another, `{ transferSummary(transferId: "${id}") { id } }`)).errors[0]?.extensions).toMatchObject(
      { code: 'FORBIDDEN' },
    )
    expect((await ask(another, child('C04'))).text).not.toContain('"id":"C04"')
  })
})

describe('a token for one episode', () => {
  it('opens the child of that recorded relationship of its own organisation, and nobody else', async () => {
    const { knex } = gateway.opened.setting.opening.store
    const idOf = async (organisation: string) =>
      (await knex('gateway.relationship').where({ child_id: 'C04', organisation }).first('id'))?.id
    const own = await idOf('LA2-CSC')
    expect((await ask(tokenFor({ episode: own }), child('C04'))).text).toContain('"id":"C04"')
    const nobody = (await ask(tokenFor({ episode: own }), child('C99'))).text
    expect((await ask(tokenFor({ episode: own }), child('C02'))).text).toBe(nobody)
    for (const episode of [await idOf('HOME-LA5'), await idOf('900005'), 'invented', "' or true --"])
      expect((await ask(tokenFor({ episode }), child('C04'))).text).toBe(nobody)
    expect((await ask(tokenFor({ episode: own, child: 'C02' }), child('C04'))).text).toBe(nobody)
  })
})

describe('those who act for another', () => {
  it('stand in the leaf, the latest first, and give no rights', async () => {
    const act = { sub: 'night-desk', client_id: 'hub-system', act: { sub: 'robot' } }
    await ask(tokenFor({ basis: 'Children Act 1989 s.17' }, 'ASSESSMENT_S17', { act }), child('C10'))
    const [leaf] = await gateway.opened.setting.audit.ofChild('C10', 1)
    expect(leaf?.caller).toMatchObject({
      actors: [
        { subject: 'night-desk', clientId: 'hub-system' },
        { subject: 'robot', clientId: null },
      ],
      scope: { basis: 'Children Act 1989 s.17' },
      role: 'SOCIAL_WORKER',
    })
  })
})
