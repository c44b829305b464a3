import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Received, TestGateway } from '../support/gateway.ts'

/** What every test reads of a message. */
export const messageFields = `id childId kind title direction from { organisation role } to { to service role state dueAt overdue seenAt connected }
  content { name value evidence } sentAt dueAt dueRule dueTimes state overdue alertCode seenAt assignedTo stage
  nextStage { stage dueAt rule } replies { kind at organisation role content { name value evidence } dueAt dueRule }
  answers warnings pinned`

export interface Field {
  readonly name: string
  readonly value: string
  readonly evidence: string | null
}

export interface ReadMessage {
  readonly id: string
  readonly childId: string | null
  readonly kind: string
  readonly direction: string
  readonly from: { readonly organisation: string; readonly role: string }
  readonly to: readonly {
    readonly to: string
    readonly service: string | null
    readonly role: string | null
    readonly state: string
    readonly dueAt: string | null
    readonly overdue: boolean
    readonly seenAt: string | null
    readonly connected: boolean
  }[]
  readonly content: readonly Field[]
  readonly sentAt: string
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly dueTimes: readonly string[]
  readonly state: string
  readonly overdue: boolean
  readonly alertCode: string | null
  readonly seenAt: string | null
  readonly assignedTo: string | null
  readonly stage: number | null
  readonly nextStage: { readonly stage: number; readonly dueAt: string | null; readonly rule: string } | null
  readonly replies: readonly {
    readonly kind: string
    readonly organisation: string | null
    readonly role: string | null
    readonly content: readonly Field[]
    readonly dueAt: string | null
  }[]
  readonly answers: readonly string[]
  readonly warnings: readonly string[]
  readonly pinned: boolean
}

/** A value as GraphQL writes it: what looks like a word of an enum stands without quotes. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, each]) => `${name}: ${written(each)}`)
      .join(', ')} }`
  return typeof value === 'string' && value.startsWith('=') ? value.slice(1) : JSON.stringify(value)
}

/** Arguments of a mutation; a word of an enum begins with `=`. */
export const mutation = (name: string, args: Readonly<Record<string, unknown>>): string =>
  `mutation { ${name}(${Object.entries(args)
    .map(([key, value]) => `${key}: ${written(value)}`)
    .join(', ')}) { ${messageFields} } }`

export interface Post {
  /** Asks and gives the answer whole. */
  ask(persona: string, query: string, purpose?: Purpose): Promise<Received>
  /** Carries out a mutation, which must succeed. */
  act(persona: string, name: string, args: Readonly<Record<string, unknown>>, purpose?: Purpose): Promise<ReadMessage>
  /** The code and reason with which a mutation is refused. */
  refused(persona: string, name: string, args: Readonly<Record<string, unknown>>, purpose?: Purpose): Promise<string>
  message(persona: string, id: string, asOf?: string, purpose?: Purpose): Promise<ReadMessage>
  inbox(persona: string, args?: string, purpose?: Purpose): Promise<readonly ReadMessage[]>
}

export const postOf = (gateway: TestGateway): Post => {
  const ask: Post['ask'] = (persona, query, purpose) => gateway.ask(persona, query, purpose ? { purpose } : {})
  const one = (received: Received, name: string): ReadMessage => {
    if (received.errors.length > 0) throw new Error(JSON.stringify(received.errors))
    return (received.data as unknown as Record<string, ReadMessage>)[name] as ReadMessage
  }
  return {
    ask,
    act: async (persona, name, args, purpose) => one(await ask(persona, mutation(name, args), purpose), name),
    refused: async (persona, name, args, purpose) => {
      const { data, errors } = await ask(persona, mutation(name, args), purpose)
      const [error] = errors
      if (!error) throw new Error(`${name} was not refused: ${JSON.stringify(data)}`)
      return [error.extensions['code'], error.extensions['reason'] ?? error.extensions['field']]
        .filter((part) => part !== undefined)
        .join(' ')
    },
    message: async (persona, id, asOf, purpose) =>
      one(
        await ask(persona, `{ message(id: "${id}"${asOf ? `, asOf: "${asOf}"` : ''}) { ${messageFields} } }`, purpose),
        'message',
      ),
    inbox: async (persona, args = 'first: 100', purpose) => {
      const received = await ask(persona, `{ inbox(${args}) { messages { ${messageFields} } } }`, purpose)
      return (one(received, 'inbox') as unknown as { messages: readonly ReadMessage[] }).messages
    },
  }
}

export const fieldOf = (fields: readonly Field[], name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value

/** A school's report about a child of its roll. */
export const concern = (childId: string, change: Readonly<Record<string, unknown>> = {}) => ({
  input: {
    childId,
    concerns: ['=NEGLECT'],
    statements: [{ text: 'Came hungry on three days of this week.', evidence: '=FACT' }],
    familyTold: true,
    ...change,
  },
})

export const outcome = (change: Readonly<Record<string, unknown>> = {}) => ({
  outcome: '=CONTACT_ONLY',
  reason: 'A family support worker visits already.',
  challenge: 'Hub manager, 01632 960220',
  decidedBy: 'Duty manager',
  decidedOn: '2026-11-20',
  ...change,
})
