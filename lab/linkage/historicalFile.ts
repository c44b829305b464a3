import { type Child, children } from '../../seeds/population/children.ts'
import { chance } from '../../seeds/population/random.ts'

const towns = Array.from(
  { length: 700 },
  (_, at) =>
    `${['Ash', 'Bel', 'Cor', 'Dun', 'Elm', 'Fen', 'Gar'][at % 7]}${['ford', 'ton', 'ham', 'wick', 'by'][Math.floor(at / 7) % 5]} ${String.fromCharCode(97 + Math.floor(at / 35))}`,
)
const trades = [
  'politician',
  'writer',
  'cricketer',
  'painter',
  'clergyman',
  'lawyer',
  'actor',
  'botanist',
  'engineer',
  'soldier',
  'historian',
  'architect',
]

/**
 * A file such as historians have: some ten rows a person, misspelt and shortened, with a birthplace in most rows and
 * many other cells empty. It is what taught a fit that one birthplace and silence is one person.
 */
export function sparseFile(people: number, seed = 41): string {
  const dice = chance(seed)
  const rows: string[] = [
    'unique_id,cluster,full_name,first_name,surname,dob,birth_place,postcode_fake,gender,occupation',
  ]
  const commonest = <T>(list: readonly T[]): T | undefined => list[Math.floor(list.length * dice.next() ** 2)]
  for (const child of children(people, seed)) {
    const town = commonest(towns)
    const trade = commonest(trades)
    const copies = dice.whole(3, 16)
    for (let copy = 0; copy < copies; copy += 1)
      rows.push([`r${rows.length}`, `q${child.id}`, ...cells(child)].join(','))

    function cells({ given, middle, family, birth, postcode, sex }: Child): readonly (string | undefined)[] {
      const first = dice.is(0.1) ? given.slice(0, 1) : dice.is(0.15) ? misprinted(given) : given
      const last = dice.is(0.15) ? misprinted(family) : family
      const date = dice.is(0.2) ? `${birth.slice(0, 4)}-01-01` : birth
      const kept = (share: number, value: string | undefined) => (dice.is(share) ? value : '')
      const names = dice.is(0.1) ? ['', ''] : [first, last]
      return [
        `${first}${middle && dice.is(0.4) ? ` ${middle}` : ''} ${last}`,
        ...names,
        kept(0.6, date),
        kept(0.7, town),
        kept(0.5, dice.is(0.2) ? misprinted(postcode) : postcode),
        kept(0.5, sex === 'F' ? 'female' : 'male'),
        kept(0.3, trade),
      ]
    }
  }
  return `${rows.join('\n')}\n`

  function misprinted(text: string): string {
    const at = dice.whole(1, Math.max(1, text.length - 1))
    return dice.is(0.5)
      ? text.slice(0, at) + text.slice(at + 1)
      : `${text.slice(0, at)}${String.fromCharCode(97 + dice.whole(0, 25))}${text.slice(at)}`
  }
}
