import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenRefusal, Verifier } from '../../src/auth/verifyToken.ts'
import {
  audience,
  encode,
  entryFor,
  es256Jwk,
  forge,
  goodHeader,
  goodPayload,
  handClock,
  issuer,
  type KeyServer,
  keyServer,
  pairs,
  publicJwk,
  signHmac,
  signRaw,
  start,
  verifierFor,
} from './support.ts'

const rsaJwk = publicJwk(pairs.rsa.publicKey, { kid: 'rsa', alg: 'PS256' })
const keys = [
  es256Jwk,
  publicJwk(pairs.ed25519.publicKey, { kid: 'ed', alg: 'EdDSA' }),
  rsaJwk,
  publicJwk(pairs.es256.publicKey, { kid: 'encryption', alg: 'ES256', use: 'enc' }),
  publicJwk(pairs.es256.publicKey, { kid: 'no-alg' }),
  publicJwk(pairs.stranger.privateKey, { kid: 'private', alg: 'ES256' }),
  publicJwk(pairs.p384.publicKey, { kid: 'p384', alg: 'ES256' }),
  publicJwk(pairs.smallRsa.publicKey, { kid: 'small', alg: 'PS256' }),
  { ...rsaJwk, kid: 'e1', e: 'AQ' },
  { kty: 'oct', kid: 'oct', alg: 'HS256', k: encode('secret') },
]

let server: KeyServer
let otherServer: KeyServer
let verify: Verifier

beforeAll(async () => {
  server = await keyServer(keys)
  otherServer = await keyServer([publicJwk(pairs.stranger.publicKey, { kid: 'es', alg: 'ES256' })])
  const other = entryFor(otherServer.jwksUri, {
    issuer: 'https://other.example',
    algorithms: ['ES256'],
    organisations: [
      {
        code: 'LA5-CSC',
        agencyType: 'SOCIAL_CARE',
        la: 'LA5',
        force: null,
        roles: [{ role: 'RECEIVING_OFFICER', purposes: ['TRANSFER_RECEIVE'] }],
      },
    ],
  })
  verify = verifierFor([entryFor(server.jwksUri), other], handClock())
})
afterAll(async () => {
  await server.close()
  await otherServer.close()
})

const header = (text: string) => signRaw(text, JSON.stringify(goodPayload))
const payload = (text: string) => signRaw(JSON.stringify(goodHeader), text)
/** The good payload with its last brace replaced: what follows is written byte for byte. */
const payloadWith = (members: string) => payload(`${JSON.stringify(goodPayload).slice(0, -1)},${members}}`)
const payloadInstead = (member: string, value: string) => {
  const { [member]: _left, ...rest } = goodPayload as Record<string, unknown>
  return payload(`${JSON.stringify(rest).slice(0, -1)},"${member}":${value}}`)
}
const headerWith = (members: string) => header(`${JSON.stringify(goodHeader).slice(0, -1)},${members}}`)
const parts = (): [string, string, string] => {
  const [one = '', two = '', three = ''] = forge().split('.')
  return [one, two, three]
}
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const flipUnusedBit = (text: string) => text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) ?? 'A') ^ 1]
const resign = (change: (one: string, two: string, three: string) => string) => change(...parts())
const inside = (text: string, what: string) => text.slice(0, 10) + what + text.slice(10)
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
const purpose = (...details: unknown[]) => forge({}, { authorization_details: details })

type Attack = readonly [title: string, token: () => string, reason: TokenRefusal]

