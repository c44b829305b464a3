import type { Described } from '../../../src/identity/person.ts'

/**
 * What real inputs do, from public bug reports and guidance, as a table: who is on file, who is asked about, and what
 * may be answered. `ASK`: only a person can tell. `ONE`: they are one child, so never nobody. `TWO`: they are two, so
 * never the same. `SAME`: linked without a person.
 */
export interface Hazard {
  readonly kind: string
  readonly onFile: Described
  readonly asked: Described
  readonly may: 'ASK' | 'ONE' | 'TWO' | 'SAME'
}

const home = { postcode: 'QX4 2AB', house: '12' }
const born = '2014-06-17'
const words = (text: string): readonly string[] => text.trim().split(/\s+/)
const lines = (text: string): readonly string[] => text.trim().split(/\s*\|\s*/)

/** Both sides alike, and `ASK`. */
const alike = (kind: string, described: Described): Hazard => ({
  kind,
  onFile: described,
  asked: described,
  may: 'ASK',
})

/**
 * Names that many bear, with a date of birth and nothing else. Splink and openemr issues on common names; ONS and
 * mid-1900s lists.
 */
const commonNames =
  lines(`John Smith | Mary Jones | Elizabeth Taylor | Mohammad Ali | Ayesha Khan | Abdul Ahmad | Miles Davis | Nathaniel Wilkinson
  | Kyle Richards | Olive McCarthy | Hope Okafor | Ben Connors | Ollie McDonagh | Carter Maughan | Chen Wei | Nguyen Anh | Wang Li | Osei Kwame
  | Adeyemi Tunde | Mohamed Hassan | Oliver Smith | Amelia Brown | Muhammad Ali | Aisha Khan | James O'Connor | Jack O'Brien | David Williams
  | Sarah Ward | Patrick Connors | Bridget McDonagh | Fatima Begum | Maria Garcia | José Martinez | Anna Nowak | Jan Kowalski | Ion Popescu
  | Ivan Ivanov | Ahmet Yilmaz | Omar Farah | Hodan Warsame`)
const commonNamesAlone = commonNames.map((name): Hazard => {
  const [given = '', family = ''] = name.split(/ (.*)/)
  return alike('common name and date of birth alone', { given, family, birth: born })
})

/** SUI Matcher strategy 5; BABYBOY; maternity and visa placeholders. */
const placeholders =
  lines(`Baby | baby | BABYBOY | Baby Girl | Baby Boy | Baby of Sarah | Infant | Infant Boy | Boy | Girl | Male | Female | Child
  | Twin 1 | Twin A | Twin One | Triplet 2 | Newborn | Unborn | Unknown | UNK | Not Known | Not known yet | To be confirmed | TBC | TBA | N/A | None
  | No name | Nameless | FNU | XX | Xxx | Test | Unnamed | Neonate | Son | Daughter | Not Given | Anonymous | Redacted | First name unknown | ?? unknown
  | Bump | F/Infant | M/Infant | Bébé | Bebek | Noworodek | Copil`)
const placeholderNames = placeholders.flatMap((given) => [
  alike('placeholder for a given name', { given, family: 'Smith', birth: '2026-10-03' }),
  alike('placeholder for a given name, at home', { given, family: 'Przybylski', birth: '2026-10-03', ...home }),
])
const placeholderNumbers = lines('Baby | Twin 1 | Unborn | Infant | Unknown | Baby Girl').map((given) =>
  alike('placeholder under the mother’s number', {
    given,
    family: 'Olaleye',
    birth: '2026-10-03',
    nhsNumber: '9434765919',
    nhsVerified: true,
  }),
)
const twinMarks = [
  ['Twin 1', 'Twin 2'],
  ['Twin A', 'Twin B'],
  ['Baby A', 'Baby B'],
  ['Triplet 1', 'Triplet 3'],
  ['Baby Boy 1', 'Baby Boy 2'],
  ['First Twin', 'Second Twin'],
].map(
  ([one = '', other = '']): Hazard => ({
    kind: 'twins who are not named yet',
    onFile: { given: one, family: 'Smithson', birth: '2026-10-03', ...home },
    asked: { given: other, family: 'Smithson', birth: '2026-10-03', ...home },
    may: 'ASK',
  }),
)
const placeholderFamilies = lines('Unknown | LNU | Not Known | No surname | TBC').map((family) =>
  alike('placeholder for a family name', { given: 'Ahmad', family, birth: born, ...home }),
)

