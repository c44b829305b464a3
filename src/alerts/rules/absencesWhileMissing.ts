import { absentSessionsDuring } from '../../childView/absentSessions.ts'
import { mash, school, socialWorker } from '../audience.ts'
import { counted, dayWords, found, listWords } from '../findingWords.ts'
import { episodeLinks, episodeLists, episodeNeeds, episodesOf, recordsOf } from '../missingEpisodes.ts'
import { rule } from '../rule.ts'

/** Absence is a sign: the sessions that a child misses are those in which the child is missing. */
export const attendancePattern = rule({
  code: 'ATTENDANCE_PATTERN',
  version: 1,
  rule: 'Absences from school that coincide with missing episodes are looked at with them.',
  source: 'Sonia briefing, lines 52 to 56; multi-agency case audit: every child was missing from education',
  audience: [socialWorker, school, mash],
  clears: 'The reasons asked for, and what is known of each absence recorded.',
  needs: { ...episodeNeeds, education: { absences: ['date', 'session'] } },
  on: [['education.absences'], episodeLists],
  also: episodeLinks,
  find: ({ rows, parameters, asOf }) => {
    const absences = rows('education', 'absences')
    const meeting = episodesOf(rows('police', 'missingEpisodes'), rows('socialCare', 'missing'), asOf).filter(
      (episode) => absentSessionsDuring(absences, [episode], asOf) > 0,
    )
    const needed = parameters.ATTENDANCE_PATTERN.episodes
    const made = meeting.slice(0, needed)
    if (made.length < needed) return []
    const overlapping = (episodes: typeof meeting) =>
      absences.filter((row) => absentSessionsDuring([row], episodes, asOf) > 0)
    const sessions = absentSessionsDuring(absences, meeting, asOf)
    return [
      found({
        of: [...recordsOf(made), ...overlapping(made)],
        more: [...recordsOf(meeting.slice(needed)), ...overlapping(meeting.slice(needed))],
        anchor: made.at(-1)?.id ?? '',
        count: sessions,
        details: { sessions, episodes: meeting.length },
        text: `${counted(sessions, 'absent session')} in ${counted(meeting.length, 'missing episode')}: ${listWords(meeting.map(({ from }) => dayWords(from)))}.`,
      }),
    ]
  },
})
