import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Persona } from '../../src/auth/persona.ts'
import { type Purpose, pathOfPurpose } from '../../src/policy/vocabulary.ts'
import { publicSchema, wholeTransfer, wholeView } from '../acceptance/support/wholeView.ts'
import { type Door, openDoor } from '../leaks/support/door.ts'
import { doorsOf } from '../leaks/support/doors.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole, sampled } from '../support/sample.ts'
import { everyHeld, type HeldContent, type Needle } from './support/heldContent.ts'

let gateway: TestGateway
let door: Door
/** The record of C04, sent before anything was held back. */
let transfer: string
beforeAll(async () => {
  // Audiences are told of alerts before anything is held back: what they were told is read again afterwards.
  gateway = await startTestGateway({}, { watchesAlerts: true })
  door = await openDoor(gateway)
  const { data } = await gateway.ask(
    'receiving-officer',
    'mutation { requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id } }',
  )
  transfer = String(data?.['requestTransfer']?.['id'])
})
afterAll(() => gateway.close())

const earlier = (view: string): string => view.replace('child(id: $id)', 'child(id: $id, asOf: "2026-11-10T00:00:00Z")')
const notices = '{ inbox(first: 100) { messages { childId kind content { name value } } } }'

interface Way {
  readonly query: string
  readonly variables?: Record<string, string>
}

/** Every way to read of a child, on the day and as of a day before the hold. */
const waysTo = (child: string): readonly Way[] => [
  { query: wholeView(), variables: { id: child } },
  { query: earlier(wholeView()), variables: { id: child } },
  { query: notices },
  ...(child === 'C04' ? [{ query: wholeTransfer(), variables: { id: transfer } }] : []),
  ...sampled(doorsOf(child, publicSchema), 4).map((query) => ({ query })),
]

/** A signed record is base64 to the eye: what is in it counts too. */
const unfolded = (text: string): string =>
  text.replaceAll(/"[\w-]+\.([\w-]{40,})\.[\w-]+"/g, (whole, payload: string) =>
    whole.concat(Buffer.from(payload, 'base64url').toString('utf8')),
  )

/** Needles that somebody finds, with who and where. */
async function found(askers: readonly Persona[], { child }: HeldContent, of: (asker: Persona) => readonly Needle[]) {
  const all: string[] = []
  const look = async (asker: Persona, { query, variables }: Way, purpose?: Purpose) => {
    const { text } = await door.ask({ persona: asker.id, purpose }, { query, variables })
    if (text.includes('OPERATION_INVALID')) throw new Error(`Not an operation: ${query}`)
    const answer = unfolded(text)
    for (const needle of of(asker))
      if (answer.includes(needle.text)) all.push(`${needle.text}, to ${asker.id}: ${query.slice(0, 100)}`)
  }
  for (const asker of askers) for (const way of waysTo(child)) await look(asker, way)
  // A file for the one whom it is about: its officer reads it through and gives it away.
  const file = `{ subjectAccess(childId: "${child}") { text sections { records { id fields { value } } } } }`
  for (const asker of personas)
    if (asker.purposes.includes('SUBJECT_ACCESS')) await look(asker, { query: file }, 'SUBJECT_ACCESS')
  return all
}

/** Holds the label back as whoever of the organisation may; null where none of its people work with the child. */
async function holdBack({ child, label, organisation }: HeldContent): Promise<{ by: string; id: string } | null> {
  for (const { id: by } of personas.filter((persona) => persona.organisation === organisation)) {
    const { text } = await door.ask(
      { persona: by },
      {
        query: `mutation { recordHold(input: { childId: "${child}", kind: DETRIMENT, label: ${label}, reason: "Live operation", reviewOn: "2026-12-01" }) { id } }`,
      },
    )
    const id = JSON.parse(text).data?.recordHold?.id
    if (typeof id === 'string') return { by, id }
  }
  return null
}

/** Where there is harm, a headline passes its holder's hold: `docs/policy-sources.md`. */
const concerning = (needles: readonly Needle[], { defaultPurpose }: Persona): readonly Needle[] =>
  pathOfPurpose[defaultPurpose] === 'HARM' ? needles.filter(({ level }) => level === 'CONTENT') : needles

/** By default one of the police; every holder of whom somebody can sign in, at full size. */
const isAsked = ({ child, organisation, label }: HeldContent): boolean =>
  isWhole
    ? personas.some((persona) => persona.organisation === organisation)
    : `${child} ${organisation} ${label}` === 'C04 F4 POLICE_RECORD'

describe('what its holder takes back', () => {
  it('is in no later byte to anybody else, on any way out', async () => {
    let held = 0
    const askers = sampled(personas, 3)
    for (const content of everyHeld(gateway).filter(isAsked)) {
      const name = `${content.child}, ${content.organisation}, ${content.label}`
      const others = askers.filter(({ organisation }) => organisation !== content.organisation)
      const before = await found(others, content, () => content.needles)
      const hold = await holdBack(content)
      if (hold === null) continue
      held += 1
      if (!isWhole) expect(before.length, name).toBeGreaterThan(0)
      expect(await found(others, content, (asker) => concerning(content.needles, asker)), name).toEqual([])
      await door.ask(
        { persona: hold.by },
        { query: `mutation { releaseHold(id: "${hold.id}", reason: "Over") { id } }` },
      )
    }
    expect(held).toBeGreaterThan(0)
  })
})
