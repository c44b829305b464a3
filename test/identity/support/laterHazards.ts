import type { Described } from '../../../src/identity/person.ts'
import type { Hazard } from './hazards.ts'

const born = '2014-06-17'
const home = { postcode: 'QX4 2AB', house: '12' }
const number = { nhsNumber: '9434765919', nhsVerified: true }
const child: Described = { given: 'Oliver', family: 'Thornbury', birth: born, ...home }
const parts = (text: string): readonly string[] => text.trim().split(/\s*\|\s*/)
const pairs = (text: string) =>
  parts(text).map((pair) => {
    const [one = '', other = ''] = pair.split(' / ')
    return [one, other] as const
  })
const hazard =
  (kind: string, may: Hazard['may']) =>
  (onFile: Described, asked: Described): Hazard => ({ kind, may, onFile, asked })

/** What stands for a name that nobody knows yet, in many hands and languages. */
const standIns =
  parts(`Newborn | NB | B/O Sarah | Baby of Sarah | Bby | Inf | Male | Female | Boy 1 | Girl B | Triplet 3 | T2 | Twin II | TBC
  | TBA | N/K | NK | Not Known | Unk | UNKNOWN UNKNOWN | No Name | None | Foetus | Fetus | Unborn Baby | NN | N.N. | Child | Child 2
  | Kid | Son of Sarah | Daughter of Sarah | Anon | Anonymous | X | XX | Test | Mr | Miss | . | - | ? | Awaiting | To be confirmed
  | Name withheld | Unnamed | Untitled | FNU | LNU | Prem | Bebe | Bebé | Niemowlę | Noworodek | Syn | Dziecko`).map(
    (given) => {
      const unnamed = { given, family: 'Thornbury', birth: born }
      return hazard('a stand-in for a name, and a day', 'ASK')(unnamed, unnamed)
    },
  )
const namedLater = parts('Newborn | Baby of Sarah | TBC | Twin A | N/K').map((given) =>
  hazard('a stand-in and a name, one day and home', 'ASK')({ ...child, given }, child),
)
const numbered =
  pairs(`Twin A / Twin B | Twin1 / Twin2 | Baby One / Baby Two | Triplet A / Triplet C | Boy A / Boy B | Baby Boy / Baby Girl
  | Infant 1 / Infant 2 | Twin I / Twin II | First twin / Second twin`).map(([one, other]) =>
    hazard('two who have no name yet, one day and home', 'ASK')({ ...child, given: one }, { ...child, given: other }),
  )

/** Days that forms fill in, at an address of many. */
const filledIn =
  parts(`2014-01-01 | 2014-04-01 | 2014-09-01 | 2014-07-01 | 2014-12-31 | 1900-01-01 | 1970-01-01 | 2000-01-01 | 2014-06-01
  | 1901-01-01`).map((birth) =>
    hazard('a day that forms fill in, two boys at one hotel', 'TWO')(
      { given: 'Ahmad', family: 'Ahmadzai', birth, postcode: 'QX9 9HT' },
      { given: 'Mustafa', family: 'Noorzai', birth, postcode: 'QX9 9HT' },
    ),
  )
const filledInCommon = parts('2014-01-01 | 2014-04-01 | 1900-01-01 | 2014-07-01').map((birth) => {
  const boy = { given: 'Mohammad', family: 'Khan', birth, postcode: 'ZZ99 3WZ' }
  return hazard('a day that forms fill in, a common name, no fixed abode', 'ASK')(boy, boy)
})

/** Codes that are nobody's home, and codes of other countries. */
const noHome =
  parts(`ZZ99 3VZ | ZZ99 3CZ | ZZ99 1WZ | ZZ99 9AA | zz993vz | ZZ99 | NFA | XX1 1XX | AA1 1AA | BF1 0AA | GIR 0AA | ZZ01 1ZZ
  | 10115 | 75001 | 00-950 | D02 AF30 | 90210 | 1010`).map((postcode) =>
    hazard('a code that is no home, two families', 'TWO')(
      { given: 'Bartholomew', family: 'Ward', birth: born, postcode },
      { given: 'Bartholomew', family: 'Connors', birth: born, postcode },
    ),
  )
