import { z } from 'zod'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import { type Label, labels, labelsIn } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { placeReaches } from '../policy/placePrecision.ts'
import { nameReaches } from '../policy/whichPersonsNamed.ts'

const label = z.enum(labels)
const Opened = z.object({
  headline: z.array(label),
  content: z.array(label),
  redact: z.array(label),
  rows: z.record(z.string(), z.boolean()),
  places: z.enum(placeReaches),
  /** Absent in what was kept before there was the choice. */
  names: z.enum(nameReaches).optional(),
  held: z.array(z.string()),
})
type Opened = z.infer<typeof Opened>

const OpenedByAgency = z.record(z.string(), Opened)

/** What the recipient's grants open, as it is kept beside a version: no record, and names of labels for good. */
export const openedText = (grants: Readonly<Record<AgencyName, Grant>>): string =>
  JSON.stringify(Object.fromEntries(agencies.flatMap((agency) => decisionsOf(agency, grants[agency]))))

/**
 * What is opened of an agency's records, of those that the recipient does not hold itself, and of those of each holder
 * that holds back more: by `agency|organisation`. What stays open of the recipient's own records hides nothing that was
 * withheld of others.
 */
const decisionsOf = (agency: AgencyName, grant: Grant): readonly (readonly [string, Opened])[] => [
  [agency, openedBy(grant)],
  [ofOthers(agency), openedBy({ ...grant, own: null })],
  ...(grant.apart ?? []).map((one) => [`${agency}|${one.heldBackBy}`, openedBy({ ...one, own: null })] as const),
]

const ofOthers = (agency: AgencyName): string => `${agency}|`

function openedBy(grant: Omit<Grant, 'apart'>): Opened {
  const { headline, content, redact, rows, places, names } = grantOfSomeRow(grant)
  return {
    headline: [...labelsIn(headline)],
    content: [...labelsIn(content)],
    redact: [...labelsIn(redact)],
    rows: { ...rows },
    places,
    names,
    held: [...grant.heldRecords, ...(grant.own?.heldRecords ?? [])],
  }
}

/** What became of what a version was compiled from. One of an earlier version does not say what that was. */
export type SinceCompiled = 'THE_SAME' | 'WITHHELD' | 'RELEASED'

/**
 * `WITHHELD`: something that a version was compiled from is opened no more, by a hold, a consent that was withdrawn, a
 * place that is now protected. Then that version is served no more. `RELEASED`: nothing is, and something is opened
 * that was not, as after a hold: what a version says is withheld may be read by now, and a next one is compiled that
 * has it.
 */
export function sinceCompiled(before: string | null, grants: Readonly<Record<AgencyName, Grant>>): SinceCompiled {
  if (before === null) return 'WITHHELD'
  const was = OpenedByAgency.parse(JSON.parse(before))
  const is: OpenedByHolder = Object.fromEntries(agencies.flatMap((agency) => decisionsOf(agency, grants[agency])))
  if (isLessIn(is, was)) return 'WITHHELD'
  return isLessIn(was, is) ? 'RELEASED' : 'THE_SAME'
}

type OpenedByHolder = Readonly<Record<string, Opened>>

/** Whether any decision of `here` opens less than the one that stood for the same records in `there`. */
const isLessIn = (here: OpenedByHolder, there: OpenedByHolder): boolean =>
  Object.entries(here).some(([key, opened]) => {
    const [agency = ''] = key.split('|')
    // Of a holder that held nothing more back the common decision stood.
    const other = there[key] ?? (key === agency ? undefined : there[`${agency}|`]) ?? there[agency]
    return other !== undefined && opensLess(other, opened)
  })

const lost = (before: readonly Label[], now: readonly Label[]): boolean => before.some((each) => !now.includes(each))

const opensLess = (before: Opened, now: Opened): boolean =>
  lost(before.headline, now.headline) ||
  lost(before.content, now.content) ||
  // A pseudonym may give way to nothing, and to the name where that is opened now.
  lost(before.redact, [...now.redact, ...now.content]) ||
  Object.entries(before.rows).some(([gate, open]) => open && now.rows[gate] !== true) ||
  placeReaches.indexOf(now.places) < placeReaches.indexOf(before.places) ||
  (before.names !== undefined && nameReaches.indexOf(now.names ?? 'KNOWN') < nameReaches.indexOf(before.names)) ||
  now.held.some((id) => !before.held.includes(id))
