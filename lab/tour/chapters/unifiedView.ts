import { type ChildView, childQuery, childShape, renderChild } from '../../../src/cli/childView.ts'
import { CommandFailure } from '../../../src/cli/commandFailure.ts'
import { askAs } from '../../../src/cli/gatewayClient.ts'
import { inWords } from '../../../src/cli/terminalText.ts'
import { agencies } from '../../../src/foundation/agencies.ts'
import type { Stage } from '../chapterContext.ts'

/** The child of the story: placed by LA2 in LA5, known to two forces, three schools and both areas' health services. */
export const storyChild = 'C04'

/** One view for MASH, less for the school, and what is left when an agency does not answer. */
export const unifiedViewStory = async (stage: Stage): Promise<void> => {
  const { story } = stage
  story.step('The hub asks what every agency knows of one child')
  const hub = await view(stage, 'mash-analyst')
  story.tell(`\n${renderChild(lastEvents(hub, 8), stage.terminal)}\n`)
  story.check(
    'every agency answered',
    hub.sources.length === agencies.length && hub.sources.every(({ state }) => answered(state)),
  )
  story.check(
    'one count of missing over two forces, the authority and the home: 39 + 6 + 5 not reported = 50',
    isWhole(hub.missing.total, 50) &&
      isWhole(hub.missing.unreported, 5) &&
      countOf(hub, 'F1') === 39 &&
      countOf(hub, 'F4') === 6,
  )
  story.check('one count of restraint over two homes and a school: 30', isWhole(hub.restrictivePractice.total, 30))
  story.check(
    'LA2 keeps the case, though the child lives in LA5',
    hub.status.responsibleLa === 'LA2' && hub.status.areaLa === 'LA5',
  )

  story.step("The school's safeguarding lead asks the same")
  const school = await view(stage, 'school-dsl')
  story.tell(`  withheld from the school: ${categories(school).map(inWords).join(', ') || 'nothing'}`)
  story.check('the school may know of the same child', school.id === hub.id)
  story.check('the school sees fewer events than the hub', (school.chronology.total ?? 0) < (hub.chronology.total ?? 0))
  story.check('the school is told what is withheld, and whom to ask', school.withheld.length > 0)

  story.step('The police do not answer')
  stage.switchboard.off('police')
  const without = await view(stage, 'mash-analyst').finally(() => stage.switchboard.on('police'))
  const states = new Map(without.sources.map(({ agency, state }) => [agency, state]))
  story.tell(
    `  ${[...states].map(([agency, state]) => `${inWords(agency)}: ${inWords(state).toLowerCase()}`).join('; ')}`,
  )
  story.check('the police are told as unavailable, not as holding nothing', states.get('POLICE') === 'UNAVAILABLE')
  story.check(
    'the other four answer',
    [...states].filter(([agency]) => agency !== 'POLICE').every(([, state]) => answered(state)),
  )
  story.check('the count of missing says that it may be too low', isPart(without.missing.total, 'POLICE'))
}

const view = async ({ url }: Stage, persona: string): Promise<ChildView> => {
  const { data, answer } = await askAs(
    { url, persona },
    childQuery,
    { id: storyChild, asOf: null, first: 200 },
    childShape,
  )
  if (!data.child) throw new CommandFailure(answer.errors[0]?.message ?? `There is no ${storyChild}.`)
  return data.child
}

const answered = (state: string): boolean => ['COMPLETE', 'PARTIAL', 'WITHHELD', 'NOTHING_HELD'].includes(state)

const countOf = (child: ChildView, force: string): number =>
  child.missing.byForce?.find((row) => row.force === force)?.count.value ?? 0

type Counted = ChildView['missing']['total']

const isWhole = ({ value, completeness }: Counted, number: number): boolean =>
  value === number && completeness === 'WHOLE'

const isPart = ({ completeness, without }: Counted, agency: string): boolean =>
  completeness === 'AT_LEAST' && without.some((part) => part.agency === agency)

const categories = (child: ChildView): string[] => [
  ...new Set(child.withheld.flatMap(({ categories: some }) => some.map(({ category }) => category))),
]

const lastEvents = (child: ChildView, number: number): ChildView => ({
  ...child,
  chronology: { ...child.chronology, events: child.chronology.events?.slice(-number) ?? null },
})
