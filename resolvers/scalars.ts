import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { leavesAsHeld } from '../src/execution/scalarText.ts'
import {
  calendarDate,
  forceCode,
  giasUrn,
  type IdentifierRules,
  instant,
  instantText,
  laCode,
  languageTag,
  nhsNumber,
  odsCode,
  personName,
  upn,
  withinYears,
} from '../src/foundation/identifiers.ts'
import { dayOf } from '../src/records/currentRows.ts'

const inYears = 'exists in the calendar and lies in the years 1900 to 2199'

/** The custom scalars, each of which refuses what is not valid. No message repeats the value: it may name a child. */
export const scalars = (rules: IdentifierRules): Readonly<Record<string, GraphQLScalarType<string, string>>> => ({
  Date: scalar('Date', withinYears(calendarDate), `A date is written YYYY-MM-DD, ${inYears}.`, dateOut),
  DateTime: scalar(
    'DateTime',
    withinYears(instant),
    `An instant is written YYYY-MM-DDTHH:MM:SSZ, ${inYears}.`,
    instantOut,
  ),
  NHSNumber: scalar(
    'NHSNumber',
    (text) => nhsNumber(asDigits(text)),
    'An NHS number has ten digits, the last of which checks the others; it may be written 999 101 2745.',
    (value) => (typeof value === 'string' ? nhsNumber(value) : null),
  ),
  UPN: scalar('UPN', (text) => upn(text, rules), 'A unique pupil number has a check letter and twelve characters.'),
  LaCode: scalar('LaCode', (text) => laCode(text, rules), 'The authority is not in the registry.', asHeld),
  ForceCode: scalar('ForceCode', (text) => forceCode(text, rules), 'The force is not in the registry.', asHeld),
  OdsCode: scalar('OdsCode', (text) => odsCode(text, rules), 'The organisation code is not an NHS one.', asHeld),
  GiasUrn: scalar('GiasUrn', giasUrn, "A school's unique reference number has six digits."),
  LanguageTag: scalar('LanguageTag', languageTag, 'A language is named by a BCP 47 tag.'),
  Name: scalar(
    'Name',
    personName,
    'A name has 1 to 70 letters, figures, spaces, hyphens, apostrophes or full stops, and a letter among them.',
    asHeld,
  ),
})

/** People write it as it is printed, in groups of three, three and four. */
const asDigits = (text: string): string => (/^\d{3}([ -])\d{3}\1\d{4}$/.test(text) ? text.replace(/[ -]/g, '') : text)

/**
 * @param read the check for what a caller sends.
 * @param write the check for what a source gives; a value that fails it becomes an error and never reaches the caller.
 */
const scalar = (
  name: string,
  read: (text: string) => string | null,
  sentence: string,
  write: (value: unknown) => string | null = (value) => (typeof value === 'string' ? read(value) : null),
): GraphQLScalarType<string, string> => {
  const orRefuse = (value: string | null): string => {
    if (value === null) throw new GraphQLError(sentence, { extensions: { code: 'BAD_INPUT' } })
    return value
  }
  return new GraphQLScalarType({
    name,
    extensions: write === asHeld ? { [leavesAsHeld]: true } : {},
    serialize: (value) => orRefuse(write(value)),
    parseValue: (value) => orRefuse(typeof value === 'string' ? read(value) : null),
    parseLiteral: (node) => orRefuse(node.kind === Kind.STRING ? read(node.value) : null),
  })
}

/** A code or name is given as its agency holds it: a record of an authority that has since merged must not be lost. */
const asHeld = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** A source may give an instant where the schema has a day. */
const dateOut = (value: unknown): string | null => (typeof value === 'string' ? calendarDate(dayOf(value)) : null)

const offsetShape = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$/

/** A source may give another offset; a caller may not. */
const instantOut = (value: unknown): string | null => {
  if (typeof value !== 'string') return null
  const utc = instant(value)
  if (utc !== null) return utc
  if (!offsetShape.test(value)) return null
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? null : instantText(at)
}
