import { createHash } from 'node:crypto'
import type { TokenRefusal } from '../../../src/auth/verifyToken.ts'
import { encode, forge, pairs, publicJwk, signRaw, start } from '../support.ts'
import { type Attack, shown, parts as tokenParts } from './attack.ts'

export const address = 'https://gateway.example/graphql'
export const proofPair = pairs.stranger

const jwk = (({ kty, crv, x, y }) => ({ kty, crv, x, y }))(publicJwk(proofPair.publicKey, {}))
/** RFC 7638: members in order of their names. */
const thumbprint = ({ crv, kty, x, y }: Record<string, unknown>) =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
const jkt = thumbprint(jwk)
const certificate = createHash('sha256').update('a certificate').digest('base64url')
const otherCertificate = createHash('sha256').update('another certificate').digest('base64url')

export const bound = forge({}, { cnf: { jkt } })
export const boundToCertificate = forge({}, { cnf: { 'x5t#S256': certificate } })
const boundToBoth = forge({}, { cnf: { jkt, 'x5t#S256': certificate } })
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

const serials = Array.from({ length: 1000 }, (_, index) => `proof-${String(index).padStart(16, '0')}`)
const goodProofHeader = { typ: 'dpop+jwt', alg: 'ES256', jwk }
const goodProofPayload = (token = bound) => ({
  jti: serials.pop(),
  htm: 'POST',
  htu: address,
  iat: start,
  ath: hashOf(token),
})
export const proof = (
  header: Record<string, unknown> = {},
  payload: Record<string, unknown> = {},
  key = proofPair.privateKey,
  token = bound,
): string =>
  signRaw(
    JSON.stringify({ ...goodProofHeader, ...header }),
    JSON.stringify({ ...goodProofPayload(token), ...payload }),
    key,
  )

const withProof = (title: string, made: string, reason: TokenRefusal): Attack => ({
  title: `proof: ${title}`,
  token: bound,
  scheme: 'DPoP',
  proofs: [made],
  reason,
})

const confirmations: Attack[] = [
  null,
  '',
  'x',
  0,
  true,
  [],
  {},
  { jkt: null },
  { jkt: '' },
  { jkt: 0 },
  { jkt: [jkt] },
  { jkt: jkt.slice(1) },
  { jkt: `${jkt}A` },
  { jkt: `${jkt}=` },
  { jkt: jkt.replace(/.$/, '!') },
  { jwk },
  { jkt, jwk },
  { kid: 'x' },
  { jku: address },
  { jkt, x: 1 },
  { 'x5t#S256': '' },
  { 'x5t#S256': 'AA' },
  { 'x5t#S256': null },
  { x5t: certificate },
  { 'x5t#s256': certificate },
  { jkt, 'x5t#S256': 1 },
].map((cnf) => ({
  title: `cnf ${shown(cnf)}`,
  token: forge({}, { cnf }),
  reason: 'CONFIRMATION',
}))

