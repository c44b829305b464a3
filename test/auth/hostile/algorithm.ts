import { encode, es256Jwk, forge, goodHeader, goodPayload, pairs, publicJwk, signHmac } from '../support.ts'
import { type Attack, shown } from './attack.ts'

/** What the key server publishes: two good keys of other kinds, and keys that no token may be verified with. */
const rsaJwk = publicJwk(pairs.rsa.publicKey, { kid: 'rsa', alg: 'PS256' })
export const publishedKeys = [
  es256Jwk,
  publicJwk(pairs.ed25519.publicKey, { kid: 'ed', alg: 'EdDSA' }),
  rsaJwk,
  publicJwk(pairs.es256.publicKey, { kid: 'encryption', alg: 'ES256', use: 'enc' }),
  publicJwk(pairs.es256.publicKey, { kid: 'wrapping', alg: 'ES256', key_ops: ['wrapKey'] }),
  publicJwk(pairs.es256.publicKey, { kid: 'no-alg' }),
  publicJwk(pairs.es256.publicKey, { kid: 'other-alg', alg: 'PS256' }),
  publicJwk(pairs.stranger.privateKey, { kid: 'private', alg: 'ES256' }),
  publicJwk(pairs.p384.publicKey, { kid: 'p384', alg: 'ES256' }),
  publicJwk(pairs.smallRsa.publicKey, { kid: 'small', alg: 'PS256' }),
  { ...es256Jwk, kid: 'no-y', y: undefined },
  { ...es256Jwk, kid: 'off-curve', x: encode(Buffer.alloc(32, 1)) },
  { ...rsaJwk, kid: 'e1', e: 'AQ' },
  { ...rsaJwk, kid: 'e3', e: 'Aw' },
  { ...rsaJwk, kid: 'e-zero', e: 'AAEAAQ' },
  { kty: 'oct', kid: 'oct', alg: 'HS256', k: encode('secret') },
  { ...es256Jwk, kid: 'oct-too', k: encode('secret') },
  { kty: 'AKP', kid: 'akp', alg: 'ML-DSA-44', pub: 'AA' },
]

const names = [
  '',
  ' ',
  'none',
  'None',
  'NONE',
  'nOnE',
  'none\0',
  'es256',
  'Es256',
  'ES256 ',
  ' ES256',
  'ES256\n',
  'ES256K',
  'ES384',
  'ES512',
  'ES521',
  'HS256',
  'HS384',
  'HS512',
  'hs256',
  'RS256',
  'RS384',
  'RS512',
  'RS1',
  'PS384',
  'PS512',
  'Ed25519',
  'Ed448',
  'EDDSA',
  'eddsa',
  'ECDH-ES',
  'RSA-OAEP',
  'RSA1_5',
  'dir',
  'A256GCM',
  'A128KW',
  'PBES2-HS256+A128KW',
  'ML-DSA-44',
  'sha256',
  'ЕS256',
  '__proto__',
  'toString',
  'null',
  'undefined',
  '0',
]

const named: Attack[] = names.map((alg) => ({
  title: `alg ${shown(alg)}`,
  token: forge({ alg }),
  reason: 'ALG_NOT_OF_ISSUER',
}))

const unsigned: Attack[] = ['none', 'None', 'nOnE', 'NONE'].flatMap((alg) =>
  ['AA', encode(Buffer.alloc(64)), encode('{}')].map(
    (signature, index): Attack => ({
      title: `alg ${alg} with the signature ${index}`,
      token: `${encode(JSON.stringify({ ...goodHeader, alg }))}.${encode(JSON.stringify(goodPayload))}.${signature}`,
      reason: 'ALG_NOT_OF_ISSUER',
    }),
  ),
)

const { publicKey } = pairs.es256
const secrets: readonly (readonly [string, string | Uint8Array])[] = [
  ['the PEM', publicKey.export({ format: 'pem', type: 'spki' })],
  ['the PEM without its last line end', publicKey.export({ format: 'pem', type: 'spki' }).toString().trimEnd()],
  ['the DER', publicKey.export({ format: 'der', type: 'spki' })],
  ['the JWK', JSON.stringify(publicKey.export({ format: 'jwk' }))],
  ['the JWK as published', JSON.stringify(es256Jwk)],
  ['nothing', ''],
  ['a null byte', '\0'],
  ['"secret"', 'secret'],
  ['the kid', 'es'],
]
const confused: Attack[] = ['HS256', 'HS384', 'HS512'].flatMap((alg) =>
  secrets.map(
    ([name, secret]): Attack => ({
      title: `${alg} with ${name} as the secret`,
      token: signHmac({ ...goodHeader, alg }, goodPayload, secret),
      reason: 'ALG_NOT_OF_ISSUER',
    }),
  ),
)
const secretUnderGoodAlg: Attack[] = secrets.map(([name, secret]) => ({
  title: `an HMAC said to be ES256, with ${name} as the secret`,
  token: signHmac(goodHeader, goodPayload, secret),
  reason: 'SIGNATURE',
}))