const encoding: Attack[] = [
  ['a token of more than 8 KB', () => forge({}, { filler: 'a'.repeat(8192) }), 'TOKEN_TOO_LONG'],
  ['a token of five megabytes', () => forge({}, { filler: 'a'.repeat(5e6) }), 'TOKEN_TOO_LONG'],
  ['no dots', () => 'token', 'NOT_THREE_PARTS'],
  ['two parts', () => resign((one, two) => `${one}.${two}`), 'NOT_THREE_PARTS'],
  ['four parts', () => `${forge()}.AAAA`, 'NOT_THREE_PARTS'],
  ['the five parts of an encrypted token', () => 'AA.AA.AA.AA.AA', 'NOT_THREE_PARTS'],
  ['a JSON serialisation', () => `{"payload":"AA"}`, 'NOT_THREE_PARTS'],
  ['an empty header', () => resign((_, two, three) => `.${two}.${three}`), 'HEADER_EMPTY'],
  ['an empty (detached) payload', () => resign((one, _, three) => `${one}..${three}`), 'PAYLOAD_EMPTY'],
  ['a null signature', () => resign((one, two) => `${one}.${two}.`), 'SIGNATURE_EMPTY'],
  [
    'unused bits flipped in the signature',
    () => resign((a, b, c) => `${a}.${b}.${flipUnusedBit(c)}`),
    'SIGNATURE_NOT_CANONICAL',
  ],
  ['padding after the signature', () => `${forge()}==`, 'SIGNATURE_NOT_BASE64URL'],
  ['padding after the header', () => resign((a, b, c) => `${a}=.${b}.${c}`), 'HEADER_NOT_BASE64URL'],
  ['padding after the payload', () => resign((a, b, c) => `${a}.${b}=.${c}`), 'PAYLOAD_NOT_BASE64URL'],
  ['a space in the signature', () => resign((a, b, c) => `${a}.${b}.${inside(c, ' ')}`), 'SIGNATURE_NOT_BASE64URL'],
  [
    'a line break in the signature',
    () => resign((a, b, c) => `${a}.${b}.${inside(c, '\n')}`),
    'SIGNATURE_NOT_BASE64URL',
  ],
  ['a line break after the signature', () => `${forge()}\n`, 'SIGNATURE_NOT_BASE64URL'],
  ['a space before the token', () => ` ${forge()}`, 'HEADER_NOT_BASE64URL'],
  [
    'the alphabet of plain base64',
    () => resign((a, b, c) => `${a}.${b}.${inside(c, '+/')}`),
    'SIGNATURE_NOT_BASE64URL',
  ],
  [
    'a character outside the alphabet',
    () => resign((a, b, c) => `${a}.${b}.${inside(c, '!')}`),
    'SIGNATURE_NOT_BASE64URL',
  ],
  ['a second token after a comma', () => `${forge()},${forge()}`, 'NOT_THREE_PARTS'],
  [
    'a header of a length that base64 cannot have',
    () => resign((_, b, c) => `AAAAA.${b}.${c}`),
    'HEADER_NOT_CANONICAL',
  ],
  [
    'a signature of a length that base64 cannot have',
    () => resign((a, b) => `${a}.${b}.AAAAA`),
    'SIGNATURE_NOT_CANONICAL',
  ],
]

const json: Attack[] = [
  ['a header that is not UTF-8', () => signRaw(Buffer.from([0x7b, 0xff, 0x7d]), '{}'), 'HEADER_NOT_UTF8'],
  [
    'a payload that is not UTF-8',
    () => signRaw(JSON.stringify(goodHeader), Buffer.from([0x7b, 0xc0, 0xaf, 0x7d])),
    'PAYLOAD_NOT_UTF8',
  ],
  ['a byte order mark', () => header(`\uFEFF${JSON.stringify(goodHeader)}`), 'HEADER_NOT_JSON'],
  ['a header that is not JSON', () => header('alg=ES256'), 'HEADER_NOT_JSON'],
  ['a payload with a comment', () => payload(`${JSON.stringify(goodPayload)}// x`), 'PAYLOAD_NOT_JSON'],
  ['a header that is a list', () => header('["ES256"]'), 'HEADER_NOT_AN_OBJECT'],
  ['a payload that is a string', () => payload('"claims"'), 'PAYLOAD_NOT_AN_OBJECT'],
  ['a payload that is null', () => payload('null'), 'PAYLOAD_NOT_AN_OBJECT'],
  ['the same claim twice', () => payloadWith('"role":"TEAM_MANAGER"'), 'PAYLOAD_DUPLICATE_MEMBER'],
  ['the same claim twice with one value', () => payloadWith('"role":"MASH_ANALYST"'), 'PAYLOAD_DUPLICATE_MEMBER'],
  [
    'the same claim twice, once with escapes',
    () => payloadWith('"\\u0072ole":"TEAM_MANAGER"'),
    'PAYLOAD_DUPLICATE_MEMBER',
  ],
  ['a claim twice within a claim', () => payloadWith('"x":[{"a":1,"b":{},"a":2}]'), 'PAYLOAD_DUPLICATE_MEMBER'],
  ['a member twice with white space before the colon', () => payloadWith('"role"\n\t : 1'), 'PAYLOAD_DUPLICATE_MEMBER'],
  ['alg twice', () => headerWith('"alg":"none"'), 'HEADER_DUPLICATE_MEMBER'],
  ['alg twice, once with escapes', () => headerWith('"\\u0061lg":"none"'), 'HEADER_DUPLICATE_MEMBER'],
  ['a __proto__ claim', () => payloadWith('"__proto__":{"role":"TEAM_MANAGER"}'), 'PAYLOAD_FORBIDDEN_MEMBER'],
  ['a __proto__ header written with escapes', () => headerWith('"\\u005f_proto__":{}'), 'HEADER_FORBIDDEN_MEMBER'],
  ['a constructor within a claim', () => payloadWith('"x":{"constructor":{}}'), 'PAYLOAD_FORBIDDEN_MEMBER'],
  ['nine levels', () => payloadWith(`"x":${deep(8)}`), 'PAYLOAD_TOO_DEEP'],
  ['a thousand levels in the header', () => headerWith(`"x":${deep(1000)}`), 'HEADER_TOO_DEEP'],
  ['half of a surrogate pair', () => payloadInstead('sub', '"\\ud800"'), 'PAYLOAD_LONE_SURROGATE'],
]

