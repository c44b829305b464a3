import { describe, expect, it } from 'vitest'
import { bothMayRead } from '../../src/childView/bothMayRead.ts'
import { history, historyNeeds, historyText } from '../../src/childView/narrativeHistory.ts'
import { decoded } from '../../src/sources/codeWords.ts'
import { joint } from '../../src/sources/pseudonyms.ts'
import { answersOf, down, row } from './fixtures.ts'

const at = (id: string, day: string, fields: Parameters<typeof row>[1]) =>
  row(id, { eventAt: `${day}T09:00:00Z`, ...fields })

const sam = answersOf({
  socialCare: {
    plans: [at('socialCare:p', '2019-03-04', { level: 'LOOKED_AFTER', from: '2019-03-04' })],
    legalStatuses: [
      at('socialCare:2', '2019-09-02', { code: 'C2', from: '2019-09-02' }),
      at('socialCare:1', '2019-03-04', { code: 'C1', from: '2019-03-04', to: '2019-09-02' }),
    ],
    placements: [
      at('socialCare:3', '2024-08-05', {
        code: 'K2',
        la: 'LA2',
        from: '2024-08-05',
        to: '2025-05-19',
        changeReason: 'CARPL',
      }),
      at('socialCare:4', '2025-05-19', { code: 'U6', la: 'LA5', from: '2025-05-19' }),
    ],
    communication: [
      at('socialCare:5', '2019-01-01', { whose: 'CHILD', language: 'en', needs: ['Short sentences'] }),
      at('socialCare:6', '2019-01-01', { whose: 'MOTHER', language: 'lt', interpreterRequired: true }),
    ],
    triggers: [at('socialCare:7', '2023-11-20', { monthDay: '11-14', text: 'Anniversary of a death' })],
    voice: [at('socialCare:8', '2026-10-14', { text: 'I come back when I am ready.' })],
  },
  police: { missingEpisodes: [at('police:1', '2026-01-01', {}), at('police:2', '2026-02-01', {})] },
})

const sentencesOf = (answers: typeof sam) =>
  history(answers).flatMap(({ sentences }) => sentences.map(({ text }) => text))

describe('a history', () => {
  it('is told in sentences, oldest first, with codes in words and the records of each', () => {
    expect(sentencesOf(sam)).toEqual([
      'Looked after from 4 March 2019.',
      'Legal status: interim care order (C1) from 4 March 2019 to 2 September 2019.',
      'Legal status: full care order (C2) from 2 September 2019.',
      'Lived in children’s home (K2), LA2 from 5 August 2024 to 19 May 2025; why it ended: change of care plan (CARPL).',
      'Lived in foster care, other (U6), LA5 from 19 May 2025.',
      'Reported missing twice between 1 January 2026 and 1 February 2026, of what may be told.',
      'The child: Short sentences.',
      'The mother: speaks Lithuanian; an interpreter is needed.',
      'Known trigger: Anniversary of a death, each year about 14 November.',
      'The child said on 14 October 2026: “I come back when I am ready.”',
    ])
    expect(history(sam).find(({ topic }) => topic === 'SAFETY')?.sentences[0]?.records).toEqual([
      'police:1',
      'police:2',
    ])
  })

  it('has no topic of which there is nothing to tell, and no sentence about what is not there', () => {
    expect(history(answersOf())).toEqual([])
    expect(historyText([])).toBe('')
    expect(sentencesOf(answersOf({ socialCare: { legalStatuses: [at('socialCare:1', '2020-01-01', {})] } }))).toEqual(
      [],
    )
  })

  it('says why something ended, what a need is and what came of an enquiry as people say it', () => {
    const told = answersOf({
      socialCare: {
        placements: [
          at('socialCare:p', '2020-01-01', { code: 'U6', from: '2020-01-01', changeReason: 'CHILD' }),
          ...['2021-01-01', '2022-01-01'].map((day) => at(`socialCare:${day}`, day, { la: 'LA2', from: day })),
        ],
        s47Enquiries: [
          at('socialCare:s', '2026-03-05', { startedOn: '2026-03-05', outcome: 'CONCERNS_SUBSTANTIATED' }),
        ],
      },
      education: {
        specialNeeds: [at('education:s', '2021-02-15', { need: 'SEMH', provision: 'EHC_PLAN', from: '2021-02-15' })],
      },
    })
    expect(sentencesOf(told)).toEqual([
      'Section 47 enquiry from 5 March 2026; outcome: concerns substantiated.',
      'Lived in foster care, other (U6) from 1 January 2020; why it ended: the child asked (CHILD).',
      'Placed away from home twice, the first time from 1 January 2021, the last time from 1 January 2022, of what may be told.',
      'Special educational needs: social, emotional and mental health; an EHC plan from 15 February 2021.',
    ])
  })

  it('keeps a code that no set has as a code', () => {
    expect([decoded('placement', 'K2'), decoded('placement', 'Z13'), decoded('placement', null)]).toEqual([
      'children’s home (K2)',
      'Z13',
      null,
    ])
    expect(decoded('assessmentFactor', ['16A', '99X'])).toBe('neglect (16A); 99X')
  })
})

describe('what two readers may both have', () => {
  const of = (fields: Parameters<typeof row>[1]) =>
    answersOf({ socialCare: { triggers: [at('socialCare:7', '2023-11-20', fields)] } })
  const textIn = (mine: typeof sam, theirs: typeof sam) => {
    const { socialCare } = bothMayRead(mine, theirs, historyNeeds)
    return socialCare.state === 'ANSWERED'
      ? socialCare.records.rows('triggers').map(({ text }) => text)
      : socialCare.state
  }

  it('is a record that both were given, with the fields that both were given', () => {
    expect(textIn(of({ text: 'A' }), of({ text: 'A' }))).toEqual(['A'])
    expect(textIn(of({ text: 'A' }), of({ text: null }))).toEqual([null])
    expect(textIn(of({ text: null }), of({ text: 'A' }))).toEqual([null])
    expect(textIn(of({ text: 'A' }), answersOf())).toEqual([])
    expect(textIn(answersOf(), of({ text: 'A' }))).toEqual([])
  })

  it('is the pseudonym that one of them was given, whichever', () => {
    const pseudonym = `ADULT${joint}${'a'.repeat(16)}`
    expect(textIn(of({ text: pseudonym }), of({ text: 'Ann' }))).toEqual([pseudonym])
    expect(textIn(of({ text: 'Ann' }), of({ text: pseudonym }))).toEqual([pseudonym])
  })

  it('is no record that the first knows to be corrected, though the other does not', () => {
    const old = at('socialCare:7', '2023-11-20', { text: 'Wrong' })
    const corrected = at('socialCare:9', '2023-11-20', { text: 'Right', 'provenance.supersedes': 'socialCare:7' })
    const mine = answersOf({ socialCare: { triggers: [old, corrected] } })
    expect(textIn(mine, answersOf({ socialCare: { triggers: [old] } }))).toEqual([])
  })

  it('is not there where one of them got no answer', () => {
    expect(textIn(answersOf({ socialCare: down }), sam)).toBe('UNAVAILABLE')
    expect(textIn(sam, answersOf({ socialCare: down }))).toBe('UNAVAILABLE')
  })
})
