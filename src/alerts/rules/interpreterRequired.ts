import { textOf } from '../../records/period.ts'
import { police, school, socialWorker } from '../audience.ts'
import { rule } from '../rule.ts'
import { codeWords, counted, dayWords, found, inOrder, whenOf } from '../words.ts'

/** Letters that nobody at home can read, a meeting at which nobody could speak, a caution that nobody understood. */
export const interpreterRequired = rule({
  code: 'INTERPRETER_REQUIRED',
  version: 2,
  rule: 'Who needs an interpreter gets letters in their language, and an interpreter at meetings and at the outcome of an arrest.',
  source: 'Sonia briefing, lines 32, 48, 58, 62 to 64 and 86',
  audience: [school, socialWorker, police],
  clears: 'The letter translated, or the meeting held or the outcome explained again with an interpreter.',
  needs: {
    socialCare: { communication: ['whose', 'language', 'interpreterRequired'] },
    education: { letters: ['kind', 'language', 'interpreter'] },
    police: { arrests: ['outcome', 'interpreter'] },
  },
  on: [['socialCare.communication'], ['education.letters', 'police.arrests']],
  find: ({ rows }) =>
    rows('socialCare', 'communication').flatMap((need) => {
      const language = textOf(need, 'language')
      if (need.interpreterRequired !== true) return []
      const letters = rows('education', 'letters').filter((letter) =>
        letter.kind === 'MEETING'
          ? letter.interpreter === false
          : language !== null && textOf(letter, 'language') !== null && letter.language !== language,
      )
      // A caution needs to be understood by the child and by the adult beside the child: that nobody noted an
      // interpreter is what has to be looked at.
      const outcomes = rows('police', 'arrests').filter(
        (arrest) => textOf(arrest, 'outcome') !== null && arrest.interpreter !== true,
      )
      const without = inOrder<(typeof letters)[number] | (typeof outcomes)[number]>([...letters, ...outcomes])
      const first = without[0]
      if (!first) return []
      const whose = codeWords(textOf(need, 'whose') ?? 'somebody at home')
      return [
        found({
          of: [need, first],
          more: without.slice(1),
          anchor: first.id,
          count: without.length,
          text: `The ${whose} needs an interpreter${language ? ` (${language})` : ''}: ${counted(without.length, 'letter, meeting or outcome of an arrest', 'letters, meetings and outcomes of arrests')} without, since ${dayWords(whenOf(first))}.`,
        }),
      ]
    }),
})
