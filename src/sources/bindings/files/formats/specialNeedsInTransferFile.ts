import { elementsIn, textAt, type XmlElement } from '../xmlElements.ts'
import type { ReturnRecords } from './returnRecords.ts'

/** What the school does about a need: K support, E a plan. Of earlier codes, A and P were support and S a statement. */
const provisions: Readonly<Record<string, string>> = {
  K: 'SUPPORT',
  A: 'SUPPORT',
  P: 'SUPPORT',
  E: 'EHC_PLAN',
  S: 'EHC_PLAN',
}

/** No special need. */
const none = 'N'

const codeNames = ['SENstageType', 'SENprovision', 'SENstatus'] as const

/**
 * Special needs of a pupil, wherever versions and programs put them: each stage with what the pupil needs most, and
 * what else is needed beside the stage that goes on. What stands there and says neither is told, line by line.
 */
export function readSpecialNeeds(pupil: XmlElement, person: string, into: ReturnRecords): void {
  const all = within(pupil)
  const stages = all.filter((element) => textAt(element, ...codeNames) !== undefined)
  const [main, ...others] = needsIn(all)
  for (const stage of stages) readStage(stage, main, person, into)
  const going = stages.findLast((stage) => codeOf(stage) !== none && endOf(stage) === undefined)
  const further = stages.length === 0 ? [main, ...others].flatMap((need) => need ?? []) : going ? others : []
  for (const { line, text } of further)
    into.add({
      ...{ line, list: 'specialNeeds', person, kind: `need ${text}`, eventAt: going && beginOf(going) },
      fields: { need: text, provision: going && provisionOf(going), from: going && beginOf(going) },
    })
  if (stages.length > 0 || main) return
  for (const { line } of all.filter(({ name, text }) => /^SEN/i.test(name) && text !== ''))
    into.refuse(line, 'NOT_A_RECORD', 'specialNeeds')
}

/** An element with all that stands in it, at any depth. */
const within = (element: XmlElement): readonly XmlElement[] => [element, ...element.children.flatMap(within)]

/** What is needed, the first in rank before the others, each once. */
function needsIn(all: readonly XmlElement[]): readonly XmlElement[] {
  const ranked = all
    .flatMap((element) => elementsIn(element, 'SENtype').map((need) => ({ need, rank: rankOf(element) })))
    .filter(({ need }) => need.text !== '')
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ need }) => need)
  return ranked.filter((need, at) => ranked.findIndex(({ text }) => text === need.text) === at)
}

const rankOf = (need: XmlElement): number => Number(textAt(need, 'SENtypeRank') ?? 1) || 1

const codeOf = (stage: XmlElement): string => textAt(stage, ...codeNames)?.toUpperCase() ?? ''
const provisionOf = (stage: XmlElement): string | undefined => provisions[codeOf(stage)]
const beginOf = (stage: XmlElement): string | undefined => textAt(stage, 'SENstageStartDate', 'StartDate')
const endOf = (stage: XmlElement): string | undefined => textAt(stage, 'SENstageEndDate', 'EndDate')

function readStage(stage: XmlElement, main: XmlElement | undefined, person: string, into: ReturnRecords): void {
  const provision = provisionOf(stage)
  if (codeOf(stage) === none) return
  const from = beginOf(stage)
  into.add({
    ...{ line: stage.line, list: 'specialNeeds', person, kind: `need ${provision ?? 'unknown'}`, eventAt: from },
    fields: { need: main?.text, provision, from, to: endOf(stage) },
    ...(provision === undefined ? { unread: ['provision'] } : {}),
  })
}
