import type { TestGateway } from '../../support/gateway.ts'
import type { Persona } from './people.ts'

/** One fact of one label, where a story case holds it: agency, list, and a field that is read as content. */
export interface Probe {
  readonly label: string
  readonly agency: string
  readonly list: string
  readonly field: string
  /** The record is of another label, so that its being there tells nothing of this one. */
  readonly beside: boolean
}

export const probe = (label: string, place: string, beside = false): Probe => {
  const [agency = '', list = '', field = ''] = place.split('.')
  return { label, agency, list, field, beside }
}

const controllers: Readonly<Record<string, string>> = {
  health: 'HEALTH',
  education: 'EDUCATION',
  police: 'POLICE',
  adultServices: 'ADULT_SERVICES',
  socialCare: 'CHILDRENS_SOCIAL_CARE',
}

/**
 * What a persona learns of each probe, by label and place: `CONTENT`, `PSEUDONYM`, `HEADLINE` (that it exists), a code
 * (withheld, and said so), `SILENT` (as if nothing were held), or `UNKNOWN` (as if there were no such child).
 */
export async function learnt(
  gateway: TestGateway,
  persona: Persona,
  childId: string,
  probes: readonly Probe[],
): Promise<(asked: Probe) => string> {
  const lists = probes.map(({ agency, list, field }) => `${agency} { ${list} { id ${field} } }`)
  const query = `{ child(id: "${childId}") { withheld { reason controller categories { category } } ${lists.join(' ')} } }`
  const received = await gateway.ask(persona, query)
  const child = objectOf(received.data?.['child'])
  if (child !== null) return (asked) => learntOf(child, asked)
  const [error] = received.errors
  return () => (error?.extensions['code'] === 'NOT_FOUND' ? 'UNKNOWN' : received.text)
}

function learntOf(child: Record<string, unknown>, { label, agency, list, field, beside }: Probe): string {
  const rows = listOf(objectOf(child[agency])?.[list])
  const values = rows.map((row) => row[field]).filter((value) => value !== null)
  if (values.some((value) => /^[A-Z]+(-[A-Z]+)*-\d+$/.test(String(value)))) return 'PSEUDONYM'
  if (values.length > 0) return 'CONTENT'
  if (rows.length > 0 && !beside) return 'HEADLINE'
  const told = listOf(child['withheld']).find(
    (each) =>
      each['controller'] === controllers[agency] &&
      listOf(each['categories']).some(({ category }) => category === label),
  )
  return told ? String(told['reason']) : 'SILENT'
}

const objectOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null

const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.flatMap((each: unknown): Record<string, unknown>[] => {
        const object = objectOf(each)
        return object ? [object] : []
      })
    : []
