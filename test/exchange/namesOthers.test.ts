import { describe, expect, it } from 'vitest'
import { kinds } from '../../src/exchange/kinds/index.ts'
import type { Fields } from '../../src/exchange/message.ts'
import { isPartyOf, ownEntries } from '../../src/exchange/ownChronologyEntries.ts'

/** The parts of a zod schema that tell what it can hold. */
interface Schema {
  readonly type: string
  readonly shape?: Readonly<Record<string, Schema>>
  readonly element?: Schema
  readonly def: { readonly innerType?: Schema }
}

/** Lists of plain texts that are no codes of organisations. */
const words = new Set(['CASE_CLOSURE.undisposed'])

const inner = (schema: Schema): Schema => (schema.def.innerType ? inner(schema.def.innerType) : schema)

/** Whether a field can hold the code of an organisation: an object that has one, or a list of free texts. */
function canName(schema: Schema): boolean {
  const { element, shape, type } = inner(schema)
  if (shape) return 'organisation' in shape
  if (type !== 'array' || !element) return false
  return inner(element).type === 'string' || canName(element)
}

const declared = kinds.flatMap((kind) =>
  [{ ...kind, at: kind.name }, ...kind.answers.map((rule) => ({ ...rule, at: `${kind.name} ${rule.name}` }))].map(
    ({ at, fields, namesOthers = [] }) => ({ at, kind: kind.name, fields: fields as unknown as Schema, namesOthers }),
  ),
)

describe('a field that can name an organisation', () => {
  it.each(declared.map((each) => [each.at, each] as const))('is declared: %s', (_, { fields, kind, namesOthers }) => {
    const naming = Object.entries(fields.shape ?? {}).filter(([, schema]) => canName(schema))
    const left = naming.map(([name]) => name).filter((name) => !words.has(`${kind}.${name}`))
    expect([...namesOthers].sort()).toEqual(left.sort())
  })

  it('gives an addressee its own entries and nobody else’s', () => {
    const fields: Fields = {
      question: 'q',
      asked: [{ organisation: 'LA2-PROBATION' }, { organisation: 'NHS-LA5-GP' }],
      notAsked: [{ organisation: '900007', reason: 'x' }],
      attended: ['900007', 'LA2-PROBATION'],
      to: { organisation: 'HOME-LA5' },
    }
    const isOwn = isPartyOf(new Set(['LA2-PROBATION']), () => null)
    expect(ownEntries(fields, ['asked', 'notAsked', 'attended', 'to'], isOwn)).toEqual({
      question: 'q',
      asked: [{ organisation: 'LA2-PROBATION' }],
      attended: ['LA2-PROBATION'],
    })
  })

  it('knows an organisation by the authority at whose door its post is read', () => {
    const worker = { code: 'LA5-CSC', agencyType: 'SOCIAL_CARE' as const, la: 'LA5', force: null }
    const isOwn = isPartyOf(new Set(['LA5']), (code) => (code === worker.code ? worker : null))
    expect([isOwn('LA5'), isOwn('LA5-CSC'), isOwn('LA2-CSC')]).toEqual([true, true, false])
  })
})
