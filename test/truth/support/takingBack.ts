import { personas } from '../../../seeds/personas.ts'
import type { Door } from '../../leaks/support/gatewayAsClient.ts'
import type { HeldContent } from './heldContent.ts'

/** What was taken back, and how it is given again. */
export interface TakenBack {
  undo(): Promise<void>
}

const said = async (door: Door, persona: string, query: string, field: string): Promise<string | null> => {
  const { text } = await door.ask({ persona }, { query })
  const id: unknown = JSON.parse(text).data?.[field]?.id
  return typeof id === 'string' ? id : null
}

/** The first of these people who may say it; null where none may. */
async function byOneOf(
  people: readonly { readonly id: string }[],
  say: (persona: string) => Promise<string | null>,
): Promise<{ readonly by: string; readonly id: string } | null> {
  for (const { id: by } of people) {
    const id = await say(by)
    if (id !== null) return { by, id }
  }
  return null
}

const of = ({ organisation }: HeldContent) => personas.filter((persona) => persona.organisation === organisation)

/** A hold on the label by whoever of the organisation may; null where none of its people work with the child. */
export async function holdOn(door: Door, content: HeldContent): Promise<TakenBack | null> {
  const input = `childId: "${content.child}", kind: DETRIMENT, label: ${content.label}, reason: "Live operation", reviewOn: "2026-12-01"`
  const hold = await byOneOf(of(content), (by) =>
    said(door, by, `mutation { recordHold(input: { ${input} }) { id } }`, 'recordHold'),
  )
  return (
    hold && {
      undo: async () => {
        await said(door, hold.by, `mutation { releaseHold(id: "${hold.id}", reason: "Over") { id } }`, 'releaseHold')
      },
    }
  )
}

/** The organisation's word that it withholds its part of a transfer; null where nobody there speaks for a supplier. */
export async function contributionOf(door: Door, content: HeldContent, transfer: string): Promise<TakenBack | null> {
  const says = (by: string, words: string) =>
    said(
      door,
      by,
      `mutation { contributeToTransfer(transferId: "${transfer}", ${words}) { id } }`,
      'contributeToTransfer',
    )
  const withheld = await byOneOf(of(content), (by) => says(by, 'state: WITHHELD, reason: "Live operation"'))
  return (
    withheld && {
      undo: async () => {
        await says(withheld.by, 'state: CONTRIBUTED')
      },
    }
  )
}

/** The child's consent to the label, recorded by whoever may; taken back by a withdrawal. */
export async function consentGiven(door: Door, { child, label }: HeldContent): Promise<TakenBack | null> {
  const input = `childId: "${child}", state: GIVEN, labels: [${label}], giver: CHILD, competence: COMPETENT, evidence: "Said to her worker"`
  const consent = await byOneOf(personas, (by) =>
    said(door, by, `mutation { recordConsent(input: { ${input} }) { id } }`, 'recordConsent'),
  )
  return (
    consent && {
      undo: async () => {
        const query = `mutation { withdrawConsent(id: "${consent.id}", reason: "Changed her mind") { id } }`
        if ((await said(door, consent.by, query, 'withdrawConsent')) === null) throw new Error('Not withdrawn.')
      },
    }
  )
}
