import { type ChildView, childQuery, childShape, chronologyQuery, chronologyShape, renderChild } from '../childView.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../commandFailure.ts'
import { type Asker, askAs, purposeOf } from '../gatewayClient.ts'

export interface ChildOptions {
  readonly as: string
  readonly purpose?: string
  readonly asOf?: string
  readonly url?: string
  readonly first: string
}

/** `wholeview child C04 --as mash-analyst`: the unified view, asked over HTTP with a real token. */
export const child = async (context: CommandContext, id: string, options: ChildOptions): Promise<void> => {
  const purpose = purposeOf(options.purpose)
  const asker = { url: gatewayUrl(context, options.url), persona: options.as, ...(purpose ? { purpose } : {}) }
  const first = Number(options.first)
  if (!Number.isInteger(first) || first < 1 || first > 200) throw new UsageFailure('--first is a number from 1 to 200.')

  const variables = { id, asOf: instant(options.asOf), first: pageSize }
  const { data, answer } = await askAs(asker, childQuery, variables, childShape)
  if (!data.child) throw new CommandFailure(answer.errors[0]?.message ?? 'There is no such child that you may know of.')
  const view = { ...data.child, chronology: await lastEvents(asker, data.child, variables, first) }
  context.terminal.out(context.terminal.json ? JSON.stringify(view) : renderChild(view, context.terminal))
}

const pageSize = 200

/**
 * The chronology is in order of time, so its latest events stand on its last page: the pages are turned until there.
 */
const lastEvents = async (
  asker: Asker,
  view: ChildView,
  variables: { readonly id: string; readonly asOf: string | null },
  wanted: number,
): Promise<ChildView['chronology']> => {
  let page = view.chronology
  let events = page.events ?? []
  while (page.pageInfo.hasNextPage) {
    const next = { ...variables, first: pageSize, after: page.pageInfo.endCursor }
    const { data } = await askAs(asker, chronologyQuery, next, chronologyShape)
    const more = data.child?.chronology
    if (!more?.events?.length) break
    page = more
    events = [...events.slice(-wanted), ...more.events]
  }
  return { ...page, events: events.slice(-wanted) }
}

/** A day means its end. */
const instant = (text: string | undefined): string | null => {
  if (text === undefined) return null
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text
  if (Number.isNaN(Date.parse(full))) throw new UsageFailure(`"${text}" is no date. Write it as 2026-11-20.`)
  return new Date(full).toISOString()
}
