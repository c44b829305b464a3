import fc from 'fast-check'
import { personas } from '../../../seeds/personas.ts'
import { anyAct } from './anyAct.ts'
import { messageActs } from './messageActs.ts'
import { organisationsOfEachType } from './organisationPairs.ts'
import { cases } from './people.ts'

const authorities = ['LA2', 'LA3', 'LA5'] as const
const organisations = [...new Set([...personas, ...organisationsOfEachType].map(({ organisation }) => organisation))]
/** What nobody knows beforehand, and what a caller may have been given by another. */
const ids = fc.constantFrom('R1', 'of nobody', '1')
const child = fc.constantFrom(...cases, 'C99')
const text = fc.constant('Because we say so')

/** What is most often taken, since it is said as a client would say it. */
const written: Readonly<Record<string, fc.Arbitrary<string>>> = {
  requestTransfer: fc
    .tuple(
      child,
      fc.constantFrom(...authorities),
      fc.constantFrom(...authorities),
      fc.constantFrom('CLA_PLACED_OUT', 'CP_TRANSFER_IN'),
    )
    .map(
      ([id, from, to, type]) =>
        `requestTransfer(childId: "${id}", fromLa: "${from}", toLa: "${to}", type: ${type}) { id }`,
    ),
  acknowledgeTransfer: ids.map((id) => `acknowledgeTransfer(transferId: "${id}", version: "1.0") { id }`),
  contributeToTransfer: fc
    .tuple(ids, fc.constantFrom('CONTRIBUTED', 'NOTHING_HELD', 'WITHHELD'))
    .map(([id, state]) => `contributeToTransfer(transferId: "${id}", state: ${state}, reason: "x") { id }`),
  endTransfer: fc
    .tuple(ids, fc.constantFrom('WITHDRAWN', 'REJECTED', 'CLOSED'))
    .map(([id, state]) => `endTransfer(transferId: "${id}", state: ${state}, reason: "x") { id }`),
  recordRelationship: fc
    .tuple(child, fc.constantFrom(...organisations), fc.constantFrom('ALLOCATED', 'EPISODE', 'ON_ROLL'), text)
    .map(
      ([id, organisation, kind, basis]) =>
        `recordRelationship(input: { childId: "${id}", organisation: "${organisation}", kind: ${kind}, basis: "${basis}" }) { id }`,
    ),
  endRelationship: ids.map((id) => `endRelationship(id: "${id}") { id }`),
  recordHold: fc
    .tuple(
      child,
      fc.constantFrom('DETRIMENT', 'NOT_RELEVANT'),
      fc.constantFrom('SOCIAL_CARE', 'POLICE_RECORD', 'HEALTH_GENERAL'),
    )
    .map(
      ([id, kind, label]) =>
        `recordHold(input: { childId: "${id}", kind: ${kind}, label: ${label}, reason: "x", reviewOn: "2026-12-01" }) { id }`,
    ),
  releaseHold: ids.map((id) => `releaseHold(id: "${id}", reason: "x") { id }`),
  reviewHold: ids.map((id) => `reviewHold(id: "${id}", reviewOn: "2026-12-02", reason: "x") { id }`),
  escalateHold: child.map(
    (id) =>
      `escalateHold(childId: "${id}", agency: HEALTH, label: HEALTH_MENTAL, toRole: "DESIGNATED_NURSE", reason: "x") { __typename }`,
  ),
  decideRelevance: child.map(
    (id) =>
      `decideRelevance(childId: "${id}", recordId: "police:1", relevance: RELEVANT, reviewOn: "2026-12-01", reason: "x") { __typename }`,
  ),
  dischargeObligation: ids.map((id) => `dischargeObligation(id: "${id}", reason: "x") { id }`),
  withdrawConsent: ids.map((id) => `withdrawConsent(id: "${id}", reason: "x") { id }`),
  decideIdentity: ids.map((id) => `decideIdentity(reference: "${id}", verdict: SAME, reason: "x") { __typename }`),
  clearAlert: child.map((id) => `clearAlert(childId: "${id}", alertId: "1", reason: DONE, note: "x") { __typename }`),
  recordCourtOrder: fc
    .tuple(child, fc.constantFrom(...organisations))
    .map(
      ([id, organisation]) =>
        `recordCourtOrder(input: { childId: "${id}", court: "x", reference: "x", madeOn: "2026-11-01", recipient: "${organisation}", expiresOn: "2026-12-31" }) { id }`,
    ),
  confirmCourtOrder: ids.map((id) => `confirmCourtOrder(id: "${id}") { id }`),
  endCourtOrder: ids.map((id) => `endCourtOrder(id: "${id}", reason: "x") { id }`),
  recordParentalResponsibility: child.map(
    (id) =>
      `recordParentalResponsibility(input: { childId: "${id}", holder: "x", source: MOTHER, from: "2020-01-01" }) { id }`,
  ),
  endParentalResponsibility: ids.map((id) => `endParentalResponsibility(id: "${id}", reason: "x") { id }`),
  recordBar: child.map(
    (id) => `recordBar(input: { childId: "${id}", subject: "nobody", kind: DECLARED, reason: "x" }) { id }`,
  ),
  endBar: ids.map((id) => `endBar(id: "${id}", reason: "x") { id }`),
  signalHarm: child.map((id) => `signalHarm(childId: "${id}", basis: "x") { id }`),
  proposeAgreement: fc
    .constantFrom(...organisations)
    .map(
      (organisation) =>
        `proposeAgreement(input: { organisation: "${organisation}", title: "x", document: "x", from: "2020-01-01", parties: ["LA2-CSC"] }) { id }`,
    ),
  confirmAgreement: ids.map((id) => `confirmAgreement(id: "${id}") { id }`),
  endAgreement: ids.map((id) => `endAgreement(id: "${id}") { id }`),
  openGovernanceCase: child.map(
    (id) =>
      `openGovernanceCase(input: { kind: COMPLAINT, controller: "LA2", childId: "${id}", receivedOn: "2026-11-02", summary: "x" }) { id }`,
  ),
  noteGovernanceCase: ids.map((id) => `noteGovernanceCase(id: "${id}", note: "x") { id }`),
  closeGovernanceCase: ids.map((id) => `closeGovernanceCase(id: "${id}", outcome: "x") { id }`),
  proposeRetention: text.map(
    (basis) => `proposeRetention(input: { register: "consent", keepDays: 30, basis: "${basis}" }) { id }`,
  ),
  approveRetention: ids.map((id) => `approveRetention(id: "${id}") { id }`),
  placeLegalHold: text.map((reason) => `placeLegalHold(register: "all", reason: "${reason}") { id }`),
  endLegalHold: ids.map((id) => `endLegalHold(id: "${id}") { id }`),
  refuteLink: ids.map((id) => `refuteLink(event: "${id}", reason: "x")`),
  ...messageActs(child, ids),
}
/**
 * Acts that open by design: broken glass and its reviews for an hour and under review, and a consent, with its
 * evidence, what hangs on consent. Those have tests of their own.
 */
const leftOut = new Set(['breakGlass', 'confirmBreakGlass', 'closeReview', 'recordConsent'])

/** Every other act that a client can ask for, as it is usually said and as the schema takes it at all. */
export const acts: Readonly<Record<string, fc.Arbitrary<string>>> = Object.fromEntries(
  Object.entries(anyAct({ children: [...cases, 'C99'], organisations, authorities, ids }))
    .filter(([name]) => !leftOut.has(name))
    .map(([name, any]) => [name, written[name] ? fc.oneof(written[name], any) : any]),
)
/** Names that are written and that no act has any more. */
export const strays: readonly string[] = Object.keys(written).filter((name) => !acts[name])
