import { ChildAccess } from '../../../src/disclosure/childAccess.ts'
import type { Label } from '../../../src/policy/labels.ts'
import { type Pack, purposeIn } from '../../../src/policy/pack.ts'
import { mayBreakGlass } from '../../../src/registers/breakGlass.ts'
import { demonstrationPack } from '../../support/demonstrationPack.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { hideRows } from './hiddenRows.ts'
import type { Asking } from './nonInterference.ts'
import { doorsOfChild } from './questionsOfEveryKind.ts'
import { everyChild, type Principal, principals, type Twins } from './twins.ts'
import { type World, worldsOf } from './worlds.ts'

/**
 * What breaking the glass never reveals, to whomever: adoption, privilege, informants, witnesses, confidences; and no
 * row that its holder neither confirms nor denies.
 */
const neverRevealed = [
  'ADOPTION',
  'LEGAL_PRIVILEGE',
  'REFERRER_IDENTITY',
  'WITNESS',
  'CHILD_CONFIDENCE',
] as const satisfies readonly Label[]

const at = '2026-11-20T23:59:58Z'

/**
 * Hidden from everybody who has no other claim to the child than that they broke the glass: even from roles whose label
 * it is.
 */
const sealedWorlds: readonly World[] = [
  ...neverRevealed.map(
    (label): World => ({
      name: `with the glass broken, rows of ${label}`,
      hiddenFrom: () => true,
      apply: async (gateway, children) => {
        await hideRows(
          gateway,
          children.map(({ persons }) => persons),
          { label, recordedAt: at },
        )
      },
    }),
  ),
  {
    name: 'with the glass broken, rows neither confirmed nor denied',
    hiddenFrom: () => true,
    apply: async (gateway, children) => {
      await hideRows(
        gateway,
        children.map(({ persons }) => persons),
        { handling: 'NCND', recordedAt: at },
      )
    },
  },
]

/** Worlds for those who broke the glass: all that hold otherwise, and what even a broken glass keeps. */
export const worldsBehindGlass = (pack: Pack): readonly World[] => [...sealedWorlds, ...worldsOf(pack)]

interface Breaker {
  readonly principal: Principal
  readonly issuer: string
  readonly subject: string
  readonly organisation: string
  /** Children with whom the caller's organisation has nothing to do. */
  readonly strangers: readonly string[]
}

/** Breaks the glass of every child for every principal that may, in both stores, and puts it together again. */
export async function withGlassBroken<T>(twins: Twins, run: (asked: Asking) => Promise<T>): Promise<T> {
  const breakers = await breakersOf(twins.plain)
  for (const [gateway, known] of [
    [twins.plain, breakers],
    [twins.other, await breakersOf(twins.other)],
  ] as const)
    await store(gateway).raw(
      `insert into gateway.break_glass (id, child_id, issuer, subject, organisation, role, purpose, reason, needs_second, opened_at, expires_at)
       select 'broken ' || row_number() over (), child_id, issuer, subject, organisation, 'ANY', 'EMERGENCY', 'To prove', false, now(), '2099-01-01'
       from jsonb_to_recordset(?::jsonb) as given (child_id text, issuer text, subject text, organisation text)`,
      [JSON.stringify(known.flatMap((breaker) => sessionsOf(breaker)))],
    )
  try {
    return await run({
      principals: breakers.map(({ principal }) => principal),
      children: everyChild,
      about: (principal) => breakers.find((breaker) => breaker.principal === principal)?.strangers ?? [],
      doors: doorsOfChild,
    })
  } finally {
    for (const gateway of [twins.plain, twins.other])
      await store(gateway).raw(`delete from gateway.break_glass where id like 'broken %'`)
  }
}

const store = (gateway: TestGateway) => gateway.opened.setting.opening.store.knex

const sessionsOf = ({ issuer, subject, organisation, strangers }: Breaker) =>
  strangers.map((child_id) => ({ child_id, issuer, subject, organisation }))

async function breakersOf(gateway: TestGateway): Promise<readonly Breaker[]> {
  const found = await Promise.all(principals.map((principal) => breakerOf(gateway, principal)))
  return found.flatMap((breaker) => (breaker && breaker.strangers.length > 0 ? [breaker] : []))
}

async function breakerOf(gateway: TestGateway, principal: Principal): Promise<Breaker | null> {
  const { persona, purpose } = principal
  if (mayBreakGlass({ role: persona.role, purpose }) !== 'ALLOWED') return null
  // An emergency opens without a relationship and without a broken glass: it would show nothing of the glass.
  if (!purposeIn(demonstrationPack, purpose).needsRelationship) return null
  const authentication = await gateway.opened.authenticate([`Bearer ${await gateway.token(persona.id, purpose)}`])
  if (!authentication.ok) throw new Error(`The token of ${persona.id} was refused.`)
  const { caller } = authentication
  const opener = new ChildAccess(gateway.opened.setting.opening, caller)
  const facts = await Promise.all(everyChild.map(({ id }) => opener.facts(id)))
  const strangers = facts.flatMap((child) => (child?.relationship === 'NONE' ? [child.childId] : []))
  const { issuer, subject, organisation } = caller
  return { principal, issuer, subject, organisation, strangers }
}
