import { resolve } from 'node:path'
import type { z } from 'zod'
import { type AgencyName, agencies, eachAgency, environmentPrefix } from './agencies.ts'
import { StartupError } from './errors.ts'
import { misspelt } from './nearestName.ts'
import { contradictions, type Given, holderUrlsIn, isDemonstration } from './settingContradictions.ts'
import {
  agencyAddresses,
  agencyVariables,
  defaultPort,
  isUrl,
  type LogLevel,
  type SafelistMode,
  type Values,
  variables,
} from './settingVariables.ts'

/** Where one agency's records are reached. With neither, the agency is embedded or in the gateway's own database. */
export interface AgencyConfig {
  readonly databaseUrl: string | null
  readonly subgraphUrl: string | null
  /**
   * Where its records are in tables that somebody else made: a mapping file, or the name of one that comes with the
   * product.
   */
  readonly mapping: string | null
}

/**
 * Everything that is configured, checked and frozen. Read once, by `readConfig`; nothing else reads the environment.
 */
export interface Config {
  readonly host: string
  readonly port: number
  /** Where others reach the gateway, without a slash at the end; null on loopback. */
  readonly publicUrl: string | null
  readonly dataDir: string
  readonly keysDir: string
  readonly production: boolean
  /** Story cases, development issuer, demonstration keys. Never with `production`. */
  readonly demonstration: boolean
  /** The instant at which records are read when a caller gives no `asOf`; null is the real clock. */
  readonly demonstrationAsOf: Date | null
  /** The gateway's own store; null is the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  readonly agencies: Readonly<Record<AgencyName, AgencyConfig>>
  /** Addresses of the databases and servers that the registry's holders name, by variable: `HOLDER_SOUTH_URL`. */
  readonly holderUrls: Readonly<Record<string, string>>
  readonly sourceDeadlineMs: number
  /** After this many milliseconds a request begins nothing more, and is refused. */
  readonly requestDeadlineMs: number
  /**
   * Children whose facts are cached for one caller each while nothing changes; 0: all are looked up on every request.
   */
  readonly factsCached: number
  /** `aud` that every access token must carry. */
  readonly audience: string
  /** JSON registry of issuers; null in the demonstration. */
  readonly issuersFile: string | null
  /** JSON list of those who watch the audit log, and how many of them must have signed; null when nobody does. */
  readonly auditWitnessesFile: string | null
  /**
   * A policy pack's id, or its JSON file: that pack and no other. Null: the latest in force of those that come with the
   * product.
   */
  readonly policyPack: string | null
  /** Whether a proposed pack is in force from its day on without being named: in the demonstration alone. */
  readonly adoptsProposals: boolean
  /** The day from which the duty of Children Act 2004 s.16LA is treated as commenced; null: it is not. */
  readonly statutoryDutyFrom: string | null
  /** Which authority works by which procedures, `LA2=england,LA5=four-steps`; null: all by the usual ones. */
  readonly localProcedures: string | null
  /** JSON registry of authorities and forces; null is the demonstration's. */
  readonly registryFile: string | null
  /** What `wholeview identity learn` wrote of these agencies' records; null is the model that is shipped. */
  readonly identityModel: string | null
  /** Where an agency's subgraph finds the public keys of its gateway: a file, or an address. */
  readonly gatewayJwks: string
  /** Whether the schema may be read and the explorer is served. */
  readonly introspection: boolean
  /** Whether a second person must confirm, with their own token, before break-glass opens anything. */
  readonly breakGlassTwoPersons: boolean
  readonly logLevel: LogLevel
  /** Files with which the gateway serves TLS itself; null where a proxy does. */
  readonly tls: TlsFiles | null
  /** The proxy whose word about a client's certificate is taken; null: nobody's. */
  readonly trustedProxy: { readonly address: string; readonly header: string } | null
  /** When given, a DPoP proof must carry a nonce of the gateway; replicas share it. */
  readonly dpopNonceSecret: string | null
  readonly safelist: { readonly mode: SafelistMode; readonly file: string | null }
  /**
   * With which a federation router signs what it sends to agencies, and for which the core makes grants out; null:
   * there is none.
   */
  readonly routerSecret: string | null
  /** Where the gateway reaches this agency's subgraph, for its proofs; null: proofs are not held to an address. */
  readonly subgraphAddress: string | null
  /** Whether processes may speak to each other in clear over a network: it is encrypted below. */
  readonly plainConnections: boolean
  /**
   * The pages for people; null: none are served. Its file says who signs people in; null, in the demonstration: a page
   * of personas.
   */
  readonly workbench: { readonly file: string | null } | null
}

