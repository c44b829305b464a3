import type { IResolvers } from '@graphql-tools/utils'
import type { GraphQLResolveInfo } from 'graphql'
import { identifierNeeds, identifiers } from '../src/childView/namesAndIdentifiers.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { agencies } from '../src/foundation/agencies.ts'
import { Refusal } from '../src/foundation/errors.ts'
import { type Answers, anyRowsOf } from '../src/records/agencyAnswers.ts'
import { type RequiredFields, requiredByContracts } from '../src/records/requiredFields.ts'
import type { Row } from '../src/sources/contract.ts'
import { holderIn } from '../src/sources/servedHolders.ts'

interface At {
  readonly asOf?: string | null
}

interface Finding extends At {
  readonly nhsNumber?: string | null
  readonly upn?: string | null
  readonly agencyId?: { readonly agency: string; readonly value: string; readonly holder?: string | null } | null
}

const mostChildren = 100

/** Ways to a child. A child that does not exist and one that the caller may not know of are answered alike. */
export const queryResolvers: IResolvers<unknown, DisclosureRequest> = {
  Query: {
    child: async (
      _: unknown,
      { id, asOf }: At & { id: string },
      request: DisclosureRequest,
      info: GraphQLResolveInfo,
    ) => {
      request.note('child')
      const child = await request.openById(id, asOf ?? null, info)
      if (!child) throw new Refusal('NOT_FOUND')
      return child
    },
    children: (
      _: unknown,
      { ids, asOf }: At & { ids: readonly string[] },
      request: DisclosureRequest,
      info: GraphQLResolveInfo,
    ) => {
      if (ids.length > mostChildren)
        throw new Refusal('OPERATION_TOO_LARGE', { message: `Ask for ${mostChildren} children at most.` })
      request.note('children')
      // One by one: each is written when it is there and its turn comes.
      return ids.map((id) => request.openById(id, asOf ?? null, info))
    },
    findChild: async (_: unknown, args: Finding, request: DisclosureRequest, info: GraphQLResolveInfo) => {
      const search = searchOf(args, request)
      const ids = await search.find()
      const known = await Promise.all((ids.length > 0 ? ids : [null]).map((id) => isKnownBy(search, id, request)))
      const [id, ...others] = ids.filter((_id, index) => known[index])
      const child = id === undefined || others.length > 0 ? null : await request.openChild(id, args.asOf ?? null, info)
      if (!child) throw await request.notFound(search.bearing, search.holder)
      return child
    },
  },
}

interface Search {
  /** Ids that the gateway links to what was given. */
  readonly find: () => Promise<readonly string[]>
  readonly needs: RequiredFields
  /** What of them can bear the identifier, and which one holder alone; null: any. */
  readonly bearing: RequiredFields
  readonly holder: string | null
  /** Whether what this caller may read of the child bears the identifier. */
  readonly bears: (answers: Answers) => boolean
}

/**
 * An identifier leads to a child only for those who may read that the child has it. Else a number from before an
 * adoption, or the number under which an agency holds only what is hidden, would lead from one to the other.
 */
const isKnownBy = async (search: Search, id: string | null, request: DisclosureRequest): Promise<boolean> => {
  const answers = await request.readForNeeds(id, search.needs)
  return answers !== null && search.bears(answers)
}

function searchOf({ nhsNumber, upn, agencyId }: Finding, request: DisclosureRequest): Search {
  const given = [nhsNumber, upn, agencyId].filter((value) => value !== null && value !== undefined)
  if (given.length !== 1)
    throw new Refusal('BAD_INPUT', { message: 'Give exactly one identifier: nhsNumber, upn or agencyId.' })
  if (nhsNumber) return byIdentifier('NHS_NUMBER', nhsNumber, 'NHS number', request)
  if (upn) return byIdentifier('UPN', upn, 'UPN', request)
  request.note('findChild by agency id')
  const agency = agencies.find((name) => request.contracts[name].agency === agencyId?.agency)
  if (!agency || !agencyId)
    throw new Refusal('BAD_INPUT', {
      message: `Give the agency as one of ${agencies.map((name) => request.contracts[name].agency).join(', ')}.`,
    })
  const lists = Object.keys(request.contracts[agency].lists)
  const holder = agencyId.holder ?? null
  const { ownNumber } = request.contracts[agency].lists['person'] ?? {}
  const needs = requiredByContracts({
    [agency]: Object.fromEntries(
      lists.map((list) => [list, list === 'person' && ownNumber !== undefined ? [ownNumber] : []]),
    ),
  })
  const isNamed = (row: Row): boolean =>
    row.person === agencyId.value || (ownNumber !== undefined && row[ownNumber] === agencyId.value)
  return {
    find: () => request.findByAgencyId(agency, agencyId.value, holder),
    ...{ needs, bearing: needs, holder },
    bears: (answers) =>
      lists.some((list) =>
        anyRowsOf(answers, agency, list).some(
          (row) => isNamed(row) && (holder === null || holderIn(row.id, agency) === holder),
        ),
      ),
  }
}

function byIdentifier(scheme: string, value: string, words: string, request: DisclosureRequest): Search {
  request.note(`findChild by ${words}`)
  return {
    find: () => request.find(scheme, value),
    needs: identifierNeeds,
    bearing: bearing(scheme === 'UPN' ? 'upn' : 'nhsNumber'),
    holder: null,
    bears: (answers) =>
      identifiers(answers, request.contracts).some((known) => known.scheme === scheme && known.value === value),
  }
}

const bearing = (field: 'nhsNumber' | 'upn'): RequiredFields =>
  Object.fromEntries(
    Object.entries(identifierNeeds).filter(([, { person }]) => (person as readonly string[]).includes(field)),
  )
