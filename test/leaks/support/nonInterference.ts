import type { GraphQLSchema } from 'graphql'
import { post, type TestGateway } from '../../support/gateway.ts'
import type { Answered, Door } from './gatewayAsClient.ts'
import { mark } from './hiddenRows.ts'
import { operationOf, selectionsOf } from './queries.ts'
import { doorsOf } from './questionsOfEveryKind.ts'
import { randomFrom } from './random.ts'
import { tokensOf } from './tokens.ts'
import { difference, hiddenChildren, type Principal, principals, type Twins } from './twins.ts'
import type { HiddenChild, World } from './worlds.ts'

/** How large a run is. */
export interface Size {
  /** Operations for each principal of each world. */
  readonly operations: number
  /** Generated selections in each operation. */
  readonly selections: number
  readonly seed: number
  /** Of the principals of a world, one in so many, another share in each world; all when left out. */
  readonly oneIn?: number
  /** Doors besides the child's, for each principal of each world; two when left out. */
  readonly doors?: number
  /** Told after each principal, of how many there are in all. */
  readonly onProgress?: (done: number, of: number) => void
}

/** Who asks about whom, where it is not every principal about the same few children. */
export interface Asking {
  readonly principals: readonly Principal[]
  /** Children whose records the worlds add to. */
  readonly children: readonly HiddenChild[]
  /** Those of them about whom a principal asks. */
  readonly about: (principal: Principal) => readonly string[]
  readonly doors: (child: string, schema: GraphQLSchema) => readonly string[]
}

const wholeTable: Asking = {
  principals,
  children: hiddenChildren,
  about: () => hiddenChildren.map(({ id }) => id),
  doors: doorsOf,
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
export async function compareWorlds(
  twins: Twins,
  worlds: readonly World[],
  size: Size,
  asked: Asking = wholeTable,
): Promise<Outcome> {
  const findings: Finding[] = []
  let comparisons = 0
  let responses = 0
  const known = new Map<string, Promise<Answered>>()
  const plainAnswer = (principal: Principal, query: string, world: World): Promise<Answered> => {
    const key = `${world.inBoth ? world.name : ''}|${principal.persona.id}|${principal.purpose}|${query}`
    const answer = known.get(key) ?? twins.doors[0].ask(asking(principal), { query })
    known.set(key, answer)
    return answer
  }
  const runs = worlds.map((world, turn) => {
    const all = asked.principals.filter(({ persona }) => world.hiddenFrom(persona))
    const chosen = all.filter((_, index) => (index + turn + size.seed) % (size.oneIn ?? 1) === 0)
    return { world, hidden: chosen.length > 0 ? chosen : all.slice(0, 1) }
  })
  const of = runs.reduce((sum, { hidden }) => sum + hidden.length, 0)
  let done = 0
  for (const { world, hidden } of runs)
    await twins.within(
      world,
      async () => {
        for (const principal of hidden) {
          const queries = operationsFor(twins, principal, size, asked)
          const compared = await Promise.all(
            queries.map(async ({ query, weight }) => ({
              query,
              weight,
              one: await plainAnswer(principal, query, world),
              other: await twins.doors[1].ask(asking(principal), { query }),
            })),
          )
          for (const { query, weight, one, other } of compared) {
            if (one.text.includes('OPERATION_INVALID')) throw new Error(`Not an operation: ${query}: ${one.text}`)
            responses += 1
            comparisons += weight
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
          done += 1
          size.onProgress?.(done, of)
        }
      },
      asked.children,
    )
  return { comparisons, responses, findings }
}

const asking = ({ persona, purpose }: Principal) => ({ persona: persona.id, purpose })

/** The same for every world, so that the plain twin answers each once. */
function operationsFor(twins: Twins, principal: Principal, size: Size, asked: Asking): readonly Question[] {
  const { persona, purpose } = principal
  const about = asked.about(principal)
  const random = randomFrom(
    size.seed + [...`${persona.id}${purpose}`].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
  )
  const { schema } = twins.plain.opened.catalogue.model
  const next = selectionsOf(schema, random)
  const child = () => random.pick(about)
  const generated = Array.from({ length: size.operations }, () => ({
    query: operationOf(child(), Array.from({ length: size.selections }, next)),
    weight: size.selections,
  }))
  const doors = random.some(asked.doors(child(), schema), size.doors ?? 2)
  return [...generated, ...doors.map((query) => ({ query, weight: 1 }))]
}

/** One operation, and how many generated selections are compared in its answer. */
interface Question {
  readonly query: string
  readonly weight: number
}
