import { z } from 'zod'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import { type Label, labels, labelsIn } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { nameReaches } from '../policy/personGrain.ts'
import { placeReaches } from '../policy/placeGrain.ts'

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

/**
 * Whether something that a version was compiled from is opened no more: a hold, a consent that was withdrawn, a place
 * that is now protected. Then that version is served no more. One of an earlier version does not say what it was
 * compiled from.
 */
export function isWithdrawn(before: string | null, grants: Readonly<Record<AgencyName, Grant>>): boolean {
  if (before === null) return true
  const known = OpenedByAgency.parse(JSON.parse(before))
  return agencies.some((agency) => {
    return decisionsOf(agency, grants[agency]).some(([key, now]) => {
      const was = known[key] ?? known[ofOthers(agency)] ?? known[agency]
      return was !== undefined && opensLess(was, now)
    })
  })
}

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