const header8725: Attack[] = [
  ['typ JWT', () => forge({ typ: 'JWT' }), 'TYP'],
  ['typ in capitals', () => forge({ typ: 'AT+JWT' }), 'TYP'],
  ['typ with its media type prefix', () => forge({ typ: 'application/at+jwt' }), 'TYP'],
  ['the typ of an ID token', () => forge({ typ: undefined }), 'TYP'],
  ['the typ of a grant', () => forge({ typ: 'grant+jwt' }), 'TYP'],
  ['no alg', () => forge({ alg: undefined }), 'ALG_MISSING'],
  ['an alg that is a list', () => forge({ alg: ['ES256'] }), 'ALG_MISSING'],
  ['no kid', () => forge({ kid: undefined }), 'KID_MISSING'],
  ['an empty kid', () => forge({ kid: '' }), 'KID_MISSING'],
  ['a kid that is a number', () => forge({ kid: 1 }), 'KID_MISSING'],
  ['a kid with a space behind it', () => forge({ kid: 'es ' }), 'KID_MISSING'],
  ['a kid with a null byte', () => forge({ kid: 'es\u0000' }), 'KID_MISSING'],
  ['jku', () => forge({ jku: 'http://127.0.0.1:1/keys' }), 'HEADER_JKU'],
  ['x5u', () => forge({ x5u: 'http://127.0.0.1:1/cert' }), 'HEADER_X5U'],
  [
    'an embedded key of the attacker',
    () => forge({ jwk: publicJwk(pairs.stranger.publicKey, {}) }, {}, pairs.stranger.privateKey),
    'HEADER_JWK',
  ],
  ['x5c', () => forge({ x5c: ['AA'] }), 'HEADER_X5C'],
  ['crit', () => forge({ crit: ['x'], x: 1 }), 'HEADER_CRIT'],
  ['an empty crit', () => forge({ crit: [] }), 'HEADER_CRIT'],
  ['b64 false', () => forge({ b64: false }), 'HEADER_B64'],
  ['zip', () => forge({ zip: 'DEF' }), 'HEADER_ZIP'],
  ['a nested token', () => forge({ cty: 'JWT' }), 'HEADER_CTY'],
  ['jku that is null', () => forge({ jku: null }), 'HEADER_JKU'],
]

