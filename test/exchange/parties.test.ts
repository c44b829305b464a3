import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { services } from '../../src/exchange/mailboxes.ts'
import { type Purpose, pathOfPurpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { concern, type Post, postOf, written } from './support.ts'

// Every persona against every message: who reads it is who it was sent to and who sent it, by whatever way it is asked
// for.
let gateway: TestGateway
let post: Post
beforeAll(async () => {
  gateway = await startTestGateway()
  post = postOf(gateway)
  const move = { movesOn: '2026-12-01', toLa: 'LA3', learntOn: '2026-11-20', source: 'Carer' }
  const meeting = { type: '=CLA_REVIEW', at: '2026-12-02T10:00:00Z', where: 'By video', purpose: 'x', chair: 'x' }
  for (const childId of ['C04', 'C07', 'C10']) {
    await post.act('gp', 'reportConcern', concern(childId))
    await post.act('care-home-worker', 'tellImminentRisk', { input: { childId, risk: 'x', evidence: '=FACT' } })
    await post.act('social-worker', 'tellMove', { input: { childId, ...move } })
    await post.act('social-worker', 'inviteToMeeting', { input: { childId, ...meeting } })
  }
})
afterAll(() => gateway.close())

interface Row {
  readonly id: string
  readonly childId: string
  readonly from: string
  readonly boxes: readonly (readonly [mailbox: string, role: string | null])[]
}

const everyMessage = async (): Promise<readonly Row[]> => {
  const { store } = gateway.opened.setting.opening
  const text = `select message.id::text, child_id::text, from_mailbox::text, (select json_agg(json_build_array(mailbox, role))::text
    from gateway.message_recipient where message_id = message.id and mailbox is not null) from gateway.message order by id`
  const rows = await store.rows({ name: 'every_message', text, values: [] })
  return rows.map(([id, childId, from, boxes]) => ({
    id: id ?? '',
    childId: childId ?? '',
    from: from ?? '',
    boxes: JSON.parse(boxes ?? '[]'),
  }))
}

/** Whether a persona stands behind a mailbox, said once more from what the services are. */
const standsBehind = (persona: (typeof personas)[number], mailbox: string): boolean => {
  const [party, service] = mailbox.split('/')
  const rule = Object.entries(services).find(([name]) => name === service)?.[1]
  if (!rule || persona[rule.of] !== party) return false
  return rule.types.includes(persona.agencyType) && rule.roles.includes(persona.role)
}

const idsIn = (data: unknown, field: string): readonly string[] => {
  const page = (data as Record<string, { messages: readonly { id: string }[] }> | null)?.[field]
  return (page?.messages ?? []).map(({ id }) => id)
}

describe('who reads a message', () => {
  it.each(personas.map((persona) => [persona.id, persona] as const))(
    'is decided alike by every way to ask: %s',
    async (_, persona) => {
      const all = await everyMessage()
      const children = [...new Set(all.map(({ childId }) => childId))]
      const isClosed = ['CLOSED', 'METADATA'].includes(pathOfPurpose[persona.defaultPurpose])
      const expected = all
        .filter(({ boxes, from }) => {
          if (isClosed) return false
          const receives = boxes.some(
            ([box, role]) => standsBehind(persona, box) && (role === null || role === persona.role),
          )
          return receives || standsBehind(persona, from)
        })
        .map(({ id }) => id)
      const { data } = await post.ask(
        persona.id,
        '{ inbox(first: 100) { messages { id } } outbox(first: 100) { messages { id } } }',
      )
      const boxes = new Set([...idsIn(data, 'inbox'), ...idsIn(data, 'outbox')])
      expect([...boxes].sort()).toEqual(expected)
      const about = await Promise.all(
        children.map((id) =>
          post.ask(persona.id, `{ messages(childId: ${written(id)}, first: 100) { messages { id } } }`),
        ),
      )
      expect(about.flatMap((answer) => idsIn(answer.data, 'messages')).sort()).toEqual(expected)
      const byId = await Promise.all(all.map(({ id }) => post.ask(persona.id, `{ message(id: "${id}") { id } }`)))
      expect(all.flatMap(({ id }, index) => ((byId[index]?.errors ?? []).length === 0 ? [id] : []))).toEqual(expected)
      const refusals = new Set(byId.flatMap(({ errors }) => errors.map((error) => JSON.stringify(error))))
      expect(refusals.size).toBeLessThanOrEqual(1)
    },
  )

  it('never reads nor sends for a purpose that is closed here, nor with metadata alone', async () => {
    for (const purpose of ['AUDIT', 'SUBJECT_ACCESS'] as const satisfies readonly Purpose[]) {
      const { errors } = await post.ask(
        'information-governance',
        `mutation { reportConcern(input: { childId: "C04", concerns: [NEGLECT], statements: [{ text: "x", evidence: FACT }], familyTold: true }) { id } }`,
        purpose,
      )
      if (purpose === 'SUBJECT_ACCESS')
        expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'PURPOSE_NOT_PERMITTED' })
    }
  })

  it('is nobody from whom the place of a child is kept, of what gives it away', async () => {
    const { store } = gateway.opened.setting.opening
    const told = await store.rows({
      name: 'told_places',
      text: `select distinct message_recipient.role::text, message_recipient.party::text from gateway.message
        join gateway.message_recipient on message_id = message.id
        where child_id = 'C07' and message.kind in ('MOVE_NOTICE', 'MEETING') and mailbox is not null`,
      values: [],
    })
    const { opening } = gateway.opened.setting
    const given = opening.policy.pack.labels.ADDRESS_PROTECTED.access.flatMap((entry) => entry.roles)
    expect(told.length).toBeGreaterThan(0)
    for (const [role] of told) expect(given).toContain(role)
    expect(told.map(([, party]) => party)).not.toContain('LA2-ASC')
  })
})
