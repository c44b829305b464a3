import type { Described } from '../../../src/identity/person.ts'
import type { Hazard } from './hazards.ts'

const born = '2014-06-17'
const home = { postcode: 'QX4 2AB', house: '12' }
const lines = (text: string): readonly string[] => text.trim().split(/\s*\|\s*/)
const pairs = (text: string): readonly (readonly [string, string])[] =>
  lines(text).map((pair) => {
    const [one = '', other = ''] = pair.split(' / ')
    return [one, other]
  })

const oliver: Described = { given: 'Oliver', family: 'Thornbury', birth: born, ...home }
const one = (kind: string, onFile: Described, asked: Described): Hazard => ({ kind, onFile, asked, may: 'ONE' })

/** One family name as clerks of other customs write it: particles, prefixes, a daughter's form. */
const particles =
  pairs(`van der Berg / Vanderberg | van der Berg / Berg | de la Cruz / Delacruz | de la Cruz / Cruz | Al-Hassan / Hassan
  | El Khatib / Elkhatib | bint Ahmed / Ahmed | ibn Yusuf / Yusuf | St John / Saint John | MacDonald / McDonald | Mac Donald / Macdonald
  | Ap Rhys / Rhys | Ní Bhriain / Ni Bhriain | D'Souza / De Souza | dos Santos / Santos | Nguyễn / Nguyen | Müller / Mueller | Strauß / Strauss
  | Sørensen / Sorensen | Ångström / Angstrom | Yılmaz / YILMAZ | Ćwikła / Cwikla | Novák / Nováková | Petrov / Petrova | Ó Súilleabháin / O'Sullivan
  | Smith-Jones / Jones-Smith | Thornbury / Thornbury Jr | Thornbury / Thornbury (nee Marsh) | Thornbury / Thornbury formerly Marsh
  | Thornbury / *Thornbury* | Thornbury / Thornbury1 | Thornbury / Th0rnbury`).map(([file, asked]) =>
    one('one family name by two customs', { ...oliver, family: file }, { ...oliver, family: asked }),
  )

/** What stands in the field of the given name besides it. */
const notes =
  lines(`Oliver (known as Ollie) | Oliver "Ollie" | Oliver - foster | Mr Oliver | Master Oliver | oliver | OLIVER | Oliver  | 0liver | Oliver1
  | Oliver Thornbury | Oli\u200Bver | Ｏｌｉｖｅｒ | Oliver\u00A0 | O. | Olvier | Thornbury Oliver | Oliver/Ollie | Oliver & siblings | Oliver?`).map(
    (given) => one('a note beside the given name', oliver, { ...oliver, given }),
  )

/** One child whose names came through another alphabet or another code page. */
const scripts =
  pairs(`José García / JosÃ© GarcÃ­a | Giorgos Papadopoulos / Γιώργος Παπαδόπουλος | Oleksandr Shevchenko / Олександр Шевченко
  | Minjun Kim / 김민준 김 | Yosef Cohen / יוסף כהן | Nino Beridze / ნინო ბერიძე | Arjun Sharma / अर्जुन शर्मा | Rahim Uddin / রহিম উদ্দিন
  | Simran Kaur / ਸਿਮਰਨ ਕੌਰ | Abel Tesfaye / አቤል ተስፋዬ`).map(([file, asked]) => {
    const of = (text: string) => ({ given: text.split(' ')[0] ?? '', family: text.split(' ')[1] ?? '' })
    return one('another script or code page, at home', { ...oliver, ...of(file) }, { ...oliver, ...of(asked) })
  })

/** The whole name in one field, or in the other's. */
const misplaced = [
  { given: 'Oliver Thornbury', family: '' },
  { given: '', family: 'Oliver Thornbury' },
  { given: '', family: 'Thornbury, Oliver' },
  { given: 'Thornbury', family: 'Oliver' },
  { given: 'Thornbury, Oliver', family: '' },
].map((names) => one('the whole name in one field', oliver, { ...oliver, ...names }))

/** One date by other calendars, clocks and slips. */
const dates =
  lines(`2014-06-16 | 2014-06-18 | 2014-06-16T23:00:00Z | 2014-6-17 | 2014-06-00 | 2014-00-17 | June 2014 | 17/06/14 | 1914-06-17 | 2041-06-17
  | 2104-06-17 | 2014-07-16 | 2013-06-17 | 2015-06-17 | 2014-08-19 | 1435-08-19 | 2557-06-17 | 2006-10-10 | 0000-00-00 | 0000-01-01`).map(
    (birth) => one('one date by another calendar, clock or slip', oliver, { ...oliver, birth }),
  )

/** One home as forms write it. */
const codes = lines('qx42ab | QX4  2AB | QX4 2AB. | QX4-2AB | QX4 2A8 | QX4 2AB UK | QX4').map((postcode) =>
  one('one postcode as forms write it', oliver, { ...oliver, postcode }),
)

/** Twins whose names are like one another's, as names of twins are; one is on file. */
const likeNames =
  pairs(`Jayden / Kayden | Harvey / Harley | Louis / Louise | Daniel / Danielle | Gabriel / Gabrielle | Tia / Mia | Zain / Zara
  | Hayden / Jayden | Alex / Alexa | Eli / Elijah | Ella / Ellie | James Alan / Alan James | Anna-Maria / Maria-Anna | Leo / Leon | Amelia / Emilia
  | Aisha / Ayesha-Noor | Reece / Rhys-James | Callum / Calum-Jack | Finley / Finlay-Jay`)
