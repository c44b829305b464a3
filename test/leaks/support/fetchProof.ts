import { personas } from '../../../seeds/personas.ts'
import type { Persona } from '../../../src/auth/persona.ts'
import { ChildAccess } from '../../../src/disclosure/childAccess.ts'
import { agencies } from '../../../src/foundation/agencies.ts'
import { demonstrationPack } from '../../support/demonstrationPack.ts'
import { startTestGateway } from '../../support/gateway.ts'
import { type Door, openDoor } from './gatewayAsClient.ts'
import { type JoinedField, joinedFieldsOf, type joinedShapes } from './joinedShapes.ts'
import { pathOf, type Shape, shapes, valuesIn } from './shapes.ts'
import { faultsIn, joinedFaults, type Oracle, oracleOf, partsOf, type Target, targetsOf } from './sqlTap.ts'
import { type Sent, StatementTap } from './statements.ts'

/** A running gateway whose every statement is seen. */
export interface Tapped {
  readonly targets: readonly Target[]
  /** Asks one field in one shape; what was wrong with what was sent. */
  check(target: Target, persona: Persona, shape: Shape): Promise<Checked>
  readonly joined: readonly JoinedField[]
  /** Asks a joined field in one shape; what was wrong with what was sent, to whichever agency. */
  checkJoined(field: JoinedField, persona: Persona, shape: (typeof joinedShapes)[number]): Promise<readonly string[]>
  /** The statements that one operation sends. */
  statements(persona: string, query: string): Promise<readonly Sent[]>
  readonly door: Door
  readonly gateway: Awaited<ReturnType<typeof startTestGateway>>
  close(): Promise<void>
}

export interface Checked {
  readonly faults: readonly string[]
  readonly values: readonly unknown[]
}

/** C04: five agencies, two authorities, two forces; no consent and no hold stands in the way of the label table. */
const child = 'C04'

interface Basis {
  readonly oracles: Readonly<Record<string, Oracle>>
  readonly organisation: string
  readonly reached: boolean
}

