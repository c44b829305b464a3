import { type ChronologyArguments, chronology, chronologyNeeds, chronologyPage } from '../src/childView/chronology.ts'
import type { ChronologyEvent } from '../src/childView/chronologyEvent.ts'
import { refuseWithheldFilter } from '../src/childView/refuseFilterOnWithheld.ts'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { joined } from '../src/disclosure/requestContext.ts'
import type { Exchange } from '../src/exchange/exchange.ts'
import { fromParent } from '../src/execution/parentOnlyResolver.ts'

/** What agencies said to each other stands in it too, where the request has the exchange. */
type ChronologyContext = DisclosureRequest & { readonly exchange?: Exchange }

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
    concernTags: fromParent((event: ChronologyEvent) => event.concernTags),
    curated: fromParent((event: ChronologyEvent) => event.curated),
    significance: fromParent((event: ChronologyEvent) => event.significance),
    analysis: fromParent((event: ChronologyEvent) => event.analysis),
    status: fromParent((event: ChronologyEvent) => event.status),
    recordType: fromParent((event: ChronologyEvent) => event.recordType),
    cursor: fromParent((event: ChronologyEvent) => event.cursor),
  },
  Child: {
    chronology: joined(
      chronologyNeeds,
      (child, answers, args: ChronologyArguments, { contracts, exchange, layouts }: ChronologyContext) => {
        refuseWithheldFilter(args.agencies, child.grants, layouts)
        if (!exchange) return chronology(answers, child.grants, contracts, args)
        return exchange
          .chronology(child.id, child.asOf)
          .then((lines) => chronology(answers, child.grants, contracts, args, lines))
      },
      { of: chronologyPage, counted: ['total', 'count'] },
    ),
  },
}
