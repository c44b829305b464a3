import { goodHeader, goodPayload } from '../support.ts'
import { type Attack, openText, signedText } from './attack.ts'

const texts = ['HEADER', 'PAYLOAD'] as const
const escaped = (name: string): string =>
  `\\u${(name.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}${name.slice(1)}`

const twice: Attack[] = texts.flatMap((part) =>
  Object.entries(part === 'HEADER' ? goodHeader : goodPayload).flatMap(([name, value]): Attack[] => [
    {
      title: `${part} with ${name} twice, of one value`,
      token: signedText(part, `${openText(part)},"${name}":${JSON.stringify(value)}}`),
      reason: `${part}_DUPLICATE_MEMBER`,
    },
    {
      title: `${part} with ${name} twice, null last`,
      token: signedText(part, `${openText(part)},"${name}":null}`),
      reason: `${part}_DUPLICATE_MEMBER`,
    },
    {
      title: `${part} with ${name} twice, once by an escape`,
      token: signedText(part, `${openText(part)},"${escaped(name)}":1}`),
      reason: `${part}_DUPLICATE_MEMBER`,
    },
  ]),
)

const members = (
  part: 'HEADER' | 'PAYLOAD',
  tail: string,
  title: string,
  fault: 'DUPLICATE_MEMBER' | 'FORBIDDEN_MEMBER' | 'TOO_DEEP' | 'LONE_SURROGATE',
): Attack => ({
  title: `${part} with ${title}`,
  token: signedText(part, `${openText(part)},${tail}}`),
  reason: `${part}_${fault}`,
})

const inner: Attack[] = texts.flatMap((part) => [
  members(part, '"x":{"a":1,"a":1}', 'a member twice, one level in', 'DUPLICATE_MEMBER'),
  members(part, '"x":[[{"a":1,"b":2,"a":1}]]', 'a member twice, in lists', 'DUPLICATE_MEMBER'),
  members(part, '"":1,"":2', 'an empty name twice', 'DUPLICATE_MEMBER'),
  members(part, '"x" : 1 ,\n"x"\t: 2', 'a member twice, spaced', 'DUPLICATE_MEMBER'),
  ...['__proto__', 'constructor', 'prototype'].flatMap((name) => [
    members(part, `"${name}":{}`, name, 'FORBIDDEN_MEMBER'),
    members(part, `"${escaped(name)}":1`, `${name} by an escape`, 'FORBIDDEN_MEMBER'),
    members(part, `"x":[{"y":{"${name}":null}}]`, `${name} further in`, 'FORBIDDEN_MEMBER'),
  ]),
  ...[8, 20, 100, 500].map((levels) =>
    members(part, `"x":${'['.repeat(levels)}${']'.repeat(levels)}`, `${levels} lists in each other`, 'TOO_DEEP'),
  ),
  members(part, `"x":${'{"x":'.repeat(9)}1${'}'.repeat(9)}`, 'nine objects in each other', 'TOO_DEEP'),
  ...['"\\ud800"', '"\\udc00"', '"a\\ud83d"', '"\\ude00\\ud83d"'].map((text) =>
    members(part, `"x":${text}`, `half a pair ${text}`, 'LONE_SURROGATE'),
  ),
])

const whole: Attack[] = texts.flatMap((part) => {
  const good = `${openText(part)}}`
  const notJson = [
    '',
    ' ',
    `${openText(part)}`,
    `${good}}`,
    `${good}{}`,
    `${good} x`,
    `\uFEFF${good}`,
    good.replaceAll('"', "'"),
    `${openText(part)},}`,
    `${openText(part)},"x":01}`,
    `${openText(part)},"x":0x10}`,
    `${openText(part)},"x":NaN}`,
    `${openText(part)},"x":Infinity}`,
    `${openText(part)},"x":undefined}`,
    `${openText(part)},"x":+1}`,
    `${openText(part)},"x":"\n"}`,
    `${openText(part)},x:1}`,
    `/**/${good}`,
    `${good}//`,
    `${good}\0`,
    'alg=ES256&kid=es',
    '<token/>',
    'e30',
  ]
  const notObject = ['null', 'true', '0', '"text"', '[]', `[${good}]`, '""', '-1e5']
  const notUtf8 = [
    [0xff],
    [0x7b, 0x80, 0x7d],
    [0xc0, 0xaf],
    [0xe2, 0x82],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xfe, 0xff],
    [0x7b, 0xc3, 0x28, 0x7d],
  ]
  return [
    ...notJson
      .filter((text) => text !== '')
      .map(
        (text, index): Attack => ({
          title: `${part} not JSON (${index})`,
          token: signedText(part, text),
          reason: `${part}_NOT_JSON`,
        }),
      ),
    ...notObject.map(
      (text): Attack => ({
        title: `${part} ${text.slice(0, 12)}`,
        token: signedText(part, text),
        reason: `${part}_NOT_AN_OBJECT`,
      }),
    ),
    ...notUtf8.map(
      (bytes): Attack => ({
        title: `${part} of bytes ${bytes.join(' ')}`,
        token: signedText(part, Buffer.from(bytes)),
        reason: `${part}_NOT_UTF8`,
      }),
    ),
  ]
})

export const json: readonly Attack[] = [...twice, ...inner, ...whole]
