import type { TokenRefusal } from '../../../src/auth/verifyToken.ts'
import { audience, forge, issuer, start } from '../support.ts'
import { type Attack, payloadWithRaw, shown } from './attack.ts'

const notIntegers = [
  '1e999',
  '-1e999',
  '1e308',
  `${start}.5`,
  `"${start}"`,
  '""',
  'null',
  'true',
  'false',
  '[]',
  `[${start}]`,
  '{}',
  '9007199254740993',
  '1e30',
  '"0x6B"',
]

const times: Attack[] = (['exp', 'iat', 'nbf'] as const).flatMap((claim) =>
  notIntegers.map(
    (value): Attack => ({
      title: `${claim} ${value}`,
      token: payloadWithRaw(claim, value),
      reason: `${claim.toUpperCase() as Uppercase<typeof claim>}_NOT_AN_INTEGER`,
    }),
  ),
)

const timed = (title: string, payload: Record<string, unknown>, reason: TokenRefusal): Attack => ({
  title,
  token: forge({}, payload),
  reason,
})

const lives: Attack[] = [
  timed('no exp', { exp: undefined }, 'EXP_MISSING'),
  timed('no iat', { iat: undefined }, 'IAT_MISSING'),
  ...[601, 602, 3600, 86_400, 315_360_000, 9e15 - start].map((life) =>
    timed(`a life of ${life} seconds`, { exp: start + life }, 'LIFETIME'),
  ),
  ...[0, -1, -300].map((life) => timed(`a life of ${life} seconds`, { exp: start + life }, 'LIFETIME')),
  ...[31, 60, 3600].map((ahead) =>
    timed(`iat ${ahead} seconds ahead`, { iat: start + ahead, exp: start + ahead + 60 }, 'ISSUED_IN_FUTURE'),
  ),
  ...[6, 60, 299].map((ahead) => timed(`nbf ${ahead} seconds ahead`, { nbf: start + ahead }, 'NOT_YET_VALID')),
  ...[5, 6, 60, 86_400, start - 1].map((ago) =>
    timed(`exp ${ago} seconds ago`, { iat: start - ago - 300, exp: start - ago }, 'EXPIRED'),
  ),
  timed('exp 0', { iat: -300, exp: 0 }, 'EXPIRED'),
]

const issuers = [
  undefined,
  null,
  '',
  ' ',
  0,
  true,
  [],
  [issuer],
  {},
  { iss: issuer },
  `${issuer}/`,
  ` ${issuer}`,
  `${issuer} `,
  issuer.toUpperCase(),
  issuer.replace('https', 'http'),
  `${issuer}:443`,
  `${issuer}?`,
  `${issuer}#`,
  `${issuer}\0`,
  issuer.replace('issuer', 'іssuer'),
  'https://issuer.example.attacker.example',
  'https://attacker.example/https://issuer.example',
  '__proto__',
  'toString',
  '*',
  'null',
]
const audiences = [
  undefined,
  null,
  '',
  ' ',
  0,
  true,
  [],
  {},
  [[audience]],
  [audience, audience],
  [audience, 'https://elsewhere.example'],
  ['https://elsewhere.example', audience],
  [audience, null],
  ['https://elsewhere.example'],
  'https://elsewhere.example',
  `${audience}/`,
  `${audience} `,
  audience.toUpperCase(),
  audience.slice(0, -1),
  `${audience},https://elsewhere.example`,
  audience.replace('https', 'http'),
  '*',
  { 0: audience, length: 1 },
]

const names: readonly (readonly [string, TokenRefusal, number])[] = [
  ['sub', 'SUBJECT', 1],
  ['client_id', 'CLIENT_ID', 1],
  ['jti', 'TOKEN_ID', 16],
]
const badNames = [
  undefined,
  null,
  0,
  42,
  true,
  [],
  ['ottilie.branscombe'],
  {},
  '',
  'long-enough-0123\n',
  'long-enough-0123\r\nreleased',
  'long-enough-0123\0',
  'long-enough-0123\t',
  'long-enough-\u2028-0123',
  'long-enough-\u202e-0123',
  'long-enough-\u200b-0123',
  'long-enough-\u0085-0123',
  'a'.repeat(257),
  ' long-enough-0123',
  'long-enough-0123 ',
]

const named: Attack[] = names.flatMap(([claim, reason, shortest]) => [
  ...badNames.map(
    (value): Attack => ({ title: `${claim} ${shown(value)}`, token: forge({}, { [claim]: value }), reason }),
  ),
  ...(shortest > 1
    ? [{ title: `${claim} one character too short`, token: forge({}, { [claim]: 'a'.repeat(shortest - 1) }), reason }]
    : []),
])

export const claims: readonly Attack[] = [
  ...times,
  ...lives,
  ...issuers.map(
    (iss): Attack => ({ title: `iss ${shown(iss)}`, token: forge({}, { iss }), reason: 'ISSUER_UNKNOWN' }),
  ),
  ...audiences.map((aud): Attack => ({ title: `aud ${shown(aud)}`, token: forge({}, { aud }), reason: 'AUDIENCE' })),
  ...named,
]
