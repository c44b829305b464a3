import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Persona } from '../../src/auth/persona.ts'
import { ChildAccess } from '../../src/disclosure/childAccess.ts'
import { planOfNeeds } from '../../src/disclosure/needsPlan.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { decide } from '../../src/policy/decide.ts'
import { plainRow } from '../../src/policy/decisionInput.ts'
import { isLabel } from '../../src/policy/labels.ts'
import { speakingConsent } from '../../src/policy/validConsent.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { listsOf } from '../../src/sources/recordSet.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
}, 120_000)
afterAll(() => gateway.close())

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const children = ['C01', 'C02', 'C04', 'C05', 'C07', 'C10']

/** Rows that a persona may read of a child, each with its list's own label and who holds it. */
async function rowsRead({ id }: Persona, child: string) {
  const { model } = gateway.opened.catalogue
  const authentication = await gateway.opened.authenticate([`Bearer ${await gateway.token(id)}`])
  if (!authentication.ok) throw new Error(`The token of ${id} was refused.`)
  const { caller } = authentication
  const opener = new ChildAccess(gateway.opened.setting.opening, caller)
  const needs = Object.fromEntries(
    agencies.map((agency) => [
      agency,
      Object.fromEntries(
        [...model.layouts[agency].lists.keys()].map((list) => [list, ['provenance.organisation', 'sensitivity']]),
      ),
    ]),
  )
  const facts = await opener.facts(child)
  const opened = await opener.open(child, null, planOfNeeds(needs, model))
  if (!facts || !opened) return null
  const answers = await opened.answers()
  const rows = agencies.flatMap((agency) => {
    const answer = answers[agency]
    if (answer.state !== 'ANSWERED') return []
    return Object.entries(listsOf(answer.records)).flatMap(([list, found]) => {
      const type = model.layouts[agency].lists.get(list)?.type
      return type ? found.map((row) => ({ agency, type, row })) : []
    })
  })
  return { caller, facts, rows }
}

