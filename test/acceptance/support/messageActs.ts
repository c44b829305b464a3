import type fc from 'fast-check'

const decided = 'decidedBy: "Duty manager", decidedOn: "2026-11-20"'

/** Arguments beside the child of every mutation that sends, as GraphQL writes them. */
const sent: Readonly<Record<string, string>> = {
  reportConcern: 'concerns: [NEGLECT], statements: [{ text: "Hungry", evidence: FACT }], familyTold: true',
  raiseDisagreement: 'to: { organisation: "LA2" }, subject: "x", reasons: "x", wanted: "x"',
}

/** Arguments beside the id of every mutation that answers. */
const answered: Readonly<Record<string, string>> = {
  recordReferralOutcome: `input: { outcome: CONTACT_ONLY, reason: "x", challenge: "x", ${decided} }`,
  respondToDisagreement: 'response: "x"',
  resolveDisagreement: `input: { resolution: AGREED, reasons: "x", ${decided} }`,
  seeMessage: '',
  assignMessage: 'to: "x"',
  replyToMessage: 'text: "x"',
  escalateMessage: 'reason: "x"',
}

/** Everything that can be said in a message, about any child and any message. */
export const messageActs = (
  child: fc.Arbitrary<string>,
  ids: fc.Arbitrary<string>,
): Readonly<Record<string, fc.Arbitrary<string>>> =>
  Object.fromEntries([
    ...Object.entries(sent).map(([name, rest]) => [
      name,
      child.map((id) => `${name}(input: { childId: "${id}", ${rest} }) { id }`),
    ]),
    ...Object.entries(answered).map(([name, rest]) => [
      name,
      ids.map((id) => `${name}(id: "${id}"${rest ? `, ${rest}` : ''}) { id }`),
    ]),
  ])