const twin = { family: 'Thornbury', birth: born, ...home }
const likeTwins = likeNames.map(
  ([file, asked]): Hazard => ({
    kind: 'twins of like names, one on file',
    onFile: { ...twin, given: file },
    asked: { ...twin, given: asked },
    may: 'ASK',
  }),
)
const traced = { nhsNumber: '9434765919', nhsVerified: true }
const likeTwinsNumbers = likeNames.slice(0, 9).map(
  ([file, asked]): Hazard => ({
    kind: 'number of a twin of a like name',
    onFile: { ...twin, ...traced, given: file },
    asked: { ...twin, ...traced, given: asked },
    may: 'ASK',
  }),
)

/** Brothers and sisters who bear one another's name, or nearly. */
const siblings: readonly Hazard[] = [
  ['a name given again a year later', { given: 'Lily', birth: '2015-07-02' }, { given: 'Lily' }],
  ['sisters of like names', { given: 'Lily', birth: '2015-07-02' }, { given: 'Lilly' }],
  ['brothers of one first name', { given: 'Mohammed Yusuf', birth: '2015-08-20' }, { given: 'Mohammed Ibrahim' }],
  ['mother and daughter of one name', { given: 'Lily', birth: '1990-06-17' }, { given: 'Lily' }],
  ['teenage mother and her child', { given: 'Lily', birth: '2010-01-22' }, { given: 'Baby', birth: '2026-09-30' }],
].map(([kind, onFile, asked]) => ({
  kind: String(kind),
  onFile: { ...twin, ...Object(onFile) },
  asked: { ...twin, ...Object(asked) },
  may: 'TWO' as const,
}))

/** Codes of no street: forces post offices, bulk mail, islands without streets, and what a form makes up. */
const noStreets = lines(
  'BFPO 57 | BX1 1LT | GIR 0AA | XM4 5HQ | ASCN 1ZZ | NF1 1NF | ZZ99 3AA | ZZ9 9ZZ | N0 0NE | X',
).map(
  (postcode): Hazard => ({
    kind: 'two families, a code of no street',
    onFile: { given: 'Bartholomew', family: 'Ward', birth: born, postcode },
    asked: { given: 'Bartholomew', family: 'Connors', birth: born, postcode },
    may: 'TWO',
  }),
)

const ruby: Described = { given: 'Ruby', family: 'Clarke', birth: born, ...traced }
const numbers: readonly Hazard[] = [
  ...lines('943 476 5919 | 943-476-5919 | 943.476.5919 | NHS 943 476 5919 | 9434765919.0 | \u00A09434765919').map(
    (nhsNumber) => one('a number as spreadsheets write it', { ...ruby, ...home }, { ...ruby, ...home, nhsNumber }),
  ),
  {
    kind: 'a number whose bearer’s sex differs',
    onFile: { ...ruby, sex: 'F' },
    asked: { ...ruby, sex: 'M' },
    may: 'ASK',
  },
  {
    kind: 'a number with the mother’s date of birth',
    onFile: ruby,
    asked: { ...ruby, birth: '1988-03-04' },
    may: 'ASK',
  },
  {
    kind: 'one pupil number on two children',
    onFile: { given: 'Ruby', family: 'Clarke', birth: born, upn: 'A123456789012' },
    asked: { given: 'Jade', family: 'Okoro', birth: '2013-01-30', upn: 'A123456789012' },
    may: 'ASK',
  },
  {
    kind: 'mother’s number and an unnamed girl',
    onFile: { family: 'Pryce', expected: '2026-10-15', motherNhs: '9434765919' },
    asked: { given: 'Girl', family: 'Smith', birth: '2026-10-17', motherNhs: '9434765919' },
    may: 'ASK',
  },
  {
    kind: 'two unborn of one day',
    onFile: { given: 'Unborn 1', family: 'Pryce', expected: '2026-10-15', ...home },
    asked: { given: 'Unborn 2', family: 'Pryce', expected: '2026-10-15', ...home },
    may: 'ASK',
  },
  {
    kind: 'expected in a month',
    onFile: { given: 'Unborn', family: 'Pryce', expected: '2026-10-15' },
    asked: { family: 'Pryce', expected: '2026-10' },
    may: 'ASK',
  },
]

/** Names that one person bears twice, or many bear, with a day and no more. */
const repeated = lines(
  'Ali Ali | Abdullah Abdullah | Jaspreet Kaur | Gurpreet Singh | Thi Nguyen | Maria Silva | Blessing Okafor | Grace Williams',
).map((name): Hazard => {
  const [given = '', family = ''] = name.split(' ')
  return {
    kind: 'a name that many bear',
    onFile: { given, family, birth: born },
    asked: { given, family, birth: born },
    may: 'ASK',
  }
})

/** Hazards that came later, of customs, clerks, code pages and twins. */
export const furtherHazards: readonly Hazard[] = [
  ...[...particles, ...notes, ...scripts, ...misplaced, ...dates, ...codes],
  ...[...likeTwins, ...likeTwinsNumbers, ...siblings, ...noStreets, ...numbers, ...repeated],
]
