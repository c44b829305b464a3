import type { Purpose } from '../../../src/policy/vocabulary.ts'
import type { TestGateway } from '../../support/gateway.ts'
import type { Answered } from './gatewayAsClient.ts'
import { mark } from './hiddenRows.ts'
import type { Outcome } from './nonInterference.ts'
import { hiddenPerson } from './registerWorlds.ts'
import { difference, hiddenChildren, principals, type Twins } from './twins.ts'
import type { World } from './worlds.ts'

interface Step {
  readonly persona: string
  readonly purpose?: Purpose
  readonly query: string
}

const whole = (child: string): string =>
  `{ child(id: "${child}") { sources { agency state recordCount } chronology(first: 200) { total }
    police { intelligence { id text } } health { sarcAttendances { id note } } socialCare { legalAdvice { id text } adoption { id formerName } } } }`

/** People who may read what is hidden from others. What they read stands in the log, which others may read in part. */
const reading = (child: string): readonly Step[] =>
  [
    'police-public-protection',
    'sarc-clinician',
    'adoption-worker',
    'legal-officer',
    'designated-nurse',
    'social-worker',
  ].map((persona) => ({ persona, query: whole(child) }))

/** Doors whose answer depends on what was asked before, or that leave something for others to read. */
const looking = (child: string): readonly Step[] => [
  // Governance is told of acts on holds too, and by metadata what others were given: it is not among those from whom
  // they are hidden.
  ...['social-worker', 'team-manager'].map((persona) => ({
    persona,
    query: `{ accessLog(childId: "${child}", first: 6) { role organisation purpose disclosed withheld outcome kind actions breakGlass code pack } }`,
  })),
  ...['information-governance', 'team-manager', 'mash-analyst'].map((persona) => ({
    persona,
    query: `{ accessNotices(la: "LA2", first: 20) { childId organisation role purpose breakGlass } one: accessNotices(la: "LA2", childId: "${child}", first: 20) { role } }`,
  })),
  ...['social-worker', 'information-governance', 'school-nurse', 'school-dsl', 'police-public-protection'].flatMap(
    (persona) => [
      { persona, query: `{ obligations(childId: "${child}") { kind owner agency label dueOn } }` },
      { persona, query: '{ obligations { childId kind owner agency label } }' },
      { persona, query: '{ holdsToReview { id } breakGlassNotices { id } }' },
    ],
  ),
  ...['social-worker', 'mash-analyst', 'unrelated-officer', 'receiving-officer'].map((persona) => ({
    persona,
    query: `{ matchChild(person: { given: "${hiddenPerson.given}", family: "${hiddenPerson.family}", dateOfBirth: "${hiddenPerson.birth}", postcode: "${hiddenPerson.postcode}" }) { outcome question child { id } } }`,
  })),
  // A name and a birth date that only hidden rows bear lead governance to nobody.
  {
    persona: 'information-governance',
    query: `{ governedChildren(person: { given: "${hiddenPerson.given}", family: "${hiddenPerson.family}", dateOfBirth: "${hiddenPerson.birth}" }) }`,
  },
  ...['mash-analyst', 'team-manager'].map((persona) => ({
    persona,
    query: '{ identityReviews(first: 50) { kind reason candidates { fields { __typename } } } }',
  })),
  {
    persona: 'information-governance',
    purpose: 'SUBJECT_ACCESS',
    query: `{ subjectAccess(childId: "${child}") { sections { agency list beforeRelease records { id eventAt fields { name value } } } absent { agency category reason } elsewhere { agency contact } messages { title to } missing text } }`,
  },
  ...['social-worker', 'team-manager', 'legal-officer', 'school-dsl', 'information-governance'].map((persona) => ({
    persona,
    query: `{ courtOrders(childId: "${child}") { id recipient } parentalResponsibilities(childId: "${child}") { id } bars(childId: "${child}") { id } }`,
  })),
  { persona: 'information-governance', query: '{ breakGlassReviews(openOnly: false) { id } auditErasure { at } }' },
  {
    persona: 'social-worker',
    query: '{ auditLeaves(from: 0, first: 3) { leaves { index } } auditProof(auditId: "none") { index } }',
  },
  {
    persona: 'information-governance',
    query: `{ agreements { id } policyPacks { id } policyChanges(before: "none", after: "none") { role } replayDecision(auditId: "none") { verdict } }`,
  },
  { persona: 'gp', query: '{ messageKinds { name } holders { id state } }' },
  {
    persona: 'team-manager',
    query: `{ whatIf(childId: "${child}", role: "POLICE_PUBLIC_PROTECTION", purpose: POLICING) { labels { label given reason } } }`,
  },
]

