import gatewaySeed from '../../../seeds/gateway.ts'
import { personas } from '../../../seeds/personas.ts'
import type { Persona } from '../../../src/auth/persona.ts'
import type { Purpose } from '../../../src/policy/vocabulary.ts'
import type { RecordReader } from '../../../src/sources/bindings/sql/recordReader.ts'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { type Answered, type Door, openDoor } from './gatewayAsClient.ts'
import { unhideRows } from './hiddenRows.ts'
import type { HiddenChild, World } from './worlds.ts'

/** One caller of the proof. */
export interface Principal {
  readonly persona: Persona
  readonly purpose: Purpose
}

/** Every persona for its own purpose, and some for others that open more. */
export const principals: readonly Principal[] = personas.flatMap((persona) =>
  [...new Set([persona.defaultPurpose, ...persona.purposes.filter((_, index) => index % 4 === 1)])].map((purpose) => ({
    persona,
    purpose,
  })),
)

const hiddenChild = (id: string): HiddenChild => {
  const persons: Record<string, string[]> = {}
  for (const { child, agency, person } of gatewaySeed.links)
    if (child === id) persons[agency] = [...new Set([...(persons[agency] ?? []), person])]
  return { id, persons }
}

/** Children of the story cases whose records the worlds add to. */
export const hiddenChildren: readonly HiddenChild[] = ['C04', 'C01', 'C10', 'C02', 'C05'].map(hiddenChild)

/** Every child of the story cases. */
export const everyChild: readonly HiddenChild[] = [...new Set(gatewaySeed.links.map(({ child }) => child))]
  .sort()
  .map(hiddenChild)

/** Two gateways over stores of their own; only the second is ever given hidden rows. */
export interface Twins {
  readonly plain: TestGateway
  readonly other: TestGateway
  readonly doors: readonly [Door, Door]
  /** Runs something in a world, and leaves the stores equal again. */
  within<T>(world: World, run: () => Promise<T>, children?: readonly HiddenChild[]): Promise<T>
  close(): Promise<void>
}

/** @param readers how the one and the other hold records, where not as the product does. */
export async function startTwins(
  environments: readonly Readonly<Record<string, string>>[] = [{}, {}],
  readers: readonly RecordReader[] = [],
): Promise<Twins> {
  const [one, two] = readers
  const plain = await startTestGateway(environments[0], one && { records: one })
  const other = await startTestGateway(environments[1], two && { records: two })
  const doors = [await openDoor(plain), await openDoor(other)] as const
  return {
    plain,
    other,
    doors,
    within: async (world, run, children = hiddenChildren) => {
      const undo = world.inBoth
        ? await Promise.all([plain, other].map((gateway) => world.inBoth?.(gateway, children)))
        : []
      try {
        await world.apply(other, children)
        return await run()
      } finally {
        await unhideRows(other)
        for (const take of undo) await take?.()
      }
    },
    close: async () => {
      await Promise.all(doors.map((door) => door.stop()))
      await plain.close()
      await other.close()
    },
  }
}

/** What tells two answers apart, or null when every byte is the same. */
export function difference(one: Answered, other: Answered): string | null {
  if (one.status !== other.status) return `status ${one.status} and ${other.status}`
  if (one.headers !== other.headers && one.text === other.text) return `headers ${one.headers} and ${other.headers}`
  if (one.text === other.text) return null
  const at = [...one.text].findIndex((letter, index) => letter !== other.text[index])
  const from = Math.max(0, at - 160)
  return `bodies from byte ${at}: ${one.text.slice(from, at + 120)} | ${other.text.slice(from, at + 120)}`
}
