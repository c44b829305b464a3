import { idOf, isObject, type Json, listAt, localReference, objectAt, referenceAt, textAt } from './json.ts'

/** What is read of a person or organisation that a record names. */
export interface Named {
  readonly name: string | null
  readonly contact: string | null
  /** ODS code of an organisation. */
  readonly code: string | null
  /** Of a role: who has it, and where. */
  readonly practitioner: string | null
  readonly organization: string | null
}

/** Who was looked for and not found. */
export const nobody: Named = { name: null, contact: null, code: null, practitioner: null, organization: null }

/** By reference: `Organization/abc`. */
export type NameBook = ReadonlyMap<string, Named>

/** Types that are read for their names. */
export const namedTypes = ['PractitionerRole', 'Practitioner', 'Organization'] as const

const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code'
const namedTypePattern = /^(?:PractitionerRole|Practitioner|Organization)\//

export function namedOf(resource: Json, base: string): readonly [reference: string, named: Named] | null {
  const type = textAt(resource, 'resourceType')
  const id = idOf(resource)
  if (id === null || !namedTypes.some((each) => each === type)) return null
  return [
    `${type}/${id}`,
    {
      name: textAt(resource, 'name') ?? humanName(resource),
      contact: telephone(resource),
      code: identifierOf(resource, odsSystem),
      practitioner: referenceAt(resource, 'practitioner', base),
      organization: referenceAt(resource, 'organization', base),
    },
  ]
}

/** The value of an identifier of one system that is in use. */
export const identifierOf = (resource: Json | null, system: string): string | null =>
  textAt(
    listAt(resource, 'identifier').find(
      (each) => textAt(each, 'system') === system && textAt(each, 'use') !== 'old' && textAt(each, 'value') !== null,
    ) ?? null,
    'value',
  )

/** A name as one text. */
export function humanName(resource: Json | null): string | null {
  const names = listAt(resource, 'name')
  const name = names.find((each) => textAt(each, 'use') === 'official') ?? names[0] ?? null
  const given = listOfTexts(name, 'given')
  const whole = [...listOfTexts(name, 'prefix'), ...given, textAt(name, 'family') ?? ''].filter((part) => part !== '')
  return textAt(name, 'text') ?? (whole.length === 0 ? null : whole.join(' '))
}

const listOfTexts = (of: Json | null, name: string): readonly string[] => {
  const value = of?.[name]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string').slice(0, 5) : []
}

const telephone = (resource: Json): string | null => {
  const ways = listAt(resource, 'telecom')
  const way = ways.find((each) => textAt(each, 'system') === 'phone') ?? ways[0]
  return textAt(way ?? null, 'value')
}

/** Fields of a record that name somebody, wherever they stand in it. */
const naming: ReadonlySet<string> = new Set([
  'generalPractitioner',
  'managingOrganization',
  'serviceProvider',
  'careManager',
  'recorder',
  'asserter',
  'performer',
  'actor',
  'individual',
  'member',
  'onBehalfOf',
  'custodian',
  'author',
])
const deepest = 6

/**
 * References to people and organisations in a record, as `Organization/abc`. Bounded in depth: what a server sent may
 * be anything.
 */
export function referencesIn(resource: Json, base: string): readonly string[] {
  const found = new Set<string>()
  const walk = (value: unknown, isNaming: boolean, depth: number): void => {
    if (depth > deepest) return
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 200)) walk(item, isNaming, depth + 1)
      return
    }
    if (!isObject(value)) return
    const reference = isNaming ? localReference(textAt(value, 'reference'), base) : null
    if (reference !== null && namedTypePattern.test(reference)) found.add(reference)
    for (const [name, inner] of Object.entries(value))
      if (name !== 'contained' && typeof inner === 'object') walk(inner, isNaming || naming.has(name), depth + 1)
  }
  walk(resource, false, 0)
  return [...found]
}

/**
 * Whom a reference names: by what it says itself, by what stands in the record with it, else by what was read of it.
 */
export function named(resource: Json, reference: Json | null, names: NameBook, base: string): Named {
  const text = textAt(reference, 'reference')
  const known =
    names.get(localReference(text, base) ?? '') ?? (text?.startsWith('#') ? contained(resource, text) : null)
  const of = known?.practitioner === null || known === null ? null : names.get(known?.practitioner ?? '')
  const at = known?.organization === null || known === null ? null : names.get(known?.organization ?? '')
  const logical = objectAt(reference, 'identifier')
  return {
    name: textAt(reference, 'display') ?? known?.name ?? of?.name ?? null,
    contact: known?.contact ?? of?.contact ?? at?.contact ?? null,
    code: known?.code ?? at?.code ?? (textAt(logical, 'system') === odsSystem ? textAt(logical, 'value') : null),
    practitioner: known?.practitioner ?? null,
    organization: at?.name ?? null,
  }
}

/** A resource that stands within another. Those within it are not looked at: they may stand within each other. */
function contained(resource: Json, fragment: string): Named | null {
  const found = listAt(resource, 'contained').find((each) => each['id'] === fragment.slice(1))
  if (!found) return null
  return {
    name: textAt(found, 'name') ?? humanName(found),
    contact: telephone(found),
    code: identifierOf(found, odsSystem),
    practitioner: null,
    organization: null,
  }
}