const algorithm: Attack[] = [
  [
    'alg none, unsigned',
    () => `${encode('{"alg":"none","kid":"es","typ":"at+jwt"}')}.${encode(JSON.stringify(goodPayload))}.AA`,
    'ALG_NOT_OF_ISSUER',
  ],
  ...['none', 'None', 'NONE', 'nOnE', 'es256', 'ES384', 'RS256', 'ES512', 'HS256', 'Ed25519', ''].map(
    (alg): Attack => [`alg ${alg || 'empty'}`, () => forge({ alg }), 'ALG_NOT_OF_ISSUER'],
  ),
  [
    'the public key as an HMAC secret',
    () =>
      signHmac(
        { ...goodHeader, alg: 'HS256' },
        goodPayload,
        pairs.es256.publicKey.export({ format: 'pem', type: 'spki' }),
      ),
    'ALG_NOT_OF_ISSUER',
  ],
  ['a blank HMAC secret', () => signHmac({ ...goodHeader, alg: 'HS256' }, goodPayload, ''), 'ALG_NOT_OF_ISSUER'],
  ['ES256 under an Ed25519 key', () => forge({ kid: 'ed' }), 'KEY_ALG_MISMATCH'],
  ['EdDSA under an EC key', () => forge({ alg: 'EdDSA' }, {}, pairs.ed25519.privateKey), 'KEY_ALG_MISMATCH'],
  ['PS256 under an EC key', () => forge({ alg: 'PS256' }, {}, pairs.rsa.privateKey), 'KEY_ALG_MISMATCH'],
  ['a key for encryption', () => forge({ kid: 'encryption' }), 'KEY_USE'],
  ['a key that names no alg', () => forge({ kid: 'no-alg' }), 'KEY_ALG_MISSING'],
  ['a published private key', () => forge({ kid: 'private' }, {}, pairs.stranger.privateKey), 'KEY_PRIVATE'],
  ['a curve of another alg', () => forge({ kid: 'p384' }), 'KEY_CURVE'],
  ['a small RSA key', () => forge({ kid: 'small', alg: 'PS256' }, {}, pairs.smallRsa.privateKey), 'KEY_RSA_TOO_SMALL'],
  ['RSA exponent 1', () => forge({ kid: 'e1', alg: 'PS256' }), 'KEY_RSA_EXPONENT'],
  [
    'a shared secret in the key set',
    () => signHmac({ ...goodHeader, kid: 'oct' }, goodPayload, 'secret'),
    'KEY_SYMMETRIC',
  ],
  ...[
    '../../../dev/null',
    '/dev/null',
    "es' OR '1'='1",
    'es;sleep 5',
    '__proto__',
    'toString',
    'ES',
    'file:///etc/passwd',
    'http://127.0.0.1/k',
  ].map((kid): Attack => [`kid ${kid}`, () => forge({ kid }), 'KEY_UNKNOWN']),
]

const signature: Attack[] = [
  ['a signature by a stranger', () => forge({}, {}, pairs.stranger.privateKey), 'SIGNATURE'],
  [
    'a payload changed after signing',
    () => resign((a, _, c) => `${a}.${encode(JSON.stringify({ ...goodPayload, role: 'TEAM_MANAGER' }))}.${c}`),
    'SIGNATURE',
  ],
  [
    'a header changed after signing',
    () => resign((_, b, c) => `${encode(JSON.stringify({ ...goodHeader, x: 1 }))}.${b}.${c}`),
    'SIGNATURE',
  ],
  ['a signature of zeroes', () => resign((a, b) => `${a}.${b}.${encode(Buffer.alloc(64))}`), 'SIGNATURE'],
  [
    'a signature cut short',
    () => resign((a, b, c) => `${a}.${b}.${encode(Buffer.from(c, 'base64url').subarray(0, 63))}`),
    'SIGNATURE',
  ],
  [
    'a signature with a byte more',
    () => resign((a, b, c) => `${a}.${b}.${encode(Buffer.concat([Buffer.from(c, 'base64url'), Buffer.from([0])]))}`),
    'SIGNATURE',
  ],
  [
    'a good token of one issuer said to be of the other',
    () => forge({}, { iss: 'https://other.example' }),
    'SIGNATURE',
  ],
]

