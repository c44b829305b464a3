import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifySnapshotFile } from '../../src/transfer/verifySnapshot.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { command } from './support/processes.ts'

const fields = `id type state version childId fromLa toLa responsibleLa responsibleRule clockStart clockRule dueAt workingDays
  signature fingerprint completeness { ready suppliers { agency la force state mandatory }
    sections { code title state mandatory missing withheld { reason category } items { label state value reason agency } } }`

/** As the schema answers; only what is asserted is named. */
interface Summary {
  readonly id: string
  readonly signature: string
  readonly completeness: {
    readonly ready: boolean
    readonly suppliers: readonly {
      readonly agency: string
      readonly la: string | null
      readonly force: string | null
      readonly state: string
      readonly mandatory: boolean
    }[]
    readonly sections: readonly {
      readonly code: string
      readonly state: string
      readonly withheld: readonly unknown[]
      readonly items: readonly {
        readonly label: string
        readonly state: string
        readonly value: string | null
        readonly reason: string | null
      }[]
    }[]
  }
}

let gateway: TestGateway
const summaries = new Map<string, Summary>()

const requestFor = (childId: string, type: string): string =>
  `mutation { requestTransfer(childId: "${childId}", fromLa: "LA2", toLa: "LA5", type: ${type}) { ${fields} } }`

const summaryOf = (childId: string): Summary => {
  const summary = summaries.get(childId)
  if (!summary) throw new Error(`No transfer was made for ${childId}.`)
  return summary
}

beforeAll(async () => {
  gateway = await startTestGateway()
  for (const [childId, type] of [
    ['C04', 'CLA_PLACED_OUT'],
    ['C01', 'S47_IN_PROGRESS'],
  ] as const) {
    const { text, errors } = await gateway.ask('receiving-officer', requestFor(childId, type))
    expect(errors).toEqual([])
    // The schema has just answered in this form.
    summaries.set(childId, JSON.parse(text).data.requestTransfer as Summary)
  }
})
afterAll(() => gateway.close())

const suppliersOf = (childId: string): string[] =>
  summaryOf(childId)
    .completeness.suppliers.map(({ agency, la, force, state }) => `${agency} ${la ?? force} ${state}`)
    .sort()

const itemOf = (childId: string, code: string, label: string) =>
  summaryOf(childId)
    .completeness.sections.find((section) => section.code === code)
    ?.items.find((item) => item.label === label)

describe('the record of the child placed at a distance', () => {
  it('stays with the authority that placed him, on the clock of the placement', () => {
    expect(summaryOf('C04')).toMatchObject({
      type: 'CLA_PLACED_OUT',
      fromLa: 'LA2',
      toLa: 'LA5',
      responsibleLa: 'LA2',
      clockStart: '2025-05-19T00:00:00Z',
      dueAt: '2025-05-27',
    })
  })

  it('waits for every supplier behind and in front of the boundary', () => {
    expect(suppliersOf('C04')).toEqual(
      expect.arrayContaining([
        'CHILDRENS_HOME LA5 OUTSTANDING',
        'CHILDRENS_SOCIAL_CARE LA2 CONTRIBUTED',
        'EDUCATION LA2 OUTSTANDING',
        'HEALTH LA2 OUTSTANDING',
        'POLICE F1 OUTSTANDING',
        'POLICE F4 OUTSTANDING',
      ]),
    )
    expect(summaryOf('C04').completeness.ready).toBe(false)
  })

  it('joins both forces and what nobody reported', () => {
    expect(itemOf('C04', 'T9', 'Reported to F1')?.value).toMatch(/^39 episodes/)
    expect(itemOf('C04', 'T9', 'Reported to F4')?.value).toMatch(/^6 episodes/)
    expect(itemOf('C04', 'T9', 'Not reported to a force')?.value?.split('; ')).toHaveLength(5)
  })
})

describe('the record of the child whose family moved during an enquiry', () => {
  it('stays with the authority that was left, and is due fifteen working days after the notification', () => {
    expect(summaryOf('C01')).toMatchObject({
      type: 'S47_IN_PROGRESS',
      responsibleLa: 'LA2',
      workingDays: 15,
      dueAt: '2026-12-11',
    })
  })

  it('lacks the three that hold what the new area needs: school, force and health', () => {
    expect(suppliersOf('C01')).toEqual(
      expect.arrayContaining(['EDUCATION LA2 OUTSTANDING', 'HEALTH LA2 OUTSTANDING', 'POLICE F1 OUTSTANDING']),
    )
    expect(itemOf('C01', 'T16', 'Section 47 enquiries that are open')?.state).toBe('KNOWN')
  })
})