/** What the log tells of those who looked at holds and duties. */
const told = (child: string): readonly Step[] =>
  ['social-worker', 'team-manager'].map((persona) => ({
    persona,
    query: `{ accessLog(childId: "${child}", first: 12) { role organisation purpose outcome kind actions code } older: accessLog(childId: "${child}", first: 2, after: "no-such-event") { role } accessNotices(la: "LA2", first: 30) { childId role } }`,
  }))

/** Who looked, across children: a line for each child of whom the officer may know, and for no other. */
const searched = (child: string): Step => ({
  persona: 'information-governance',
  query: `{ named: accessSearch(from: "2000-01-01T00:00:00Z", named: "Thornley", first: 9) { found { childId person } } accessSearch(from: "2000-01-01T00:00:00Z", first: 9) { found { childId person event { role organisation purpose outcome kind actions code } } } none: accessSearch(from: "2000-01-01T00:00:00Z", to: "2000-01-02T00:00:00Z", childId: "${child}", named: "Nobody", person: "nobody", organisation: "LA2-CSC", purpose: AUDIT, after: "none", first: 1) { endCursor found { childId } } }`,
})

/** Every step of a world, in its order. */
export const stepsOf = (child: string): readonly Step[] => [
  ...reading(child),
  ...looking(child),
  ...told(child),
  searched(child),
]

/**
 * The same steps in both stores, one after another from an equal beginning: registers that follow from the log, the log
 * itself, and doors that leave a question for somebody. What is read in a world by those who may is then looked for by
 * those who may not.
 */
export async function compareSteps(
  twins: Twins,
  worlds: readonly World[],
  onProgress?: (done: number, of: number) => void,
  children: readonly string[] = hiddenChildren.slice(0, 2).map(({ id }) => id),
): Promise<Outcome> {
  const findings: { world: string; asking: string; query: string; difference: string }[] = []
  let responses = 0
  for (const [turn, world] of worlds.entries()) {
    await Promise.all([twins.plain, twins.other].map(emptyRegisters))
    await twins.within(world, async () => {
      for (const child of children)
        for (const step of stepsOf(child)) {
          const answers = await Promise.all(
            twins.doors.map((door) =>
              door.ask({ persona: step.persona, purpose: step.purpose }, { query: step.query }),
            ),
          )
          const [one, other] = answers.map(withoutRun)
          if (!one || !other) continue
          if (one.text.includes('OPERATION_INVALID')) throw new Error(`Not an operation: ${step.query}: ${one.text}`)
          if (!isHidden(world, step)) continue
          responses += 1
          const differs = other.text.includes(mark)
            ? `a hidden id: ${other.text.slice(0, 300)}`
            : difference(one, other)
          if (differs !== null)
            findings.push({
              world: world.name,
              asking: `${step.persona}${step.purpose ? ` for ${step.purpose}` : ''}`,
              query: step.query,
              difference: differs,
            })
        }
    })
    onProgress?.(turn + 1, worlds.length)
  }
  return { comparisons: responses, responses, findings }
}

const isHidden = ({ name, hiddenFrom, toldToSubject }: World, { persona, purpose }: Step): boolean => {
  // That an agency holds something back is for it and for governance to know, who see to it that duties are done.
  if (persona === 'information-governance' && name.startsWith('holds on')) return false
  // A file for the one it is about holds what they may have, whoever puts it together.
  if (purpose === 'SUBJECT_ACCESS') return toldToSubject !== true
  const known = principals.find((principal) => principal.persona.id === persona)
  if (!known) throw new Error(`There is no ${persona}.`)
  return hiddenFrom(known.persona)
}

/** What follows from the log up to now is put out of the way; it could only be made again from the log. */
async function emptyRegisters(gateway: TestGateway): Promise<void> {
  const { store } = gateway.opened.setting.opening
  await store.knex.raw('delete from gateway.obligation')
  await store.knex.raw('delete from gateway.access_notice')
  await store.knex.raw(
    `insert into gateway.log_position (reader, seq) select 'duties and notices', coalesce(max(seq) + 1, 0) from gateway.audit_leaf
     on conflict (reader) do update set seq = excluded.seq`,
  )
}

const withoutRun = (answered: Answered): Answered => ({ ...answered, text: withoutIdsAndTimes(answered.text) })

const anHour = 3_600_000

/** Ids and instants of the run differ between any two runs, whatever is held. */
export const withoutIdsAndTimes = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (instant) =>
      Math.abs(Date.parse(instant) - Date.now()) < anHour ? 'INSTANT' : instant,
    )
