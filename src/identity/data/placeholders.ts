/**
 * Words that stand where a name is not known. They are no evidence: two children whom nobody has named yet are not
 * one child.
 *
 * Sources: DfE SUI Matcher, `strategies.md`, strategy 5 ("baby", "infant"); NHS Data Dictionary, PERSON GIVEN NAME
 * and the names that maternity systems give to the newborn ("Baby of", "Twin 1", "BabyBoy"); FNU and LNU (first, last
 * name unknown), as passports and visas write them; DfE Common Basic Data Set and CAPITA SIMS exports ("Not known",
 * "TBC"); the same in the languages of families (bébé, bebek, noworodek); empty marks of spreadsheets.
 */
const anyName =
  words(`unknown unkown unknwon unk unkn ukn nk notknown notgiven notstated notrecorded notprovided notapplicable
  notdisclosed none noname nonamed nameless unnamed null nil nan undefined blank empty missing tba tbc tbd anon anonymous
  withheld declined refused redacted restricted confidential test testing testpatient dummy donotuse xxx xxxx zzz zzzz
  unborn newborn neonate foetus fetus embryo stillborn`)

/**
 * A given name that is none. A name that people bear (Hope, Star) is not here, however often it is given in passing.
 */
const givenNames =
  words(`baby babyboy babygirl babya babyb babyc babyone babytwo babyof infant infantboy infantgirl boy girl male female child
  son daughter sibling brother sister twin twina twinb twinone twintwo twini twinii triplet tripleta tripletb tripletc
  quad not no first second firsttwin secondtwin mr mrs miss ms master fnu fname firstname forename givenname nfn nmn uasc eldest youngest babys bump
  bebe bebek bebis noworodek dziecko copil nouveaune`)

const familyNames = words(`lnu lname lastname surname familyname nln nosurname nolastname`)

/** Said in several words, without what stands between them. */
const phrases =
  words(`notknown notyetknown notyetnamed notnamed namenotknown namenotgiven nameunknown firstnameunknown lastnameunknown
  firstnamenotknown tobeconfirmed tobeadvised tobenamed tobedetermined na notavailable noname nofirstname nolastname nosurname
  babyof babyboyof babygirlof didnotsay wouldnotsay prefernottosay maleinfant femaleinfant malechild femalechild unbornchild unbornbaby
  finfant minfant fbaby mbaby fchild mchild newbornbaby liveborn cannotrecall notsure`)

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean))
}

/** One letter or mark over and over: "x", "xx", "aaa", "…". A single initial is no placeholder, but an X is. */
const isRepeated = (word: string): boolean => /^(.)\1{2,}$/.test(word) || /^[xz]{1,2}$/.test(word) || /^\d+$/.test(word)

const isWord = (word: string, own: ReadonlySet<string>): boolean => {
  if (anyName.has(word) || own.has(word) || isRepeated(word)) return true
  const end = word.charCodeAt(word.length - 1)
  if (end > 57) return false
  const letters = word.replace(/\d+$/, '')
  return own.has(letters) || anyName.has(letters)
}

function isPlaceholder(name: string, own: ReadonlySet<string>): boolean {
  if (name === '') return false
  const space = name.indexOf(' ')
  if (space < 0) return isWord(name, own) || phrases.has(name)
  return isWord(name.slice(0, space), own) || phrases.has(name.replace(/[ \d]/g, ''))
}

/** Whether a normalised given name is a placeholder: by its first word, or as a whole. */
export const isPlaceholderGiven = (name: string): boolean => isPlaceholder(name, givenNames)

/** Whether a normalised family name is one. A word that is a family name somewhere (Son, Boy, Child) is none. */
export const isPlaceholderFamily = (name: string): boolean => isPlaceholder(name, familyNames)

/** Words of a name that are no part of it: the mark that a clerk put beside it ("Olivia (twin 2)"). */
export const withoutMarks = (words: readonly string[]): readonly string[] =>
  words.filter((word) => !(anyName.has(word) || twinMarks.has(word) || /^\d+$/.test(word)))

const twinMarks = words('twin twina twinb triplet baby babyboy babygirl')