const claims: Attack[] = [
  ['exp 1e999', () => payloadInstead('exp', '1e999'), 'EXP_NOT_AN_INTEGER'],
  ['exp 1e308', () => payloadInstead('exp', '1e308'), 'EXP_NOT_AN_INTEGER'],
  ['exp as a string', () => forge({}, { exp: String(start + 300) }), 'EXP_NOT_AN_INTEGER'],
  ['exp null', () => forge({}, { exp: null }), 'EXP_NOT_AN_INTEGER'],
  ['a fraction in exp', () => forge({}, { exp: start + 300.5 }), 'EXP_NOT_AN_INTEGER'],
  ['iat as a string', () => forge({}, { iat: String(start) }), 'IAT_NOT_AN_INTEGER'],
  ['nbf true', () => forge({}, { nbf: true }), 'NBF_NOT_AN_INTEGER'],
  ['nbf minus infinity', () => payloadWith('"nbf":-1e999'), 'NBF_NOT_AN_INTEGER'],
  ['no exp', () => forge({}, { exp: undefined }), 'EXP_MISSING'],
  ['no iat', () => forge({}, { iat: undefined }), 'IAT_MISSING'],
  ['a life of ten years', () => forge({}, { exp: start + 3e8 }), 'LIFETIME'],
  ['a life of 601 seconds', () => forge({}, { exp: start + 601 }), 'LIFETIME'],
  ['an end before its beginning', () => forge({}, { iat: start + 20, exp: start + 10 }), 'LIFETIME'],
  ['iat in the future', () => forge({}, { iat: start + 31, exp: start + 100 }), 'ISSUED_IN_FUTURE'],
  ['nbf in the future', () => forge({}, { nbf: start + 6 }), 'NOT_YET_VALID'],
  ['exp in the past', () => forge({}, { iat: start - 300, exp: start - 5 }), 'EXPIRED'],
  ['iss with a slash', () => forge({}, { iss: `${issuer}/` }), 'ISSUER_UNKNOWN'],
  ['iss as a list', () => forge({}, { iss: [issuer] }), 'ISSUER_UNKNOWN'],
  ['no iss', () => forge({}, { iss: undefined }), 'ISSUER_UNKNOWN'],
  ['iss in other case', () => forge({}, { iss: issuer.toUpperCase() }), 'ISSUER_UNKNOWN'],
  ['iss that names a prototype', () => forge({}, { iss: 'toString' }), 'ISSUER_UNKNOWN'],
  ['another audience', () => forge({}, { aud: 'https://elsewhere.example' }), 'AUDIENCE'],
  ['our audience among two', () => forge({}, { aud: ['https://elsewhere.example', audience] }), 'AUDIENCE'],
  ['an audience that contains ours', () => forge({}, { aud: `${audience}/more` }), 'AUDIENCE'],
  ['an empty audience list', () => forge({}, { aud: [] }), 'AUDIENCE'],
  ['no audience', () => forge({}, { aud: undefined }), 'AUDIENCE'],
  ['no sub', () => forge({}, { sub: undefined }), 'SUBJECT'],
  ['a sub that is a number', () => forge({}, { sub: 5 }), 'SUBJECT'],
  ['an empty sub', () => forge({}, { sub: '' }), 'SUBJECT'],
  ['a sub that breaks the line of a log', () => forge({}, { sub: 'x\nreleased to y' }), 'SUBJECT'],
  ['a sub of 257 characters', () => forge({}, { sub: 'a'.repeat(257) }), 'SUBJECT'],
  ['no client_id', () => forge({}, { client_id: undefined }), 'CLIENT_ID'],
  ['a client_id that is a list', () => forge({}, { client_id: ['hub-system'] }), 'CLIENT_ID'],
  ['jti null', () => forge({}, { jti: null }), 'TOKEN_ID'],
  ['an empty jti', () => forge({}, { jti: '' }), 'TOKEN_ID'],
  ['a jti of 15 characters', () => forge({}, { jti: '0123456789abcde' }), 'TOKEN_ID'],
  [
    'a token bound to a sender’s key, shown as a plain bearer',
    () => forge({}, { cnf: { jkt: 'A'.repeat(43) } }),
    'SENDER_CONSTRAINED',
  ],
]

