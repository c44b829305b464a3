import { encode, forge, goodPayload } from '../support.ts'
import { type Attack, parts, rewrite } from './attack.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The next spelling of the same bytes: an unused bit set. Null when this part uses every bit. */
const otherSpelling = (text: string): string | null => {
  const last = alphabet.indexOf(text.at(-1) ?? 'A')
  return text.length % 4 === 0 ? null : text.slice(0, -1) + alphabet[last ^ 1]
}

const foreign: readonly (readonly [string, string])[] = [
  ['a space', ' '],
  ['a line feed', '\n'],
  ['a carriage return', '\r'],
  ['a tab', '\t'],
  ['a null byte', '\0'],
  ['a plus', '+'],
  ['a slash', '/'],
  ['an equals sign', '='],
  ['a percent escape', '%2B'],
  ['a semicolon', ';'],
  ['an accent', 'é'],
  ['a wide letter', 'Ａ'],
  ['a byte order mark', '\uFEFF'],
  ['a soft hyphen', '\u00AD'],
]

const inParts: Attack[] = parts.flatMap((part) => [
  { title: `${part} empty`, token: rewrite(part, () => ''), reason: `${part}_EMPTY` as const },
  ...foreign.flatMap(([name, character]): Attack[] => [
    {
      title: `${part} with ${name} inside`,
      token: rewrite(part, (text) => text.slice(0, 9) + character + text.slice(9)),
      reason: `${part}_NOT_BASE64URL`,
    },
    {
      title: `${part} with ${name} at its end`,
      token: rewrite(part, (text) => text + character),
      reason: `${part}_NOT_BASE64URL`,
    },
  ]),
  {
    title: `${part} of a length base64 cannot have`,
    token: rewrite(part, () => 'AAAAA'),
    reason: `${part}_NOT_CANONICAL` as const,
  },
])

/** Payloads of the three lengths, so that each kind of padding bit is tried in each part. */
const unusedBits: Attack[] = ['', 'x', 'xx'].flatMap((filler) =>
  parts.flatMap((part): Attack[] => {
    const token = forge(filler ? { filler } : {}, filler ? { filler } : {})
    const pieces = token.split('.')
    const at = parts.indexOf(part)
    const other = otherSpelling(pieces[at] ?? '')
    if (other === null) return []
    pieces[at] = other
    return [
      {
        title: `${part} with an unused bit set (${filler.length})`,
        token: pieces.join('.'),
        reason: `${part}_NOT_CANONICAL`,
      },
    ]
  }),
)

const separated: Attack[] = [
  ...[
    '',
    'token',
    'a.b',
    'a.b.c.d',
    'a.b.c.d.e',
    'a.b.c.d.e.f',
    '.',
    '....',
    forge().replaceAll('.', ''),
    forge().replaceAll('.', ','),
    forge().replaceAll('.', ':'),
    `${forge()}.`,
    `${forge()}.${forge()}`,
    `${forge()},${forge()}`,
    `${forge()} ${forge()}`,
    `{"payload":"${encode(JSON.stringify(goodPayload))}"}`,
    'null',
    'undefined',
    forge().slice(0, forge().lastIndexOf('.')),
  ].map((token, index): Attack => ({ title: `no three parts (${index})`, token, reason: 'NOT_THREE_PARTS' })),
  { title: 'two dots alone', token: '..', reason: 'HEADER_EMPTY' },
  {
    title: 'a dot before the token, its signature cut off',
    token: `.${forge().slice(0, forge().lastIndexOf('.'))}`,
    reason: 'HEADER_EMPTY',
  },
  ...[8193, 9000, 20_000, 1_000_000, 5_000_000].map(
    (length): Attack => ({ title: `${length} characters`, token: 'A'.repeat(length), reason: 'TOKEN_TOO_LONG' }),
  ),
  { title: 'a good token of more than 8 KB', token: forge({}, { filler: 'a'.repeat(7000) }), reason: 'TOKEN_TOO_LONG' },
]

export const spelling: readonly Attack[] = [...inParts, ...unusedBits, ...separated]