/** manage-vaccinations-in-schools 2264 and 3430: twins with half a name in common; one is on file. */
const halves =
  lines(`Isla-Rose, Isla-Mae | Ella-Mae, Ella-Rose | Lily-May, Lily-Rose | Abdul Rahman, Abdul Rahim | Abdul Karim, Abdul Kareem Ali
  | Mohammed Ali, Mohammed Hassan | Muhammad Yusuf, Muhammad Yahya | Mary Kate, Mary Ann | Mary-Kate, Mary-Anne | Jean-Luc, Jean-Paul | Anna Lena, Anna Maria
  | Ibn Sina, Ibn Rushd | Noor Fatima, Noor Ayesha | Syed Hasan, Syed Husain | Xiao Ming, Xiao Hong | Ji Woo, Ji Hoon | Amelia-Rose, Amelia-Grace
  | Ava-Mae, Ava-Lily | Evie-Mae, Evie-Rose | Maria Elena, Maria Carmen | Juan Carlos, Juan Pablo | Bibi Amina, Bibi Hajra`)
const halfNames = halves.flatMap((pair): readonly Hazard[] => {
  const [one = '', other = ''] = pair.split(', ')
  const person = { family: 'Turner', birth: born, ...home }
  return [
    {
      kind: 'twins with half a name in common',
      onFile: { ...person, given: one },
      asked: { ...person, given: other },
      may: 'ASK',
    },
    {
      kind: 'half of a compound name',
      onFile: { ...person, given: one },
      asked: { ...person, given: one.split(/[ -]/)[0] ?? '' },
      may: 'ASK',
    },
  ]
})
const secondNames = lines(
  'Oliver James, Oliver Jack | Grace Anne, Grace Mary | Leo Max, Leo Finn | Ruby Jane, Ruby Faith',
).flatMap((pair): readonly Hazard[] => {
  const [one = '', other = ''] = pair.split(', ')
  const of = (text: string) => ({ given: text.split(' ')[0] ?? '', middle: text.split(' ')[1] ?? '' })
  const person = { family: 'Turner', birth: born, ...home }
  return [
    {
      kind: 'second names that differ, one day and home',
      onFile: { ...person, given: one },
      asked: { ...person, given: other },
      may: 'ASK',
    },
    {
      kind: 'second names that differ, in a field of their own',
      onFile: { ...person, ...of(one) },
      asked: { ...person, ...of(other) },
      may: 'ASK',
    },
  ]
})
const otherTwins = lines(
  'Ava, Amy | Hassan, Hussain | Dawid, Daniel | Sophie, Sophia | Jamie, Jake | Ethan, Evan | Mia, Maya | A, Amy',
).map((pair): Hazard => {
  const [one = '', other = ''] = pair.split(', ')
  const person = { family: 'Turner', birth: born, ...home }
  return {
    kind: 'twins, one on file',
    onFile: { ...person, given: one },
    asked: { ...person, given: other },
    may: 'ASK',
  }
})

/** NHS Data Dictionary, POSTCODE OF USUAL ADDRESS; what forms write; codes of other countries. */
const noPlaces =
  lines(`ZZ99 3VZ | ZZ99 3WZ | ZZ99 3CZ | zz993vz | ZZ99 6ZZ | ZZ99 4QZ | ZZ99 7ZZ | NFA | AA1 1AA | XX99 9XX | Unknown | 10115 | 00-950 | 75001 | 1012
  | D02 | 20100 | 28001 | 1000-001 | 110001 | 90210`)
const pseudoPostcodes = noPlaces.flatMap((postcode): readonly Hazard[] => [
  {
    kind: 'two families, a postcode that is no street',
    onFile: { given: 'Bartholomew', family: 'Ward', birth: born, postcode },
    asked: { given: 'Bartholomew', family: 'Connors', birth: born, postcode },
    may: 'TWO',
  },
  {
    kind: 'a year and a postcode that is no street',
    onFile: { given: 'John', family: 'Ward', birth: born, postcode },
    asked: { given: 'John', family: 'Ward', birth: '2014', postcode },
    may: 'ASK',
  },
])

