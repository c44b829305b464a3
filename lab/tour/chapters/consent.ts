import { z } from 'zod'
import { askAs } from '../../../src/cli/gatewayClient.ts'
import { inWords } from '../../../src/cli/terminalText.ts'
import type { Purpose } from '../../../src/policy/vocabulary.ts'
import type { Stage } from '../chapterContext.ts'

/** A child known to early help and to social care. */
const consentChild = 'C05'

const record = `mutation Record($input: ConsentInput!) { recordConsent(input: $input) { id state } }`
const withdraw = `mutation Withdraw($id: ID!) { withdrawConsent(id: $id, reason: "asked by the parent") { id state } }`
const read = `query Read($id: ID!) { child(id: $id) { withheld { reason categories { category } } education { concerns { id text } attendance { id percentage } } } }`

const consentShape = z.object({ id: z.string(), state: z.string() })
const readShape = z.object({
  child: z
    .object({
      withheld: z.array(z.object({ reason: z.string(), categories: z.array(z.object({ category: z.string() })) })),
      education: z.unknown(),
    })
    .nullable(),
})

/** Consent decides on the consent path, at once, and nowhere else. */
export const consentStory = async (stage: Stage): Promise<void> => {
  const { story, url } = stage
  const worker = { url, persona: 'early-help-worker' }
  const ask = async (persona: string, purpose: Purpose) => {
    const { data } = await askAs({ url, persona, purpose }, read, { id: consentChild }, readShape)
    return data.child
  }

  story.step('A parent withdraws consent to early help')
  const input = {
    childId: consentChild,
    state: 'GIVEN',
    giver: 'PARENT',
    purpose: 'EARLY_HELP',
    evidence: 'Signed form, invented for the demonstration',
  }
  const given = await askAs(worker, record, { input }, z.object({ recordConsent: consentShape }))
  const before = await ask('early-help-worker', 'EARLY_HELP')
  const enquiryBefore = JSON.stringify(await ask('team-manager', 'S47_ENQUIRY'))
  const { data } = await askAs(
    worker,
    withdraw,
    { id: given.data.recordConsent.id },
    z.object({ withdrawConsent: consentShape }),
  )
  const after = await ask('early-help-worker', 'EARLY_HELP')
  const enquiryAfter = JSON.stringify(await ask('team-manager', 'S47_ENQUIRY'))

  const labels = (child: typeof after) =>
    (child?.withheld ?? []).flatMap(({ reason, categories }) =>
      categories.map(({ category }) => ({ category, reason })),
    )
  const newly = labels(after).filter(({ category }) => !labels(before).some((one) => one.category === category))
  story.tell(`  withheld since: ${newly.map(({ category, reason }) => `${inWords(category)} (${reason})`).join(', ')}`)
  story.check('the withdrawal is on record', data.withdrawConsent.state === 'WITHDRAWN')
  story.check('early help loses what consent gave, on the very next request', newly.length > 0)
  story.check(
    'a section 47 enquiry gets the same bytes before and after: on the harm path consent is not consulted',
    enquiryBefore === enquiryAfter && enquiryBefore.includes('"education":{'),
  )
}
