import { Refusal } from '../../src/foundation/errors.ts'
import { toldPage } from '../../src/registers/disclosedPage.ts'
import type { CaseKind, GovernanceCase } from '../../src/registers/governanceCases.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import { neededReason } from '../../src/registers/validateRegisterEntries.ts'
import { found, type GovernanceContext, known } from './governanceAccess.ts'
import { governing, person } from './governingAuthority.ts'
import { type Paging, pageIn } from './registerPage.ts'

interface CameIn {
  readonly kind: CaseKind
  readonly controller: string
  readonly childId?: string | null
  readonly receivedOn: string
  readonly summary: string
  readonly identityChecked: boolean
}
interface Closing {
  readonly id: string
  readonly outcome: string
  readonly identityChecked: boolean
}

/** What governance has to answer. Each controller's cases are its own: to governance of another there are none. */
export const resolvers = {
  Query: {
    governanceCases: async (_: unknown, page: Paging, context: GovernanceContext) => {
      const own = controllersOf(governing(context, 'governanceCases'), context)
      const { cases } = context.governance
      const list = {
        read: (of: RegisterPage) => cases.of(own, of),
        byId: (id: string) => cases.byId(id),
        told: (entries: readonly GovernanceCase[]) => entries.filter(({ controller }) => own.includes(controller)),
      }
      return toldPage<GovernanceCase, GovernanceCase>(list, pageIn(page))
    },
  },
  Mutation: {
    openGovernanceCase: async (_: unknown, { input }: { readonly input: CameIn }, context: GovernanceContext) => {
      const authority = governing(context, 'openGovernanceCase')
      const { governance, clock } = context
      const { childId = null, ...rest } = input
      if (!controllersOf(authority, context).includes(input.controller))
        throw new Refusal('FORBIDDEN', { extensions: { reason: 'ORGANISATION_NOT_PERMITTED' } })
      if (childId !== null) await known(context, 'openGovernanceCase', childId)
      const made = { ...rest, childId, summary: neededReason(input.summary), recordedBy: person(context) }
      return found(await governance.cases.byId(await governance.cases.add(made, clock.now())))
    },
    noteGovernanceCase: async (
      _: unknown,
      { id, note }: { readonly id: string; readonly note: string },
      context: GovernanceContext,
    ) => {
      const authority = governing(context, 'noteGovernanceCase')
      const { governance, clock } = context
      const one = await ownCase(id, authority, context)
      await governance.cases.note(one.id, { by: person(context), note: neededReason(note) }, clock.now())
      return one
    },
    closeGovernanceCase: async (_: unknown, { id, outcome, identityChecked }: Closing, context: GovernanceContext) => {
      const authority = governing(context, 'closeGovernanceCase')
      const { governance, clock } = context
      const { closedAt } = await ownCase(id, authority, context)
      if (closedAt !== null) throw new Refusal('CONFLICT')
      const said = { by: person(context), outcome: neededReason(outcome), identityChecked }
      await governance.cases.close(id, said, clock.now())
      return found(await governance.cases.byId(id))
    },
  },
  GovernanceCase: {
    overdue: ({ closedAt, dueAt }: GovernanceCase, _: unknown, { clock }: GovernanceContext) =>
      closedAt === null && Date.parse(dueAt) < clock.now().getTime(),
  },
}

/** For whom governance of an authority answers: the authority, and the organisation it works for. */
const controllersOf = (authority: string, { caller }: GovernanceContext): readonly string[] => [
  authority,
  caller.organisation,
]

/** Another controller's case is answered as none. */
async function ownCase(id: string, authority: string, context: GovernanceContext): Promise<GovernanceCase> {
  const one = found(await context.governance.cases.byId(id))
  return found(controllersOf(authority, context).includes(one.controller) ? one : null)
}
