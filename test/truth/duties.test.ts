import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { cases } from '../acceptance/support/people.ts'
import { rowsOf } from '../seeds/records.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

interface Duty {
  readonly kind: string
  readonly label: string | null
  readonly text: string
  readonly grounds: readonly string[]
  readonly isGeneric: boolean
}

const query = `query ($id: ID!) { child(id: $id) { obligations { kind label text grounds isGeneric }
  socialCare { addresses { id } placements { id } family { id } contacts { id } } education { concerns { id } }
  police { domesticAbuse { id } intelligence { id } } } }`

/** What the seeds hold that brings a duty not to pass something on. */
const holds: Readonly<Record<string, (child: string) => boolean>> = {
  ADDRESS_PROTECTED: (child) =>
    rowsOf(child, 'socialCare', 'addresses').some((row) => row.labels?.includes('ADDRESS_PROTECTED')),
  DOMESTIC_ABUSE: (child) =>
    rowsOf(child, 'police', 'domesticAbuse').length > 0 ||
    rowsOf(child, 'socialCare', 'family').some((row) => row.labels?.includes('DOMESTIC_ABUSE')),
  CHILD_CONFIDENCE: (child) => rowsOf(child, 'education', 'concerns').some((row) => row['inConfidence']),
  REFERRER_IDENTITY: (child) => rowsOf(child, 'socialCare', 'contacts').some((row) => row['referrer']),
  POLICE_INTELLIGENCE: (child) => rowsOf(child, 'police', 'intelligence').length > 0,
}

/** Maya, whose address is protected, is always among them. */
const children = [...new Set([...sampled(cases, 5), 'C04', 'C07'])]
const askers = [...new Set([...sampled(personas, 16).map(({ id }) => id), 'social-worker'])]

let gateway: TestGateway
const duties: { readonly who: string; readonly child: string; readonly text: string; readonly of: readonly Duty[] }[] =
  []
beforeAll(async () => {
  gateway = await startTestGateway()
  for (const persona of askers)
    for (const child of children) {
      const { data, text } = await gateway.ask(persona, query, { variables: { id: child } })
      const found = data?.['child'] as { obligations: readonly Duty[] } | null | undefined
      if (found) duties.push({ who: persona, child, text, of: found.obligations })
    }
}, 120_000)
afterAll(() => gateway.close())

describe('duties of a view, for every persona and child,', () => {
  it('are about what is recorded of this child, and name the records that the reader reads', () => {
    const told = duties.flatMap(({ of, ...asked }) => of.map((duty) => ({ ...asked, duty })))
    const sharing = told.filter(({ duty }) => ['DO_NOT_SHARE_WITH', 'HANDLING'].includes(duty.kind))
    expect(sharing.length).toBeGreaterThan(20)
    for (const { who, child, text, duty } of sharing) {
      const asked = `${who} ${child} ${duty.label}`
      expect(duty.isGeneric, asked).toBe(false)
      expect(holds[duty.label ?? '']?.(child), asked).toBe(true)
      expect(duty.grounds.length, asked).toBeGreaterThan(0)
      for (const id of duty.grounds) expect(text.split(`"${id}"`).length, asked).toBeGreaterThan(2)
    }
  })

  it('tell whoever reads the protected address of Maya to keep it, and of no child who has none', () => {
    const protecting = duties.filter(({ of }) => of.some(({ label }) => label === 'ADDRESS_PROTECTED'))
    expect(protecting.map(({ who }) => who)).toContain('social-worker')
    expect(new Set(protecting.map(({ child }) => child))).toEqual(new Set(['C07']))
  })

  it('are said to be generic where they hold for any child', () => {
    for (const { of } of duties)
      for (const { kind, isGeneric } of of) expect(isGeneric).toBe(kind === 'SHOW_FACT_OPINION')
  })
})