const confinement: Attack[] = [
  ['no purpose', () => forge({}, { authorization_details: undefined }), 'PURPOSE_MISSING'],
  ['an empty list of purposes', () => purpose(), 'PURPOSE_MISSING'],
  [
    'a purpose as a plain claim',
    () => forge({}, { authorization_details: undefined, purpose: 'MASH_ENQUIRY' }),
    'PURPOSE_MISSING',
  ],
  [
    'a purpose that is a list',
    () => purpose({ type: 'child-disclosure', purpose: ['MASH_ENQUIRY'] }),
    'PURPOSE_MISSING',
  ],
  [
    'two purposes',
    () =>
      purpose(
        { type: 'child-disclosure', purpose: 'MASH_ENQUIRY' },
        { type: 'child-disclosure', purpose: 'S47_ENQUIRY' },
      ),
    'PURPOSE_NOT_SINGLE',
  ],
  ['a purpose of another type', () => purpose({ type: 'payment', purpose: 'MASH_ENQUIRY' }), 'PURPOSE_DETAIL_TYPE'],
  ['a purpose that is null', () => purpose(null), 'PURPOSE_DETAIL_TYPE'],
  [
    'a narrowing that is not understood',
    () => purpose({ type: 'child-disclosure', purpose: 'MASH_ENQUIRY', locations: ['LA2'] }),
    'PURPOSE_DETAIL_MEMBER',
  ],
  [
    'a purpose the role may not have',
    () => purpose({ type: 'child-disclosure', purpose: 'AUDIT' }),
    'PURPOSE_NOT_OF_ROLE',
  ],
  [
    'a purpose that does not exist',
    () => purpose({ type: 'child-disclosure', purpose: 'CURIOSITY' }),
    'PURPOSE_NOT_OF_ROLE',
  ],
  [
    'a purpose of another organisation of the issuer',
    () => purpose({ type: 'child-disclosure', purpose: 'MISSING_RESPONSE' }),
    'PURPOSE_NOT_OF_ROLE',
  ],
  ['a role the organisation has not', () => forge({}, { role: 'TEAM_MANAGER' }), 'ROLE_NOT_OF_ORGANISATION'],
  [
    'a role of another organisation of the issuer',
    () => forge({}, { role: 'MISSING_COORDINATOR' }),
    'ROLE_NOT_OF_ORGANISATION',
  ],
  ['a role that is a list', () => forge({}, { role: ['MASH_ANALYST'] }), 'ROLE_NOT_OF_ORGANISATION'],
  ['no role', () => forge({}, { role: undefined }), 'ROLE_NOT_OF_ORGANISATION'],
  [
    'an organisation of another issuer',
    () => forge({}, { org: 'LA5-CSC', role: 'RECEIVING_OFFICER' }),
    'ORGANISATION_NOT_OF_ISSUER',
  ],
  ['an organisation in other case', () => forge({}, { org: 'la2-mash' }), 'ORGANISATION_NOT_OF_ISSUER'],
  ['no organisation', () => forge({}, { org: undefined }), 'ORGANISATION_NOT_OF_ISSUER'],
  ['another authority', () => forge({}, { la: 'LA5' }), 'AUTHORITY_DIFFERS'],
  [
    'an authority where the organisation has none',
    () =>
      forge(
        {},
        {
          org: 'F1',
          role: 'MISSING_COORDINATOR',
          la: 'LA1',
          authorization_details: [{ type: 'child-disclosure', purpose: 'MISSING_RESPONSE' }],
        },
      ),
    'AUTHORITY_DIFFERS',
  ],
  ['a force where the organisation has none', () => forge({}, { force: 'F1' }), 'FORCE_DIFFERS'],
  ['another type of organisation', () => forge({}, { org_type: 'POLICE' }), 'ORGANISATION_TYPE_DIFFERS'],
  [
    'the other issuer, with its own key, for our organisation',
    () => forge({}, { iss: 'https://other.example' }, pairs.stranger.privateKey),
    'ORGANISATION_NOT_OF_ISSUER',
  ],
  [
    'an alg of the other issuer’s registration',
    () => forge({ alg: 'EdDSA', kid: 'ed' }, { iss: 'https://other.example' }, pairs.ed25519.privateKey),
    'ALG_NOT_OF_ISSUER',
  ],
]

const suites = { encoding, json, header: header8725, algorithm, signature, claims, confinement }

describe.each(Object.entries(suites))('a hostile token: %s', (_, attacks) => {
  it.each(attacks)('is refused: %s', async (_title, token, reason) => {
    expect(await verify(`Bearer ${token()}`)).toEqual({ ok: false, reason })
  })
})

describe('hostile tokens together', () => {
  it('are at least eighty', () => {
    expect(Object.values(suites).flat().length).toBeGreaterThanOrEqual(80)
  })

  it('leave a good token good', async () => {
    expect(await verify(`Bearer ${forge()}`)).toMatchObject({ ok: true })
  })
})
