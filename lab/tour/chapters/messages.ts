import { z } from 'zod'
import { askAs } from '../../../src/cli/gatewayClient.ts'
import type { Stage } from '../chapterContext.ts'

/** Of whom the school reported, and of whom it hears that he will run. */
const reported = 'C03'
const atRisk = 'C04'

const page = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      state: z.string(),
      dueAt: z.string().nullable(),
      dueRule: z.string().nullable(),
      alertCode: z.string().nullable(),
      stage: z.number().nullable(),
      nextStage: z.object({ stage: z.number() }).nullable(),
      to: z.array(z.object({ to: z.string(), state: z.string() })),
      replies: z.array(
        z.object({ kind: z.string(), content: z.array(z.object({ name: z.string(), value: z.string() })) }),
      ),
    }),
  ),
})
const fields = `messages { id kind state dueAt dueRule alertCode stage nextStage { stage } to { to state }
  replies { kind content { name value } } }`
const about = `query About($id: ID!) { messages(childId: $id) { ${fields} } }`
const inbox = `query Inbox { inbox(first: 100) { ${fields} } }`
const tell = `mutation Tell($input: ImminentRiskInput!, $key: String) { tellImminentRisk(input: $input, key: $key) { id to { to state } } }`
const told = z.object({ id: z.string(), to: z.array(z.object({ to: z.string(), state: z.string() })) })

/** A report that was answered late, a challenge, an enquiry with its clock, and a risk that cannot wait. */
export const messagesStory = async ({ story, url }: Stage): Promise<void> => {
  const messagesOf = async (persona: string, id: string) =>
    (await askAs({ url, persona }, about, { id }, z.object({ messages: page }))).data.messages.messages
  const inboxOf = async (persona: string) =>
    (await askAs({ url, persona }, inbox, {}, z.object({ inbox: page }))).data.inbox.messages

  story.step('A school reads what came of its report, and does not agree')
  const ofSchool = await messagesOf('school-dsl-eastvale', reported)
  const report = ofSchool.find(({ kind }) => kind === 'CONCERN_REPORT')
  const outcome = report?.replies.find(({ kind }) => kind === 'OUTCOME')?.content ?? []
  const said = (name: string) => outcome.find((field) => field.name === name)?.value ?? ''
  story.tell(`  outcome: ${said('outcome')}; decided by ${said('decidedBy')}; challenge: ${said('challenge')}`)
  const challenge = ofSchool.find(({ kind }) => kind === 'DISAGREEMENT')
  story.tell(`  challenge: stage ${challenge?.stage}, ${challenge?.dueRule}`)
  story.check(
    'the report has exactly one outcome',
    report?.replies.filter(({ kind }) => kind === 'OUTCOME').length === 1,
  )
  story.check('the second stage has run out, and the third is proposed', challenge?.nextStage?.stage === 3)
  const managed = (await inboxOf('team-manager')).find(({ id }) => id === challenge?.id)
  story.check('the managers have it in their inbox, late', managed?.alertCode === 'DISAGREEMENT_STAGE_OVERDUE')

  story.step('The hub sees who has not answered its enquiry')
  const enquiry = (await messagesOf('mash-analyst', atRisk)).find(({ kind }) => kind === 'MASH_ENQUIRY')
  story.tell(`  ${enquiry?.dueRule}, due ${enquiry?.dueAt}`)
  for (const { state, to } of enquiry?.to ?? []) story.tell(`  ${to}: ${state}`)
  story.check('no reply is somebody’s task', enquiry?.alertCode === 'PARTNER_NO_REPLY')

  story.step('A school hears that a child will run, and tells those who can act')
  const input = {
    childId: atRisk,
    risk: 'Says that he goes tonight, invented for the demonstration',
    evidence: 'DISCLOSURE',
  }
  const school = { url, persona: 'school-dsl' }
  const sent = (await askAs(school, tell, { input, key: 'tour' }, z.object({ tellImminentRisk: told }))).data
    .tellImminentRisk
  const others = await Promise.all(['care-home-worker', 'police-public-protection', 'social-worker'].map(inboxOf))
  story.check(
    'the home, the police and social care have it before the request is answered',
    others.every((messages) => messages.some(({ id }) => id === sent.id)),
  )
  story.check(
    'the school is told that it was taken, and not to whom',
    sent.to.every(({ state }) => state === 'TAKEN'),
  )
  const again = (await askAs(school, tell, { input, key: 'tour' }, z.object({ tellImminentRisk: told }))).data
    .tellImminentRisk
  story.check('sent again, it is the same message', again.id === sent.id)
}
