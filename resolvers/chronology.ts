import { joined } from '../src/context.ts'
import { fromParent } from '../src/execution/direct.ts'
import {
  type ChronologyArguments,
  type ChronologyEvent,
  chronology,
  chronologyNeeds,
} from '../src/picture/chronology.ts'
import { refuseWithheldFilter } from '../src/picture/filter.ts'
import type { Request } from '../src/request.ts'

/** Fields of `Child` and of an event in `schema/chronology.graphql`. */
export const resolvers = {
  ChronologyEvent: {
    id: fromParent((event: ChronologyEvent) => event.id),
    eventAt: fromParent((event: ChronologyEvent) => event.eventAt),
    provenance: fromParent((event: ChronologyEvent) => event.provenance),
    sensitivity: fromParent((event: ChronologyEvent) => event.sensitivity),
    withheld: fromParent((event: ChronologyEvent) => event.withheld),
    headline: fromParent((event: ChronologyEvent) => event.headline),
    action: fromParent((event: ChronologyEvent) => event.action),
    impactOnChild: fromParent((event: ChronologyEvent) => event.impactOnChild),
    positive: fromParent((event: ChronologyEvent) => event.positive),
    recordType: fromParent((event: ChronologyEvent) => event.recordType),
    cursor: fromParent((event: ChronologyEvent) => event.cursor),
  },
  Child: {
    chronology: joined(
      chronologyNeeds,
      (child, answers, args: ChronologyArguments, { contracts, layouts }: Request) => {
        refuseWithheldFilter(args.agencies, child.grants, layouts)
        return chronology(answers, child.grants, contracts, args)
      },
    ),
  },
}
