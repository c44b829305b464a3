import { spoken, spokenLanguage } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { police, school, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** Letters that nobody at home can read, and a meeting at which nobody could speak. */
export const interpreterRequired = rule({
  code: 'INTERPRETER_REQUIRED',
  version: 2,
  rule: 'Who needs an interpreter gets letters in their language, and an interpreter at meetings and cautions.',
  source: 'Sonia briefing, lines 32, 48, 58, 62 to 64 and 86',
  audience: [school, socialWorker, police],
  clears: 'The letter translated, or the meeting or caution repeated with an interpreter.',
  needs: {
    socialCare: { communication: ['whose', 'language', 'interpreterRequired'] },
    education: { letters: ['kind', 'language', 'interpreter'] },
    police: { events: ['kind', 'language', 'interpreter'] },
  },
  on: [
    ['socialCare.communication', 'police.events'],
    ['education.letters', 'police.events'],
  ],
  find: ({ rows }) => [
    ...rows('socialCare', 'communication').flatMap((need) => {
      const language = textOf(need, 'language')
      if (need.interpreterRequired !== true) return []
      const without = inOrder(rows('education', 'letters')).filter((letter) =>
        letter.kind === 'MEETING'
          ? letter.interpreter === false
          : language !== null && textOf(letter, 'language') !== null && letter.language !== language,
      )
      const first = without[0]
      if (!first) return []
      const whose = spoken(textOf(need, 'whose') ?? 'somebody at home')
      return [
        found({
          of: [need, first],
          more: without.slice(1),
          anchor: first.id,
          count: without.length,
          text: `The ${whose} needs an interpreter${language ? ` (${spokenLanguage(language)})` : ''}: ${counted(without.length, 'letter or meeting', 'letters and meetings')} without, since ${dayWords(whenOf(first))}.`,
        }),
      ]
    }),
    ...rows('police', 'events').flatMap((event) => {
      const language = textOf(event, 'language')
      // Whoever did not write an interpreter down had none, as far as anybody can show later.
      if (!disposal.test(textOf(event, 'kind') ?? '') || language === null || isEnglish(language)) return []
      if (event.interpreter === true) return []
      return [
        found({
          of: [event],
          text: `A ${spoken(textOf(event, 'kind') ?? 'caution')} on ${dayWords(whenOf(event))} was given in English to somebody whose language is ${spokenLanguage(language)}, with no interpreter recorded.`,
        }),
      ]
    }),
  ],
  unsaid: ({ rows }) => [
    ...rows('socialCare', 'communication').filter(
      ({ interpreterRequired }) => typeof interpreterRequired !== 'boolean',
    ),
    ...rows('education', 'letters').filter(
      ({ kind, interpreter }) =>
        kind === 'MEETING' &&
        typeof interpreter !== 'boolean' &&
        rows('socialCare', 'communication').some(({ interpreterRequired }) => interpreterRequired === true),
    ),
  ],
})

/** What police say to a person, who has to have understood it. */
const disposal = /CAUTION|INTERVIEW|DISPOSAL|WARNING|COMMUNITY_RESOLUTION/

const isEnglish = (language: string): boolean => /^en(?:-|$)/i.test(language)