export interface TlsFiles {
  readonly certificate: string
  readonly key: string
  /** Authorities whose client certificates are believed; null: clients are not asked for one. */
  readonly clientAuthority: string | null
}

/** The end of the day on which the story cases are set. */
export const demonstrationToday = '2026-11-20T23:59:59Z'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the environment, with what the command line overrides, once. Every value is checked and every problem is
 * reported together, so that nobody mends them one start at a time.
 *
 * @throws StartupError naming each variable that is wrong, never its value.
 */
export const readConfig = (env: Environment, overrides: Environment = {}): Config => {
  const { config, problems } = readAsFar(env, overrides)
  if (problems.length > 0) throw new StartupError(problems)
  return config
}

/**
 * The same for what starts nothing: a check that tells of every file besides, a command that needs one folder. What is
 * wrong by itself is as if it were not set; nobody opens a gateway with it.
 */
export const readAsFar = (
  env: Environment,
  overrides: Environment = {},
): { readonly config: Config; readonly problems: readonly string[] } => {
  const given = Object.fromEntries(
    [...Object.entries(env), ...Object.entries(overrides)].filter(([, value]) => value !== undefined && value !== ''),
  )
  const single = [variables, agencyVariables].flatMap((shape) => sentences(shape.safeParse(given).error))
  // Of a variable that is wrong by itself nothing more is said.
  const wrong = new Set(single.map(nameIn))
  const together = contradictions(given).filter((sentence) => !wrong.has(nameIn(sentence)))
  const good = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)))
  return {
    config: configOf(good),
    problems: [...single, ...misspeltAddresses(given), ...wrongHolderUrls(given), ...together],
  }
}

function configOf(given: Given): Config {
  const values = variables.parse(given)
  const production = values.NODE_ENV === 'production'
  const demonstration = isDemonstration(given)
  const asOf = values.DEMO_AS_OF ?? (demonstration ? demonstrationToday : null)
  const dataDir = resolve(values.DATA_DIR)
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir,
    keysDir: resolve(values.KEYS_DIR ?? resolve(dataDir, 'keys')),
    production,
    demonstration,
    demonstrationAsOf: asOf === null ? null : new Date(asOf),
    databaseUrl: values.DATABASE_URL ?? null,
    agencies: agencyConfigs(agencyVariables.parse(given)),
    holderUrls: Object.freeze(Object.fromEntries(holderUrlsIn(given))),
    sourceDeadlineMs: values.SOURCE_DEADLINE_MS,
    requestDeadlineMs: values.REQUEST_DEADLINE_MS,
    factsCached: values.FACTS_KEPT,
    audience: values.AUDIENCE,
    issuersFile: values.ISSUERS_FILE ? resolve(values.ISSUERS_FILE) : null,
    auditWitnessesFile: values.AUDIT_WITNESSES_FILE ? resolve(values.AUDIT_WITNESSES_FILE) : null,
    registryFile: values.REGISTRY_FILE ? resolve(values.REGISTRY_FILE) : null,
    identityModel: values.IDENTITY_MODEL ? resolve(values.IDENTITY_MODEL) : null,
    policyPack: values.POLICY_PACK ?? null,
    adoptsProposals: demonstration,
    localProcedures: values.LOCAL_PROCEDURES ?? null,
    statutoryDutyFrom: values.STATUTORY_DUTY_FROM ?? null,
    gatewayJwks: values.GATEWAY_JWKS ?? jwksHere(values),
    introspection: (values.INTROSPECTION ?? (production ? 'off' : 'on')) === 'on',
    breakGlassTwoPersons: values.BREAK_GLASS_TWO_PERSONS === 'on',
    logLevel: values.LOG_LEVEL,
    tls: tlsOf(values),
    trustedProxy: proxyOf(values),
    dpopNonceSecret: values.DPOP_NONCE_SECRET ?? null,
    routerSecret: values.ROUTER_SECRET ?? null,
    subgraphAddress: values.SUBGRAPH_ADDRESS ?? null,
    plainConnections: values.PLAIN_CONNECTIONS === 'allowed',
    safelist: Object.freeze({
      mode: values.SAFELIST ?? (values.SAFELIST_FILE ? (production ? 'strict' : 'log') : 'off'),
      file: values.SAFELIST_FILE ? resolve(values.SAFELIST_FILE) : null,
    }),
    workbench: workbenchOf(values, demonstration),
  } satisfies Config)
}

