import { z } from 'zod'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Grant, RowsGrant } from '../policy/grant.ts'
import { labels, labelsIn, maskOf } from '../policy/labels.ts'
import { placeReaches } from '../policy/placePrecision.ts'
import { agencyTypes } from '../policy/vocabulary.ts'
import { nameReaches } from '../policy/whichPersonsNamed.ts'

const label = z.enum(labels)
const code = z.string().min(1).max(100)
const seconds = z.number().int().nonnegative()

const rowsClaims = z.strictObject({
  headline: z.array(label),
  content: z.array(label),
  redact: z.array(label),
  rows: z.strictObject({
    ncnd: z.boolean(),
    conditions: z.boolean(),
    undecided: z.boolean(),
    notRelevant: z.boolean(),
  }),
  places: z.enum(placeReaches),
  names: z.enum(nameReaches),
  heldRecords: z.array(code),
})
type RowsClaims = z.infer<typeof rowsClaims>

/** Content has its headline, and nothing is both redacted and in full. */
function isConsistent({ headline, content, redact }: Pick<RowsClaims, 'headline' | 'content' | 'redact'>): boolean {
  return content.every((each) => headline.includes(each) && !redact.includes(each))
}

/**
 * What a signed grant says. Labels go by name, never as bits: two versions of the product may order their bits
 * differently, and a grant must then be refused, not misread.
 */
const grantClaims = z
  .strictObject({
    iss: z.string().min(1),
    aud: z.string().min(1),
    /** The gateway's id for the child. */
    sub: z.string().min(1).max(100),
    iat: seconds,
    exp: seconds,
    jti: z.string().min(1).max(100),
    /**
     * Who may present it (RFC 7800 §3.4): the gateway's grant key, or a router. From another sender the grant is worth
     * nothing.
     */
    cnf: z.strictObject({ kid: z.string().min(1).max(200) }),
    /** This agency's own person ids; no other agency's. Empty: nothing is read, and nothing held is the answer. */
    persons: z.array(code).max(100),
    /** Rows that other organisations hold. */
    ...rowsClaims.shape,
    /** Rows that the organisation of the caller holds, `organisation`; null where it holds none here. */
    own: rowsClaims.refine(isConsistent, 'own rows at odds').nullable(),
    withheld: z.array(
      z.strictObject({
        label,
        level: z.enum(['HEADLINE', 'CONTENT']),
        reason: code,
        rule: z.string().max(200),
        requestable: z.boolean(),
      }),
    ),
    /** The caller's; empty where it is read for a role of no organisation, whose own record is then nobody's. */
    organisation: z.string().max(100),
    callerType: z.enum(agencyTypes),
    keeper: code.nullable(),
    pseudonymKey: z.string().max(100),
    asOf: z.iso.datetime(),
  })
  .refine(isConsistent, 'content without its headline, or redacted and in full')

export type GrantClaims = z.infer<typeof grantClaims>

/** The part of the claims that is the decision; the rest names the parties and the time. */
export type Decision = Omit<GrantClaims, 'iss' | 'aud' | 'sub' | 'iat' | 'exp' | 'jti' | 'cnf'>

/** The claims, or null when anything is missing, unknown or at odds with itself. */
export const readGrantClaims = (payload: unknown): GrantClaims | null => grantClaims.safeParse(payload).data ?? null

export const decisionOf = (grant: Grant): Decision => ({
  persons: [...grant.persons],
  ...rowsSaid(grant),
  own: grant.own && rowsSaid(grant.own),
  withheld: grant.withheld.map((each) => ({ ...each })),
  organisation: grant.organisation,
  callerType: grant.callerType,
  keeper: grant.keeper,
  pseudonymKey: grant.pseudonymKey,
  asOf: grant.asOf,
})

export const grantOf = (agency: AgencyName, claims: GrantClaims): Grant => ({
  agency,
  childId: claims.sub,
  persons: claims.persons,
  ...rowsOf(claims),
  own: claims.own && rowsOf(claims.own),
  withheld: claims.withheld,
  organisation: claims.organisation,
  callerType: claims.callerType,
  keeper: claims.keeper,
  pseudonymKey: claims.pseudonymKey,
  asOf: claims.asOf,
})

const rowsSaid = ({ headline, content, redact, rows, places, names, heldRecords }: RowsGrant): RowsClaims => ({
  headline: [...labelsIn(headline)],
  content: [...labelsIn(content)],
  redact: [...labelsIn(redact)],
  rows: { ...rows },
  places,
  names,
  heldRecords: [...heldRecords],
})

const rowsOf = ({ headline, content, redact, rows, places, names, heldRecords }: RowsClaims): RowsGrant => ({
  headline: maskOf(headline),
  content: maskOf(content),
  redact: maskOf(redact),
  rows,
  places,
  names,
  heldRecords,
})
