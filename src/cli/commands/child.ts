import { childQuery, childShape, renderChild } from '../childView.ts'
import { askAs, purposeOf } from '../client.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../failure.ts'

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
  if (!Number.isInteger(first) || first < 1 || first > 200)
    throw new CommandFailure('--first is a number from 1 to 200.')

  // The chronology is in order of time, so its latest events stand on its last page.
  const variables = { id, asOf: instant(options.asOf), first: 200 }
  const { data, answer } = await askAs(asker, childQuery, variables, childShape)
  if (!data.child) throw new CommandFailure(answer.errors[0]?.message ?? 'There is no such child that you may know of.')
  if (context.terminal.json) {
    context.terminal.out(JSON.stringify(data.child))
    return
  }
  const { chronology } = data.child
  const latest = { ...chronology, events: chronology.events.slice(-first) }
  context.terminal.out(renderChild({ ...data.child, chronology: latest }, context.terminal))
}

/** A day means its end. */
const instant = (text: string | undefined): string | null => {
  if (text === undefined) return null
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text
  if (Number.isNaN(Date.parse(full))) throw new CommandFailure(`"${text}" is no date. Write it as 2026-11-20.`)
  return new Date(full).toISOString()
}