/** commcare-hq 20980; Splink 1029: estimated ages, and what a form begins with. */
const defaults = words(
  '2008-01-01 2009-01-01 2010-04-01 2011-04-01 2008-07-01 2012-03-01 2013-09-01 2014-12-01 1900-01-01 1901-01-01',
)
const boys = lines('Ahmad Ahmadzai | Ahmed Khan | Muhammad Khan | Gul Noorzai')
const defaultDates = defaults.flatMap((birth) =>
  boys.map((name) => {
    const [given = '', family = ''] = name.split(' ')
    return alike('a default date at one postcode', { given, family, birth, postcode: 'CT20 2AA' })
  }),
)
const defaultOnOneSide = lines('2010-01-01 | 2010-08-01 | 2010-04-01 | 2011-01-01 | 2010').map(
  (birth): Hazard => ({
    kind: 'a default date on one side',
    onFile: { given: 'Gul', family: 'Noorzai', birth: '2010-08-23', ...home },
    asked: { given: 'Gul', family: 'Noorzai', birth, ...home },
    may: 'ASK',
  }),
)

/** Who is not born or not named yet, and who is written down under the mother. */
const unborn: Described = { given: 'Unborn', family: 'Marchetti', expected: '2026-10-15', ...home }
const births = words('2026-10-03 2026-10-15 2026-09-20 2026-10-29 2026-08-30 2026-07-15')
const newborns: readonly Hazard[] = [
  ...births.flatMap((birth): readonly Hazard[] => [
    {
      kind: 'unborn, then born',
      onFile: unborn,
      asked: { given: 'Luca', family: 'Marchetti', birth, ...home },
      may: 'ASK',
    },
    {
      kind: 'unborn, then born under another family name',
      onFile: unborn,
      asked: { given: 'Luca', family: 'Rossi', birth, ...home },
      may: 'ASK',
    },
    {
      kind: 'unborn by family name alone, then born',
      onFile: { family: 'Marchetti', expected: '2026-10-15' },
      asked: { given: 'Luca', family: 'Marchetti', birth },
      may: 'ASK',
    },
    {
      kind: 'born, asked about as unborn',
      onFile: { given: 'Luca', family: 'Marchetti', birth, ...home },
      asked: unborn,
      may: 'ASK',
    },
    {
      kind: 'the expected day written as the day of birth',
      onFile: { given: 'Unborn', family: 'Marchetti', birth: '2026-10-15', ...home },
      asked: { given: 'Luca', family: 'Marchetti', birth, ...home },
      may: 'ASK',
    },
  ]),
  alike('expected day and family name', { family: 'Pryce', expected: '2027-01-18' }),
  {
    kind: 'newborn on the mother’s record',
    onFile: {
      given: 'Sarah',
      family: 'Olaleye',
      birth: '2026-10-15',
      nhsNumber: '9434765919',
      nhsVerified: true,
      ...home,
    },
    asked: {
      given: 'Noah',
      family: 'Olaleye',
      birth: '2026-10-15',
      nhsNumber: '9876543210',
      nhsVerified: true,
      ...home,
    },
    may: 'ASK',
  },
  {
    kind: 'newborn under the mother’s number, elsewhere',
    onFile: { given: 'Baby', family: 'Olaleye', birth: '2026-10-15', nhsNumber: '9434765919', nhsVerified: true },
    asked: { given: 'Noah', family: 'Adeyemi', birth: '2026-10-17', motherNhs: '9434765919' },
    may: 'ASK',
  },
  {
    kind: 'unborn known by the mother',
    onFile: { given: 'Unborn', expected: '2026-10-15', motherNhs: '9434765919' },
    asked: { given: 'Noah', family: 'Adeyemi', birth: '2026-10-17', motherNhs: '9434765919' },
    may: 'ASK',
  },
]

