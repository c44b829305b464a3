import { agencies, environmentPrefix } from './agencies.ts'
import type { Config } from './config.ts'

/** The configuration in force, by environment variable, for a person to read. Passwords in URLs are masked. */
export const describeConfig = (config: Config): Readonly<Record<string, string>> => ({
  HOST: config.host,
  PORT: String(config.port),
  PUBLIC_URL: config.publicUrl ?? 'not set',
  DATA_DIR: config.dataDir,
  KEYS_DIR: config.keysDir,
  NODE_ENV: config.production ? 'production' : 'not production',
  DEMONSTRATION: config.demonstration ? 'on' : 'off',
  DEMO_AS_OF: config.demonstrationAsOf?.toISOString() ?? 'not set: the real clock',
  DATABASE_URL: config.databaseUrl ? maskUrl(config.databaseUrl) : 'not set: embedded in DATA_DIR',
  ...Object.fromEntries(
    agencies.flatMap((agency) => {
      const { databaseUrl, subgraphUrl, mapping } = config.agencies[agency]
      const prefix = environmentPrefix(agency)
      if (subgraphUrl) return [[`${prefix}_SUBGRAPH_URL`, maskUrl(subgraphUrl)]]
      return [
        ...(databaseUrl ? [[`${prefix}_DATABASE_URL`, maskUrl(databaseUrl)]] : []),
        ...(mapping ? [[`${prefix}_MAPPING`, mapping]] : []),
      ]
    }),
  ),
  ...Object.fromEntries(Object.entries(config.holderUrls).map(([name, url]) => [name, maskUrl(url)])),
  SOURCE_DEADLINE_MS: String(config.sourceDeadlineMs),
  REQUEST_DEADLINE_MS: String(config.requestDeadlineMs),
  FACTS_KEPT: String(config.factsCached),
  AUDIENCE: config.audience,
  ISSUERS_FILE: config.issuersFile ?? 'not set: the demonstration issuer',
  AUDIT_WITNESSES_FILE: config.auditWitnessesFile ?? 'not set: nobody watches the audit log',
  REGISTRY_FILE: config.registryFile ?? 'not set: the demonstration registry',
  IDENTITY_MODEL: config.identityModel ?? 'not set: the model that is shipped',
  GATEWAY_JWKS: config.gatewayJwks,
  POLICY_PACK:
    config.policyPack ?? `not set: the latest in force${config.adoptsProposals ? ', proposals among them' : ''}`,
  LOCAL_PROCEDURES: config.localProcedures ?? 'not set: every authority works by the usual procedures',
  STATUTORY_DUTY_FROM: config.statutoryDutyFrom ?? 'not set: the duty of section 16LA is not in force',
  INTROSPECTION: config.introspection ? 'on' : 'off',
  BREAK_GLASS_TWO_PERSONS: config.breakGlassTwoPersons ? 'on' : 'off',
  LOG_LEVEL: config.logLevel,
  TLS_CERT: config.tls?.certificate ?? 'not set: plain HTTP',
  TLS_CLIENT_CA: config.tls?.clientAuthority ?? 'not set: clients show no certificate',
  TRUSTED_PROXY: config.trustedProxy
    ? `${config.trustedProxy.address}, header ${config.trustedProxy.header}`
    : 'not set: no header about a certificate is believed',
  DPOP_NONCE_SECRET: config.dpopNonceSecret ? '***' : 'not set: proofs carry no nonce',
  ROUTER_SECRET: config.routerSecret ? '***' : 'not set: no router presents grants',
  SUBGRAPH_ADDRESS: config.subgraphAddress ?? 'not set: proofs are held to agency and body alone',
  PLAIN_CONNECTIONS: config.plainConnections ? 'allowed' : 'not set: nothing leaves the machine in clear',
  SAFELIST: `${config.safelist.mode}${config.safelist.file ? ` (${config.safelist.file})` : ''}`,
  WORKBENCH: config.workbench ? 'on' : 'off',
  WORKBENCH_FILE: config.workbench?.file ?? 'not set: in the demonstration, a page of personas',
})

/** A URL without its secrets: the password and every query value are stars. */
export const maskUrl = (text: string): string => {
  const url = new URL(text)
  if (url.password) url.password = '***'
  for (const name of new Set(url.searchParams.keys())) url.searchParams.set(name, '***')
  return url.toString()
}
