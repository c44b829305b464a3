/**
 * Given names that are the first half of a name, so that half of it is borne by many of one family: servants of God
 * (Abdul Rahman, Abdul Rahim), honours and first names that brothers and sisters share (Muhammad Ali, Muhammad
 * Hassan; Bibi; Syed), Chinese and Korean generation names, and the double names of Christian Europe (Mary Kate, Jean
 * Luc, Anna Lena). From Naming Practices (FBI/UK guide, 2006) and the nickname list of seeds. A name joined by a
 * hyphen is compound whatever it is.
 */
const firstHalves = new Set(
  `abdul abdal abd abdel abdu abdi abu umm ibn nur noor nour mohammed muhammad mohammad mohamed mohamad muhammed mohd md syed sayed
  said sheikh shaikh sheik hafiz haji bibi begum mst mosammat khadija fatima ahmed ahmad ali mir mirza ghulam gul allah al el
  xiao da li jun ming wei hui mei yu zi jia ji min hyun seo soo young eun
  mary mari marie maria anna anne ana ann jean juan jose hans karl ella lily ava isla amelia eva evie ivy
  sri siri jaya`.split(/\s+/),
)

/** Whether a given name that begins with this word is one with what follows. */
export const isFirstHalf = (word: string): boolean => firstHalves.has(word)