export async function startTapped(environment: Readonly<Record<string, string>> = {}): Promise<Tapped> {
  const tap = new StatementTap()
  const gateway = await startTestGateway(environment, { wrapDatabase: tap.wrap })
  const door = await openDoor(gateway)
  const { layouts } = gateway.opened.catalogue.model
  const pack = demonstrationPack
  const bases = new Map<string, Promise<Basis>>()

  const basisOf = async (persona: Persona): Promise<Basis> => {
    const authentication = await gateway.opened.authenticate([`Bearer ${await gateway.token(persona.id)}`])
    if (!authentication.ok) throw new Error(`The token of ${persona.id} was refused.`)
    const { caller } = authentication
    const facts = await new ChildAccess(gateway.opened.setting.opening, caller).facts(child)
    if (!facts) throw new Error(`There is no ${child}.`)
    const oracles = Object.fromEntries(
      Object.entries(layouts).map(([agency, { contract }]) => [
        agency,
        oracleOf(pack, { caller, child: facts, home: contract.home, consent: 'NONE' }, contract.alsoHeldBy ?? []),
      ]),
    )
    const reached = gateway.opened.setting.opening.policy.reachable(caller, facts)
    return { oracles, organisation: caller.organisation, reached }
  }

  const knownBasis = (persona: Persona): Promise<Basis> => {
    const basis = bases.get(persona.id) ?? basisOf(persona)
    bases.set(persona.id, basis)
    return basis
  }

  /**
   * Case status, and whether somebody answers for a missing child, are read for the decision alone, by the gateway for
   * itself: statements that no grant shapes. Of a child's id nothing else is read. So is what a relationship follows
   * from, for whoever has none on record; and of the police nothing is read beside but where the child learns and is
   * registered, under the caller's grant.
   */
  const forDecision = new Set<string>()
  for (const persona of ['social-worker', 'missing-coordinator']) {
    await door.ask({ persona }, { query: `{ child(id: "${child}") { id } }` })
    for (const { to, name } of tap.takeReads()) if (to !== 'gateway') forDecision.add(name)
  }
  for (const { id } of personas) {
    // No child has the second id: what a relationship follows from is read of it too.
    await door.ask({ persona: id }, { query: `{ children(ids: ["${child}", "none"]) { police { state } } }` })
    for (const { to, name } of tap.takeReads()) if (to !== 'gateway' && to !== 'police') forDecision.add(name)
  }

  return {
    targets: targetsOf(layouts),
    door,
    gateway,
    check: async (target, persona, shape) => {
      const { oracles, organisation, reached } = await knownBasis(persona)
      const path = pathOf(gateway.opened.catalogue.model.schema, target, child)
      tap.take()
      const { text } = await door.ask({ persona: persona.id }, shape.write(path))
      const sent = tap.takeReads()
      const beside = withoutFirstOf(sent, forDecision)
      const oracle = oracles[target.agency]
      if (!oracle) throw new Error(`No oracle for ${target.agency}.`)
      // Where the child learns and is registered is told by the same rows where they may be read.
      const ofList = ({ to, text: said }: Sent) =>
        to === target.agency && partsOf(said).every(({ table }) => table === target.list.table)
      const mayBeBoth = shape.asks && !beside.some(({ to }) => to === target.agency)
      const isBoth = mayBeBoth && oracle.mayRead(target.list.type) && oracle.mayRead(target.column.label)
      const agencySent = isBoth ? [...beside, ...sent.filter(ofList)] : beside
      const others = agencySent.filter(({ to }) => to !== 'gateway' && to !== target.agency)
      return {
        faults: [
          ...faultsIn(agencySent, target, oracle, { organisation }, shape.asks && reached),
          ...others.map(({ to }) => `${to} was asked`),
          ...(text.includes('OPERATION_INVALID') ? [`not a valid operation: ${text.slice(0, 200)}`] : []),
        ],
        values: valuesIn(text, path),
      }
    },
    joined: joinedFieldsOf(gateway.opened.catalogue.model.schema, agencies),
    checkJoined: async (field, persona, shape) => {
      const { oracles, organisation } = await knownBasis(persona)
      tap.take()
      const { text } = await door.ask({ persona: persona.id }, shape.write(child, field))
      const sent = withoutFirstOf(tap.takeReads(), forDecision)
      return [
        ...joinedFaults(sent, layouts, oracles, { organisation }),
        ...(!shape.asks && sent.some(({ to }) => to !== 'gateway') ? ['what was left out was fetched'] : []),
        ...(text.includes('OPERATION_INVALID') ? [`not a valid operation: ${text.slice(0, 200)}`] : []),
      ]
    },
    statements: async (persona, query) => {
      tap.take()
      await door.ask({ persona }, { query })
      return tap.take()
    },
    close: async () => {
      await door.stop()
      await gateway.close()
    },
  }
}

/** Without the first statement of each of these names: sent again, it is judged. */
function withoutFirstOf(sent: readonly Sent[], names: ReadonlySet<string>): readonly Sent[] {
  const left = new Set(names)
  return sent.filter(({ name }) => !left.delete(name))
}

/** Which cases are run: each field for each persona, in `perPair` shapes that move on from case to case. */
export function* casesOf(
  targets: readonly Target[],
  callersOf: readonly Persona[],
  perPair: number,
  step = 1,
): Generator<readonly [Target, Persona, Shape]> {
  let turn = 0
  for (const [index, target] of targets.entries())
    for (const [at, persona] of callersOf.entries()) {
      if ((index + at) % step !== 0) continue
      for (let more = 0; more < perPair; more += 1) {
        const shape = shapes[turn % shapes.length]
        turn += 1
        if (shape) yield [target, persona, shape]
      }
    }
}
