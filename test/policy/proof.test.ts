import { beforeAll, describe, expect, it } from 'vitest'
import { type Decision, decide } from '../../src/policy/decide.ts'
import { type DecisionInput, plainRow } from '../../src/policy/decisionInput.ts'
import type { Label } from '../../src/policy/labels.ts'
import { type Purpose, pathOfPurpose, type Role } from '../../src/policy/vocabulary.ts'
import { homeOfLabel, pack, typeOfRole } from './situations.ts'

/**
 * One label of every class and gate, one role of every type of organisation, one purpose of every path and exception.
 */
const labelsWalked: readonly Label[] = [
  'SOCIAL_CARE',
  'HEALTH_MENTAL',
  'HEALTH_SARC',
  'POLICE_INTELLIGENCE',
  'MANAGED_OFFENDER',
  'ADULT_HEALTH',
  'THIRD_PARTY',
  'ADDRESS_PROTECTED',
  'ADOPTION',
  'LEGAL_PRIVILEGE',
]
const rolesWalked: readonly Role[] = [
  'SOCIAL_WORKER',
  'MASH_ANALYST',
  'DESIGNATED_SAFEGUARDING_LEAD',
  'GP',
  'POLICE_PUBLIC_PROTECTION',
  'ADULT_SERVICES_WORKER',
  'ADOPTION_WORKER',
  'LEGAL_OFFICER',
  'INFORMATION_GOVERNANCE_OFFICER',
]
const purposesWalked: readonly Purpose[] = [
  'EMERGENCY',
  'S47_ENQUIRY',
  'CP_CONFERENCE',
  'TRANSFER_RECEIVE',
  'COURT_ORDER',
  'EARLY_HELP',
  'EDUCATION_SUPPORT',
  'POLICING',
  'AUDIT',
]
const agesWalked = ['UNDER_13', '13_TO_15', '16_TO_17'] as const
const harmsWalked = ['NONE', 'REASONABLE_CAUSE', 'UNKNOWN'] as const
const rows = [
  plainRow,
  { ...plainRow, hold: 'DETRIMENT' },
  { ...plainRow, hold: 'EMBARGO' },
  { ...plainRow, ncnd: true },
  { ...plainRow, conditions: true },
  { ...plainRow, relevance: 'UNDECIDED' },
  { ...plainRow, relevance: 'NOT_RELEVANT' },
] as const
const consents: readonly DecisionInput['consent'][] = [
  'NONE',
  { state: 'GIVEN', giver: 'CHILD', competence: 'COMPETENT' },
  { state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT' },
  { state: 'WITHDRAWN', giver: 'PARENT', competence: 'NOT_ASSESSED' },
]
/** Adoption and privilege are closed to others whatever is held: that they are tells nothing of a row. */
const beforeAnyRow: ReadonlySet<string> = new Set(['1', '2'])
const given = 1
const refused = 2

const leaves = (decision: Decision) => decision.outcome === 'PERMIT' || decision.outcome === 'REDACT'
const violations = new Map<string, string[]>()
let decisions = 0

function check(invariant: string, holds: boolean, input: DecisionInput): void {
  if (holds) return
  const list = violations.get(invariant) ?? []
  if (list.length < 3) list.push(JSON.stringify(input))
  violations.set(invariant, list)
}

/** All that must hold of one situation, over every consent that may be on file. */
function examine(input: DecisionInput, answers: readonly Decision[]): void {
  const { caller, child, label, row } = input
  const path = pathOfPurpose[caller.purpose]
  const kind = pack.labels[label].class
  const isHeld = input.own
  const own = isHeld && child.relationship !== 'NONE'
  const court = path === 'COURT'
  const harmPath = path === 'HARM' || child.harm === 'REASONABLE_CAUSE'
  const first = answers[0]
  const out = answers.some(leaves)
  const same = answers.every((each) => each.outcome === first?.outcome && each.code === first.code)
  const blockedByConsent = answers.some((each) => each.code.startsWith('W_CONSENT') || each.rule === '17')
  const raw = input.level === 'CONTENT' && answers.some((each) => each.outcome === 'PERMIT')

  check('I1', same || !(path === 'HARM' || court), input)
  check('I2', !out || kind !== 'STATUTORY' || court || (own && caller.role === 'ADOPTION_WORKER'), input)
  check('I3', !out || kind !== 'PRIVILEGE' || (own && caller.role === 'LEGAL_OFFICER'), input)
  check(
    'I4',
    !row.ncnd ||
      isHeld ||
      answers.every((each) => each.outcome === 'SILENT' || path === 'METADATA' || beforeAnyRow.has(each.rule)),
    input,
  )
  check('I5', !out || row.hold !== 'DETRIMENT' || own, input)
  check('I6', !out || (path !== 'METADATA' && path !== 'CLOSED'), input)
  check('I7', !out || child.relationship !== 'NONE' || child.breakGlass || court, input)
  check('I8', !blockedByConsent || kind !== 'SENSITIVE' || child.ageBand !== 'UNDER_13', input)
  check('I9', !blockedByConsent || child.harm !== 'REASONABLE_CAUSE', input)
  check('I10', !(answers[refused] && leaves(answers[refused])) || !answers[given] || leaves(answers[given]), input)
  check('I11', !out || row.relevance !== 'NOT_RELEVANT' || own, input)
  check('I12', !out || child.agreement || court || caller.purpose === 'EMERGENCY' || child.breakGlass || own, input)
  check(
    'I13',
    !raw ||
      kind !== 'THIRD_PARTY' ||
      own ||
      (['SOCIAL_CARE', 'MASH', 'POLICE'].includes(caller.agencyType) &&
        (harmPath || caller.purpose === 'CP_CONFERENCE')),
    input,
  )
  check(
    'silence',
    first === undefined ||
      path === 'METADATA' ||
      !answers.some((each) => each.outcome === 'WITHHOLD' && isHidden(label, caller.role)),
    input,
  )
}

function isHidden(label: Label, role: Role): boolean {
  const { hiddenFrom, access } = pack.labels[label]
  return hiddenFrom === 'ALL_OTHERS' ? !access.some((entry) => entry.roles.includes(role)) : hiddenFrom.includes(role)
}

/** Every situation of the reduced space, each with every consent; break-glass beside its twin without. */
function walk(): void {
  for (const label of labelsWalked)
    for (const role of rolesWalked)
      for (const purpose of purposesWalked)
        for (const row of rows)
          for (const harm of harmsWalked)
            for (const ageBand of agesWalked)
              for (const own of typeOfRole[role] === homeOfLabel[label] ? [true, false] : [false])
                for (const relationship of ['NONE', 'EPISODE'] as const)
                  for (const agreement of [true, false])
                    for (const level of ['HEADLINE', 'CONTENT'] as const) {
                      const answer = (breakGlass: boolean) => {
                        const input = {
                          caller: { role, agencyType: typeOfRole[role], purpose },
                          child: { relationship, harm, ageBand, agreement, breakGlass },
                          label,
                          level,
                          home: homeOfLabel[label],
                          own,
                          row,
                        }
                        const answers = consents.map((consent) => decide(pack, { ...input, consent }))
                        decisions += answers.length
                        examine({ ...input, consent: 'NONE' }, answers)
                        return { input, answers }
                      }
                      const closed = answer(false)
                      if (harm !== 'NONE' || ageBand !== '13_TO_15') continue
                      const broken = answer(true)
                      const widened = closed.answers.every((each, index) => {
                        const other = broken.answers[index]
                        return !leaves(each) || (other !== undefined && leaves(other))
                      })
                      check('I15', widened, { ...broken.input, consent: 'NONE' })
                    }
}

describe('the policy, over its whole reduced input space', () => {
  beforeAll(walk, 60_000)

  const invariants = {
    I1: 'consent never changes an outcome on the harm path or under a court order',
    I2: 'a statutory prohibition yields only to a court and to the team that statute names',
    I3: 'privileged advice never leaves the legal team that took it',
    I4: 'what is neither confirmed nor denied is never visible outside its holder',
    I5: "a holder's decision is overridden by nobody else",
    I6: 'an auditor and a closed purpose never see content',
    I7: 'nothing leaves without a relationship, save break-glass and court',
    I8: 'a sensitive service to a child under 13 is never blocked by consent',
    I9: 'reasonable cause is never blocked by consent',
    I10: 'refusing never discloses more than giving',
    I11: 'a record judged not relevant never leaves its holder',
    I12: 'nothing leaves without an agreement, save court, emergency, break-glass and own record',
    I13: 'a third person is named only to who acts on risk, for harm or at a conference',
    I15: 'break-glass never gives less than the same request without it',
    silence: 'no block is told to a role from which existence is hidden',
  }
  for (const [invariant, title] of Object.entries(invariants))
    it(`${invariant}: ${title}`, () => expect(violations.get(invariant) ?? []).toEqual([]))

  it('walks more than a million decisions', () => expect(decisions).toBeGreaterThan(1_000_000))
})