/** Numbers that are on the wrong record, used again, mistyped, or typed for want of one. */
const numbered: Described = { given: 'Ruby', family: 'Clarke', birth: born, nhsNumber: '9434765919', nhsVerified: true }
const numbers: readonly Hazard[] = [
  { kind: 'number used again', onFile: numbered, asked: { ...numbered, given: 'Rudy', family: 'Obafemi' }, may: 'ASK' },
  {
    kind: 'number of a sibling',
    onFile: numbered,
    asked: { ...numbered, given: 'Noah', birth: '2011-02-03' },
    may: 'ASK',
  },
  {
    kind: 'number of a twin',
    onFile: { ...numbered, ...home },
    asked: { ...numbered, given: 'Grace', ...home },
    may: 'ASK',
  },
  {
    kind: 'number of a twin of another sex',
    onFile: { ...numbered, sex: 'F' },
    asked: { ...numbered, given: 'Robin', sex: 'M' },
    may: 'ASK',
  },
  { kind: 'number and another year', onFile: numbered, asked: { ...numbered, birth: '2009-01-30' }, may: 'ASK' },
  {
    kind: 'number that nobody verified',
    onFile: { ...numbered, nhsVerified: false },
    asked: { ...numbered, given: 'Rubi', family: 'Stone' },
    may: 'ASK',
  },
  {
    kind: 'two valid numbers',
    onFile: { ...numbered, ...home },
    asked: { ...numbered, nhsNumber: '9876543210', ...home },
    may: 'ASK',
  },
  ...words('0000000000 1111111111 2222222222 5555555555 9999999999 1234567890').map(
    (nhsNumber): Hazard => ({
      kind: 'no number, typed as one',
      onFile: { ...numbered, nhsNumber },
      asked: { given: 'Ruby', family: 'Obafemi', birth: born, nhsNumber, nhsVerified: true },
      may: 'TWO',
    }),
  ),
]

/** Cousins, neighbours, namesakes. */
const namesakes: readonly Hazard[] = [
  {
    kind: 'cousins in one street',
    onFile: { given: 'Mohammed', family: 'Khan', birth: '2012-05-05', postcode: 'QX4 2AB', house: '2' },
    asked: { given: 'Mohammed', family: 'Khan', birth: '2013-05-05', postcode: 'QX4 2AB', house: '40' },
    may: 'ASK',
  },
  ...lines('Mohammed Khan | John Ward | Oliver Smith | Amelia Brown').map((name): Hazard => {
    const [given = '', family = ''] = name.split(' ')
    return {
      kind: 'one name and birthday in two towns',
      onFile: { given, family, birth: born, ...home },
      asked: { given, family, birth: born, postcode: 'ZA7 1AA' },
      may: 'TWO',
    }
  }),
  {
    kind: 'father and son',
    onFile: { given: 'John', family: 'Ward', birth: '1984-02-03', ...home },
    asked: { given: 'John', family: 'Ward', birth: born, ...home },
    may: 'TWO',
  },
]

