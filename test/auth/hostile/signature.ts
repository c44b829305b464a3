import { constants, sign } from 'node:crypto'
import { encode, forge, goodHeader, goodPayload, pairs } from '../support.ts'
import { type Attack, shown } from './attack.ts'

const signatureOf = (token: string): Buffer => Buffer.from(token.split('.')[2] ?? '', 'base64url')
const withSignature = (token: string, signature: Uint8Array): string =>
  `${token.slice(0, token.lastIndexOf('.'))}.${encode(signature)}`
const attack = (title: string, token: string): Attack => ({ title, token, reason: 'SIGNATURE' })

const kinds = [
  ['ES256', forge()],
  ['EdDSA', forge({ alg: 'EdDSA', kid: 'ed' }, {}, pairs.ed25519.privateKey)],
  ['PS256', forge({ alg: 'PS256', kid: 'rsa' }, {}, pairs.rsa.privateKey)],
] as const

const flipped: Attack[] = kinds.flatMap(([alg, token]) => {
  const signature = signatureOf(token)
  const step = Math.max(1, Math.floor(signature.length / 24))
  return Array.from({ length: 24 }, (_, index) => {
    const changed = Buffer.from(signature)
    const at = Math.min(index * step, changed.length - 1)
    changed[at] = (changed[at] ?? 0) ^ (1 << (index % 8))
    return attack(`${alg} with a bit flipped in byte ${at}`, withSignature(token, changed))
  })
})

const lengths: Attack[] = kinds.flatMap(([alg, token]) => {
  const signature = signatureOf(token)
  return [
    attack(`${alg} one byte short`, withSignature(token, signature.subarray(1))),
    attack(`${alg} cut in half`, withSignature(token, signature.subarray(0, signature.length / 2))),
    attack(`${alg} one byte`, withSignature(token, signature.subarray(0, 1))),
    attack(`${alg} a zero byte more`, withSignature(token, Buffer.concat([signature, Buffer.from([0])]))),
    attack(`${alg} a zero byte before`, withSignature(token, Buffer.concat([Buffer.from([0]), signature]))),
    attack(`${alg} twice`, withSignature(token, Buffer.concat([signature, signature]))),
    attack(`${alg} all zero`, withSignature(token, Buffer.alloc(signature.length))),
    attack(`${alg} all ones`, withSignature(token, Buffer.alloc(signature.length, 255))),
    attack(`${alg} reversed`, withSignature(token, Buffer.from(signature).reverse())),
  ]
})

/** Group order of P-256, and order of the base point of Ed25519. */
const orderP256 = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
const orderEd25519 = 2n ** 252n + 27742317777372353535851937790883648493n
const number = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')

const edges: Attack[] = [0n, 1n, orderP256 - 1n, orderP256, orderP256 + 1n, 2n ** 256n - 1n].flatMap((r, i) =>
  [0n, 1n, orderP256, 2n ** 256n - 1n].map((s, j) =>
    attack(`ECDSA edge r ${i}, s ${j}`, withSignature(forge(), Buffer.concat([number(r), number(s)]))),
  ),
)

const otherForms: Attack[] = [
  attack(
    'ECDSA as DER',
    withSignature(
      forge(),
      sign('sha256', Buffer.from(forge().slice(0, forge().lastIndexOf('.'))), pairs.es256.privateKey),
    ),
  ),
  (() => {
    const token = forge({ alg: 'EdDSA', kid: 'ed' }, {}, pairs.ed25519.privateKey)
    const signature = signatureOf(token)
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + orderEd25519
    return attack(
      'Ed25519 with the order added to S',
      withSignature(token, Buffer.concat([signature.subarray(0, 32), number(s).reverse()])),
    )
  })(),
  ...[0, 20, 64, 222].map((saltLength) => {
    const input = `${encode(JSON.stringify({ ...goodHeader, alg: 'PS256', kid: 'rsa' }))}.${encode(JSON.stringify(goodPayload))}`
    const key = { key: pairs.rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
    return attack(`PSS with a salt of ${saltLength}`, `${input}.${encode(sign('sha256', Buffer.from(input), key))}`)
  }),
  ...['sha256', 'sha1', 'sha512'].map((hash) => {
    const input = `${encode(JSON.stringify({ ...goodHeader, alg: 'PS256', kid: 'rsa' }))}.${encode(JSON.stringify(goodPayload))}`
    return attack(
      `PKCS #1 v1.5 with ${hash}, said to be PS256`,
      `${input}.${encode(sign(hash, Buffer.from(input), pairs.rsa.privateKey))}`,
    )
  }),
  attack('a stranger’s key', forge({}, {}, pairs.stranger.privateKey)),
  attack('a key of another curve', forge({}, {}, pairs.p384.privateKey)),
  attack(
    'the signature of another token',
    withSignature(forge(), signatureOf(forge({}, { jti: 'another-token-0123456789' }))),
  ),
]

const changes: Readonly<Record<string, unknown>> = {
  aud: ['https://wholeview.example/graphql'],
  sub: 'other',
  client_id: 'other',
  jti: 'another-token-0123456789',
  iat: goodPayload.iat - 1,
  exp: goodPayload.exp + 200,
  org: 'F1',
  role: 'TEAM_MANAGER',
  authorization_details: [],
  act: { sub: 'x' },
  cnf: null,
  la: 'LA2',
}
const swapped: Attack[] = Object.entries(changes).map(([claim, value]) => {
  const [one = '', , three = ''] = forge().split('.')
  return attack(
    `${claim} changed after signing to ${shown(value)}`,
    `${one}.${encode(JSON.stringify({ ...goodPayload, [claim]: value }))}.${three}`,
  )
})

export const signature: readonly Attack[] = [...flipped, ...lengths, ...edges, ...otherForms, ...swapped]