const presentation: Attack[] = [
  { title: 'a bound token as a plain bearer', token: bound, reason: 'SENDER_CONSTRAINED' },
  { title: 'a bound token as a bearer with its proof', token: bound, proofs: [proof()], reason: 'SENDER_CONSTRAINED' },
  { title: 'a bound token with a certificate instead', token: bound, certificate, reason: 'SENDER_CONSTRAINED' },
  {
    title: 'a token of both, as a bearer with its certificate',
    token: boundToBoth,
    certificate,
    reason: 'SENDER_CONSTRAINED',
  },
  { title: 'an unbound token under DPoP', token: forge(), scheme: 'DPoP', reason: 'DPOP_NOT_BOUND' },
  {
    title: 'an unbound token under DPoP with a proof',
    token: forge(),
    scheme: 'DPoP',
    proofs: [proof()],
    reason: 'DPOP_NOT_BOUND',
  },
  {
    title: 'a token of a certificate under DPoP',
    token: boundToCertificate,
    scheme: 'DPoP',
    certificate,
    reason: 'DPOP_NOT_BOUND',
  },
  { title: 'an unbound token beside a proof', token: forge(), proofs: [proof()], reason: 'DPOP_PROOF_UNEXPECTED' },
  {
    title: 'a token of a certificate beside a proof',
    token: boundToCertificate,
    certificate,
    proofs: [proof()],
    reason: 'DPOP_PROOF_UNEXPECTED',
  },
  { title: 'no proof', token: bound, scheme: 'DPoP', reason: 'DPOP_PROOF_MISSING' },
  { title: 'two proofs', token: bound, scheme: 'DPoP', proofs: [proof(), proof()], reason: 'DPOP_PROOF_REPEATED' },
  {
    title: 'an empty proof before a good one',
    token: bound,
    scheme: 'DPoP',
    proofs: ['', proof()],
    reason: 'DPOP_PROOF_REPEATED',
  },
  { title: 'no certificate', token: boundToCertificate, reason: 'CERTIFICATE_MISSING' },
  {
    title: 'another certificate',
    token: boundToCertificate,
    certificate: otherCertificate,
    reason: 'CERTIFICATE_OTHER',
  },
  { title: 'an empty thumbprint', token: boundToCertificate, certificate: '', reason: 'CERTIFICATE_OTHER' },
  {
    title: 'the thumbprint in hex',
    token: boundToCertificate,
    certificate: Buffer.from(certificate, 'base64url').toString('hex'),
    reason: 'CERTIFICATE_OTHER',
  },
  {
    title: 'the thumbprint in lower case',
    token: boundToCertificate,
    certificate: certificate.toLowerCase(),
    reason: 'CERTIFICATE_OTHER',
  },
  {
    title: 'a token of both, with a proof alone',
    token: boundToBoth,
    scheme: 'DPoP',
    proofs: [proof({}, {}, proofPair.privateKey, boundToBoth)],
    reason: 'CERTIFICATE_MISSING',
  },
  {
    title: 'a token of both, with another certificate',
    token: boundToBoth,
    scheme: 'DPoP',
    certificate: otherCertificate,
    proofs: [proof({}, {}, proofPair.privateKey, boundToBoth)],
    reason: 'CERTIFICATE_OTHER',
  },
]

const piece = (at: number, change: (text: string) => string) =>
  proof()
    .split('.')
    .map((text, index) => (index === at ? change(text) : text))
    .join('.')

const forms: Attack[] = [
  withProof('one word', 'proof', 'DPOP_NOT_THREE_PARTS'),
  withProof('empty', '', 'DPOP_NOT_THREE_PARTS'),
  withProof('two, with a comma between', `${proof()}, ${proof()}`, 'DPOP_NOT_THREE_PARTS'),
  withProof('9 KB', proof({}, { filler: 'x'.repeat(7000) }), 'DPOP_TOKEN_TOO_LONG'),
  withProof('1 MB', 'A'.repeat(1_000_000), 'DPOP_TOKEN_TOO_LONG'),
  ...tokenParts.flatMap((part, at) => [
    withProof(
      `${part} empty`,
      piece(at, () => ''),
      `DPOP_${part}_EMPTY`,
    ),
    withProof(
      `${part} padded`,
      piece(at, (text) => `${text}=`),
      `DPOP_${part}_NOT_BASE64URL`,
    ),
    withProof(
      `${part} of an impossible length`,
      piece(at, () => 'AAAAA'),
      `DPOP_${part}_NOT_CANONICAL`,
    ),
  ]),
  withProof(
    'typ twice',
    signRaw(
      `${JSON.stringify(goodProofHeader).slice(0, -1)},"typ":"dpop+jwt"}`,
      JSON.stringify(goodProofPayload()),
      proofPair.privateKey,
    ),
    'DPOP_HEADER_DUPLICATE_MEMBER',
  ),
  withProof(
    'htu twice',
    signRaw(
      JSON.stringify(goodProofHeader),
      `${JSON.stringify(goodProofPayload()).slice(0, -1)},"htu":"https://x.example"}`,
      proofPair.privateKey,
    ),
    'DPOP_PAYLOAD_DUPLICATE_MEMBER',
  ),
  withProof('a header that is a list', signRaw('[]', '{}', proofPair.privateKey), 'DPOP_HEADER_NOT_AN_OBJECT'),
  withProof(
    'a payload that is no JSON',
    signRaw(JSON.stringify(goodProofHeader), 'x', proofPair.privateKey),
    'DPOP_PAYLOAD_NOT_JSON',
  ),
]