describe('two organisations of one type', () => {
  const pack = demonstrationPack

  it('read of each other what any other organisation would be given, and nothing as their own', async () => {
    const wrong: string[] = []
    let ofOthers = 0
    for (const persona of personas)
      for (const child of children) {
        const read = await rowsRead(persona, child)
        if (!read) continue
        const { caller, facts } = read
        for (const { agency, type, row } of read.rows) {
          const { home } = gateway.opened.contracts[agency]
          if (caller.agencyType !== home || row['provenance.organisation'] === caller.organisation) continue
          ofOthers += 1
          const carried = row['sensitivity']
          const labels = [type.label, ...(Array.isArray(carried) ? carried.map(String).filter(isLabel) : [])]
          for (const label of labels) {
            const { ageBand } = facts
            const consent = speakingConsent(facts.consents, {
              label,
              recipient: caller.agencyType,
              purpose: caller.purpose,
              ageBand,
            })
            const level = label === type.label ? type.level : 'CONTENT'
            const asked = { caller, child: facts, label, level, home, row: plainRow, consent }
            const { outcome, code } = decide(pack, { ...asked, own: false })
            if (outcome !== 'PERMIT' && outcome !== 'REDACT')
              wrong.push(`${persona.id} ${child} ${row.id} of ${String(row['provenance.organisation'])}: ${code}`)
          }
        }
      }
    expect(wrong).toEqual([])
    expect(ofOthers).toBeGreaterThan(20)
  })

  it('see, review and release no hold of each other, and read nothing that it holds back', async () => {
    const record = `mutation { recordHold(input: { childId: "C04", kind: DETRIMENT, label: SOCIAL_CARE,
      reason: "Known to nobody in the other authority", reviewOn: "${inDays(20)}" }) { id } }`
    const recorded = await gateway.ask('social-worker', record)
    expect(recorded.errors).toEqual([])
    const { id } = (recorded.data as unknown as { recordHold: { id: string } }).recordHold
    const plans = '{ child(id: "C04") { socialCare { plans { id provenance { organisation } } } } }'
    const theirs = await gateway.ask('receiving-officer', plans)
    expect(theirs.text).not.toContain('LA2-CSC')
    expect(theirs.text).not.toContain('Known to nobody')
    for (const persona of ['receiving-officer', 'social-worker-la5', 'gp', 'police-public-protection']) {
      if (!personas.some((each) => each.id === persona)) continue
      const listed = await gateway.ask(persona, '{ holds(childId: "C04") { id reason } }')
      expect(listed.text).not.toContain(id)
      expect(listed.text).not.toContain('Known to nobody')
      for (const act of [
        `mutation { releaseHold(id: "${id}", reason: "Not ours") { id } }`,
        `mutation { reviewHold(id: "${id}", reviewOn: "${inDays(9)}", reason: "Not ours") { id } }`,
      ]) {
        const done = await gateway.ask(persona, act)
        expect(done.errors.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND'])
      }
    }
    const own = await gateway.ask('social-worker', plans)
    expect(own.text).toContain('LA2-CSC')
    const released = await gateway.ask('social-worker', `mutation { releaseHold(id: "${id}", reason: "Over") { id } }`)
    expect(released.errors).toEqual([])
  })

  it.each([
    // On harm its headline passes, as that of a whole kind does, also to whom its content is never given.
    ['C02', 'school-dsl-eastvale', 'CP_CONFERENCE', 'HEADLINE'],
    ['C10', 'police-public-protection', 'STRATEGY_DISCUSSION', 'HEADLINE'],
    ['C10', 'mash-analyst', 'S47_ENQUIRY', 'CONTENT'],
    // To whom a hold on the whole kind is not told, neither is this.
    ['C10', 'police-public-protection', 'POLICING', 'ALIKE'],
  ] as const)(
    'tell of single plans of %s that they hold back as of their whole kind, to %s for %s: %s',
    async (...asked) => {
      const [child, persona, purpose, told] = asked
      const view = `{ child(id: "${child}") { status { level } levels { current history { level } completeness }
      sources { agency state } withheld { reason categories { category } }
      socialCare { plans { id level category } withheld { reason category } } } }`
      const see = async () => {
        const { data, errors } = await gateway.ask(persona, view, { purpose })
        expect(errors).toEqual([])
        return (
          data as unknown as { child: { socialCare: { plans: readonly { id: string; level: string }[] | null } } }
        ).child
      }
      const before = await see()
      const plans = await gateway.ask('social-worker', `{ child(id: "${child}") { socialCare { plans { id } } } }`)
      const ids = [...plans.text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id)
      expect(ids.length).toBeGreaterThan(0)
      const holds: { id: string; label: string }[] = []
      for (const id of ids) {
        const act = `mutation { recordHold(input: { childId: "${child}", kind: DETRIMENT, recordId: "${id}", reason: "x",
        reviewOn: "${inDays(20)}" }) { id label } }`
        const { data, errors } = await gateway.ask('social-worker', act)
        expect(errors).toEqual([])
        holds.push((data as unknown as { recordHold: { id: string; label: string } }).recordHold)
      }
      expect(new Set(holds.map(({ label }) => label))).toEqual(new Set(['SOCIAL_CARE']))
      const now = await see()
      const isTold = { reason: 'W_HOLDER_DETRIMENT', category: 'SOCIAL_CARE' }
      if (told === 'ALIKE') expect(now).toEqual(before)
      if (told === 'CONTENT') expect(now).toMatchObject({ socialCare: { withheld: expect.arrayContaining([isTold]) } })
      if (told !== 'ALIKE') {
        expect(now).toMatchObject({ status: (before as { status?: object }).status, levels: expect.anything() })
        const levels = ({ socialCare }: typeof before) => socialCare.plans?.map(({ id, level }) => ({ id, level }))
        expect(levels(now)).toEqual(levels(before))
        expect(JSON.stringify(now)).not.toContain('"category":"SAB"')
      }
      for (const { id } of holds)
        await gateway.ask('social-worker', `mutation { releaseHold(id: "${id}", reason: "Over") { id } }`)
      expect(await see()).toEqual(before)
    },
  )

  it('leave no part as the whole where a record is judged not relevant', async () => {
    const view = `{ child(id: "C10") { status { level } levels { current completeness without { reason } }
      withheld { reason categories { category } } } }`
    const see = (purpose: Purpose) => gateway.ask('mash-analyst', view, { purpose })
    const before = await see('MASH_ENQUIRY')
    expect(before.text).toContain('CHILD_PROTECTION')
    const plans = await gateway.ask('social-worker', '{ child(id: "C10") { socialCare { plans { id } } } }')
    const ids = [...plans.text.matchAll(/"id":"(socialCare[^"]+|[^"]+:[^"]+)"/g)].map(([, id]) => id)
    const judge = (id: string | undefined, relevance: string) =>
      gateway.ask(
        'social-worker',
        `mutation { decideRelevance(childId: "C10", recordId: "${id}", relevance: ${relevance}, reviewOn: "${inDays(20)}", reason: "x") { at } }`,
      )
    for (const id of ids) expect((await judge(id, 'NOT_RELEVANT')).errors).toEqual([])
    for (const purpose of ['MASH_ENQUIRY', 'S47_ENQUIRY'] as const) {
      const { child } = (await see(purpose)).data as unknown as { child: Record<string, object> }
      expect(child).toMatchObject({ status: { level: null }, levels: { current: null } })
      expect(JSON.stringify(child)).toContain('W_NOT_RELEVANT')
      expect(JSON.stringify(child)).not.toContain('WHOLE')
    }
    for (const id of ids) await judge(id, 'RELEVANT')
    expect((await see('MASH_ENQUIRY')).text).toBe(before.text)
  })

  it('hold back no record of each other', async () => {
    const plans = '{ child(id: "C04") { socialCare { plans { id provenance { organisation } } } } }'
    const seen = await gateway.ask('receiving-officer', plans)
    const found = (
      seen.data as unknown as {
        child: { socialCare: { plans: readonly { id: string; provenance: { organisation: string } }[] } }
      }
    ).child.socialCare.plans.filter(({ provenance }) => provenance.organisation === 'LA2-CSC')
    expect(found.length).toBeGreaterThan(0)
    const refused = await gateway.ask(
      'receiving-officer',
      `mutation { recordHold(input: { childId: "C04", kind: DETRIMENT, recordId: "${found[0]?.id}",
        reason: "Not ours to say", reviewOn: "${inDays(20)}" }) { id } }`,
    )
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'NOT_THE_HOLDER' })
  })
})