/** One child however it was written. */
const oliver: Described = { given: 'Oliver', family: 'Brown', birth: born, ...home }
const ones: readonly Hazard[] = [
  ...lines('Lopez | García-López | GARCIALOPEZ | Lopez-Garcia').map(
    (family): Hazard => ({
      kind: 'double family name',
      onFile: { given: 'Maria', family: 'Garcia Lopez', birth: born, ...home },
      asked: { given: 'Maria', family, birth: born, ...home },
      may: 'SAME',
    }),
  ),
  ...lines('O Hara | O’Hara | Hara | OHARA').map(
    (family): Hazard => ({
      kind: 'O and Mac',
      onFile: { given: 'Tess', family: "O'Hara", birth: born, ...home },
      asked: { given: 'Tess', family, birth: born, ...home },
      may: 'SAME',
    }),
  ),
  ...lines('Wisniewski | Vishnevska | WIŚNIEWSKA | Wisniewska').map(
    (family): Hazard => ({
      kind: 'another spelling',
      onFile: { given: 'Łucja', family: 'Wiśniewska', birth: born, ...home },
      asked: { given: 'Lucja', family, birth: born, ...home },
      may: 'SAME',
    }),
  ),
  ...lines('Xiao Ming | Xiaoming | 小明 | Xiao-Ming').map(
    (given): Hazard => ({
      kind: 'another alphabet',
      onFile: { given: 'Xiaoming', family: 'Wang', birth: born, ...home },
      asked: { given, family: 'Wang', birth: born, ...home },
      may: 'SAME',
    }),
  ),
  ...lines('Abdul Rahman | Abdulrahman | Abdul-Rahman | ABDUL RAHMAN').map(
    (given): Hazard => ({
      kind: 'a compound name in one word',
      onFile: { given: 'Abdulrahman', family: 'Saleh', birth: born, ...home },
      asked: { given, family: 'Saleh', birth: born, ...home },
      may: 'SAME',
    }),
  ),
  {
    kind: 'Isla-Rose with Rose as the second name',
    onFile: { given: 'Isla-Rose', family: 'Turner', birth: born, ...home },
    asked: { given: 'Isla', middle: 'Rose', family: 'Turner', birth: born, ...home },
    may: 'SAME',
  },
  { kind: 'names swapped', onFile: oliver, asked: { ...oliver, given: 'Brown', family: 'Oliver' }, may: 'SAME' },
  ...lines('محمد أحمد | Мухаммед Ахмад').flatMap((name): readonly Hazard[] => {
    const [given = '', family = ''] = name.split(' ')
    const onFile = { given: 'Mohammed', family: 'Ahmad', birth: born }
    return [
      { kind: 'another script', onFile, asked: { given, family, birth: born }, may: 'ONE' },
      {
        kind: 'another script, at home',
        onFile: { ...onFile, ...home },
        asked: { given, family, birth: born, ...home },
        may: 'ONE',
      },
    ]
  }),
  {
    kind: 'new family name, one home',
    onFile: { given: 'Daisy', family: 'Miller', birth: born, ...home },
    asked: { given: 'Daisy', family: 'Thornton', birth: born, ...home },
    may: 'ONE',
  },
  {
    kind: 'one name alone',
    onFile: { given: 'Suharto', birth: born },
    asked: { family: 'Suharto', birth: born },
    may: 'ONE',
  },
  {
    kind: 'one name alone, first name unknown',
    onFile: { given: 'Suharto', birth: born },
    asked: { given: 'FNU', family: 'Suharto', birth: born },
    may: 'ONE',
  },
  { kind: 'no date on one side', onFile: oliver, asked: { given: 'Oliver', family: 'Brown', ...home }, may: 'ONE' },
  ...words('2005-03-04 2003-11-30 2028-02-02 2031-05-06').map(
    (birth): Hazard => ({
      kind: 'no date sent, whatever year on file',
      onFile: { given: 'Kyle', family: 'Thornton', birth },
      asked: { given: 'Kyle', family: 'Thornton' },
      may: 'ONE',
    }),
  ),
  ...words('17/06/2014 20140617 2014/06/17 41807 06/17/2014 17.6.2014').map(
    (birth): Hazard => ({ kind: 'a date in another form', onFile: oliver, asked: { ...oliver, birth }, may: 'SAME' }),
  ),
  { kind: 'a date in words', onFile: oliver, asked: { ...oliver, birth: '17 June 2014' }, may: 'SAME' },
  {
    kind: 'moved, the earlier postcode sent',
    onFile: oliver,
    asked: { ...oliver, postcode: 'ZA7 1AA', house: '', previousPostcodes: ['QX4 2AB'] },
    may: 'SAME',
  },
  {
    kind: 'a mistyped number',
    onFile: { ...numbered, ...home },
    asked: { ...numbered, nhsNumber: '9434765918', ...home },
    may: 'SAME',
  },
  { kind: 'number, date and names', onFile: numbered, asked: numbered, may: 'SAME' },
  {
    kind: 'number and date, no name',
    onFile: numbered,
    asked: { birth: born, nhsNumber: '9434765919', nhsVerified: true },
    may: 'SAME',
  },
  {
    kind: 'number, date, a new family name',
    onFile: numbered,
    asked: { ...numbered, family: 'Thornton' },
    may: 'SAME',
  },
]

/** Every hazard. */
export const hazards: readonly Hazard[] = [
  ...commonNamesAlone,
  ...placeholderNames,
  ...placeholderNumbers,
  ...twinMarks,
  ...placeholderFamilies,
  ...halfNames,
  ...secondNames,
  ...otherTwins,
  ...pseudoPostcodes,
  ...defaultDates,
  ...defaultOnOneSide,
  ...newborns,
  ...numbers,
  ...namesakes,
  ...ones,
]
