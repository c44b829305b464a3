import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { AuditEntry, EntryAgency } from '../../../src/audit/entry.ts'

const commitmentTo = (text: string): string => hash('sha256', `\u0002${text}`, 'base64url')

/** Sealing as it is described, without regard to its cost: objects first, then the library of RFC 8785. */
export function plainlySealed(
  leaf: AuditEntry,
  salt: () => string,
): { readonly text: string; readonly payload: string } {
  const { version: _version, erased: _erased, caller, children, ...rest } = leaf
  const { issuer, clientId, organisation, role, purpose, ...person } = caller
  const callerText = JSON.stringify({ salt: salt(), ...person })
  const permitted: Pick<EntryAgency, 'headline' | 'content' | 'redacted'>[] = []
  const lists: EntryAgency['withheld'][] = []
  const childTexts: string[] = []
  const sealedChildren = children.map(({ id, asOf, facts, agencies }) => {
    const kept: Record<string, object> = {}
    const parts: Record<string, object> = {}
    for (const [name, { state, records, digest, disclosed, obligations, withheld, ...allowed }] of Object.entries(
      agencies,
    )) {
      let place = permitted.findIndex(
        (each) =>
          each.headline === allowed.headline && each.content === allowed.content && each.redacted === allowed.redacted,
      )
      if (place < 0) place = permitted.push(allowed) - 1
      if (!lists.includes(withheld)) lists.push(withheld)
      kept[name] = { state, records, permitted: place }
      parts[name] = { digest, disclosed, obligations, withheld: lists.indexOf(withheld) }
    }
    const text = JSON.stringify({ salt: salt(), id, facts, agencies: parts })
    childTexts.push(text)
    return { person: commitmentTo(text), asOf, agencies: kept }
  })
  const withheldText = JSON.stringify({ salt: salt(), lists })
  const sealed = {
    ...rest,
    version: 3,
    caller: { issuer, clientId, organisation, role, purpose, person: commitmentTo(callerText) },
    permitted,
    withheld: commitmentTo(withheldText),
    children: sealedChildren,
  }
  return {
    text: canonicalize(sealed) ?? '',
    payload: `{"caller":${callerText},"withheld":${withheldText},"children":[${childTexts.join(',')}]}`,
  }
}
