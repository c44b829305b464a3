import { OpenedAtStart } from './errors.ts'
import type { Holder } from './holder.ts'
import type { Registry } from './registry.ts'

/** The registry as it was last read: whoever holds it sees what is in force now. */
export class LiveRegistry implements Registry {
  #now: Registry

  constructor(registry: Registry) {
    this.#now = registry
  }

  get authorities(): Registry['authorities'] {
    return this.#now.authorities
  }

  get forces(): Registry['forces'] {
    return this.#now.forces
  }

  get contacts(): Registry['contacts'] {
    return this.#now.contacts
  }

  get holders(): Registry['holders'] {
    return this.#now.holders
  }

  /**
   * Checks what was read anew. Names, areas, contacts and freshness change while the gateway runs; who there is, and
   * where records are read, is opened at a start.
   *
   * @returns what puts it into force.
   * @throws OpenedAtStart naming what is opened at a start.
   */
  next(registry: Registry): () => void {
    const problems = [
      ...changed('authorities', this.#now.authorities, registry.authorities, ({ force }) => force),
      ...changed('forces', this.#now.forces, registry.forces, () => ''),
      ...changed('holders', this.#now.holders, registry.holders, whereRead),
      ...(JSON.stringify(this.#now.contacts) === JSON.stringify(registry.contacts) ? [] : [needsStart('contacts')]),
    ]
    if (problems.length > 0) throw new OpenedAtStart(problems)
    return () => {
      this.#now = registry
    }
  }
}

const whereRead = ({ kind, organisation, service, timeZone, binding }: Holder): string =>
  JSON.stringify([kind, organisation, service, timeZone, binding])

const needsStart = (what: string): string =>
  `REGISTRY_FILE: ${what} changed, which is read at a start: start the gateway again.`

/** What is there no longer, is new, or is another in what cannot change while the gateway runs. */
function changed<Entry>(
  what: string,
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
  fixed: (entry: Entry) => string,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)]
    return old && now && fixed(old) === fixed(now) ? [] : [needsStart(`${what}: ${id}`)]
  })
}
