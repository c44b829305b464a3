import { z } from 'zod'
import { agencies } from './agencies.ts'
import { type Holder, services } from './holder.ts'

const text = z.string().min(1, 'must not be empty').max(200)
const code = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/, 'must be a code such as F4, LA5-CSC or 900005')
const label = z.string().regex(/^[A-Z][A-Z_]+$/, 'must be a sensitivity label')
const named = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,30}$/, 'must be a name of letters, digits and hyphens')
  .describe('A name of your own: its address is in the environment, as HOLDER_<NAME>_URL.')
const mapping = text.describe('A mapping file, or the name of one that comes with the product, for example ssd.')

const binding = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('sql'), database: named.optional(), mapping: mapping.optional() })
    .describe("Tables of PostgreSQL. Without `database`: that of the kind, else the gateway's own."),
  z
    .strictObject({
      type: z.literal('fhir'),
      server: named.optional(),
      url: text.optional().describe('Its address, where the environment does not say it.'),
      clientId: text.optional().describe('By what name the server knows this gateway; without it no token is sent.'),
      keyFile: text.optional().describe('The private key that signs for it: a JWK, or PKCS 8 in PEM.'),
      tokenUrl: text.optional().describe('Where tokens are given out, where the server does not say it.'),
      scope: text.optional(),
      codes: text.optional().describe("What of the holder's own codes is sensitive: docs/connect-fhir.md."),
    })
    .describe('A FHIR R4 server.'),
  z
    .strictObject({ type: z.literal('files') })
    .describe('Records that are handed in as files: wholeview import <holder> <file…>.'),
  z
    .strictObject({ type: z.literal('subgraph'), server: named })
    .describe('A process at the holder that answers behind a grant.'),
])

/** One holder, as a registry file has it. */
export const holderShape = z
  .strictObject({
    id: code.describe("Stands in front of its records' ids, so that it never changes."),
    kind: z.enum(agencies).describe('The kind of agency of which it holds records.'),
    service: z.enum(services).describe('What it does, as the `Agency` enum of the schema names it.'),
    organisation: code.describe(
      'The code by which tokens and records name it: ODS, GIAS URN, authority, force, provider.',
    ),
    name: text,
    areas: z
      .array(code)
      .describe('Authorities that it serves, where it is expected to know every child. A school or a home names none.'),
    la: code.nullable().default(null).describe('Authority that it belongs to; null: to none.'),
    contact: z
      .strictObject({
        office: text.describe('Whom to ask, with the telephone number.'),
        outOfHours: text.optional(),
        byLabel: z
          .record(label, text)
          .optional()
          .describe('By sensitivity label, where another person answers for it.'),
      })
      .describe('Whom to ask when something of it is withheld or out of reach.'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'is not a time zone such as Europe/London')
      .default('Europe/London')
      .describe('Zone of local times in its records.'),
    freshnessHours: z
      .number()
      .int()
      .min(1)
      .max(8784)
      .nullable()
      .default(null)
      .describe('After so many hours without a load its records are reported as stale.'),
    binding: binding.nullable().describe('Where its records are read. null: it is not connected, and is reported so.'),
  })
  .describe('One organisation that holds records of one kind.') satisfies z.ZodType<Holder>

/** What no shape can tell: each a sentence without its file. */
export const problemsOfHolders = (holders: readonly Holder[], authorities: ReadonlySet<string>): readonly string[] => {
  const places = new Map<string, number>()
  const owners = new Map<string, number>()
  return holders.flatMap(({ id, kind, organisation, areas, la, binding }, at) => {
    const owner = `${kind} ${organisation}`
    const problems = [
      ...(places.has(id) ? [`holders.${at}.id: ${id} is also that of holders.${places.get(id)}.`] : []),
      ...(agencies.some((name) => name === id) ? [`holders.${at}.id: ${id} is the name of a kind.`] : []),
      // Rows of one database are told apart by it.
      ...(owners.has(owner)
        ? [
            `holders.${at}.organisation: ${organisation} is also that of holders.${owners.get(owner)}, of the same kind.`,
          ]
        : []),
      ...problemsOfFhir(binding).map((problem) => `holders.${at}.binding${problem}`),
      ...(la !== null && !authorities.has(la) ? [`holders.${at}.la: ${la} is not among authorities.`] : []),
      ...areas
        .filter((area) => !authorities.has(area))
        .map((area) => `holders.${at}.areas: ${area} is not among authorities.`),
    ]
    places.set(id, places.get(id) ?? at)
    owners.set(owner, owners.get(owner) ?? at)
    return problems
  })
}

function problemsOfFhir(binding: Holder['binding']): readonly string[] {
  if (binding?.type !== 'fhir') return []
  const { server, url, clientId, keyFile, tokenUrl } = binding
  return [
    ...((server === undefined) === (url === undefined) ? [': either server or url says where it is.'] : []),
    ...(url !== undefined && !isWebAddress(url) ? ['.url: must be an address of a server.'] : []),
    ...(tokenUrl !== undefined && !isWebAddress(tokenUrl) ? ['.tokenUrl: must be an address of a server.'] : []),
    ...((clientId === undefined) === (keyFile === undefined) ? [] : [': clientId and keyFile come together.']),
  ]
}

/** Whether it may be spoken to in clear is for whoever opens it. */
const isWebAddress = (text: string): boolean => /^https?:/i.test(text) && URL.canParse(text)

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
