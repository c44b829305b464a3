import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { agencies } from './agencies.ts'
import { readDataFile } from './dataFile.ts'
import { StartupError } from './errors.ts'
import type { Holder } from './holder.ts'
import { holderShape, problemsOfHolders } from './holderFile.ts'
import { type Registry, registryOf } from './registry.ts'
import { standIn, withStandIns } from './registryStandIns.ts'

const code = z.string().regex(/^[A-Z][A-Z0-9-]{0,15}$/, 'must be a code such as LA2 or F1')
const text = z.string().min(1, 'must not be empty').max(200)

/** The registry of a partnership, as it is written. */
export const registryShape = z
  .strictObject({
    authorities: z
      .array(
        z.strictObject({
          code: code.describe('Short code that records and tokens use, for example LA2.'),
          name: text,
          dfeCode: z
            .string()
            .regex(/^\d{3}$/, 'must be three digits')
            .describe('DfE code, as in a UPN.'),
          gssCode: z
            .string()
            .regex(/^[EWSN]\d{8}$/, 'is not an ONS code such as E06000001')
            .describe('ONS code.'),
          force: code.describe('Police force whose area it is: a code of `forces`.'),
          contact: text.describe("Children's social care front door."),
        }),
      )
      .describe('Local authorities of the partnership.'),
    forces: z
      .array(z.strictObject({ code, name: text, contact: text.describe('Public protection desk.') }))
      .describe('Police forces of the partnership.'),
    contacts: z
      .partialRecord(z.enum(agencies), text)
      .optional()
      .describe('Whom to ask when something of an agency is withheld or out of reach, by the name of the agency.'),
    holders: z
      .array(holderShape)
      .optional()
      .describe(
        'Who holds records. A kind of agency of which no holder is named is read as a whole, where its own settings say.',
      ),
  })
  .describe('Authorities, forces, holders and whom to ask.')

/** What is wrong with a registry, and the rest of it: what others check against it is found in the same round. */
export class UnreadRegistry extends StartupError {
  readonly rest: Registry | null

  constructor(problems: readonly string[], rest: Registry | null) {
    super(problems)
    this.rest = rest
  }
}

/** @throws UnreadRegistry with every problem of the file, each with its place. */
export function registryFrom(file: string): Registry {
  const data = readDataFile('REGISTRY_FILE', file)
  const read = registryShape.safeParse(data)
  const sayOf = (problem: string): string => `REGISTRY_FILE: ${file}, ${problem}`
  const issues = read.success ? [] : read.error.issues
  const shapeless = issues.map(({ path, message }) =>
    sayOf(`${path.map(String).join('.') || 'the whole'}: ${message.replace(/\.$/, '')}.`),
  )
  const whole = read.success ? read : registryShape.safeParse(withStandIns(data, issues))
  if (!whole.success) throw new UnreadRegistry(shapeless, null)
  const { authorities, forces, contacts = {}, holders = [] } = whole.data
  const wrong = [...shapeless, ...problemsOf(whole.data).map(sayOf)]
  const isReal = (holder: Holder): boolean => wrong.length === 0 || !holder.id.startsWith(standIn)
  const registry = registryOf(
    authorities,
    forces,
    contacts,
    holders.filter(isReal).map((holder) => fromHere(holder, file)),
  )
  if (wrong.length > 0) throw new UnreadRegistry(wrong, registry)
  return registry
}

/** What no shape can tell. Of what stands in for a part that is refused nothing more is said. */
function problemsOf({ authorities, forces, holders = [] }: z.infer<typeof registryShape>): readonly string[] {
  const known = new Set(forces.map((force) => force.code))
  return [
    ...repeated(authorities.map((each) => each.code)).map((each) => `authorities names ${each} twice.`),
    ...repeated(forces.map((each) => each.code)).map((each) => `forces names ${each} twice.`),
    ...authorities
      .filter(({ force }) => !known.has(force))
      .map((each) => `the force ${each.force} of ${each.code} is not among forces.`),
    ...problemsOfHolders(holders, new Set(authorities.map((each) => each.code))),
  ].filter((problem) => !problem.includes(standIn))
}

/** Files that a binding names are meant from where the registry stands. */
const fromHere = (holder: Holder, registry: string): Holder => {
  const { binding } = holder
  const placed = (file: string | undefined): string | undefined => {
    const here = file && resolve(dirname(registry), file)
    return here && existsSync(here) ? here : file
  }
  if (binding?.type === 'sql') return { ...holder, binding: { ...binding, mapping: placed(binding.mapping) } }
  if (binding?.type !== 'fhir') return holder
  const { keyFile, codes } = binding
  return { ...holder, binding: { ...binding, keyFile: placed(keyFile), codes: placed(codes) } }
}

const repeated = (codes: readonly string[]): readonly string[] => [
  ...new Set(codes.filter((each, at) => codes.indexOf(each) !== at)),
]
