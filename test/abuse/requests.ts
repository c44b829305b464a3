/** One hostile request, the same for every door. */
export interface HostileRequest {
  readonly title: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
  /** Appended to the address. */
  readonly search?: string
  /** What every door must answer; a list where doors may differ in status. */
  readonly status: readonly number[]
  readonly code?: string
}

/** What no answer and no log may hold: it stands wherever a caller could put a value. */
export const canary = 'Canary9434765919Thornley'

const tooLarge = (title: string, query: string): HostileRequest => ({
  title,
  body: JSON.stringify({ query }),
  status: [400],
  code: 'OPERATION_TOO_LARGE',
})
const invalid = (title: string, query: string, more: Record<string, unknown> = {}): HostileRequest => ({
  title,
  body: JSON.stringify({ query, ...more }),
  status: [400],
  code: 'OPERATION_INVALID',
})
const times = (count: number, of: (index: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, index) => of(index)).join(between)
const nested = (levels: number, inner: string): string => `${'{ x '.repeat(levels)}${inner}${' }'.repeat(levels)}`

/** Fragments that each spread the next twice: 2^levels selections in a kilobyte. */
export const bombs: Readonly<Record<string, (levels: number) => string>> = {
  'with a field between': (n) =>
    `{ x { ...f0 } } ${times(n, (i) => `fragment f${i} on X { ...f${i + 1} x { ...f${i + 1} } }`)} fragment f${n} on X { a b }`,
  'with nothing between': (n) =>
    `{ x { ...f0 } } ${times(n, (i) => `fragment f${i} on X { ...f${i + 1} ...f${i + 1} }`)} fragment f${n} on X { a b }`,
  'through inline fragments': (n) =>
    `{ x { ...f0 } } ${times(n, (i) => `fragment f${i} on X { ... on X { ...f${i + 1} } ... @include(if: true) { ...f${i + 1} } }`)} fragment f${n} on X { a b }`,
}
const bombRequests = Object.entries(bombs).flatMap(([shape, bomb]) =>
  [13, 16, 20, 24, 25, 30, 40]
    .concat(shape.startsWith('through') ? [] : [60, 80, 100])
    .map((levels) => tooLarge(`fragments that double ${levels} times ${shape}`, bomb(levels))),
)

