import { existsSync } from 'node:fs'
import { z } from 'zod'
import { type AgencyName, agencies, environmentPrefix } from './agencies.ts'
import { defaultDataFolder } from './checkoutOrPackage.ts'
import { isPrivateUrl } from './localAddresses.ts'

/** Whether only listed operations run, others are logged, or the list is not looked at. */
export const safelistModes = ['strict', 'log', 'off'] as const
export type SafelistMode = (typeof safelistModes)[number]

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const databaseUrl = z
  .string()
  .refine((text) => isUrl(text, ['postgres:', 'postgresql:']), 'is not a URL of the form postgres://user@host/database')
const httpUrl = z.string().refine((text) => isUrl(text, ['http:', 'https:']), 'is not an http or https URL')
/** What callers put `/graphql` behind, and what tokens and proofs are held to. */
const publicUrl = httpUrl
  .refine((text) => !isUrl(text, ['http:', 'https:']) || isBareUrl(text), 'has a query, a fragment or credentials')
  .refine(
    (text) => !isUrl(text, ['http:', 'https:']) || isPrivateUrl(text),
    'is plain http: others reach the gateway by https, on loopback alone by http',
  )
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `is not a whole number from ${least} to ${most}`,
    )
    .transform(Number)
const existingFile = z.string().refine(existsSync, 'names a file that does not exist')
const mapping = z
  .string()
  .refine((text) => /^[a-z][a-z0-9-]*$/.test(text) || existsSync(text), 'names a file that does not exist')
const onOff = z.enum(['on', 'off'], { error: 'is neither "on" nor "off"' })

export const defaultPort = 4000
export const defaultSourceDeadline = 2000
export const defaultRequestDeadline = 20_000

export const variables = z.object({
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'is not a host name or address')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(defaultPort),
  PUBLIC_URL: publicUrl.optional(),
  DATA_DIR: z.string().default(defaultDataFolder),
  KEYS_DIR: z.string().optional(),
  DATABASE_URL: databaseUrl.optional(),
  SOURCE_DEADLINE_MS: wholeNumber(50, 60_000).default(defaultSourceDeadline),
  REQUEST_DEADLINE_MS: wholeNumber(50, 120_000).default(defaultRequestDeadline),
  FACTS_KEPT: wholeNumber(0, 1_000_000).default(10_000),
  AUDIENCE: httpUrl.default('https://wholeview.example/graphql'),
  ISSUERS_FILE: existingFile.optional(),
  AUDIT_WITNESSES_FILE: existingFile.optional(),
  REGISTRY_FILE: existingFile.optional(),
  IDENTITY_MODEL: existingFile.optional(),
  GATEWAY_JWKS: z.string().min(1).optional(),
  POLICY_PACK: z
    .string()
    .refine((text) => /^[a-z]+-\d{4}-\d{2}$/.test(text) || existsSync(text), 'is neither the id of a pack nor a file')
    .optional(),
  LOCAL_PROCEDURES: z.string().max(2000).optional(),
  STATUTORY_DUTY_FROM: z.iso.date({ error: 'is not a day such as 2026-09-30' }).optional(),
  DEMONSTRATION: onOff.optional(),
  DEMO_AS_OF: z.iso.datetime({ error: 'is not an instant such as 2026-11-20T23:59:59Z' }).optional(),
  INTROSPECTION: onOff.optional(),
  BREAK_GLASS_TWO_PERSONS: onOff.default('off'),
  LOG_LEVEL: z.enum(logLevels, { error: `is not one of ${logLevels.join(', ')}` }).default('info'),
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: 'is none of production, development and test: a misspelt production would be the demonstration',
    })
    .optional(),
  PLAIN_CONNECTIONS: z.literal('allowed', { error: 'is not "allowed"' }).optional(),
  TLS_CERT: existingFile.optional(),
  TLS_KEY: existingFile.optional(),
  TLS_CLIENT_CA: existingFile.optional(),
  TRUSTED_PROXY: z.union([z.ipv4(), z.ipv6()], { error: 'is not an IP address' }).optional(),
  CLIENT_CERTIFICATE_HEADER: z
    .string()
    .regex(/^(?!authorization$|dpop$|host$)[a-z][a-z0-9-]{1,63}$/i, 'is not the name of a header')
    .transform((name) => name.toLowerCase())
    .optional(),
  DPOP_NONCE_SECRET: z.string().min(32, 'has fewer than 32 characters').optional(),
  SUBGRAPH_ADDRESS: httpUrl.optional(),
  ROUTER_SECRET: z.string().min(32, 'has fewer than 32 characters').optional(),
  SAFELIST: z.enum(safelistModes, { error: `is not one of ${safelistModes.join(', ')}` }).optional(),
  SAFELIST_FILE: existingFile.optional(),
  WORKBENCH: onOff.optional(),
  WORKBENCH_FILE: existingFile.optional(),
})

export const agencyVariables = z.object(
  Object.fromEntries(
    agencies.flatMap((agency) => [
      [`${environmentPrefix(agency)}_DATABASE_URL`, databaseUrl.optional()],
      [`${environmentPrefix(agency)}_SUBGRAPH_URL`, httpUrl.optional()],
      [`${environmentPrefix(agency)}_MAPPING`, mapping.optional()],
    ]),
  ),
)

export type Values = z.infer<typeof variables>

export const agencyAddresses = (agency: AgencyName): string[] =>
  [`_DATABASE_URL`, `_SUBGRAPH_URL`, `_MAPPING`].map((ending) => `${environmentPrefix(agency)}${ending}`)

/** Every name that is read, for whoever looks for misspelt ones. */
export const variableNames: readonly string[] = [
  ...Object.keys(variables.shape),
  ...agencies.flatMap((agency) => agencyAddresses(agency)),
]

export const isUrl = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== ''

/** Whether an address is a place alone: `?` and `#` count where nothing stands behind them. */
const isBareUrl = (text: string): boolean => {
  const { username, password } = new URL(text)
  return username === '' && password === '' && !/[?#]/.test(text)
}
