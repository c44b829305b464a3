import { jsonText, recurringText } from './cachedJsonText.ts'
import {
  canonicalCount,
  canonicalList,
  canonicalOrNull,
  canonicalText,
  objectText,
  type TextsOf,
} from './canonicalJson.ts'
import { commitmentTo, newSalt } from './commitment.ts'
import type { AuditEntry, EntryAgency, EntryChild } from './entry.ts'
import type { Payload, Permitted, SealedEntry } from './sealedEntry.ts'

type PersonOfChild = Payload['children'][number]

/** What is stored of an entry. */
export interface SealedTexts {
  /**
   * Of a `SealedEntry`: canonical JSON (RFC 8785), so that the same entry is the same bytes wherever it is written
   * again.
   */
  readonly text: string
  /** Of its `Payload`. */
  readonly payload: string
}

/**
 * Parts what may be erased from what must stay, and writes both straight through: every answer waits for its entry.
 *
 * @throws TypeError for what would read otherwise than it was, so that no such thing is recorded.
 */
export function sealedTexts(entry: AuditEntry, salt: () => string = newSalt): SealedTexts {
  const { actions, at, caller, children, code, id, operation, outcome, pack, requestId } = entry
  const { issuer, clientId, organisation, role, purpose, ...person } = caller
  const callerText = `{"salt":${jsonText(salt())}${furtherMembers(JSON.stringify(person))}`
  const places = new Places()
  const [sealedChildren, childTexts]: [string[], string[]] = [[], []]
  for (const child of children) {
    const text = personOfChild(child, places, salt())
    childTexts.push(text)
    sealedChildren.push(childText(child, places, text))
  }
  const withheldText = objectText({
    salt: jsonText(salt()),
    lists: `[${places.withheld.map(recurringText).join(',')}]`,
  } satisfies TextsOf<Payload['withheld']>)
  const text = objectText({
    actions: canonicalList(actions),
    at: canonicalText(at),
    caller: objectText({
      clientId: canonicalText(clientId),
      issuer: canonicalText(issuer),
      organisation: canonicalText(organisation),
      person: jsonText(commitmentTo(callerText)),
      purpose: canonicalText(purpose),
      role: canonicalText(role),
    } satisfies TextsOf<SealedEntry['caller']>),
    children: `[${sealedChildren.join(',')}]`,
    code: canonicalOrNull(code),
    id: canonicalText(id),
    operation: objectText({
      hash: canonicalText(operation.hash),
      name: canonicalOrNull(operation.name),
    } satisfies TextsOf<SealedEntry['operation']>),
    outcome: canonicalText(outcome),
    pack: objectText({
      hash: canonicalText(pack.hash),
      id: canonicalText(pack.id),
    } satisfies TextsOf<SealedEntry['pack']>),
    permitted: `[${places.permitted.map(permittedText).join(',')}]`,
    requestId: canonicalText(requestId),
    version: '3',
    withheld: jsonText(commitmentTo(withheldText)),
  } satisfies TextsOf<SealedEntry>)
  // The very texts that the hashes are of.
  const payload = objectText({
    caller: callerText,
    withheld: withheldText,
    children: `[${childTexts.join(',')}]`,
  } satisfies TextsOf<Payload>)
  return { text, payload }
}

/** The lists of an entry, each of which stands in it once; the first that named one comes first. */
class Places {
  readonly permitted: Permitted[] = []
  readonly withheld: EntryAgency['withheld'][] = []

  /** Equal masks give the same lists, so it is enough to know a list again. */
  ofPermitted(agency: Permitted): number {
    const { permitted } = this
    for (let place = 0; place < permitted.length; place += 1) {
      const known = permitted[place]
      if (known?.headline === agency.headline && known.content === agency.content && known.redacted === agency.redacted)
        return place
    }
    return permitted.push(agency) - 1
  }

  ofWithheld(list: EntryAgency['withheld']): number {
    const place = this.withheld.indexOf(list)
    return place < 0 ? this.withheld.push(list) - 1 : place
  }
}

const permittedText = ({ content, headline, redacted }: Permitted): string =>
  objectText({
    content: canonicalList(content),
    headline: canonicalList(headline),
    redacted: canonicalList(redacted),
  } satisfies TextsOf<Permitted>)

/** In the order in which agencies were asked, by which what is listed gets its place. */
function personOfChild({ id, facts, agencies }: EntryChild, places: Places, salt: string): string {
  let parts = ''
  for (const name in agencies) {
    const agency = agencies[name]
    if (!agency) continue
    places.ofPermitted(agency)
    parts += `${parts === '' ? '' : ','}${jsonText(name)}:${sealedParts(agency, places.ofWithheld(agency.withheld))}`
  }
  return objectText({
    salt: jsonText(salt),
    id: jsonText(id),
    facts: recurringText(facts),
    agencies: `{${parts}}`,
  } satisfies TextsOf<PersonOfChild>)
}

/** Of these and the next there are hundreds in an entry about many children. */
function sealedParts({ digest, disclosed, obligations }: EntryAgency, withheld: number): string {
  const duties = obligations === undefined ? '' : `"obligations":${JSON.stringify(obligations)},`
  const left = disclosed === undefined ? '' : `"disclosed":${recurringText(disclosed)},`
  return `{"digest":${digest === null ? 'null' : jsonText(digest)},${left}${duties}"withheld":${withheld}}`
}

function childText({ asOf, agencies }: EntryChild, places: Places, person: string): string {
  let parts = ''
  for (const name of inOrder(Object.keys(agencies))) {
    const agency = agencies[name]
    if (!agency) continue
    parts += `${parts === '' ? '' : ','}${canonicalText(name)}:${keptParts(agency, places.ofPermitted(agency))}`
  }
  return objectText({
    agencies: `{${parts}}`,
    asOf: canonicalText(asOf),
    person: jsonText(commitmentTo(person)),
  } satisfies TextsOf<SealedEntry['children'][number]>)
}

const keptParts = ({ records, state }: EntryAgency, permitted: number): string =>
  `{"permitted":${permitted},"records":${canonicalCount(records)},"state":${canonicalText(state)}}`

/** Agencies are few: each goes to its place among those before it. */
function inOrder(names: string[]): readonly string[] {
  for (let at = 1; at < names.length; at += 1) {
    const name = names[at] ?? ''
    let place = at
    for (let before = names[place - 1]; before !== undefined && before > name; before = names[place - 1]) {
      names[place] = before
      place -= 1
    }
    names[place] = name
  }
  return names
}

/** Members of an object's text behind another, with the comma where there are any. */
const furtherMembers = (object: string): string => (object === '{}' ? '}' : `,${object.slice(1)}`)
