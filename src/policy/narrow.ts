import type { Caller } from '../auth/caller.ts'
import type { Policy } from './compile.ts'
import type { Grant } from './grant.ts'
import { bitOf, type Label, labelsIn, maskOf } from './labels.ts'

/**
 * A policy that also keeps to the categories a token names (RFC 9396). It intersects what was decided without the token, so
 * nothing that a token says can add to it. What falls away is told as withheld: it was permitted, so its name hides nothing.
 */
export const narrowedPolicy = (policy: Policy): Policy => ({
  ...policy,
  hides: (caller, label) => policy.hides(caller, label) || isOutside(caller, label),
  grantFor: (caller, facts, source, asOf) => narrowGrant(policy.grantFor(caller, facts, source, asOf), caller),
})

const isOutside = ({ scope }: Caller, label: Label): boolean =>
  scope?.categories != null && !scope.categories.includes(label)

const narrowGrant = (grant: Grant, { scope }: Caller): Grant => {
  if (scope?.categories == null) return grant
  const kept = maskOf(scope.categories)
  const lost = labelsIn((grant.headline | grant.redact) & ~kept)
  const told = grant.withheld.filter(({ label }) => !lost.includes(label) && (kept & bitOf(label)) !== 0)
  return {
    ...grant,
    headline: grant.headline & kept,
    content: grant.content & kept,
    redact: grant.redact & kept,
    own: grant.own & kept,
    withheld: [
      ...told,
      ...lost.map((label) => ({
        label,
        level: 'HEADLINE' as const,
        reason: 'W_TOKEN_SCOPE',
        rule: 'The access token names other categories.',
        requestable: true,
      })),
    ],
  }
}
