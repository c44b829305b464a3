import type { IResolvers } from '@graphql-tools/utils'
import type { GraphQLResolveInfo } from 'graphql'
import { agencies } from '../src/agencies.ts'
import type { OpenChild } from '../src/context.ts'
import { Refusal } from '../src/errors.ts'
import type { Request } from '../src/request.ts'

interface At {
  readonly asOf?: string | null
}

interface Finding extends At {
  readonly nhsNumber?: string | null
  readonly upn?: string | null
  readonly agencyId?: { readonly agency: string; readonly value: string } | null
}

const mostChildren = 100

/** Doors to a child. A child that does not exist and one that the caller may not know of are answered alike. */
export const queryResolvers: IResolvers<unknown, Request> = {
  Query: {
    child: async (_: unknown, { id, asOf }: At & { id: string }, request: Request, info: GraphQLResolveInfo) => {
      request.note('child')
      const child = await request.openChild(id, asOf ?? null, info)
      if (!child) throw new Refusal('NOT_FOUND')
      return child
    },
    children: (
      _: unknown,
      { ids, asOf }: At & { ids: readonly string[] },
      request: Request,
      info: GraphQLResolveInfo,
    ) => {
      if (ids.length > mostChildren)
        throw new Refusal('OPERATION_TOO_LARGE', { message: `Ask for ${mostChildren} children at most.` })
      request.note('children')
      return Promise.all(ids.map((id) => request.openChild(id, asOf ?? null, info)))
    },
    findChild: async (_: unknown, args: Finding, request: Request, info: GraphQLResolveInfo) => {
      const ids = await identified(args, request)
      const opened = await Promise.all(ids.map((id) => request.openChild(id, args.asOf ?? null, info)))
      const [child, ...others] = opened.filter((found) => found !== null)
      if (!child || others.length > 0) throw new Refusal('NOT_FOUND')
      return child
    },
    placedOut: async (_: unknown, { la }: { la: string }, request: Request, info: GraphQLResolveInfo) => {
      request.note('placedOut')
      const ids = await request.knownTo(la)
      const opened = await Promise.all(ids.map((id) => request.openChild(id, null, info)))
      return opened.filter((child) => child !== null && isPlacedOut(child, la))
    },
  },
}

/** Looked after by `la`, and living in another authority's area. */
const isPlacedOut = (child: OpenChild | null, la: string): boolean =>
  child !== null && child.facts.responsibleLa === la && child.facts.areaLa !== null && child.facts.areaLa !== la

async function identified({ nhsNumber, upn, agencyId }: Finding, request: Request): Promise<readonly string[]> {
  const given = [nhsNumber, upn, agencyId].filter((value) => value !== null && value !== undefined)
  if (given.length !== 1)
    throw new Refusal('BAD_INPUT', { message: 'Give exactly one identifier: nhsNumber, upn or agencyId.' })
  if (nhsNumber) {
    request.note('findChild by NHS number')
    return request.find('NHS_NUMBER', nhsNumber)
  }
  if (upn) {
    request.note('findChild by UPN')
    return request.find('UPN', upn)
  }
  request.note('findChild by agency id')
  const agency = agencies.find((name) => request.contracts[name].agency === agencyId?.agency)
  if (!agency || !agencyId)
    throw new Refusal('BAD_INPUT', {
      message: `Give the agency as one of ${agencies.map((name) => request.contracts[name].agency).join(', ')}.`,
    })
  return request.findByAgencyId(agency, agencyId.value)
}