/** The gateway on this machine. Port 0 is whichever is free, which nobody knows before. */
const jwksHere = ({ PORT, TLS_CERT }: Values): string =>
  `${TLS_CERT ? 'https' : 'http'}://127.0.0.1:${PORT || defaultPort}/.well-known/jwks.json`

const tlsOf = ({ TLS_CERT, TLS_KEY, TLS_CLIENT_CA }: Values): TlsFiles | null =>
  TLS_CERT && TLS_KEY
    ? Object.freeze({
        certificate: resolve(TLS_CERT),
        key: resolve(TLS_KEY),
        clientAuthority: TLS_CLIENT_CA ? resolve(TLS_CLIENT_CA) : null,
      })
    : null

const proxyOf = ({ TRUSTED_PROXY: address, CLIENT_CERTIFICATE_HEADER: header }: Values): Config['trustedProxy'] =>
  address && header ? Object.freeze({ address, header }) : null

const workbenchOf = ({ WORKBENCH, WORKBENCH_FILE }: Values, demonstration: boolean): Config['workbench'] => {
  const isServed = (WORKBENCH ?? (demonstration || WORKBENCH_FILE ? 'on' : 'off')) === 'on'
  return isServed ? Object.freeze({ file: WORKBENCH_FILE ? resolve(WORKBENCH_FILE) : null }) : null
}

/**
 * A misspelt address of an agency would silently leave that agency embedded, so it is refused. Of other names that are
 * nearly ours `config check` speaks: a host's environment has many, and few are meant for us.
 */
const misspeltAddresses = (given: Given): string[] => {
  const known = agencies.flatMap((agency) => agencyAddresses(agency))
  const unknown = Object.keys(given).filter((name) => name.endsWith('_SUBGRAPH_URL') && !known.includes(name))
  const near = misspelt(Object.keys(given), known).filter(([name]) => !unknown.includes(name))
  return [
    ...unknown.map(
      (name) =>
        `${name} names no agency: ${known.filter((one) => one.endsWith('_SUBGRAPH_URL')).join(', ')} are known.`,
    ),
    ...near.map(([name, meant]) => `${name} is not known. Did you mean ${meant}?`),
  ]
}

const wrongHolderUrls = (given: Given): string[] =>
  holderUrlsIn(given).flatMap(([name, url]) =>
    isUrl(url, ['postgres:', 'postgresql:', 'http:', 'https:'])
      ? []
      : [`${name} is neither a PostgreSQL nor an http URL.`],
  )

const agencyConfigs = (
  values: Readonly<Record<string, string | undefined>>,
): Readonly<Record<AgencyName, AgencyConfig>> => {
  const one = (agency: AgencyName): AgencyConfig =>
    Object.freeze({
      databaseUrl: values[`${environmentPrefix(agency)}_DATABASE_URL`] ?? null,
      subgraphUrl: values[`${environmentPrefix(agency)}_SUBGRAPH_URL`] ?? null,
      mapping: values[`${environmentPrefix(agency)}_MAPPING`] ?? null,
    })
  return Object.freeze(eachAgency(one))
}

const sentences = (error: z.ZodError | undefined): string[] =>
  (error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}.`)

const nameIn = (sentence: string): string => sentence.split(' ', 1)[0] ?? ''
