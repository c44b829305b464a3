import { labelInWords, within, wordsOf } from './codes.ts'
import { fieldInWords } from './messages.ts'

/** How much of a label was shown, where it was not all. */
const extents: Readonly<Record<string, string>> = { headline: 'that it exists', pseudonym: 'without names' }

/**
 * What the log says of one label, `health HEALTH_MENTAL W_ROLE_NOT_PERMITTED` or `police POLICE_RECORD headline`, in
 * words with its codes behind them.
 */
export const accessLine = (line: string): string => {
  const [agency = '', label = '', more = ''] = line.split(' ')
  if (label === '') return line
  const isReason = more.startsWith('W_')
  const said = isReason ? within(wordsOf('withheldReason', more)) : (extents[more] ?? more)
  const codes = isReason ? `${label}, ${more}` : label
  return `${fieldInWords(agency)}: ${within(labelInWords(label))}${said === '' ? '' : `, ${said}`} (${codes})`
}
