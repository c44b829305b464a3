import { decide } from '../../../src/policy/decide.ts'
import type { DecisionInput } from '../../../src/policy/decisionInput.ts'
import { labels } from '../../../src/policy/labels.ts'
import { type Pack, pathOf } from '../../../src/policy/pack.ts'
import { typeOfRole } from '../../../src/policy/usualSituation.ts'
import { agencyTypes, purposes, roles } from '../../../src/policy/vocabulary.ts'
import { cedarOf } from '../cedarExport.ts'
import { pick, randomFacts, seeded } from './randomFacts.ts'

/** What is used of the Cedar engine. */
interface Cedar {
  preparsePolicySet(id: string, policies: { readonly staticPolicies: string }): { readonly type: string }
  statefulIsAuthorized(call: object): {
    readonly type: string
    readonly response?: { readonly decision: string; readonly diagnostics: { readonly errors: readonly unknown[] } }
  }
}

/** The engine, or null where it is not installed. It is a development dependency alone. */
export async function loadCedar(): Promise<Cedar | null> {
  const name = process.env['CEDAR_WASM'] ?? '@cedar-policy/cedar-wasm/nodejs'
  try {
    const module: { default?: Cedar } & Partial<Cedar> = await import(name)
    const engine = module.default ?? module
    return isCedar(engine) ? engine : null
  } catch {
    return null
  }
}

const isCedar = (engine: Partial<Cedar>): engine is Cedar =>
  typeof engine.preparsePolicySet === 'function' && typeof engine.statefulIsAuthorized === 'function'

/** Decides random situations with Cedar and with the product. Half of the callers work where their role does. */
export function compareWithCedar(cedar: Cedar, pack: Pack, vectors: number, seed: number) {
  // The whole export is read once; a label's share of it decides for that label, which is faster by far.
  read(cedar, pack.id, cedarOf(pack))
  for (const label of labels) read(cedar, `${pack.id}/${label}`, cedarOf(pack, [label]))
  const random = seeded(seed)
  // Of most of the others a pack says nothing at all.
  const listed = [...new Set(labels.flatMap((label) => pack.labels[label].access.flatMap((entry) => entry.roles)))]
  const differences: string[] = []
  const seen = { PERMIT: 0, REDACT: 0, WITHHOLD: 0, SILENT: 0 }
  for (let at = 0; at < vectors; at++) {
    const role = random() < 0.9 ? pick(listed, random) : pick(roles, random)
    const agencyType = random() < 0.7 ? typeOfRole[role] : pick(agencyTypes, random)
    const input: DecisionInput = {
      caller: { role, agencyType, purpose: pick(purposes, random) },
      label: random() < 0.1 ? pick(['THIRD_PARTY', 'ADDRESS_PROTECTED'] as const, random) : pick(labels, random),
      home: pick(['SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT'] as const, random),
      own: random() < 0.3,
      ...randomFacts(random),
    }
    const { outcome } = decide(pack, input)
    seen[outcome]++
    const said = allows(cedar, pack, input, 'read')
      ? 'PERMIT'
      : allows(cedar, pack, input, 'substitute')
        ? 'REDACT'
        : 'NOTHING'
    const meant = outcome === 'PERMIT' || outcome === 'REDACT' ? outcome : 'NOTHING'
    if (said !== meant) differences.push(`Cedar ${said}, ${outcome}: ${JSON.stringify(input)}`)
  }
  return { vectors, seen, differences }
}

function read(cedar: Cedar, id: string, staticPolicies: string): void {
  const parsed = cedar.preparsePolicySet(id, { staticPolicies })
  if (parsed.type !== 'success')
    throw new Error(`Cedar does not read the export: ${JSON.stringify(parsed).slice(0, 500)}`)
}

function allows(cedar: Cedar, pack: Pack, input: DecisionInput, action: string): boolean {
  const { caller, child, row, consent } = input
  const answer = cedar.statefulIsAuthorized({
    principal: { type: 'Caller', id: 'caller' },
    action: { type: 'Action', id: action },
    resource: { type: 'Label', id: input.label },
    context: {
      role: caller.role,
      agencyType: caller.agencyType,
      purpose: caller.purpose,
      path: pathOf(pack, caller.purpose, child),
      own: input.own,
      home: input.home,
      level: input.level,
      relationship: child.relationship,
      harm: child.harm,
      age: child.ageBand,
      agreement: child.agreement,
      breakGlass: child.breakGlass,
      beforeOrder: child.placedForAdoption === true,
      ordered: input.ordered === true,
      hold: row.hold,
      ncnd: row.ncnd,
      conditions: row.conditions,
      relevance: row.relevance,
      consent: consent === 'NONE' ? 'NONE' : consent.state,
      giver: consent === 'NONE' ? 'NONE' : consent.giver,
      competence: consent === 'NONE' ? 'NONE' : consent.competence,
    },
    preparsedPolicySetId: `${pack.id}/${input.label}`,
    entities: [],
  })
  if (answer.type !== 'success' || !answer.response || answer.response.diagnostics.errors.length > 0)
    throw new Error(`Cedar could not decide: ${JSON.stringify(answer).slice(0, 500)}`)
  return answer.response.decision === 'allow'
}