const crossed: Attack[] = [
  ['ES256', 'ed', pairs.es256.privateKey],
  ['ES256', 'rsa', pairs.es256.privateKey],
  ['EdDSA', 'es', pairs.ed25519.privateKey],
  ['EdDSA', 'rsa', pairs.ed25519.privateKey],
  ['PS256', 'es', pairs.rsa.privateKey],
  ['PS256', 'ed', pairs.rsa.privateKey],
].map(([alg, kid, key]) => ({
  title: `${String(alg)} under the key ${String(kid)}`,
  token: forge({ alg, kid }, {}, key as typeof pairs.es256.privateKey), // the third of each line is a private key
  reason: 'KEY_ALG_MISMATCH',
}))

const badKeys: Attack[] = [
  { title: 'a key for encryption', token: forge({ kid: 'encryption' }), reason: 'KEY_USE' },
  { title: 'a key for wrapping', token: forge({ kid: 'wrapping' }), reason: 'KEY_USE' },
  { title: 'a key without alg', token: forge({ kid: 'no-alg' }), reason: 'KEY_ALG_MISSING' },
  { title: 'a key of another alg than its type', token: forge({ kid: 'other-alg' }), reason: 'KEY_ALG_NOT_FOR_TYPE' },
  {
    title: 'a private key that was published',
    token: forge({ kid: 'private' }, {}, pairs.stranger.privateKey),
    reason: 'KEY_PRIVATE',
  },
  { title: 'another curve', token: forge({ kid: 'p384' }), reason: 'KEY_CURVE' },
  { title: 'half a point', token: forge({ kid: 'no-y' }), reason: 'KEY_MALFORMED' },
  { title: 'a point that is on no curve', token: forge({ kid: 'off-curve' }), reason: 'KEY_MALFORMED' },
  {
    title: 'RSA of 1024 bits',
    token: forge({ kid: 'small', alg: 'PS256' }, {}, pairs.smallRsa.privateKey),
    reason: 'KEY_RSA_TOO_SMALL',
  },
  {
    title: 'RSA exponent 1',
    token: forge({ kid: 'e1', alg: 'PS256' }, {}, pairs.rsa.privateKey),
    reason: 'KEY_RSA_EXPONENT',
  },
  {
    title: 'RSA exponent 3',
    token: forge({ kid: 'e3', alg: 'PS256' }, {}, pairs.rsa.privateKey),
    reason: 'KEY_RSA_EXPONENT',
  },
  {
    title: 'RSA exponent with a zero before it',
    token: forge({ kid: 'e-zero', alg: 'PS256' }, {}, pairs.rsa.privateKey),
    reason: 'KEY_RSA_EXPONENT',
  },
  { title: 'a shared secret', token: forge({ kid: 'oct' }), reason: 'KEY_SYMMETRIC' },
  { title: 'a public key with a secret beside it', token: forge({ kid: 'oct-too' }), reason: 'KEY_SYMMETRIC' },
  { title: 'a type of key that is not known', token: forge({ kid: 'akp' }), reason: 'KEY_TYPE' },
]

const kids = [
  'ES',
  'Es',
  'es ',
  ' es',
  'es.',
  'es/',
  'es%00',
  'es#',
  'es?',
  "es' OR '1'='1",
  "' UNION SELECT 'AA'--",
  'es;sleep 10',
  '$(id)',
  '`id`',
  '| id',
  '&& id',
  '../es',
  '../../../../dev/null',
  '/dev/null',
  '/proc/sys/kernel/randomize_va_space',
  'file:///etc/passwd',
  'http://127.0.0.1:9/key',
  '\\\\host\\share',
  'C:\\key',
  '$' + '{jndi:ldap://127.0.0.1/a}',
  '{{7*7}}',
  '<script>',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  '0',
  '-1',
  'null',
  'undefined',
  '*',
  'es,ed',
  '["es"]',
  'еs',
  'e\u0301s',
]

const unknown: Attack[] = kids.map((kid) => ({
  title: `kid ${shown(kid)}`,
  token: forge({ kid }),
  // One that is no name is not looked for.
  reason: kid.trim() === kid ? 'KEY_UNKNOWN' : 'KID_MISSING',
}))

export const algorithm: readonly Attack[] = [
  ...named,
  ...unsigned,
  ...confused,
  ...secretUnderGoodAlg,
  ...crossed,
  ...badKeys,
  ...unknown,
]
