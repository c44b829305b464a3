import { type Entitlement, mayAskWhatIf, mayUseConsents } from '../../src/facts/registerEntitlement.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { explain } from '../../src/policy/explain.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import { rolesOfPack } from '../../src/policy/roleNames.ts'
import { usualHome } from '../../src/policy/usualSituation.ts'
import { speakingConsent } from '../../src/policy/validConsent.ts'
import type { Purpose, Role } from '../../src/policy/vocabulary.ts'
import { ordinaryChild, type WhatIf, whatIf } from '../../src/policy/whatIf.ts'
import { type GovernanceContext, known } from './governanceAccess.ts'

interface OfChild {
  readonly childId: string
}

/** Why a field may or may not be seen, and what another role would see. */
export const resolvers = {
  Query: {
    explain: async (_: unknown, { childId, field }: OfChild & { field: string }, context: GovernanceContext) => {
      const facts = await known(context, 'explain', childId)
      const classified = context.governance.fieldOf(field)
      if (!classified) throw new Refusal('BAD_INPUT', { message: 'There is no such field of an agency record.' })
      const { agency, home, ...of } = classified
      const { places } = context.governance.grant(facts, agency)
      const question = { field, ...of, caller: context.caller, facts, places, source: { agency, home } }
      return explain(context.governance.policy, question)
    },
    whatIf: async (
      _: unknown,
      { childId, role, purpose }: OfChild & { role: string; purpose: Purpose },
      context: GovernanceContext,
    ) => {
      const facts = await entitledFacts(context, 'whatIf', childId, mayAskWhatIf)
      const asked = [...rolesOfPack(context.governance.policy.pack).keys()].find((each) => each === role)
      if (!asked) throw new Refusal('BAD_INPUT', { message: 'There is no such role.' })
      const { policy } = context.governance
      const { id: pack } = policy.pack
      return {
        role,
        purpose,
        pack,
        packHash: policy.hash,
        labels: whatIf(policy.pack, supposed(context, facts, asked, purpose)),
      }
    },
  },
}

type Rule = (caller: GovernanceContext['caller'], facts: ChildFacts) => Entitlement

async function entitledFacts(
  context: GovernanceContext,
  act: string,
  childId: string,
  rule: Rule,
): Promise<ChildFacts> {
  const facts = await known(context, act, childId)
  const entitlement = rule(context.caller, facts)
  if (entitlement === 'ALLOWED') return facts
  throw new Refusal('FORBIDDEN', { extensions: { reason: entitlement } })
}

/**
 * Consent counts as far as the asker may read the register of it; governance, which may not, asks about an ordinary
 * child.
 */
function supposed({ caller, governance }: GovernanceContext, facts: ChildFacts, role: Role, purpose: Purpose): WhatIf {
  const recipient = rolesOfPack(governance.policy.pack).get(role)?.type ?? caller.agencyType
  const knows = mayUseConsents(caller, facts) === 'ALLOWED'
  const { ageBand } = facts
  return {
    caller: { role, purpose, agencyType: recipient },
    child: knows ? { ...ordinaryChild, harm: facts.harm, ageBand } : ordinaryChild,
    consentFor: (label) =>
      knows && !governance.policy.hides(caller, label)
        ? speakingConsent(facts.consents, { label, recipient, purpose, ageBand })
        : 'NONE',
    homeOf: (label) => usualHome[label],
  }
}
