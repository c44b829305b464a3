import { agencies, environmentPrefix } from './agencies.ts'
import { isLocalUrl, isLoopback, isPrivateDatabase, isPrivateUrl } from './localAddresses.ts'
import { defaultRequestDeadline, defaultSourceDeadline } from './settingVariables.ts'

/** The environment without what is empty. */
export type Given = Readonly<Record<string, string | undefined>>

/** The form of a variable that holds the address of a database or server of holders: `addressVariable`. */
export const holderUrlForm = /^HOLDER_[A-Z][A-Z0-9_]*_URL$/

export const holderUrlsIn = (given: Given): (readonly [string, string])[] =>
  Object.entries(given).flatMap(([name, url]) =>
    url !== undefined && holderUrlForm.test(name) ? [[name, url] as const] : [],
  )

/** What cannot be true together, each as a sentence. */
export const contradictions = (given: Given): string[] => [
  ...ofProduction(given),
  ...ofDemonstration(given),
  ...ofPairs(given),
  ...ofDeadlines(given),
  ...ofPlaces(given),
  ...inClear(given),
]

const saying = (sentences: readonly (readonly [boolean, string])[]): string[] =>
  sentences.flatMap(([isWrong, sentence]) => (isWrong ? [sentence] : []))

/** Production refuses everything that belongs to the demonstration. */
const ofProduction = (given: Given): string[] => {
  if (given['NODE_ENV'] !== 'production') return []
  const { HOST: host = '127.0.0.1', PUBLIC_URL: publicUrl } = given
  return saying([
    [given['DEMONSTRATION'] === 'on', 'DEMONSTRATION is "on", which production refuses.'],
    [!given['ISSUERS_FILE'], 'ISSUERS_FILE is missing: production trusts no demonstration issuer.'],
    [
      !given['REGISTRY_FILE'],
      "REGISTRY_FILE is missing: production does not decide by the demonstration's authorities.",
    ],
    [!given['AUDIENCE'], 'AUDIENCE is missing: production has no default audience for tokens.'],
    [!given['DATABASE_URL'], 'DATABASE_URL is missing: production does not use the embedded database.'],
    [given['DEMO_AS_OF'] !== undefined, 'DEMO_AS_OF stops the clock, which production refuses.'],
    [
      !isLoopback(host) && !publicUrl?.startsWith('https://'),
      'HOST is open to the network: production needs PUBLIC_URL, the https address behind which it stands.',
    ],
    [publicUrl?.startsWith('http:') === true, 'PUBLIC_URL is plain http, which production refuses.'],
  ])
}

/** Whether the demonstration runs, where nothing else is said. Its issuer gives anyone who reaches it any persona. */
export const isDemonstration = (given: Given): boolean =>
  given['NODE_ENV'] !== 'production' && (given['DEMONSTRATION'] ?? (given['ISSUERS_FILE'] ? 'off' : 'on')) === 'on'

/**
 * Nobody runs the demonstration where others reach it, or over records that may be real, because something was left out
 * or misspelt.
 */
const ofDemonstration = (given: Given): string[] => {
  const by = (name: string, why: string) =>
    `${name} ${why}, and this would be the demonstration, which gives anyone a token. Set NODE_ENV=production, or say DEMONSTRATION=on.`
  const isUnsaid = isDemonstration(given) && given['DEMONSTRATION'] === undefined
  const databases = ['DATABASE_URL', ...agencies.map((agency) => `${environmentPrefix(agency)}_DATABASE_URL`)]
  return saying([
    [
      given['NODE_ENV'] !== 'production' && given['DEMONSTRATION'] === 'off' && !given['ISSUERS_FILE'],
      'DEMONSTRATION is "off" and ISSUERS_FILE is missing: nobody could get a token.',
    ],
    [isUnsaid && !isLoopback(given['HOST'] ?? '127.0.0.1'), by('HOST', 'is open to the network')],
    [isUnsaid && given['PUBLIC_URL'] !== undefined, by('PUBLIC_URL', 'says that others reach it')],
    ...databases.map((name) => [isUnsaid && given[name] !== undefined, by(name, 'names a PostgreSQL')] as const),
    ...subgraphs(given).map(
      ([name, url]) => [isUnsaid && !isLocalUrl(url), by(name, 'names another machine')] as const,
    ),
    ...holderUrlsIn(given).map(([name]) => [isUnsaid, by(name, 'names where holders keep their records')] as const),
  ])
}

