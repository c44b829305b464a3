import type { Page } from '../../pageVisit.ts'
import { actTitle } from '../../words/actTitles.ts'
import { type MessagePage, mayStart } from '../exchange/inboxAndOutbox.ts'
import { type Heading, shownMessage } from '../exchange/message.ts'
import { sayPath } from '../exchange/sendMessage.ts'
import { onOnePage } from '../paging.ts'
import { asOfDay, type Banner, childPage, endOf, pagingOfChild } from './childPage.ts'

/** What was said about the child, of messages to which the reader is party, and what they can begin. */
export const childMessagesPage: Page = {
  method: 'GET',
  path: '/child/:child/messages',
  answer: (visit) =>
    childPage<Banner>(visit, 'messages', 'childBanner', async (_, at) => {
      const [day, paging] = [asOfDay(visit), pagingOfChild(visit, 'messages')]
      const asked = await visit.ask<{
        messages: (MessagePage & { readonly pinned: readonly Heading[] }) | null
      }>(
        'childMessages',
        { childId: at.id, first: onOnePage, after: paging.after('after'), ...(day ? { asOf: endOf(day, visit) } : {}) },
        at.purpose,
      )
      const page = asked.data?.messages ?? null
      const begin = await mayStart(visit, at.purpose)
      return {
        messages: paging.to(
          'after',
          page?.messages.map((each) => shownMessage(visit, each)),
          page?.hasNextPage ? page.endCursor : null,
        ),
        pinned: page?.pinned.map((each) => shownMessage(visit, each)) ?? [],
        refusal: asked.errors[0] ?? null,
        begin: begin.map((act) => ({ title: actTitle(act), href: sayPath(visit, at, act) })),
        now: visit.parts.clock.today().toISOString(),
      }
    }),
}
