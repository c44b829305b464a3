import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Persona } from '../../src/auth/persona.ts'
import { type Purpose, pathOfPurpose } from '../../src/policy/vocabulary.ts'
import { publicSchema, wholeTransfer, wholeView } from '../acceptance/support/wholeView.ts'
import { type Door, openDoor } from '../leaks/support/gatewayAsClient.ts'
import { doorsOf } from '../leaks/support/questionsOfEveryKind.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole, sampled } from '../support/sample.ts'
import { everyHeld, type HeldContent, type Needle } from './support/heldContent.ts'
import { consentGiven, contributionOf, holdOn, type TakenBack } from './support/takingBack.ts'

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

const recordOf = (child: string): readonly Way[] =>
  child === 'C04' ? [{ query: wholeTransfer(), variables: { id: transfer } }] : []

/** Every way to read of a child, on the day and as of a day before the hold. */
const waysTo = (child: string): readonly Way[] => [
  { query: wholeView(), variables: { id: child } },
  { query: earlier(wholeView()), variables: { id: child } },
  { query: notices },
  ...recordOf(child),
  ...sampled(doorsOf(child, publicSchema), 4).map((query) => ({ query })),
]

/** A signed record is base64 to the eye: what is in it counts too. */
const unfolded = (text: string): string =>
  text.replaceAll(/"[\w-]+\.([\w-]{40,})\.[\w-]+"/g, (whole, payload: string) =>
    whole.concat(Buffer.from(payload, 'base64url').toString('utf8')),
  )

/** Who asks, in which ways, and what they must not find. */
interface Search {
  readonly askers: readonly Persona[]
  readonly ways: readonly Way[]
  readonly purposeOf?: (asker: Persona) => Purpose
  readonly needles: (asker: Persona) => readonly Needle[]
}

/** Needles that somebody finds, with who and where. */
async function found({ askers, ways, needles, purposeOf }: Search): Promise<readonly string[]> {
  const all: string[] = []
  for (const asker of askers)
    for (const { query, variables } of ways) {
      const { text } = await door.ask({ persona: asker.id, purpose: purposeOf?.(asker) }, { query, variables })
      if (text.includes('OPERATION_INVALID')) throw new Error(`Not an operation: ${query}`)
      const answer = unfolded(text)
      for (const needle of needles(asker))
        if (answer.includes(needle.text)) all.push(`${needle.text}, to ${asker.id}: ${query.slice(0, 100)}`)
    }
  return all
}

/** A file for the one whom it is about: its officer reads it through and gives it away. */
const inFile = ({ child, needles }: HeldContent) =>
  found({
    askers: personas.filter(({ purposes }) => purposes.includes('SUBJECT_ACCESS')),
    ways: [{ query: `{ subjectAccess(childId: "${child}") { text sections { records { id fields { value } } } } }` }],
    purposeOf: () => 'SUBJECT_ACCESS',
    needles: () => needles,
  })

/** Where there is harm, a headline passes its holder's hold: `docs/policy-sources.md`. */
const concerning = (needles: readonly Needle[], { defaultPurpose }: Persona): readonly Needle[] =>
  pathOfPurpose[defaultPurpose] === 'HARM' ? needles.filter(({ level }) => level === 'CONTENT') : needles

const nameOf = ({ child, organisation, label }: HeldContent): string => `${child} ${organisation} ${label}`

/** One by default; every holder of whom somebody can sign in, at full size. */
const asked = (byDefault: string) => (content: HeldContent) =>
  isWhole ? personas.some(({ organisation }) => organisation === content.organisation) : nameOf(content) === byDefault

/**
 * Takes back each, and looks for it before and after. At full size some are held of a child with whom nobody of the
 * organisation works, or are read by nobody else.
 */