const subgraphs = (given: Given): (readonly [string, string])[] =>
  agencies.flatMap((agency) => {
    const name = `${environmentPrefix(agency)}_SUBGRAPH_URL`
    const url = given[name]
    return url === undefined ? [] : [[name, url] as const]
  })

const ofPairs = (given: Given): string[] => {
  const isHalf = (...names: string[]) => new Set(names.map((name) => given[name] === undefined)).size > 1
  const isListed = given['SAFELIST'] === 'strict' || given['SAFELIST'] === 'log'
  return saying([
    [isHalf('TLS_CERT', 'TLS_KEY'), 'TLS_CERT and TLS_KEY go together: neither serves TLS alone.'],
    [
      isHalf('TRUSTED_PROXY', 'CLIENT_CERTIFICATE_HEADER'),
      'TRUSTED_PROXY and CLIENT_CERTIFICATE_HEADER go together: a header is believed from a named proxy alone.',
    ],
    [Boolean(given['TLS_CLIENT_CA'] && !given['TLS_CERT']), 'TLS_CLIENT_CA needs TLS_CERT and TLS_KEY.'],
    [isListed && !given['SAFELIST_FILE'], 'SAFELIST_FILE is missing: SAFELIST has no list to look at.'],
    [
      given['WORKBENCH'] === 'on' && !given['WORKBENCH_FILE'] && !isDemonstration(given),
      'WORKBENCH_FILE is missing: nobody could sign in to the workbench.',
    ],
  ])
}

/** A request that ends before a source may be late would call a source slow that is in time. */
const ofDeadlines = (given: Given): string[] => {
  const source = Number(given['SOURCE_DEADLINE_MS'] ?? defaultSourceDeadline)
  const request = Number(given['REQUEST_DEADLINE_MS'] ?? defaultRequestDeadline)
  return saying([
    [
      request < source,
      `REQUEST_DEADLINE_MS is ${request} and SOURCE_DEADLINE_MS ${source}: no source could be waited for as long.`,
    ],
  ])
}

const ofPlaces = (given: Given): string[] =>
  agencies
    .map(environmentPrefix)
    .filter((prefix) => given[`${prefix}_SUBGRAPH_URL`])
    .flatMap((prefix) => [
      ...(given[`${prefix}_DATABASE_URL`]
        ? [`${prefix}_DATABASE_URL and ${prefix}_SUBGRAPH_URL are both set: an agency is in one place.`]
        : []),
      ...(given[`${prefix}_MAPPING`]
        ? [`${prefix}_MAPPING is for whoever reads the tables: give it to the process at ${prefix}_SUBGRAPH_URL.`]
        : []),
    ])

/**
 * Records, grants, and the keys that say who the gateway is, do not cross a network in clear: whoever is between could
 * read the one and put their own in place of the other. Where a mesh or a tunnel encrypts below, the operator says so.
 */
const inClear = (given: Given): string[] => {
  if (given['PLAIN_CONNECTIONS'] === 'allowed') return []
  const databases = [
    'DATABASE_URL',
    ...agencies.map((agency) => `${environmentPrefix(agency)}_DATABASE_URL`),
    ...holderUrlsIn(given).flatMap(([name, url]) => (/^https?:/i.test(url) ? [] : name)),
  ]
  const jwks = given['GATEWAY_JWKS']
  const isFile = jwks === undefined || !/^https?:/i.test(jwks)
  const otherwise = 'or, where the network itself encrypts, PLAIN_CONNECTIONS=allowed'
  const holders = holderUrlsIn(given)
  const isHttp = ([, url]: readonly [string, string]) => /^https?:/i.test(url)
  return saying([
    ...[...subgraphs(given), ...holders.filter(isHttp)].map(
      ([name, url]) =>
        [!isPrivateUrl(url), `${name} is plain http to another machine: use https, ${otherwise}.`] as const,
    ),
    [
      !isFile && !isPrivateUrl(jwks),
      `GATEWAY_JWKS is plain http to another machine: use https or a file, ${otherwise}.`,
    ],
    ...databases.map((name) => {
      const url = given[name]
      const sentence = `${name} is another machine without TLS: add sslmode=verify-full, ${otherwise}.`
      return [url !== undefined && URL.canParse(url) && !isPrivateDatabase(url), sentence] as const
    }),
  ])
}
