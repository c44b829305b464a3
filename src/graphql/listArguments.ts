import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from 'graphql'
import { kindFieldOf } from '../sources/kindField.ts'

/**
 * The SDL of one agency with what every list of its records takes: a period, a kind, and a page. The files say what an
 * agency holds and under which label; that its lists are read in part is the same for all of them, and of any to come.
 */
export function withListArguments(sdl: string): string {
  const document = parse(sdl)
  const kinds = new Map(
    document.definitions.flatMap((each) => (isSourced(each) ? [[each.name.value, kindOf(each)] as const] : [])),
  )
  const withArguments = (field: FieldDefinitionNode): FieldDefinitionNode => {
    const item = itemOf(field)
    const kind = item === null ? undefined : kinds.get(item)
    // Few records say who the child is, and none of them is of a kind.
    return kind === undefined || field.name.value === 'person' ? field : { ...field, arguments: argumentsFor(kind) }
  }
  const changed: DocumentNode = {
    ...document,
    definitions: document.definitions.map((each) =>
      each.kind === Kind.OBJECT_TYPE_DEFINITION ? { ...each, fields: (each.fields ?? []).map(withArguments) } : each,
    ),
  }
  return print(changed)
}

const isSourced = (each: DocumentNode['definitions'][number]): each is ObjectTypeDefinitionNode =>
  each.kind === Kind.OBJECT_TYPE_DEFINITION && (each.interfaces ?? []).some(({ name }) => name.value === 'Sourced')

const kindOf = ({ fields = [] }: ObjectTypeDefinitionNode): string | null =>
  kindFieldOf(new Set(fields.map(({ name }) => name.value)))

/** The type of the items of a field that is a list. */
const itemOf = ({ type }: FieldDefinitionNode): string | null => {
  const list = type.kind === Kind.NON_NULL_TYPE ? type.type : type
  if (list.kind !== Kind.LIST_TYPE) return null
  const item = list.type.kind === Kind.NON_NULL_TYPE ? list.type.type : list.type
  return item.kind === Kind.NAMED_TYPE ? item.name.value : null
}

/** Arguments as the SDL of a field has them. */
function argumentsFor(kind: string | null): readonly InputValueDefinitionNode[] {
  const ofKind =
    kind === null
      ? ''
      : `"Only those whose \`${kind}\` is this: one that the schema names or a record bears." kind: String`
  const { definitions } = parse(`type Given { list(
    ${ofKind}
    "Only those that were so on this day or later." from: Date
    "Only those that were so on this day or earlier: no day before \`from\`." to: Date
    "How many, 200 at most; all when left out." first: Int
    "After this record: the last of the page before." after: ID
  ): ID }`)
  const [type] = definitions
  return (type?.kind === Kind.OBJECT_TYPE_DEFINITION && type.fields?.[0]?.arguments) || []
}
