import { mkdtempSync, rmSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demonstrationSecret } from '../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../src/auth/tokenClient.ts'
import * as gatewayModule from '../../src/composition/gateway.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { startGateway } from '../../src/main.ts'

/** A file of the checkout, and how many of its functions ran. */
export interface RunFile {
  readonly path: string
  readonly functions: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** One question, what was answered, and what ran for it. */
export interface View {
  /** `data` of the answer. */
  readonly data: unknown
  /** Files of the product, the busiest first. */
  readonly files: readonly RunFile[]
}

/** Starts the demonstration, asks one question as a persona, and says which files of the product answered it. */
export async function filesOfOneView(persona: string, query: string): Promise<View> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wholeview-reading-'))
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const running = await startGateway(gatewayModule, config, {})
  const session = new Session()
  session.connect()
  try {
    const { token } = await requestToken({
      tokenUrl: `${running.url}/issuer/token`,
      personaId: persona,
      secret: demonstrationSecret,
    })
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
    // What ran before the request is taken off: from here on only the request is counted.
    await session.post('Profiler.takePreciseCoverage')
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    })
    const answer = (await response.json()) as { data?: unknown; errors?: readonly unknown[] }
    if (!response.ok || answer.errors) throw new Error(`The view was refused: ${JSON.stringify(answer)}`)
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const files = result
      .filter(({ url }) => url.startsWith('file://') && !url.includes('/node_modules/'))
      .map(({ url, functions }) => ({
        path: relative(root, fileURLToPath(url.replace(/\?.*$/, ''))),
        // The first is the module itself, which runs when it is loaded.
        functions: functions.filter(({ functionName, ranges }, at) => at > 0 && functionName !== '' && ran(ranges))
          .length,
      }))
      .filter(({ path, functions }) => functions > 0 && /^(src|resolvers)\//.test(path))
      .sort((one, other) => other.functions - one.functions || one.path.localeCompare(other.path))
    return { data: answer.data, files }
  } finally {
    session.disconnect()
    await running.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const ran = (ranges: readonly { readonly count: number }[]): boolean => (ranges[0]?.count ?? 0) > 0
