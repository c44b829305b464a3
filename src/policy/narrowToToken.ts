import type { Caller } from './caller.ts'
import type { Policy } from './compilePolicy.ts'
import type { ChildFacts } from './facts.ts'
import type { Grant, RowsGrant } from './grant.ts'
import { bitOf, type Label, labelsIn, maskOf } from './labels.ts'
import { grantOfSomeRow } from './ownRowGrants.ts'
import { ownPlaceReach, placeReach } from './placePrecision.ts'

/**
 * A policy that also keeps to the categories a token names (RFC 9396). It intersects what was decided without the
 * token, so nothing that a token says can add to it. What falls away is Reported as withheld: it was permitted, so its
 * name hides nothing.
 */
export const narrowedPolicy = (policy: Policy): Policy => {
  const narrowed = new WeakMap<Grant, { readonly wide: Grant; readonly allowed: number }>()
  return {
    ...policy,
    hides: (caller, label) => policy.hides(caller, label) || isOutside(caller, label),
    // What the token does not name gives rise to nothing either.
    obligationsOf: (grant) => {
      const from = narrowed.get(grant)
      if (!from) return policy.obligationsOf(grant)
      return policy.obligationsOf(from.wide).filter(({ label }) => (from.allowed & bitOf(label)) !== 0)
    },
    grantFor: (caller, facts, source, asOf, pseudonymKey) => {
      const wide = policy.grantFor(caller, facts, source, asOf, pseudonymKey)
      if (caller.scope?.categories == null) return wide
      const grant = narrowGrant(wide, caller, facts)
      narrowed.set(grant, { wide, allowed: maskOf(caller.scope.categories) })
      return grant
    },
  }
}

/** In words for whoever asks why. */
export const tokenScope = { id: 'scope', text: 'The access token names other categories.' } as const

const isOutside = ({ scope }: Caller, label: Label): boolean =>
  scope?.categories != null && !scope.categories.includes(label)

const narrowGrant = (grant: Grant, { scope, agencyType }: Caller, facts: ChildFacts): Grant => {
  if (scope?.categories == null) return grant
  const allowed = maskOf(scope.categories)
  const some = grantOfSomeRow(grant)
  const lost = labelsIn((some.headline | some.redact) & ~allowed)
  const within = ({ headline, content, redact }: Pick<RowsGrant, 'headline' | 'content' | 'redact'>) => ({
    headline: headline & allowed,
    content: content & allowed,
    redact: redact & allowed,
  })
  // What is withheld is withheld whatever a token names: left out, it would read as that nothing is held.
  const disclosed = grant.withheld.filter(({ label }) => !lost.includes(label))
  const others = within(grant)
  const own = grant.own && within(grant.own)
  const places = placeReach(facts, others)
  return {
    ...grant,
    ...others,
    ...(grant.headlines
      ? { headlines: { ...grant.headlines, grant: { ...grant.headlines.grant, ...within(grant.headlines.grant) } } }
      : {}),
    ...(grant.heldParts ? { heldParts: grant.heldParts.filter(({ label }) => !lost.includes(label)) } : {}),
    places,
    keeper: places === 'ALL' ? null : facts.responsibleLa,
    own: grant.own && own && { ...grant.own, ...own, places: ownPlaceReach(facts, own, agencyType) },
    withheld: [
      ...disclosed,
      ...lost.map((label) => ({
        label,
        level: 'HEADLINE' as const,
        reason: 'W_TOKEN_SCOPE',
        rule: tokenScope.id,
        requestable: true,
      })),
    ],
  }
}
