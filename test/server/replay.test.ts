import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replayEntry } from '../../src/disclosure/replayDecision.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { compilePolicy } from '../../src/policy/compilePolicy.ts'
import { readPacks } from '../../src/policy/pack.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway?.close())

const everything = `query ($id: ID!) { child(id: $id) { id
  health { state } education { state } police { state } adultServices { state } socialCare { state } } }`

const asked: readonly (readonly [string, string, Purpose?])[] = [
  ['mash-analyst', 'C04'],
  ['social-worker', 'C01'],
  ['social-worker', 'C12', 'EARLY_HELP'],
  ['team-manager', 'C02', 'S47_ENQUIRY'],
  ['school-dsl-eastvale', 'C05'],
  ['gp', 'C04'],
  ['receiving-officer', 'C04'],
  ['police-public-protection', 'C04'],
  ['information-governance', 'C04'],
]

/** The latest leaf of a child, as it was stored. */
const latest = async (childId: string) => {
  const [leaf] = await gateway.opened.setting.audit.ofChild(childId, 1)
  if (!leaf) throw new Error(`Nothing was recorded of ${childId}.`)
  return leaf
}

describe('a past decision', () => {
  for (const [persona, child, purpose] of asked)
    it(`of ${persona} about ${child}${purpose ? ` for ${purpose}` : ''} is derived again from its leaf`, async () => {
      await gateway.ask(persona, everything, { variables: { id: child }, ...(purpose ? { purpose } : {}) })
      const leaf = await latest(child)
      const replay = await gateway.opened.auditReplay(leaf.id)
      expect(replay?.differences).toEqual([])
      expect(['SAME', 'NOTHING_DECIDED']).toContain(replay?.verdict)
      if (leaf.outcome === 'DISCLOSED' && leaf.children.some((each) => Object.keys(each.agencies).length > 0))
        expect(replay?.compared).toBe(agencies.length)
    })

  it('is compared for most of these personas, and not merely refused', async () => {
    await gateway.ask('social-worker', everything, { variables: { id: 'C01' } })
    const replay = await gateway.opened.auditReplay((await latest('C01')).id)
    expect(replay).toMatchObject({ verdict: 'SAME', compared: agencies.length, pack: 'england-2026-11' })
  })

  it('is found different when a leaf claims more than the pack gives', async () => {
    await gateway.ask('social-worker', everything, { variables: { id: 'C01' } })
    const leaf = await latest('C01')
    const [child] = leaf.children
    if (!child) throw new Error('The leaf names no child.')
    const health = child.agencies['health']
    if (!health) throw new Error('Health was not asked.')
    const forged = {
      ...leaf,
      children: [
        { ...child, agencies: { ...child.agencies, health: { ...health, content: ['HEALTH_SARC' as const] } } },
      ],
    }
    const { opening } = gateway.opened.setting
    const replay = replayEntry(forged, opening.policy, (agency) => ({
      agency,
      home: opening.planning.layouts[agency].contract.home,
      labels: opening.labels[agency],
    }))
    expect(replay.verdict).toBe('DIFFERENT')
    expect(replay.differences.join()).toContain('HEALTH_SARC')
  })

  it('is not claimed under another pack than the one the leaf names, nor without the facts', async () => {
    await gateway.ask('social-worker', everything, { variables: { id: 'C01' } })
    const leaf = await latest('C01')
    const sourceOf = () => {
      throw new Error('No decision may be made.')
    }
    const other = readPacks().find(({ id }) => id !== leaf.pack.id)
    if (!other) throw new Error('There is one pack alone.')
    expect(replayEntry(leaf, compilePolicy(other), sourceOf).verdict).toBe('PACK_UNKNOWN')
    const bare = { ...leaf, children: leaf.children.map((child) => ({ ...child, facts: {} })) }
    expect(replayEntry(bare, gateway.opened.setting.opening.policy, sourceOf).verdict).toBe('FACTS_MISSING')
  })

  it('is not found by an id that no leaf has', async () => {
    expect(await gateway.opened.auditReplay('no-such-leaf')).toBeNull()
  })

  it('does not write a record into a leaf: no name, no text, no id of a held record', async () => {
    await gateway.ask('social-worker', everything, { variables: { id: 'C01' } })
    const { facts } = (await latest('C01')).children[0] ?? { facts: {} }
    expect(Object.keys(facts)).not.toContain('recordId')
    expect(JSON.stringify(facts)).not.toContain('evidence')
  })
})

const question =
  'query ($id: ID!, $role: String!) { whatIf(childId: $id, role: $role, purpose: DIRECT_CARE) { pack labels { label given rule reason legalBasis } } }'

describe('what another role would see', () => {
  it('is told to information governance of the authority, with rule and legal source', async () => {
    const { data, errors } = await gateway.ask('information-governance', question, {
      variables: { id: 'C04', role: 'GP' },
    })
    expect(errors).toEqual([])
    expect(JSON.stringify(data)).toContain('"label":"CORE_IDENTITY","given":"CONTENT","rule":"21"')
    expect(JSON.stringify(data)).toContain('"label":"ADOPTION","given":"HIDDEN"')
  })

  it('is refused to everybody else, and for a role that there is not', async () => {
    for (const persona of ['social-worker', 'gp', 'school-dsl-eastvale', 'mash-analyst', 'unrelated-officer']) {
      const { data, errors } = await gateway.ask(persona, question, { variables: { id: 'C04', role: 'GP' } })
      expect(data).toBeNull()
      expect(['FORBIDDEN', 'NOT_FOUND']).toContain(errors[0]?.extensions['code'])
    }
    const { errors } = await gateway.ask('information-governance', question, { variables: { id: 'C04', role: 'KING' } })
    expect(errors[0]?.extensions['code']).toBe('BAD_INPUT')
  })
})
