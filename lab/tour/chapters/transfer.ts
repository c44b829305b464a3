import { z } from 'zod'
import { ask, askAs, tokenFor } from '../../../src/cli/gatewayClient.ts'
import { renderTransfer, transferFields, transferQuery, transferShape } from '../../../src/cli/transferView.ts'
import { verifySnapshot } from '../../../src/transfer/verifySnapshot.ts'
import type { Stage } from '../chapterContext.ts'

import { storyChild } from './unifiedView.ts'

const request = `mutation Request($childId: ID!) {
  requestTransfer(childId: $childId, fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { ${transferFields} }
}`

/**
 * The record that crosses the boundary: responsible authority, sections, suppliers, signature, and who may not have it.
 */
export const transferStory = async (stage: Stage): Promise<void> => {
  const { story, url, terminal } = stage
  story.step('LA2 sends the record to LA5, where the child is placed')
  const sender = { url, persona: 'team-manager', purpose: 'TRANSFER_SEND' as const }
  const sent = await askAs(sender, request, { childId: storyChild }, z.object({ requestTransfer: transferShape }))
  const { id } = sent.data.requestTransfer
  const receiver = { url, persona: 'receiving-officer' }
  const pulled = await askAs(receiver, transferQuery, { id }, z.object({ transferSummary: transferShape }))
  const summary = pulled.data.transferSummary
  story.tell(`\n${renderTransfer(summary, terminal, false)}\n`)
  story.check('LA2 stays responsible: a placement passes no responsibility', summary.responsibleLa === 'LA2')
  story.check('sections T0 to T18 are there', summary.completeness.sections.length === 19)

  const keys: unknown = await (await fetch(`${url}/.well-known/jwks.json`)).json()
  const whole = await verifySnapshot(summary.signature, keys)
  story.check('the record verifies with the published key alone', whole.ok && whole.fingerprint === summary.fingerprint)
  const changed = await verifySnapshot(oneByteChanged(summary.signature), keys)
  story.check('with one byte changed it does not', !changed.ok)

  story.step('An authority that has nothing to do with it asks too')
  const stranger = await tokenFor({ url, persona: 'unrelated-officer' })
  const refused = await ask(url, stranger, transferQuery, { id })
  story.tell(`  ${refused.errors[0]?.code ?? 'no error'}: ${refused.errors[0]?.message ?? ''}`)
  story.check('it is refused as no party', refused.errors[0]?.code === 'NOT_A_PARTY')
  story.check(
    'and reads nothing of the record',
    !refused.text.includes(summary.fingerprint) && !refused.text.includes(storyChild),
  )
  await askingForItself(stage, stranger)
}

const requestForItself = `mutation RequestForItself($childId: ID!) {
  requestTransfer(childId: $childId, fromLa: "LA2", toLa: "LA3", type: CLA_PLACED_OUT) { state version signature }
}`

/** Whoever asks for a record for themselves is answered alike for any id, and has opened nothing. */
const askingForItself = async ({ story, url }: Stage, stranger: string): Promise<void> => {
  story.step('It asks for the record to be sent to itself')
  const asked = await ask(url, stranger, requestForItself, { childId: storyChild })
  const unknown = await ask(url, stranger, requestForItself, { childId: 'C99' })
  story.tell(`  ${asked.text}`)
  story.check('the request is pending, and nothing is in it', asked.text.includes('"PENDING","version":null'))
  story.check('the answer is the same for a child who does not exist', asked.text === unknown.text)
  const view = await ask(url, stranger, 'query View($id: ID!) { child(id: $id) { id } }', { id: storyChild })
  story.check('and the child stays closed to it', view.errors[0]?.code === 'NOT_FOUND')
}

/** Another record in the same envelope: one character of the payload differs. */
const oneByteChanged = (signature: string): string => {
  const [header = '', payload = '', mark = ''] = signature.split('.')
  const bytes = Buffer.from(payload, 'base64url')
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  return [header, bytes.toString('base64url'), mark].join('.')
}
