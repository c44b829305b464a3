import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issuerRegistry } from '../../src/auth/issuers.ts'
import { StartupError } from '../../src/foundation/errors.ts'
import { type Pack, parsePack } from '../../src/policy/pack.ts'
import { roleName } from '../../src/policy/roleNames.ts'
import { entryFor, es256Jwk, forge, type KeyServer, keyServer } from '../auth/support.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { post, startTestGateway, type TestGateway } from '../support/gateway.ts'

const mentor = roleName.parse('COMMUNITY_MENTOR')

/** The proposal with one role more, of which no line of the product knows: a mentor reads status, and nothing else. */
const withMentor = (): Record<string, unknown> => {
  const pack = structuredClone(demonstrationPack) as unknown as Record<string, unknown> & { labels: Pack['labels'] }
  const row = (level: 'HEADLINE' | 'CONTENT') => ({ roles: [mentor], level })
  const labels: Record<string, unknown> = { ...pack.labels }
  for (const [label, level] of [
    ['CORE_IDENTITY', 'CONTENT'],
    ['SOCIAL_CARE', 'HEADLINE'],
  ] as const)
    labels[label] = { ...pack.labels[label], access: [...pack.labels[label].access, row(level)] }
  return {
    ...pack,
    id: 'england-2027-01',
    labels,
    roles: { COMMUNITY_MENTOR: { type: 'SOCIAL_CARE', asks: 'ASSESSMENT_S17' } },
  }
}

describe('a role that a pack alone brings', () => {
  let keys: KeyServer
  let folder: string
  let gateway: TestGateway
  const entry = () =>
    entryFor(keys.jwksUri, {
      organisations: [
        {
          ...{ code: 'LA2-CSC', agencyType: 'SOCIAL_CARE', la: 'LA2', force: null },
          roles: [{ role: mentor, purposes: ['ASSESSMENT_S17'] }],
        },
      ],
    })
  beforeAll(async () => {
    keys = await keyServer([es256Jwk])
    folder = await mkdtemp(join(tmpdir(), 'pack-roles-'))
    const [issuers, pack] = [join(folder, 'issuers.json'), join(folder, 'pack.json')]
    await writeFile(issuers, JSON.stringify([entry()]))
    await writeFile(pack, JSON.stringify(withMentor()))
    gateway = await startTestGateway({ ISSUERS_FILE: issuers, POLICY_PACK: pack, DEMONSTRATION: 'on' })
  })
  afterAll(async () => {
    await gateway.close()
    await keys.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is asked as, and given what the pack lists and no more', async () => {
    const now = Math.floor(Date.now() / 1000)
    const token = forge(
      {},
      {
        ...{ org: 'LA2-CSC', role: 'COMMUNITY_MENTOR', sub: 'mentor', jti: randomUUID(), iat: now - 1, exp: now + 500 },
        authorization_details: [{ type: 'child-disclosure', purpose: 'ASSESSMENT_S17' }],
      },
    )
    const { data, errors } = await post(
      gateway.url,
      token,
      '{ child(id: "C04") { names { given } status { level } health { gpEntries { text } } police { crimes { id } } } }',
    )
    expect(errors).toEqual([])
    expect(data?.['child']).toMatchObject({
      names: expect.arrayContaining([expect.objectContaining({ given: 'Sam' })]),
      status: { level: 'LOOKED_AFTER' },
      health: { gpEntries: null },
      police: { crimes: null },
    })
  })

  it('is refused where no pack brings it, in the registry of issuers as in a pack’s own rows', () => {
    const known = ['COMMUNITY_MENTOR']
    expect(issuerRegistry([entry()], { production: false, known }).size).toBe(1)
    expect(() => issuerRegistry([entry()], { production: false })).toThrow(StartupError)
    expect(() => parsePack({ ...withMentor(), roles: undefined })).toThrow(/COMMUNITY_MENTOR/)
    expect(() => parsePack({ ...withMentor(), roles: { GP: { type: 'HEALTH', asks: 'DIRECT_CARE' } } })).toThrow(
      StartupError,
    )
    expect(() => parsePack({ ...withMentor(), roles: { mentor: { type: 'HEALTH', asks: 'DIRECT_CARE' } } })).toThrow(
      StartupError,
    )
  })
})
