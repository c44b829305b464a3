import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { kinds } from '../../src/exchange/kinds/index.ts'
import { errorCodes } from '../../src/foundation/errors.ts'
import { type Received, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'
import { validMutation } from './validInput.ts'

// Every kind of message × every step × every persona. Who is party to none of it is refused as for no message; who is
// party is answered, or refused with a code and a reason that changes nothing.
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const sends = kinds.flatMap(({ name, mutation }) => (mutation ? [{ name, mutation }] : []))
const common = ['seeMessage', 'assignMessage', 'replyToMessage', 'escalateMessage']
const steps = [...new Set([...kinds.flatMap(({ answers }) => answers.map(({ mutation }) => mutation)), ...common])]
/** What is done with a message of a kind, and of what is done with others a part. */
const stepsOf = (name: string): readonly string[] => {
  const own = kinds.find((kind) => kind.name === name)?.answers.map(({ mutation }) => mutation) ?? []
  return [...new Set([...own, ...common, ...sampled(steps, 4)])]
}
const askers = personas.map(({ id }) => id)
const refusals = Object.keys(errorCodes).filter((code) => code !== 'INTERNAL')

/** What the schema alone does not say. */
const given: Readonly<Record<string, unknown>> = {
  ...{ at: '2026-12-02T10:00:00Z', movesOn: '2026-12-01', due: '2026-12-05' },
  ...{ organisation: 'F4', asked: [{ organisation: 'F4' }], discussedWith: ['=POLICE', '=HEALTH'] },
  ...{
    overrideReason: 'Police investigate it',
    identityCheckedBy: 'Duty manager',
    identityCheckedOn: '2026-11-20',
    concern: 'NEGLECT',
  },
}
const written = (mutation: string, more: Readonly<Record<string, unknown>>) =>
  validMutation(mutation, { ...given, ...more }, '{ id state }')

/** What is told, by which one answer is compared with another. */
const told = ({ data, errors }: Received): string => JSON.stringify({ data, errors })
const codeOf = ({ errors }: Received): unknown => errors[0]?.extensions['code']
const noMessage = '00000000-0000-4000-8000-000000000000'

const sent = new Map<string, string>()

describe('every kind of message, at every step', () => {
  it('is sent by whom it may be, and every refusal has a code', async () => {
    for (const { name, mutation } of sends)
      for (const persona of askers) {
        if (sent.has(name)) break
        const answer = await gateway.ask(persona, written(mutation, { childId: 'C04' }))
        const message = Object(answer.data)[mutation]
        if (message) sent.set(name, message.id)
        else expect(refusals, `${name} ${persona} ${told(answer)}`).toContain(codeOf(answer))
      }
    expect(sends.map(({ name }) => name).filter((name) => !sent.has(name))).toEqual([])
  })

  it('is refused alike of a child of whom the sender may not know, and of none', async () => {
    let refused = 0
    for (const persona of sampled(askers, 7)) {
      const isHidden = async (id: string) =>
        codeOf(await gateway.ask(persona, `{ child(id: "${id}") { id } }`)) === 'NOT_FOUND'
      const hidden = (await isHidden('C08')) ? 'C08' : (await isHidden('C12')) ? 'C12' : null
      if (hidden === null) continue
      for (const { mutation } of sends) {
        const [other, none] = await Promise.all(
          [hidden, 'no such child'].map((childId) => gateway.ask(persona, written(mutation, { childId }))),
        )
        if (!other || !none) throw new Error('There was no answer.')
        const withoutId = (answer: Received) => told(answer).replace(/"id":"[0-9a-f-]{36}"/, '')
        expect(withoutId(other), `${persona} ${mutation}`).toBe(withoutId(none))
        if (codeOf(other) !== undefined) refused += 1
      }
    }
    expect(refused).toBeGreaterThan(20)
  })

  it('does not exist for who is not party to it, whatever they do with it', async () => {
    const parties = new Map<string, string[]>()
    for (const [kind, id] of sent)
      for (const persona of sampled(askers, 9)) {
        const read = await gateway.ask(persona, `{ message(id: "${id}") { id } }`)
        if (codeOf(read) === undefined) {
          parties.set(kind, [...(parties.get(kind) ?? []), persona])
          continue
        }
        expect(told(read)).toBe(told(await gateway.ask(persona, `{ message(id: "${noMessage}") { id } }`)))
        for (const step of stepsOf(kind)) {
          const [own, none] = await Promise.all(
            [id, noMessage].map((asked) => gateway.ask(persona, written(step, { id: asked }))),
          )
          if (!own || !none) throw new Error('There was no answer.')
          expect(told(own), `${kind} ${step} ${persona}`).toBe(told(none))
        }
      }
    expect(parties.size).toBeGreaterThan(5)
  })

  it('is answered by its parties, or refused with a code that changes nothing and names nobody', async () => {
    const whole = (id: string) =>
      `{ message(id: "${id}") { state dueAt stage to { to state } replies { kind at } content { name value } } }`
    let done = 0
    let refused = 0
    for (const [kind, id] of sent) {
      const reads = await Promise.all(askers.map((persona) => gateway.ask(persona, whole(id))))
      const parties = askers.filter((_, at) => reads[at]?.errors.length === 0)
      expect(parties, kind).not.toEqual([])
      for (const persona of sampled(parties, 3)) {
        for (const step of stepsOf(kind)) {
          const before = told(await gateway.ask(persona, whole(id)))
          const answer = await gateway.ask(persona, written(step, { id }))
          if (codeOf(answer) === undefined) {
            done += 1
            continue
          }
          refused += 1
          expect(refusals, `${kind} ${step} ${persona} ${told(answer)}`).toContain(codeOf(answer))
          expect(told(answer), `${kind} ${step} ${persona}`).not.toMatch(/\b(?:LA\d|F\d|NHS-\w+|9000\d\d|C\d\d)\b/)
          expect(told(await gateway.ask(persona, whole(id))), `${kind} ${step} ${persona}`).toBe(before)
        }
      }
    }
    expect(done).toBeGreaterThan(30)
    expect(refused).toBeGreaterThan(60)
  })
})
