import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { spoken, spokenLanguage } from '../../src/foundation/codeInWords.ts'
import { sentence, span } from '../../src/sources/narration.ts'
import { sections as transferSections } from '../../src/transfer/sections/index.ts'
import { cases } from '../acceptance/support/people.ts'
import { wholeTransfer } from '../acceptance/support/wholeView.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** Every sentence that is generated about a child. */
const query = `query ($id: ID!) { child(id: $id) {
  chronology(first: 200) { events { headline action impactOnChild } }
  alerts(open: false) { explanation } gaps { ask }
  historySummary(audience: "SOCIAL_WORKER") { topics { sentences { text } } }
} }`

/** What a sentence looks like from which a word has dropped out, or in which a code is left. */
const flaws: Readonly<Record<string, RegExp>> = {
  'two spaces': / {2}/,
  'a space before a stop': /\s[,.;:]/,
  'nothing between two stops': /[,:;]\s*[,.;:]|[,:]$/,
  'nothing to introduce': /: (from|to|until) \d/,
  'no value': /undefined|null|NaN|\[object/,
  // A reason's own code stands beside its words, and a signature is a role and an organisation.
  'a code': /\b(?!W_)[A-Z]{2,}_[A-Z_]+\b(?!, [A-Z0-9]+-[A-Z]+$)/,
  'one of several': /\b1 (days|hours|times|episodes|sessions|weeks|contacts|records)\b/,
}

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.includes(' ') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const flawsOf = (text: string): readonly string[] =>
  Object.entries(flaws).flatMap(([what, pattern]) => (pattern.test(text) ? [`${what}: ${text}`] : []))

describe('a generated sentence', () => {
  const askers = [...new Set(['gp', 'receiving-officer', ...sampled(personas, 5).map(({ id }) => id)])]
  it.each(askers)('reads as English to %s, whatever of it may not be told', async (persona) => {
    for (const id of sampled(cases, 6)) {
      const { data } = await gateway.ask(persona, query, { variables: { id } })
      expect(textsIn(data?.['child']).flatMap(flawsOf), id).toEqual([])
    }
  })

  it('closes up where a value is not known', () => {
    const none = null
    const placed = (what: string | null, where: string | null) =>
      sentence`Placement: ${what}${where ? `, in ${where}` : null}${span('2024-01-02', none)}`
    expect(placed('foster care', 'LA2')).toBe('Placement: foster care, in LA2 from 2 January 2024')
    expect(placed(none, 'LA2')).toBe('Placement: in LA2 from 2 January 2024')
    expect(placed(none, none)).toBe('Placement from 2 January 2024')
    expect(sentence`closed ${none}, reason: ${'not stated'}`).toBe('closed, reason: not stated')
    expect(sentence`Intervention: ${'Cannabis'} by ${none}`).toBe('Intervention: Cannabis')
    expect(sentence`Assessment: ${'EHC plan'}, factors: ${[]}`).toBe('Assessment: EHC plan')
    expect(sentence`Contact from ${none}: ${'neglect'}`).toBe('Contact: neglect')
    expect(sentence`Contact from ${none}: ${none}`).toBe('Contact')
    expect(sentence`${none}, ${'at home'}`).toBe('at home')
  })

  it('says codes and languages as they are said', () => {
    expect(['CLA_REVIEW', 'HEALTH_GP', 'CHILDRENS_HOME', 'WAS_NOT_BROUGHT'].map(spoken)).toEqual([
      ...['looked-after review', 'general practice', 'children’s home', 'was not brought'],
    ])
    expect([spokenLanguage('lt'), spokenLanguage('no tag at all')]).toEqual(['Lithuanian', 'no tag at all'])
  })
})

interface Section {
  readonly code: string
  readonly withheld: readonly {
    readonly controller: string
    readonly level: string
    readonly category: string | null
  }[]
  readonly items: readonly { readonly label: string; readonly state: string; readonly agency: string | null }[]
}

/** A label of single fields alone: the records of the list are read without them, and there are none or some. */
const isOfAField = (code: string, category: string | null): boolean =>
  Object.values(transferSections.find((each) => each.code === code)?.fieldLabels ?? {}).some((labels) =>
    labels.some((label) => label === category),
  )

describe('the signed record', () => {
  it.each([
    ['C04', 'CLA_PLACED_OUT'],
    ['C07', 'CLA_PLACED_OUT'],
    ['C01', 'S47_IN_PROGRESS'],
  ])(
    'of %s says of nothing that it is not held where the ground is withheld, and reads as English',
    async (id, type) => {
      const { data } = await gateway.ask(
        'social-worker',
        `mutation { requestTransfer(childId: "${id}", fromLa: "LA2", toLa: "LA5", type: ${type}) { id } }`,
        { purpose: 'TRANSFER_SEND' },
      )
      const read = await gateway.ask('receiving-officer', wholeTransfer(), {
        variables: { id: String(data?.['requestTransfer']?.['id']) },
      })
      const whole = read.data?.['transferSummary'] as { completeness: { sections: readonly Section[] } } | undefined
      const sections = whole?.completeness.sections ?? []
      expect(sections).toHaveLength(19)
      expect(sections.flatMap(({ items }) => textsIn(items)).flatMap(flawsOf)).toEqual([])
      const denied = sections.flatMap(({ code, items, withheld }) =>
        withheld
          .filter(({ level, category }) => level === 'HEADLINE' && !isOfAField(code, category))
          .flatMap(({ controller, category }) =>
            items
              .filter(({ agency, state }) => state === 'NOT_HELD' && agency === controller)
              .map(({ label }) => `${code} ${label}: ${category} of ${controller} is withheld`),
          ),
      )
      expect(denied).toEqual([])
    },
  )
})