const headers: Attack[] = [
  ...['kid', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'cty', 'iss'].map((member) =>
    withProof(`the member ${member}`, proof({ [member]: 'x' }), 'DPOP_HEADER_MEMBER'),
  ),
  ...[undefined, null, '', 'JWT', 'DPOP+JWT', 'at+jwt', 'application/dpop+jwt', ['dpop+jwt']].map((typ) =>
    withProof(`typ ${shown(typ)}`, proof({ typ }), 'DPOP_TYP'),
  ),
  ...[undefined, null, '', 'none', 'HS256', 'RS256', 'ES384', 'es256', ['ES256']].map((alg) =>
    withProof(`alg ${shown(alg)}`, proof({ alg }), 'DPOP_ALG'),
  ),
  ...[undefined, null, '', 'x', [], [jwk]].map((key) =>
    withProof(`jwk ${shown(key)}`, proof({ jwk: key }), 'DPOP_KEY_MISSING'),
  ),
]

const stranger = publicJwk(pairs.es256.publicKey, {})
const keys: Attack[] = [
  withProof('a private key', proof({ jwk: publicJwk(proofPair.privateKey, {}) }), 'DPOP_KEY_PRIVATE'),
  withProof('a key with an empty d', proof({ jwk: { ...jwk, d: '' } }), 'DPOP_KEY_PRIVATE'),
  withProof('a shared secret', proof({ jwk: { kty: 'oct', k: 'AA' } }), 'DPOP_KEY_SYMMETRIC'),
  withProof('a key with a secret beside it', proof({ jwk: { ...jwk, k: 'AA' } }), 'DPOP_KEY_SYMMETRIC'),
  withProof('no kty', proof({ jwk: { ...jwk, kty: undefined } }), 'DPOP_KEY_TYPE'),
  withProof('an unknown kty', proof({ jwk: { ...jwk, kty: 'XX' } }), 'DPOP_KEY_TYPE'),
  withProof(
    'another curve',
    proof({ jwk: publicJwk(pairs.p384.publicKey, {}) }, {}, pairs.p384.privateKey),
    'DPOP_KEY_CURVE',
  ),
  withProof('a key for encryption', proof({ jwk: { ...jwk, use: 'enc' } }), 'DPOP_KEY_USE'),
  withProof('a key for signing', proof({ jwk: { ...jwk, key_ops: ['sign'] } }), 'DPOP_KEY_USE'),
  withProof('half a point', proof({ jwk: { ...jwk, y: undefined } }), 'DPOP_KEY_MALFORMED'),
  withProof('a point on no curve', proof({ jwk: { ...jwk, x: encode(Buffer.alloc(32, 7)) } }), 'DPOP_KEY_MALFORMED'),
  withProof('an empty key', proof({ jwk: {} }), 'DPOP_KEY_TYPE'),
  withProof(
    'small RSA',
    proof({ alg: 'PS256', jwk: publicJwk(pairs.smallRsa.publicKey, {}) }, {}, pairs.smallRsa.privateKey),
    'DPOP_KEY_RSA_TOO_SMALL',
  ),
  withProof(
    'RSA exponent 1',
    proof({ alg: 'PS256', jwk: publicJwk(pairs.rsa.publicKey, { e: 'AQ' }) }, {}, pairs.rsa.privateKey),
    'DPOP_KEY_RSA_EXPONENT',
  ),
  withProof('an alg of another type than the key', proof({ alg: 'PS256' }), 'DPOP_KEY_ALG_NOT_FOR_TYPE'),
  withProof('a key that names another alg', proof({ jwk: { ...jwk, alg: 'PS256' } }), 'DPOP_KEY_ALG_NOT_FOR_TYPE'),
  ...['x5u', 'x5c', 'x5t', 'jku', 'exp'].map((member) =>
    withProof(`a key with ${member}`, proof({ jwk: { ...jwk, [member]: 'x' } }), 'DPOP_KEY_MEMBER'),
  ),
  withProof('a thief’s key, well signed', proof({ jwk: stranger }, {}, pairs.es256.privateKey), 'DPOP_KEY_OTHER'),
  withProof(
    'a thief’s Ed25519 key, well signed',
    proof({ alg: 'EdDSA', jwk: publicJwk(pairs.ed25519.publicKey, {}) }, {}, pairs.ed25519.privateKey),
    'DPOP_KEY_OTHER',
  ),
  withProof('the right key, signed by a thief', proof({}, {}, pairs.es256.privateKey), 'DPOP_SIGNATURE'),
  withProof(
    'a signature of zeroes',
    piece(2, () => encode(Buffer.alloc(64))),
    'DPOP_SIGNATURE',
  ),
  withProof(
    'a payload changed after signing',
    piece(1, () => encode(JSON.stringify(goodProofPayload()))),
    'DPOP_SIGNATURE',
  ),
]