const noHomeOfYear = parts('ZZ99 3VZ | ZZ99 3CZ | NFA | XX1 1XX | 10115 | D02 AF30 | 90210').map((postcode) =>
  hazard('a code that is no home, and a year', 'ASK')(
    { given: 'John', family: 'Ward', birth: born, postcode },
    { given: 'John', family: 'Ward', birth: '2014', postcode },
  ),
)

const common =
  parts(`John Smith | Oliver Smith | Muhammad Hussain | Mohammed Ali | Fatima Begum | Maria Garcia | Wei Chen | Yi Wang
  | Nguyen Tran | Patrick Murphy | Mary Connors | Sean Kelly | Ayesha Bibi | Abdul Rahman | Singh Singh | Amelia Jones | Jack Davies
  | Olivia Williams | Noah Brown | Zofia Nowak`).map((name) => {
    const [given = '', family = ''] = name.split(' ')
    const one = { given, family, birth: born }
    return hazard('a common name and a day, and no more', 'ASK')(one, one)
  })

const compoundTwins =
  pairs(`Mary-Kate / Mary-Jane | Jean Paul / Jean Luc | Muhammad Ali / Muhammad Umar | Lily-Mae / Lily-Rose | Ana Sofia / Ana Lucia
  | Abdul Karim / Abdul Kadir | Noor ul Ain / Noor ul Huda | John Paul / John Patrick | Ella-May / Ella-Louise | Md Rahim / Md Karim
  | Anne Marie / Anne Louise | Tommy-Lee / Tommy-Jay`).map(([one, other]) =>
    hazard('twins of compound names', 'ASK')({ ...child, given: one }, { ...child, given: other }),
  )
const compoundOne =
  pairs(`Isla-Rose / Isla Rose | Isla Rose / Islarose | Mary Kate / Marykate | Abdul-Rahman / Abdulrahman | Jean-Luc / Jeanluc
  | Lily Mae / Lily | Muhammad Ali / M Ali | Muhammad Ali / Ali | Ana Sofía / Ana Sofia | Anne-Marie / Annemarie`).map(
    ([one, other]) =>
      hazard('one child of a compound name', 'ONE')({ ...child, given: one }, { ...child, given: other }),
  )
const middles = pairs('James / Peter | Rose / Mae | Ali / Umar').map(([one, other]) =>
  hazard('second names that differ, one day and home', 'ASK')(
    { ...child, given: 'Isla', middle: one },
    { ...child, given: 'Isla', middle: other },
  ),
)

/** Numbers that are nobody's, or somebody else's. */
const bare = { given: 'John', family: 'Smith', birth: born }
const numbers = [
  hazard('one verified number, another person', 'ASK')(
    { ...child, ...number },
    { given: 'Sarah', family: 'Marsh', birth: '1984-02-02', ...number },
  ),
  hazard('the number of a twin', 'ASK')(
    { ...child, ...number },
    { ...child, given: 'Harriet', nhsNumber: number.nhsNumber },
  ),
  ...parts('9990204926 | 0000000000 | 1111111111').map((nhsNumber) =>
    hazard('a number that is nobody’s, and a common name', 'ASK')({ ...bare, nhsNumber }, { ...bare, nhsNumber }),
  ),
  hazard('a temporary pupil number, and a common name', 'ASK')(
    { ...bare, upn: 'A80320000101A' },
    { ...bare, upn: 'A80320000101A' },
  ),
]