const limitRequests: HostileRequest[] = [
  tooLarge('201 aliases', `{ x { ${times(201, (i) => `a${i}: b`)} } }`),
  tooLarge('1,000 aliases', `{ x { ${times(1000, (i) => `a${i}: b`)} } }`),
  tooLarge('5,000 aliases', `{ ${times(5000, (i) => `a${i}: b`)} }`),
  tooLarge('201 aliases in a fragment', `{ x { ...f } } fragment f on X { ${times(201, (i) => `a${i}: b`)} }`),
  tooLarge(
    '101 aliases spread twice',
    `{ x { ...f y { ...f } } } fragment f on X { ${times(101, (i) => `a${i}: b`)} }`,
  ),
  tooLarge(
    '201 aliases over two operations',
    `query a { x { ${times(101, (i) => `a${i}: b`)} } } query b { x { ${times(101, (i) => `a${i}: b`)} } }`,
  ),
  tooLarge('16 levels', `query ${nested(16, '{ a }').replace('{ x', '{ x')}`),
  tooLarge('50 levels', nested(50, '{ a }').replace(/^\{ x/, '{ x')),
  tooLarge('300 levels', nested(300, '{ a }')),
  tooLarge('3,000 levels', nested(990, '{ a }')),
  tooLarge(
    '16 levels by fragments',
    `{ x { ...f0 } } ${times(15, (i) => `fragment f${i} on X { x { ...f${i + 1} } }`)} fragment f15 on X { a }`,
  ),
  tooLarge('21 fields at the root', `{ ${times(21, (i) => `a${i}: b`)} }`),
  tooLarge('21 fields at the root by a fragment', `{ ...f } fragment f on Query { ${times(21, (i) => `a${i}: b`)} }`),
  tooLarge('21 mutations', `mutation { ${times(21, (i) => `a${i}: b`)} }`),
  tooLarge(
    '21 fields at the root in inline fragments',
    `{ ... on Query { ${times(11, (i) => `a${i}: b`)} } ... on Query { ${times(11, (i) => `c${i}: b`)} } }`,
  ),
  tooLarge('51 directives on a field', `{ x ${times(51, () => '@include(if: true)')} }`),
  tooLarge('51 directives on a spread', `{ ...f ${times(51, () => '@include(if: true)')} } fragment f on Query { a }`),
  tooLarge('51 directives on an inline fragment', `{ ... ${times(51, () => '@x')} { a } }`),
  tooLarge('51 directives on the operation', `query ${times(51, () => '@x')} { a }`),
  tooLarge('51 directives on a variable', `query ($v: Int ${times(51, () => '@x')}) { a }`),
  tooLarge('51 directives on a fragment', `{ ...f } fragment f on Query ${times(51, () => '@x')} { a }`),
  tooLarge('1,000 unknown directives', `{ a ${times(1000, (i) => `@d${i}`)} }`),
  tooLarge('21 times one field', `{ x { ${times(21, () => 'a')} } }`),
  tooLarge('1,000 times one field', `{ x { ${times(1000, () => 'a')} } }`),
  tooLarge('21 times one spread', `{ ${times(21, () => '...f')} } fragment f on Query { a }`),
  tooLarge('21 inline fragments', `{ x { ${times(21, () => '... on X { a }')} } }`),
  tooLarge('21 overlapping fields with arguments', `{ x { ${times(21, (i) => `a: b(c: ${i})`)} } }`),
  tooLarge(
    'fields that overlap over 19 x 19 fragments, and more',
    `{ x { ${times(19, () => `... on X { ${times(19, () => '... on X { a b c d e f g h i j k l m n o }')} }`)} } }`,
  ),
  tooLarge('4,001 tokens', `{ a(b: [${times(4001, () => '1')}]) }`),
  tooLarge('50,000 tokens', `{ a(b: [${times(50_000, () => '1')}]) }`),
  tooLarge('3,000 fragments', `{ a } ${times(3000, (i) => `fragment f${i} on X { a }`)}`),
]

const circleRequests: HostileRequest[] = [
  invalid('a fragment within itself', '{ ...f } fragment f on Query { ...f }'),
  invalid('a fragment within itself, by a field', '{ ...f } fragment f on Query { x { ...f } }'),
  invalid('two fragments within each other', '{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }'),
  invalid(
    'ten fragments in a circle',
    `{ ...f0 } ${times(10, (i) => `fragment f${i} on Query { ...f${(i + 1) % 10} }`)}`,
  ),
  invalid('a circle that nothing uses', '{ __typename } fragment f on Query { x { ...f } }'),
]

const syntaxRequests: HostileRequest[] = [
  '{',
  '}',
  '{}',
  '{ a',
  '{ a(b: "',
  `{ a(b: "${canary}" "${canary}") }`,
  `{ a(b: """${canary}) }`,
  `query ${canary} ${canary} { a }`,
  '\uFEFF{{ a } }',
  'query { a } {',
  '{ a(b: 01) }',
  '{ a(b: .5) }',
  '{ a..b }',
  'fragment on on X { a }',
  '{ 9a }',
  `${canary}`,
  'query q($a: [Int) { a }',
  '{ a @ }',
  '{ "a" }',
].map((query, index) => invalid(`text that cannot be read (${index})`, query))

const schemaRequests: HostileRequest[] = [
  invalid('a type definition', 'type Query { a: Int }'),
  invalid('an extension beside an operation', '{ __typename } extend type Query { a: Int }'),
  invalid('a schema definition', 'schema { query: Q }'),
  invalid('a subscription', 'subscription { child }'),
  invalid('@defer', '{ __typename ... @defer { __typename } }'),
  invalid('@stream', '{ __typename @stream(initialCount: 0) }'),
  invalid('the same directive twice', '{ __typename @include(if: true) @include(if: true) }'),
  invalid('an undefined fragment', '{ ...nothing }'),
  invalid('an undefined variable', `{ __typename @include(if: $${canary}) }`),
  invalid('a fragment on nothing', '{ ... on Nothing { a } }'),
  invalid(
    'two fragments of one name',
    '{ ...f } fragment f on Query { __typename } fragment f on Query { __typename }',
  ),
  invalid('two operations of one name', 'query a { __typename } query a { __typename }'),
  ...[
    'childs(id: 1) { id }',
    'chil { id }',
    '_entitees { a }',
    'findChildren { id }',
    '_servic { sdl }',
    'transferSumary { id }',
  ].map((field) => invalid(`a field nearly right: ${field}`, `{ ${field} }`)),
]

/** What an operation made up is no more told back than a value. */
const nameRequests: HostileRequest[] = [
  `{ ${canary} }`,
  `{ __typename(${canary}: 1) }`,
  `{ ...${canary} }`,
  `{ __typename @${canary} }`,
  `{ ... on ${canary} { a } }`,
  `query q($v: ${canary}) { __typename @include(if: $v) }`,
].map((query, index) => invalid(`a name that is a person's (${index})`, query))

const introspectionRequests: HostileRequest[] = [
  '{ __schema { types { name } } }',
  '{ s: __schema { queryType { name } } }',
  '{ __type(name: "Query") { fields { name } } }',
  '{ ...f } fragment f on Query { __schema { directives { name } } }',
  '{ ... on Query { t: __type(name: "Child") { name } } }',
  'query IntrospectionQuery { __schema { mutationType { fields { name args { name } } } } }',
  `{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }`,
].map((query, index) => invalid(`introspection (${index})`, query))

const good = JSON.stringify({ query: '{ __typename }' })
const bad = (title: string, body: string | Uint8Array): HostileRequest => ({ title, body, status: [400] })
const bodyRequests: HostileRequest[] = [
  bad('nothing', ''),
  bad('a batch of two', `[${good},${good}]`),
  bad('a batch of a hundred', `[${times(100, () => good, ',')}]`),
  bad('an empty batch', '[]'),
  bad('a batch in a batch', `[[${good}]]`),
  bad('a number', '7'),
  bad('null', 'null'),
  bad('a text', '"{ __typename }"'),
  bad('an object without a query', '{}'),
  bad('a query that is a list', '{"query":["{ __typename }"]}'),
  bad('a query that is a document', '{"query":{"kind":"Document"}}'),
  bad('variables as text', '{"query":"{ __typename }","variables":"{}"}'),
  bad('variables as a list', '{"query":"{ __typename }","variables":[]}'),
  bad('an operation name that is an object', '{"query":"{ __typename }","operationName":{}}'),
  bad('JSON with a comment', `${good}//`),
  bad('JSON with a comma too many', '{"query":"{ __typename }",}'),
  bad('bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])),
  bad('UTF-16', Buffer.from(good, 'utf16le')),
  bad('a byte order mark', `\uFEFF${good}`),
  bad('a hash of a persisted query alone', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}'),
  ...['__proto__', 'constructor', 'prototype'].flatMap((name) => [
    bad(`${name} beside the query`, `{"query":"{ __typename }","${name}":{"polluted":1}}`),
    bad(`${name} in the variables`, `{"query":"{ __typename }","variables":{"a":[{"${name}":{"polluted":1}}]}}`),
  ]),
  bad('a null character in the text', JSON.stringify({ query: '{ a } \0' })),
  bad('a null character in a variable', '{"query":"{ __typename }","variables":{"a":["C04\\u0000"]}}'),
  bad('half a pair in a variable', '{"query":"{ __typename }","variables":{"a":{"b":"\\udfff\\ud800"}}}'),
  bad('a null character written out in the text', '{"query":"{ child(id: \\"C04\\\\u0000\\") { id } }"}'),
  {
    ...bad(
      'an operation that the document does not have',
      `{"query":"query a { __typename }","operationName":"${canary}"}`,
    ),
    status: [200, 400],
    code: 'OPERATION_INVALID',
  },
  {
    ...bad(
      'a text for a switch',
      `{"query":"query ($v: Boolean!) { __typename @include(if: $v) }","variables":{"v":"${canary}"}}`,
    ),
    status: [200, 400],
    code: 'BAD_INPUT',
  },
  bad('__proto__ by an escape', '{"query":"{ __typename }","variables":{"\\u005f_proto__":{"polluted":1}}}'),
  bad(
    'lists in variables 50,000 deep',
    `{"query":"{ __typename }","variables":{"__proto__":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
  ),
  {
    title: 'a body of two megabytes',
    body: JSON.stringify({ query: `{ __typename } #${'x'.repeat(2_000_000)}` }),
    status: [400, 413],
    code: 'OPERATION_TOO_LARGE',
  },
  {
    title: 'a body of five megabytes',
    body: JSON.stringify({ query: `{ __typename } #${'x'.repeat(5_000_000)}` }),
    status: [400, 413],
    code: 'OPERATION_TOO_LARGE',
  },
]

const typed = (type: string): HostileRequest => ({
  title: `Content-Type ${type || 'absent'}`,
  body: good,
  headers: { 'content-type': type },
  status: [415],
})
const transportRequests: HostileRequest[] = [
  ...[
    '',
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/jsonp',
    'application/json5',
    'text/json',
    'application/x-json',
    'image/png',
    'application/json, text/plain',
  ].map(typed),
  ...['utf-16', 'utf-7', 'latin1', 'us-ascii', 'x', 'utf-8; charset=utf-16'].map((charset) =>
    typed(`application/json; charset=${charset}`),
  ),
  ...['gzip', 'br', 'deflate', 'identity, gzip', 'x'].map(
    (encoding): HostileRequest => ({
      title: `Content-Encoding ${encoding}`,
      body: good,
      headers: { 'content-encoding': encoding },
      status: [415],
    }),
  ),
  {
    title: 'GET with an operation in the address',
    body: '',
    method: 'GET',
    search: '?query=%7B__typename%7D',
    status: [405],
  },
  {
    title: 'GET with a mutation in the address',
    body: '',
    method: 'GET',
    search: '?query=mutation%7Ba%7D',
    headers: { 'content-type': 'application/json' },
    status: [405],
  },
  {
    title: 'GET as a form would',
    body: '',
    method: 'GET',
    search: '?query=%7B__typename%7D',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: [405],
  },
  ...['PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(
    (method): HostileRequest => ({ title: `the method ${method}`, body: good, method, status: [405] }),
  ),
]

/** Every one of them must be refused by every door: the gateway, an agency's subgraph, and the core's. */
export const hostileRequests: readonly HostileRequest[] = [
  ...bombRequests,
  ...limitRequests,
  ...circleRequests,
  ...syntaxRequests,
  ...schemaRequests,
  ...nameRequests,
  ...introspectionRequests,
  ...bodyRequests,
  ...transportRequests,
]
