import type { Grant } from './grant.ts'
import { bitOf } from './labels.ts'
import { widestReach } from './placePrecision.ts'
import { widestNames } from './whichPersonsNamed.ts'

/** Field of a row that names the organisation which holds it. */
export const holderField = 'provenance.organisation'

/** A row as far as it says who holds it. One that does not say is nobody's own. */
export interface HeldRow {
  readonly [field: string]: unknown
}

const ofOwn = new WeakMap<Grant, Grant>()
const ofSome = new WeakMap<Grant, Grant>()

const apartBy = new WeakMap<HeldRow, Grant>()

/**
 * Notes under which decision a row was read: that of a holder which holds back more than the others, or that of a
 * record whose content is held back.
 */
export const readApart = (row: HeldRow, grant: Grant): void => {
  apartBy.set(row, grant)
}

/** The grant as it stands for one row: what is opened in own rows opens nothing in those of others. */
export function grantOfRow(grant: Grant, row: HeldRow): Grant {
  const apart = (grant.apart ?? grant.headlines) && apartBy.get(row)
  if (apart) return apart
  if (grant.own === null || row[holderField] !== grant.organisation) return grant
  return ownGrant(grant)
}

/** The grant as it stands for rows that the caller's own organisation holds. */
export function ownGrant(grant: Grant): Grant {
  const { own } = grant
  if (own === null) return grant
  const known = ofOwn.get(grant)
  if (known) return known
  const made = { ...grant, ...own, own: null, withheld: stillWithheld(grant, own.headline, own.content) }
  ofOwn.set(grant, made)
  return made
}

/** The grant for whoever asks whether anything may be read at all, in own rows or in those of others. */
export function grantOfSomeRow(grant: Grant): Grant {
  const { own } = grant
  if (own === null) return grant
  const known = ofSome.get(grant)
  if (known) return known
  const content = grant.content | own.content
  const made = {
    ...grant,
    headline: grant.headline | own.headline,
    content,
    redact: (grant.redact | own.redact) & ~content,
    places: widestReach(grant.places, own.places),
    names: widestNames(grant.names, own.names),
    own: null,
  }
  ofSome.set(grant, made)
  return made
}

const stillWithheld = ({ withheld }: Grant, headline: number, content: number): Grant['withheld'] =>
  withheld.filter(({ label, level }) => ((level === 'CONTENT' ? content : headline) & bitOf(label)) === 0)
