import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { labels } from './labels.ts'
import { agencyTypes, purposes, roles } from './vocabulary.ts'

/**
 * A policy pack: who may read which label, for what, and why. It is dated data of one jurisdiction, decided by the
 * partnership and reviewed by its information-governance leads; the rules that use it are in `rules.ts`.
 */
const date = z.iso.date()
const role = z.enum(roles)

const access = z.strictObject({
  roles: z.array(role).min(1),
  /** CONTENT includes HEADLINE. */
  level: z.enum(['HEADLINE', 'CONTENT']),
  /** Only for these purposes; for all when absent. */
  purposes: z.array(z.enum(purposes)).min(1).optional(),
  /** Also, whatever the purpose, once there is reasonable cause; with `purposes`, either opens. */
  onHarm: z.boolean().optional(),
  /** Only records that the caller's own organisation holds. Packs of 2024 and 2026 have two words for it, with one meaning. */
  scope: z.enum(['OWN', 'HOME']).optional(),
})

const labelPolicy = z.strictObject({
  class: z.enum([
    'IDENTITY',
    'STATUS',
    'LOCATION',
    'GENERAL',
    'SENSITIVE',
    'INTELLIGENCE',
    'THIRD_PARTY',
    'ADULT',
    'REFERRER',
    'PROTECTED',
    'COURT',
    'STATUTORY',
    'PRIVILEGE',
  ]),
  /** What opens it: nothing more is needed, consent on the consent path, a duty, or the named roles alone. */
  gate: z.enum(['none', 'consent', 'duty', 'absolute']),
  /** The consent path permits it without consent. */
  base: z.boolean().optional(),
  access: z.array(access).min(1),
  /** Roles that are answered as if nothing were held. ALL_OTHERS: every role without an entry under `access`. */
  hiddenFrom: z.union([z.array(role), z.literal('ALL_OTHERS')]),
  legalBasis: z.string().min(1),
})

const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+-\d{4}-\d{2}$/),
  jurisdiction: z.enum(['ENGLAND', 'WALES']),
  effectiveFrom: date,
  title: z.string(),
  /** Whether Children Act 2004 s.16LA is commenced here. Until it is, the duty path rests on the older powers. */
  statutoryDuty16LA: z.strictObject({ inForce: z.boolean(), from: date.optional() }),
  sources: z.array(z.strictObject({ title: z.string(), cite: z.string() })).min(1),
  /** Types of organisation to which a purpose is open, and whether it needs a relationship with the child. */
  purposes: z.record(
    z.enum(purposes),
    z.strictObject({ openTo: z.array(z.enum(agencyTypes)), needsRelationship: z.boolean() }),
  ),
  labels: z.record(z.enum(labels), labelPolicy),
})

export type Pack = z.infer<typeof packSchema>
export type LabelPolicy = z.infer<typeof labelPolicy>
export type Access = z.infer<typeof access>

/** Narrows unknown data to a pack. A label or purpose that is missing, or a word that is not known, refuses the whole pack. */
export function parsePack(data: unknown): Pack {
  const parsed = packSchema.safeParse(data)
  if (parsed.success) return parsed.data
  throw new StartupError(
    parsed.error.issues.map(
      (issue) => `Policy pack, ${issue.path.join('.') || 'the whole'}: ${issue.message.replace(/\.$/, '')}.`,
    ),
  )
}

/** The starting pack: the defaults of the label table, under the law in force in England in May 2024. */
export const startingPack = new URL('./packs/england-2024-05.json', import.meta.url)

/** The pack that rests on Children Act 2004 s.16LA. It comes into force by configuration alone: `packInForce`. */
export const statutoryDutyPack = new URL('./packs/england-2026-09.json', import.meta.url)

/** The packs that come with the product. */
export const readPacks = (): readonly Pack[] => [startingPack, statutoryDutyPack].map((file) => readPack(file))

/** Reads a pack from its file. What the file holds is never quoted: it may be another file than was meant. */
export const readPack = (file: URL | string = startingPack): Pack => parsePack(jsonIn(file))

function jsonIn(file: URL | string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new StartupError([`Policy pack: ${file instanceof URL ? file.pathname : file} is no file of JSON.`])
  }
}

/** SHA-256 of the pack's canonical JSON (RFC 8785): what an audit entry names, so that a decision can be replayed later. */
export function hashOfPack(pack: Pack): string {
  const text = canonicalize(pack)
  if (text === undefined) throw new StartupError(['The policy pack has no canonical form.'])
  return createHash('sha256').update(text).digest('hex')
}
