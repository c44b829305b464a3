import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createGatewayRuntime, type GatewayConfig } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { readSubgraphSdls } from '../../src/federation/subgraphFiles.ts'
import { composeSupergraph } from '../../src/federation/supergraph.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { freePort } from '../../src/main.ts'

/**
 * Hive Gateway as its documentation starts it, in front of the bare subgraphs. `HIVE_PLANNER=rust` takes its Rust
 * planner; `HIVE_SUBGRAPHS=here` puts the subgraphs behind a transport of this process instead of HTTP.
 */
const isHere = process.env['HIVE_SUBGRAPHS'] === 'here'
const port = isHere ? 0 : await startSubgraphs()
process.once('SIGTERM', () => process.exit(0))

const sdls = await readSubgraphSdls(fileURLToPath(new URL('../../schema', import.meta.url)))
const urls = Object.fromEntries(['core', ...agencies].map((name) => [name, `http://127.0.0.1:${port}/${name}`]))
const composed = composeSupergraph(sdls, urls)
if ('problems' in composed) throw new Error(composed.problems.join('\n'))

const router = createGatewayRuntime({
  ...(process.env['HIVE_PLANNER'] === 'rust' ? { unifiedGraphHandler } : {}),
  ...(isHere ? { transports: { http: await transportHere() } } : {}),
  supergraph: composed.supergraphSdl,
  logging: false,
  landingPage: false,
})
const server = createServer(router)
server.keepAliveTimeout = 600_000
server.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('ready'))

type Transports = Exclude<NonNullable<GatewayConfig['transports']>, (kind: string) => unknown>
type Transport = Extract<Transports[string], { getSubgraphExecutor: unknown }>
type Executor = Awaited<ReturnType<Transport['getSubgraphExecutor']>>

/** All subgraphs in one process of their own. */
async function startSubgraphs(): Promise<number> {
  const port = await freePort('127.0.0.1')
  const subgraphs = spawn(
    process.execPath,
    ['--import', './src/cli/typescript.mjs', 'bench/contestants/hiveSubgraphs.ts'],
    {
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  process.once('exit', () => subgraphs.kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    subgraphs.stdout.once('data', () => resolve())
    subgraphs.once('exit', (code) => reject(new Error(`The subgraphs ended with ${code}.`)))
  })
  return port
}

/** Operations come as documents, which the planner keeps: nothing is printed, parsed or sent. */
async function transportHere(): Promise<Transport> {
  const { executeOn } = await import('./subgraphs.ts')
  return {
    getSubgraphExecutor: ({ subgraphName }) =>
      // Whoever asks names the shape of the answer; an operation of no incremental delivery has one result.
      (({ document, variables }) => executeOn(subgraphName, document, variables ?? {})) as Executor,
  }
}