async function each(
  contents: readonly HeldContent[],
  take: (content: HeldContent) => Promise<TakenBack | null>,
  searched: (content: HeldContent, isTaken: boolean) => Promise<readonly string[]>,
): Promise<number> {
  let taken = 0
  for (const content of contents) {
    const before = await searched(content, false)
    const back = await take(content)
    if (back === null) continue
    if (before.length > 0) taken += 1
    expect(await searched(content, true), nameOf(content)).toEqual([])
    await back.undo()
  }
  return taken
}

describe('what its holder takes back', () => {
  it('by a hold is in no later byte to anybody else, on any way out', async () => {
    const askers = sampled(personas, 3)
    const taken = await each(
      everyHeld(gateway).filter(asked('C04 F4 POLICE_RECORD')),
      (content) => holdOn(door, content),
      async (content, isTaken) => [
        ...(await found({
          askers: askers.filter(({ organisation }) => organisation !== content.organisation),
          ways: waysTo(content.child),
          needles: (asker) => (isTaken ? concerning(content.needles, asker) : content.needles),
        })),
        ...(isTaken ? await inFile(content) : []),
      ],
    )
    expect(taken).toBeGreaterThan(0)
  })

  it('by a hold leaves the record of a transfer, whoever sent it and whatever its reader holds too', async () => {
    const taken = await each(
      everyHeld(gateway).filter((content) => content.child === 'C04' && asked('C04 LA2-CSC SOCIAL_CARE')(content)),
      (content) => holdOn(door, content),
      ({ child, organisation, needles }) =>
        found({
          askers: personas.filter(({ id }) => id === 'receiving-officer' && organisation !== 'LA5-CSC'),
          ways: recordOf(child),
          needles: () => needles,
        }),
    )
    expect(taken).toBeGreaterThan(0)
  })

  it('by withholding its part of a transfer is in no later byte to the receiving authority, and in no record', async () => {
    const receiving = personas.filter(({ agencyType, la }) => la === 'LA5' && agencyType === 'SOCIAL_CARE')
    const readers = personas.filter(
      ({ la, agencyType }) => la === 'LA2' && ['SOCIAL_CARE', 'MASH'].includes(agencyType),
    )
    const taken = await each(
      everyHeld(gateway).filter((content) => content.child === 'C04' && asked('C04 F1 POLICE_RECORD')(content)),
      (content) => contributionOf(door, content, transfer),
      async ({ child, needles }, isTaken) => [
        ...(await found({
          askers: receiving,
          ways: waysTo(child),
          needles: (asker) => (isTaken ? concerning(needles, asker) : needles),
        })),
        ...(await found({ askers: sampled(readers, 2), ways: recordOf(child), needles: () => needles })),
      ],
    )
    expect(taken).toBeGreaterThan(0)
  })
})

describe('what somebody consented to, and does no more', () => {
  /** Who reads on consent, and of whose records. */
  const onConsent = (persona: Persona): Purpose | undefined =>
    persona.purposes.find((purpose) => pathOfPurpose[purpose] === 'CONSENT')

  it('is in no later byte that was not there before they did', async () => {
    const askers = sampled(
      personas.filter((persona) => onConsent(persona) !== undefined),
      3,
    )
    let opened = 0
    for (const content of everyHeld(gateway).filter(asked('C03 NHS-LA2-ACUTE HEALTH_GENERAL'))) {
      const look = () =>
        found({
          askers: askers.filter(({ organisation }) => organisation !== content.organisation),
          ways: waysTo(content.child),
          purposeOf: (asker) => onConsent(asker) ?? asker.defaultPurpose,
          needles: () => content.needles,
        })
      const before = await look()
      const given = await consentGiven(door, content)
      if (given === null) continue
      const consented = await look()
      await given.undo()
      const after = await look()
      opened += consented.filter((one) => !before.includes(one)).length
      expect(
        after.filter((one) => !before.includes(one)),
        nameOf(content),
      ).toEqual([])
    }
    expect(opened).toBeGreaterThan(0)
  })
})
