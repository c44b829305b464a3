import { type Alert, alertId, alertOf } from '../src/alerts/alert.ts'
import {
  type Clearance,
  type ClearanceReason,
  type ClearanceRegister,
  clearedBy,
  mayClear,
} from '../src/alerts/clearances.ts'
import { type Evaluation, evaluate, type NotJudged } from '../src/alerts/evaluateRules.ts'
import { gapNeeds } from '../src/alerts/expectedInformation.ts'
import { gaps, gapsNotJudged } from '../src/alerts/informationGaps.ts'
import { alertRules } from '../src/alerts/rules.ts'
import { sourceNeeds } from '../src/childView/sourceReports.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { type AuthorisedChild, joined } from '../src/disclosure/requestContext.ts'
import { eachAgency } from '../src/foundation/agencies.ts'
import { secondsOf } from '../src/foundation/clock.ts'
import { alertParametersOf } from '../src/policy/alertParameters.ts'
import type { Answers } from '../src/records/agencyAnswers.ts'
import { mergeNeeds } from '../src/records/mergeNeeds.ts'
import type { RequiredFields } from '../src/records/requiredFields.ts'
import { neededReason } from '../src/registers/validateRegisterEntries.ts'
import { memoOnAnswer } from '../src/sources/memoOnAnswer.ts'
import { allowed, type GovernanceContext, known } from './governance/governanceAccess.ts'

/** What the resolvers of alerts need of a request. */
export type AlertContext = GovernanceContext & {
  readonly clearances: ClearanceRegister
  readonly readForNeeds: DisclosureRequest['readForNeeds']
  readonly notFound: DisclosureRequest['notFound']
}

interface Codes {
  readonly codes?: readonly string[] | null
}

const ruleNeeds: RequiredFields = mergeNeeds(...alertRules.map(({ needs }) => needs))
const wholeNeeds: RequiredFields = mergeNeeds(ruleNeeds, gapNeeds, sourceNeeds)

const evaluated = Symbol('alerts')

/** Every rule over one child, once for all fields that ask. */
const evaluationOf = (child: AuthorisedChild, answers: Answers, context: AlertContext): Evaluation =>
  memoOnAnswer(answers, evaluated, () => evaluationFor(child, answers, context))

const evaluationFor = (
  { grants, asOf }: Pick<AuthorisedChild, 'grants' | 'asOf'>,
  answers: Answers,
  { contracts, registry, governance }: AlertContext,
): Evaluation =>
  evaluate(alertRules, {
    ...{ answers, grants, contracts, registry, asOf },
    parameters: alertParametersOf(governance.policy.pack),
  })

const isAsked =
  ({ codes }: Codes) =>
  ({ rule }: { readonly rule: { readonly code: string } }): boolean =>
    !codes || codes.includes(rule.code)

/** Alerts and gaps of `Child` in `schema/alerts.graphql`, and the word that an alert is cleared. */
export const resolvers = {
  Child: {
    alerts: joined(
      ruleNeeds,
      async (
        child: AuthorisedChild,
        answers,
        args: Codes & { readonly open?: boolean | null },
        context: AlertContext,
      ): Promise<readonly Alert[]> => {
        const alerts = evaluationOf(child, answers, context).alerts.filter(isAsked(args))
        // Asked whatever was found: a child about whom there is nothing costs the same.
        const named = alerts.map((found) => clearedBy(child.id, found))
        const last = await context.clearances.lastOf(named, child.asOf)
        const { organisation } = context.caller
        const reader = {
          organisation,
          readsColleagues: context.governance.mayReadWords(child.facts, { organisation, role: '' }),
          names: (by: Pick<Clearance, 'role' | 'organisation'>) =>
            context.governance.partyReading(child.facts, by) === 'NAMED',
        }
        return alerts
          .map((found, place) => alertOf(child.id, found, last[place] ?? null, reader))
          .filter(({ cleared }) => !(args.open ?? true) || !cleared)
      },
    ),
    alertsNotJudged: joined(ruleNeeds, (child: AuthorisedChild, answers, args: Codes, context: AlertContext) =>
      evaluationOf(child, answers, context)
        .notJudged.filter(isAsked(args))
        .map(({ rule, without }: NotJudged) => ({ code: rule.code, without })),
    ),
    gaps: joined(wholeNeeds, (child: AuthorisedChild, answers: Answers, _args: unknown, context: AlertContext) =>
      gaps(
        answers,
        { grants: child.grants, contracts: context.contracts },
        child.asOf,
        evaluationOf(child, answers, context),
      ),
    ),
    gapsNotJudged: joined(
      wholeNeeds,
      (child: AuthorisedChild, answers: Answers, _args: unknown, context: AlertContext) =>
        gapsNotJudged(
          answers,
          { grants: child.grants, contracts: context.contracts },
          evaluationOf(child, answers, context),
        ),
    ),
  },
  Mutation: {
    clearAlert: async (
      _: unknown,
      args: {
        readonly childId: string
        readonly alertId: string
        readonly reason: ClearanceReason
        readonly note: string
      },
      context: AlertContext,
    ): Promise<Clearance> => {
      const facts = await known(context, 'clearAlert', args.childId)
      const note = neededReason(args.note)
      const answers = await context.readForNeeds(args.childId, ruleNeeds)
      const asOf = secondsOf(context.clock.today())
      const grants = eachAgency((agency) => context.governance.grant(facts, agency))
      const found = answers
        ? evaluationFor({ grants, asOf }, answers, context).alerts.find(
            ({ rule, finding }) => alertId(args.childId, rule.code, finding.anchor) === args.alertId,
          )
        : undefined
      if (!found) throw await context.notFound(ruleNeeds)
      allowed(mayClear(context.caller, found.rule))
      return context.clearances.add(args.childId, found, context.caller, { reason: args.reason, note, at: asOf })
    },
  },
}