const statements: Attack[] = [
  ...[undefined, null, '', 'GET', 'post', 'POST ', ['POST'], 'OPTIONS'].map((htm) =>
    withProof(`htm ${shown(htm)}`, proof({}, { htm }), 'DPOP_METHOD'),
  ),
  ...[
    undefined,
    null,
    '',
    0,
    [address],
    'graphql',
    '/graphql',
    'https://gateway.example',
    'https://gateway.example/',
    `${address}/`,
    'https://gateway.example/GraphQL',
    'http://gateway.example/graphql',
    'https://gateway.example:8443/graphql',
    'https://other.example/graphql',
    'https://gateway.example.other.example/graphql',
    'https://user@gateway.example/graphql',
    'https://gateway.example@other.example/graphql',
    'https://gateway.example//graphql',
    'https://gateway.example/graphql%2F',
    'https://gateway.example/x/graphql',
    'ftp://gateway.example/graphql',
    'file:///graphql',
    `${address}${'?'.repeat(2048)}`,
  ].map((htu) => withProof(`htu ${shown(htu)}`, proof({}, { htu }), 'DPOP_ADDRESS')),
  ...['1e999', '"1"', 'null', `${start}.5`, '[]'].map((iat) =>
    withProof(
      `iat ${iat}`,
      signRaw(
        JSON.stringify(goodProofHeader),
        JSON.stringify({ ...goodProofPayload(), iat: undefined }).replace(/\}$/, `,"iat":${iat}}`),
        proofPair.privateKey,
      ),
      'DPOP_IAT_NOT_AN_INTEGER',
    ),
  ),
  withProof('no iat', proof({}, { iat: undefined }), 'DPOP_IAT_MISSING'),
  ...[-61, -300, -86_400, 61, 300, 86_400].map((off) =>
    withProof(`made ${off} seconds from now`, proof({}, { iat: start + off }), 'DPOP_TIME'),
  ),
  ...[0, -1, -60].map((off) =>
    withProof(`ended ${off} seconds from now`, proof({}, { exp: start + off }), 'DPOP_TIME'),
  ),
  withProof('not to be used before long', proof({}, { nbf: start + 3600 }), 'DPOP_TIME'),
  ...[
    undefined,
    null,
    '',
    0,
    'x',
    hashOf('another token'),
    hashOf(bound).toLowerCase(),
    `${hashOf(bound)}=`,
    [hashOf(bound)],
    Buffer.from(hashOf(bound), 'base64url').toString('hex'),
  ].map((ath) => withProof(`ath ${shown(ath)}`, proof({}, { ath }), 'DPOP_TOKEN_OTHER')),
  withProof(
    'of another token of the same key',
    proof({}, {}, proofPair.privateKey, forge({}, { cnf: { jkt }, sub: 'another' })),
    'DPOP_TOKEN_OTHER',
  ),
  ...[undefined, null, '', 0, 'short', [], {}, 'a'.repeat(257), 'long-enough-0123\n'].map((jti) =>
    withProof(`jti ${shown(jti)}`, proof({}, { jti }), 'DPOP_ID'),
  ),
]

export const sender: readonly Attack[] = [
  ...confirmations,
  ...presentation,
  ...forms,
  ...headers,
  ...keys,
  ...statements,
]