describe.each(['C04', 'C01'])('the sections of the record of %s', (childId) => {
  it('are all nineteen, in order', () => {
    expect(summaryOf(childId).completeness.sections.map(({ code }) => code)).toEqual(
      Array.from({ length: 19 }, (_, index) => `T${index}`),
    )
  })

  it('have a value for what is known and a reason for everything else', () => {
    for (const { code, state, items } of summaryOf(childId).completeness.sections)
      for (const { label, state: answered, value, reason } of items) {
        const place = `${code} ${label}`
        if (answered === 'KNOWN') expect(value, place).not.toBeNull()
        else expect(value, place).toBeNull()
        if (answered === 'WITHHELD') expect(reason, place).not.toBeNull()
        if (answered === 'MISSING') expect(state, place).not.toBe('COMPLETE')
      }
  })

  it('are neither complete nor beside the point where something is withheld, and tell no bare code or date', () => {
    for (const { code, state, items, withheld } of summaryOf(childId).completeness.sections) {
      if (withheld.length > 0) expect(state, code).not.toMatch(/COMPLETE|NOT_APPLICABLE/)
      for (const { label, value } of items)
        expect(`${label} ${value}`, code).not.toMatch(/[A-Z]_[A-Z]|\d{4}-\d{2}-\d{2}/)
    }
  })
})

it('the record of the child in care names the authority that holds parental responsibility', () => {
  expect(itemOf('C04', 'T3', 'Parental responsibility of an authority')?.value).toMatch(/^LA2, full care order/)
  expect(itemOf('C04', 'T3', 'Risk from relatives and limits on contact')?.value).not.toContain('died')
})

describe('those who are no party', () => {
  it.each(['unrelated-officer'] as const)('are refused by name, and the refusal stands in the log', async (persona) => {
    for (const childId of ['C04', 'C01']) {
      const { id } = summaryOf(childId)
      const read = await gateway.ask(persona, `{ transferSummary(transferId: "${id}") { ${fields} } }`)
      expect(read.data?.['transferSummary'] ?? null).toBeNull()
      expect(read.errors.map((error) => error.extensions['code'])).toEqual(['NOT_A_PARTY'])
      const asked = await gateway.ask(persona, requestFor(childId, 'CLA_PLACED_OUT'))
      expect(asked.errors.map((error) => error.extensions['code'])).toEqual(['NOT_A_PARTY'])

      const log = await gateway.ask(
        'information-governance',
        `{ accessLog(childId: "${childId}", first: 200) { id organisation outcome code } }`,
      )
      for (const refused of [read, asked])
        expect(log.data?.['accessLog']).toContainEqual({
          id: refused.headers.get('x-audit-id'),
          organisation: 'LA3-CSC',
          outcome: 'REFUSED',
          code: 'NOT_A_PARTY',
        })
    }
  })

  it('cannot tell a transfer that is from one that is not', async () => {
    const without = (text: string) => text.replaceAll(/"requestId":"[^"]+"/g, '')
    const one = await gateway.ask(
      'unrelated-officer',
      `{ transferSummary(transferId: "${summaryOf('C04').id}") { id } }`,
    )
    const none = await gateway.ask('unrelated-officer', '{ transferSummary(transferId: "none") { id } }')
    expect(without(one.text)).toBe(without(none.text))
  })

  it.each(['school-dsl', 'police-public-protection', 'care-home-worker', 'gp'] as const)(
    'do not read it as %s either',
    async (persona) => {
      const read = await gateway.ask(persona, `{ transferSummary(transferId: "${summaryOf('C04').id}") { id } }`)
      expect(read.errors.map((error) => error.extensions['code'])).toEqual(['NOT_A_PARTY'])
    },
  )
})

describe('the signed record', () => {
  const place = (name: string) => join(gateway.dataDir, name)
  const verify = (file: string) =>
    command(['transfer', 'verify', file, '--key', place('keys.json')], { environment: { DATA_DIR: gateway.dataDir } })

  beforeAll(async () => {
    const keys = await (await fetch(`${gateway.url}/.well-known/jwks.json`)).text()
    await writeFile(place('keys.json'), keys)
    for (const [childId, { signature }] of summaries) await writeFile(place(`${childId}.jws`), `${signature}\n`)
  })

  it.each(['C04', 'C01'])('of %s verifies by the command, without the gateway', async (childId) => {
    expect(await verify(place(`${childId}.jws`))).toMatchObject({ code: 0 })
  })

  it('does not verify by the command once its last character or its last byte is another', async () => {
    const { signature } = summaryOf('C04')
    const last = signature.at(-1) === 'A' ? 'B' : 'A'
    for (const changed of [`${signature.slice(0, -1)}${last}\n`, `${signature} `, `${signature}\n\n`]) {
      await writeFile(place('changed.jws'), changed)
      expect((await verify(place('changed.jws'))).code).toBe(1)
    }
  })

  it('does not verify with any other character at any sampled place, every place of the signature among them', async () => {
    const { signature } = summaryOf('C04')
    const start = signature.lastIndexOf('.')
    const sampled = Array.from({ length: 60 }, (_, index) => Math.floor((index * start) / 60))
    const ofSignature = Array.from({ length: signature.length - start }, (_, index) => start + index)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= \n'
    const accepted: string[] = []
    const tryOne = async (at: number, letter: string) => {
      await writeFile(place('byte.jws'), `${signature.slice(0, at)}${letter}${signature.slice(at + 1)}\n`)
      if ((await verifySnapshotFile(place('byte.jws'), place('keys.json'))).ok) accepted.push(`${at} ${letter}`)
    }
    for (const at of [...sampled, ...ofSignature]) await tryOne(at, signature[at] === 'x' ? 'y' : 'x')
    for (const letter of alphabet) if (letter !== signature.at(-1)) await tryOne(signature.length - 1, letter)
    expect(accepted).toEqual([])
  })
})
