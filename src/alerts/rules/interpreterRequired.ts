import { textOf } from '../../records/period.ts'
import { school, socialWorker } from '../audience.ts'
import { rule } from '../rule.ts'
import { codeWords, counted, dayWords, found, inOrder, whenOf } from '../words.ts'

/** Letters that nobody at home can read, and a meeting at which nobody could speak. */
export const interpreterRequired = rule({
  code: 'INTERPRETER_REQUIRED',
  version: 1,
  rule: 'Who needs an interpreter gets letters in their language and an interpreter at meetings.',
  source: 'Sonia briefing, lines 32, 48, 58, 64 and 86',
  audience: [school, socialWorker],
  clears: 'The letter translated, or the meeting held again with an interpreter.',
  needs: {
    socialCare: { communication: ['whose', 'language', 'interpreterRequired'] },
    education: { letters: ['kind', 'language', 'interpreter'] },
  },
  on: [['socialCare.communication'], ['education.letters']],
  find: ({ rows }) =>
    rows('socialCare', 'communication').flatMap((need) => {
      const language = textOf(need, 'language')
      if (need.interpreterRequired !== true) return []
      const without = inOrder(rows('education', 'letters')).filter((letter) =>
        letter.kind === 'MEETING'
          ? letter.interpreter === false
          : language !== null && textOf(letter, 'language') !== null && letter.language !== language,
      )
      const first = without[0]
      if (!first) return []
      const whose = codeWords(textOf(need, 'whose') ?? 'somebody at home')
      return [
        found({
          of: [need, first],
          more: without.slice(1),
          anchor: first.id,
          count: without.length,
          text: `The ${whose} needs an interpreter${language ? ` (${language})` : ''}: ${counted(without.length, 'letter or meeting', 'letters and meetings')} without, since ${dayWords(whenOf(first))}.`,
        }),
      ]
    }),
})
