import { textOf } from '../../records/currentRows.ts'
import { textsOf } from '../../records/textList.ts'
import { personMark } from '../../sources/pseudonyms.ts'
import { mash, police, socialWorker } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** The adult of an allegation stood on the tenancy form of the new address, and nobody compared the two. */
export const personAtAddress = rule({
  code: 'PERSON_OF_CONCERN_AT_ADDRESS',
  version: 1,
  rule: 'An adult of concern to the police is not named in the child’s household or on its tenancy.',
  source: 'Child MD learning review, line 9: the move was made to forestall action',
  audience: [socialWorker, mash, police],
  clears: 'A check of who lives there, with its day and who made it.',
  needs: {
    police: { personsOfConcern: ['name'] },
    adultServices: { housing: ['named'] },
    socialCare: { family: ['name', 'inHousehold'] },
  },
  on: [['police.personsOfConcern'], ['adultServices.housing', 'socialCare.family']],
  find: ({ rows, ground }) => {
    const ofConcern = rows('police', 'personsOfConcern')
    if (ofConcern.length === 0) return []
    // By name or by pseudonym: one person is one mark at every holder.
    const markOf = (name: string) => personMark(ground.grants.police.pseudonymKey, name)
    const there = [
      ...rows('adultServices', 'housing').flatMap((row) =>
        (textsOf(row, 'named') ?? []).map((name) => ({ row, name, where: 'a tenancy or housing form' })),
      ),
      ...rows('socialCare', 'family').flatMap((row) => {
        const name = textOf(row, 'name')
        return name !== null && row.inHousehold === true ? [{ row, name, where: 'the household' }] : []
      }),
    ]
    return ofConcern.flatMap((person) => {
      const mark = markOf(textOf(person, 'name') ?? '')
      const found_ = there.filter((each) => mark !== null && markOf(each.name) === mark)
      const first = found_[0]
      if (!first) return []
      return [
        found({
          of: [person, first.row],
          more: found_.slice(1).map(({ row }) => row),
          text: `${textOf(person, 'name')}, of concern to the police since ${dayWords(whenOf(person))}, is named in ${first.where} of ${dayWords(whenOf(first.row))}.`,
        }),
      ]
    })
  },
})
