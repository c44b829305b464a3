import { type GraphQLSchema, getNamedType, isNonNullType, isObjectType } from 'graphql'
import type { Persona } from '../../../src/auth/persona.ts'
import { bytesReader } from '../../../src/bytes/bytesReader.ts'
import { agencies } from '../../../src/foundation/agencies.ts'
import { plainReader } from '../../../src/sources/bindings/sql/plainReader.ts'
import type { RecordReader } from '../../../src/sources/bindings/sql/recordReader.ts'
import { joinedFieldsOf } from '../../leaks/support/joinedShapes.ts'
import { operationOf, selectionsOf } from '../../leaks/support/queries.ts'
import { randomFrom } from '../../leaks/support/random.ts'
import { startTestGateway } from '../../support/gateway.ts'

/** One gateway that holds records in either way, so that nothing else can tell two answers apart. */
export interface BothWays {
  /** Operations about a child: every record and joined field in full, and so many that are generated. */
  operations(child: string, generated: number, seed: number): readonly string[]
  /** @returns null when every byte of both answers is the same, else where they part. */
  difference(persona: Persona, query: string): Promise<string | null>
  close(): Promise<void>
}

/** Answers tell the second at which they were given: two of one second are compared, and a second ends seldom. */
const attempts = 4

export async function startBothWays(environment: Readonly<Record<string, string>> = {}): Promise<BothWays> {
  let reader: RecordReader = plainReader
  const either: RecordReader = { wire: bytesReader.wire, found: (...asked) => reader.found(...asked) }
  const gateway = await startTestGateway(environment, { records: either })
  const { schema } = gateway.opened.catalogue.model
  const joined = joinedFieldsOf(schema, agencies).map(({ text }) => text)
  const records = agencies.map((agency) => `${agency} ${recordOf(schema, agency)}`)

  const answer = async (held: RecordReader, { id, defaultPurpose }: Persona, query: string): Promise<string> => {
    reader = held
    const { status, text, headers } = await gateway.ask(id, query, { purpose: defaultPurpose })
    const auditId = headers.get('x-audit-id') ?? 'none'
    return `${status} ${text.replaceAll(auditId, '').replace(/"requestId":"[^"]*"/g, '')}`
  }
  return {
    operations: (child, generated, seed) => {
      const selection = selectionsOf(schema, randomFrom(seed))
      return [
        ...[...records, ...joined].map((field) => `{ child(id: "${child}") { ${field} } }`),
        ...Array.from({ length: generated }, () => operationOf(child, [selection(), selection(), selection()])),
      ]
    },
    difference: async (persona, query) => {
      let found = ''
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const [plain, fast] = [await answer(plainReader, persona, query), await answer(bytesReader, persona, query)]
        if (plain === fast) return null
        const at = [...plain].findIndex((letter, place) => letter !== fast[place])
        found = `${plain.slice(Math.max(0, at - 80), at + 80)} | ${fast.slice(Math.max(0, at - 80), at + 80)}`
      }
      return found
    },
    close: () => gateway.close(),
  }
}

/** All that can be asked of one agency's record, lists under lists too. */
function recordOf(schema: GraphQLSchema, agency: string): string {
  const child = schema.getType('Child')
  return isObjectType(child) ? below(child.getFields()[agency]?.type, 0) : ''
}

const deepest = 5

function below(type: unknown, depth: number): string {
  const named = getNamedType(type as Parameters<typeof getNamedType>[0])
  if (!isObjectType(named)) return ''
  const fields = Object.values(named.getFields()).filter(
    (field) =>
      (depth < deepest || !isObjectType(getNamedType(field.type))) &&
      field.args.every((argument) => !isNonNullType(argument.type)),
  )
  return `{ ${fields.map((field) => `${field.name} ${below(field.type, depth + 1)}`).join(' ')} }`
}
