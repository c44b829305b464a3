import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import * as gatewayModule from '../../src/composition/gateway.ts'
import type { OpenedGateway } from '../../src/composition/openedGateway.ts'
import { type Config, readConfig } from '../../src/foundation/config.ts'
import { startGateway } from '../../src/main.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { OpenOptions } from '../../src/server/gatewayTypes.ts'
import type { Log } from '../../src/server/log.ts'
import { newDataDir, newDataDirOfServer, serverIn, startedName } from './prepared.ts'
import { createDatabase, dropDatabase } from './serverDatabase.ts'

/** What a client received. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  /** The body as it came. */
  readonly text: string
  readonly data: Record<string, never> | null
  readonly errors: readonly {
    readonly message: string
    readonly path?: readonly unknown[]
    readonly extensions: Record<string, unknown>
  }[]
}

export interface TestGateway {
  readonly url: string
  readonly dataDir: string
  readonly opened: OpenedGateway
  /** Asks over HTTP, with a real token of a persona from the real issuer. */
  ask(
    persona: string,
    query: string,
    options?: { purpose?: Purpose; variables?: Record<string, unknown> },
  ): Promise<Received>
  token(persona: string, purpose?: Purpose): Promise<string>
  close(): Promise<void>
}

/** Where a test's gateway keeps its records. */
export interface TestStore {
  readonly environment: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** A copy of the demonstration's store: on the run's real PostgreSQL, or in a folder of its own. */
export async function newStore(isEmbedded = false): Promise<TestStore> {
  const server = process.env[serverIn]
  const dataDir = isEmbedded || server === undefined ? newDataDir() : newDataDirOfServer()
  const removeFolder = () => rm(dataDir, { recursive: true, force: true })
  if (isEmbedded || server === undefined) return { environment: { DATA_DIR: dataDir }, remove: removeFolder }
  const name = `gateway_${randomBytes(6).toString('hex')}`
  const url = await createDatabase(server, name, startedName)
  return {
    environment: { DATA_DIR: dataDir, DATABASE_URL: url, DEMONSTRATION: 'on' },
    remove: async () => {
      await dropDatabase(server, name)
      await removeFolder()
    },
  }
}

/**
 * Starts the whole gateway on a free port of loopback, on a store of its own unless `environment` names one: on the
 * run's real PostgreSQL, or embedded where there is none or `isEmbedded` asks for it.
 */
export async function startTestGateway(
  environment: Readonly<Record<string, string>> = {},
  options: Pick<OpenOptions, 'records' | 'wrapSource' | 'wrapDatabase' | 'random' | 'clockRuns' | 'watchesAlerts'> & {
    readonly log?: Log
    readonly isEmbedded?: boolean
    /** What no setting may say, over what the settings do. */
    readonly beyond?: Partial<Config>
  } = {},
): Promise<TestGateway> {
  const { isEmbedded = false, beyond = {}, ...opening } = options
  const hasOwn = environment['DATA_DIR'] !== undefined || environment['DATABASE_URL'] !== undefined
  const store = hasOwn ? null : await newStore(isEmbedded)
  const dataDir = environment['DATA_DIR'] ?? store?.environment['DATA_DIR'] ?? newDataDirOfServer()
  const settled = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    ...store?.environment,
    LOG_LEVEL: 'silent',
    ...(environment['ISSUERS_FILE'] ? {} : { DEMONSTRATION: 'on' }),
    ...environment,
  })
  const config = { ...settled, ...beyond }
  const running = await startGateway(gatewayModule, config, { random: () => 0.99, ...opening })
  const tokens = new Map<string, Promise<string>>()
  const token = (persona: string, purpose?: Purpose): Promise<string> => {
    const key = `${persona}|${purpose ?? ''}`
    const known =
      tokens.get(key) ??
      requestToken({
        tokenUrl: `${running.url}/issuer/token`,
        personaId: persona,
        secret: demonstrationSecret,
        ...(purpose ? { purpose } : {}),
      }).then((issued) => issued.token)
    tokens.set(key, known)
    return known
  }
  return {
    url: running.url,
    dataDir,
    // `startGateway` opened it with this very module.
    opened: running.gateway as OpenedGateway,
    token,
    ask: async (persona, query, { purpose, variables } = {}) =>
      post(running.url, await token(persona, purpose), query, variables),
    close: async () => {
      await running.close()
      if (store) await store.remove()
      else if (!environment['DATA_DIR']) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** One GraphQL request over HTTP. */
export async function post(
  url: string,
  token: string,
  query: string,
  variables?: Record<string, unknown>,
): Promise<Received> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, ...(variables ? { variables } : {}) }),
  })
  const text = await response.text()
  const body = JSON.parse(text)
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: body.data ?? null,
    errors: body.errors ?? [],
  }
}