const unborn = { given: 'Unborn', family: 'Marchetti', expected: '2026-10-15', ...home }
const births = [
  ...parts('2026-10-03 | 2026-06-28 | 2026-10-30').map((birth) =>
    hazard('expected, and born', 'ASK')(unborn, { given: 'Luca', family: 'Marchetti', birth, ...home }),
  ),
  hazard('expected, and born under the other family name', 'ASK')(
    { ...unborn, motherNhs: number.nhsNumber },
    { given: 'Luca', family: 'Okoro', birth: '2026-10-03', ...home },
  ),
  hazard('a newborn under the mother’s own entry', 'ASK')(
    { given: 'Sarah', family: 'Olaleye', birth: '2026-10-03', nhsNumber: number.nhsNumber, ...home },
    { given: 'Noah', family: 'Olaleye', birth: '2026-10-03', nhsNumber: '9434765870', ...home },
  ),
  hazard('expected two years apart', 'TWO')({ ...unborn, expected: '2024-10-15' }, unborn),
]

const withoutDay = [
  hazard('no day on either side', 'ASK')(
    { given: 'Oliver', family: 'Thornbury', postcode: home.postcode },
    { given: 'Oliver', family: 'Thornbury', postcode: home.postcode },
  ),
  hazard('a name alone', 'ASK')({ given: 'Oliver', family: 'Thornbury' }, { given: 'Oliver', family: 'Thornbury' }),
  ...parts('2002-05-04 | 2028-05-04').map((birth) =>
    hazard('a care leaver, and one who is yet to be born', 'ONE')({ ...child, birth }, { ...child, birth }),
  ),
]

const kin = [
  ...pairs('2013-06-17 / 2014-06-17 | 2014-06-17 / 2014-07-16 | 2014-06-17 / 2015-03-02').map(([one, other]) =>
    hazard('siblings of like names', 'TWO')(
      { given: 'Aisha', family: 'Khan', birth: one, ...home },
      { given: 'Ayaan', family: 'Khan', birth: other, ...home },
    ),
  ),
  hazard('father and son of one name', 'TWO')(
    { given: 'Muhammad', family: 'Khan', birth: '1984-06-17', ...home },
    { given: 'Muhammad', family: 'Khan', birth: born, ...home },
  ),
  hazard('cousins who are neighbours', 'TWO')(
    { given: 'Mohammed', family: 'Khan', birth: '2012-05-05', postcode: home.postcode, house: '2' },
    { given: 'Mohammed', family: 'Khan', birth: '2013-05-05', postcode: home.postcode, house: '40' },
  ),
  hazard('two newborns at one hospital', 'TWO')(
    { given: 'Leo', family: 'Ward', birth: born, postcode: 'QX1 1HS' },
    { given: 'Leo', family: 'Marsh', birth: born, postcode: 'QX1 1HS' },
  ),
]

const oneName = [
  ...pairs(' / Suharto | Suharto / ').map(([given, family]) =>
    hazard('one name alone, in the other field', 'ONE')(
      { given, family, birth: born, ...home },
      { given: family, family: given, birth: born, ...home },
    ),
  ),
  hazard('one name alone, and a mark for none', 'ONE')(
    { given: 'FNU', family: 'Suharto', birth: born, ...home },
    { given: 'Suharto', family: '', birth: born, ...home },
  ),
  hazard('one name alone, and two marks for none', 'ONE')(
    { given: 'Suharto', family: 'LNU', birth: born, ...home },
    { given: 'Suharto', family: 'Unknown', birth: born, ...home },
  ),
  hazard('a mark for none, and a rare family name', 'ASK')(
    { given: 'Unknown', family: 'Przybylski', birth: born, ...home },
    { given: 'Unknown', family: 'Przybylski', birth: born, ...home },
  ),
]

/** Written after the others, and decided rightly when they were first asked. */
export const laterHazards: readonly Hazard[] = [
  ...[...standIns, ...namedLater, ...numbered, ...filledIn, ...filledInCommon, ...noHome, ...noHomeOfYear, ...common],
  ...[...compoundTwins, ...compoundOne, ...middles, ...numbers, ...births, ...withoutDay, ...kin, ...oneName],
]
