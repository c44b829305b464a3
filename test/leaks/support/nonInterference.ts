import { post, type TestGateway } from '../../support/gateway.ts'
import type { Answered, Door } from './door.ts'
import { formerNhsNumber, mark } from './hiddenRows.ts'
import { operationOf, selectionsOf } from './queries.ts'
import { randomFrom } from './random.ts'
import { tokensOf } from './tokens.ts'
import { difference, hiddenChildren, type Principal, principals, type Twins } from './twins.ts'
import type { World } from './worlds.ts'

/** How large a run is. */
export interface Size {
  /** Operations for each principal of each world. */
  readonly operations: number
  /** Generated selections in each operation. */
  readonly selections: number
  readonly seed: number
  /** Of the principals of a world, one in so many, another share in each world; all when left out. */
  readonly oneIn?: number
}

export interface Finding {
  readonly world: string
  readonly asking: string
  readonly query: string
  readonly difference: string
}

export interface Outcome {
  /** Generated selections whose answers were compared. */
  readonly comparisons: number
  readonly responses: number
  readonly findings: readonly Finding[]
}

/** The same over sockets and Node's own HTTP, where every header is the one that a client receives. */
export async function compareOverHttp(twins: Twins, worlds: readonly World[], size: Size): Promise<Outcome> {
  const doors = [twins.plain, twins.other].map(overHttp)
  const [plain = twins.doors[0], other = twins.doors[1]] = doors
  return compareWorlds({ ...twins, doors: [plain, other] }, worlds, size)
}

const passing = new Set(['date', 'x-audit-id', 'x-request-id', 'keep-alive'])

const overHttp = (gateway: TestGateway): Door => {
  const tokenOf = tokensOf(gateway)
  return {
    ask: async (asking, { query, variables }) => {
      const received = await post(gateway.url, await tokenOf(asking), query, variables ? { ...variables } : undefined)
      if (received.status === 401) throw new Error(`The token of ${asking.persona} was refused.`)
      const auditId = received.headers.get('x-audit-id') ?? 'none'
      return {
        status: received.status,
        headers: JSON.stringify([...received.headers].filter(([name]) => !passing.has(name))),
        text: received.text.replaceAll(auditId, 'AUDIT-ID'),
      }
    },
    stop: async () => undefined,
  }
}

/** Compares what every principal from whom a world is hidden receives in it with what its twin answers. */
export async function compareWorlds(twins: Twins, worlds: readonly World[], size: Size): Promise<Outcome> {
  const findings: Finding[] = []
  let comparisons = 0
  let responses = 0
  const known = new Map<string, Promise<Answered>>()
  const plainAnswer = (principal: Principal, query: string): Promise<Answered> => {
    const key = `${principal.persona.id}|${principal.purpose}|${query}`
    const answer = known.get(key) ?? twins.doors[0].ask(asking(principal), { query })
    known.set(key, answer)
    return answer
  }
  for (const [turn, world] of worlds.entries()) {
    const all = principals.filter(({ persona }) => world.hiddenFrom(persona))
    const chosen = all.filter((_, index) => (index + turn + size.seed) % (size.oneIn ?? 1) === 0)
    const hidden = chosen.length > 0 ? chosen : all.slice(0, 1)
    await twins.within(world, async () => {
      for (const principal of hidden) {
        const queries = operationsFor(twins, principal, size)
        const compared = await Promise.all(
          queries.map(async (query) => ({
            query,
            one: await plainAnswer(principal, query),
            other: await twins.doors[1].ask(asking(principal), { query }),
          })),
        )
        for (const { query, one, other } of compared) {
          responses += 1
          comparisons += query.includes('child(id') ? size.selections : 1
          const differs = other.text.includes(mark)
            ? `a hidden id: ${other.text.slice(0, 200)}`
            : difference(one, other)
          if (differs !== null)
            findings.push({
              world: world.name,
              asking: `${principal.persona.id} for ${principal.purpose}`,
              query,
              difference: differs,
            })
        }
      }
    })
  }
  return { comparisons, responses, findings }
}

const asking = ({ persona, purpose }: Principal) => ({ persona: persona.id, purpose })

/** The same for every world, so that the plain twin answers each once. */
function operationsFor(twins: Twins, { persona, purpose }: Principal, size: Size): readonly string[] {
  const random = randomFrom(
    size.seed + [...`${persona.id}${purpose}`].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
  )
  const next = selectionsOf(twins.plain.opened.schema, random)
  const child = () => random.pick(hiddenChildren).id
  const generated = Array.from({ length: size.operations }, () =>
    operationOf(child(), Array.from({ length: size.selections }, next)),
  )
  return [...generated, ...random.some(doorsOf(child()), 2)]
}

/** Doors besides `child`: finding, registers and explanations. */
const doorsOf = (child: string): readonly string[] => [
  `{ findChild(nhsNumber: "${formerNhsNumber}") { id names { family } } }`,
  `{ findChild(agencyId: { agency: POLICE, value: "police-${child}${mark}" }) { id } }`,
  `{ findChild(agencyId: { agency: HEALTH, value: "health-${child}${mark}" }) { id } }`,
  `{ children(ids: ["${child}", "C09B", "none"]) { id sources { state recordCount asOf } } }`,
  `{ holds(childId: "${child}") { id kind label recordId } }`,
  `{ consents(childId: "${child}") { id labels } }`,
  `{ relationships(childId: "${child}") { organisation kind } }`,
  ...[
    'SarcAttendance.note',
    'Intelligence.text',
    'AdoptionRecord.formerName',
    'LegalAdvice.text',
    'SexualHealthItem.text',
  ].map(
    (field) => `{ explain(childId: "${child}", field: "${field}") { outcome reason rule text facts { name value } } }`,
  ),
]
