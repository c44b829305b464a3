import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { IssuerEntry } from '../../src/auth/issuers.ts'
import { createProofKey, type ProofKey, signProof } from '../../src/auth/signDpopProof.ts'
import type { SigningKey } from '../../src/auth/signingKeys.ts'
import type { Clock } from '../../src/foundation/clock.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Person } from '../session/signedInPerson.ts'

/** The workbench as a client: the only one for which its key signs. */
export const workbenchClient = 'workbench'

/** Seconds that a token lives. It is used at once. */
const lifetime = 300
/** A token that ends so soon is not used again. */
const margin = 60

export interface MintSetting {
  /** The workbench's own entry: its tokens are confined by it once more when they are verified. */
  readonly entry: IssuerEntry
  readonly key: SigningKey
  /** The provider's entry in the issuer registry, as it stands now. */
  readonly providerEntry: (issuer: string) => IssuerEntry | undefined
  /** Purposes that the claim-mapping file leaves to a role; undefined: all. */
  readonly purposesOf: (role: Person['role']) => readonly Purpose[] | undefined
  /** Where the gateway is asked, for the proof. */
  readonly address: string
  readonly audience: string
  readonly clock: Clock
}

/** A token with the proof of who holds it, good for one request. */
export interface Minted {
  readonly authorization: string
  readonly proof: string
}

export interface Mint {
  /**
   * Purposes that a person may declare now; none when their provider no longer speaks for their organisation or role.
   */
  purposes(person: Person): readonly Purpose[]
  /** Null when the provider's entry does not let this person declare this purpose. */
  token(person: Person, purpose: Purpose, nonce: string | undefined): Promise<Minted | null>
}

/**
 * Makes the strict token for each request. What a person may declare is looked up each time, never remembered with the
 * session.
 */
export const createMint = async (setting: MintSetting): Promise<Mint> => {
  const proofKey = await createProofKey()
  const purposes = (person: Person) => purposesOf(setting, person)
  const made = new Map<string, { readonly token: string; readonly until: number }>()
  return {
    purposes,
    token: async (person, purpose, nonce) => {
      if (!purposes(person).includes(purpose)) return null
      const now = Math.floor(setting.clock.now().getTime() / 1000)
      const key = JSON.stringify([person.provider, person.subject, person.organisation, person.role, purpose])
      const before = made.get(key)
      const token =
        before && before.until > now + margin ? before.token : await sign(setting, proofKey, person, purpose, now)
      if (token !== before?.token) {
        for (const [each, { until }] of made) if (until <= now + margin) made.delete(each)
        made.set(key, { token, until: now + lifetime })
      }
      const proof = await signProof(proofKey, {
        ...{ method: 'POST', url: setting.address, at: setting.clock.now(), token },
        ...(nonce === undefined ? {} : { nonce }),
      })
      return { authorization: `DPoP ${token}`, proof }
    },
  }
}

const purposesOf = ({ providerEntry, purposesOf }: MintSetting, person: Person): readonly Purpose[] => {
  const organisation = providerEntry(person.provider)?.organisations.find(({ code }) => code === person.organisation)
  const registered = organisation?.roles.find(({ role }) => role === person.role)?.purposes ?? []
  const mapped = purposesOf(person.role)
  return mapped ? registered.filter((purpose) => mapped.includes(purpose)) : registered
}

/** The log names both: the person, with whoever vouched for them, through this client. */
const sign = (
  { entry, key, audience }: MintSetting,
  proofKey: ProofKey,
  person: Person,
  purpose: Purpose,
  now: number,
): Promise<string> =>
  new SignJWT({
    org: person.organisation,
    role: person.role,
    client_id: workbenchClient,
    act: { sub: person.provider, client_id: workbenchClient },
    authorization_details: [{ type: 'child-disclosure', purpose }],
    cnf: { jkt: proofKey.thumbprint },
  })
    .setProtectedHeader({ alg: key.publicJwk.alg, typ: 'at+jwt', kid: key.kid })
    .setIssuer(entry.issuer)
    .setSubject(person.subject)
    .setAudience(entry.audience ?? audience)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + lifetime)
    .sign(key.privateKey)
