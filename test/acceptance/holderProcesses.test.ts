import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorities, contacts, forces, holders } from '../../seeds/registry.ts'
import { openSubgraph } from '../../src/composition/gateway.ts'
import { readConfig } from '../../src/foundation/config.ts'
import type { Holder } from '../../src/foundation/holder.ts'
import { freePort } from '../../src/main.ts'
import type { RunningSubgraph } from '../../src/server/gatewayPort.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const folder = mkdtempSync(join(tmpdir(), 'holder-processes-'))
const named: readonly Holder[] = holders.map((holder) =>
  holder.id === 'F1' || holder.id === 'F4'
    ? { ...holder, binding: { type: 'subgraph', server: `force-${holder.id}` } }
    : holder,
)
const file = join(folder, 'registry.json')
writeFileSync(file, JSON.stringify({ authorities, forces, contacts, holders: named }))

const query = `{ child(id: "C04") { police { missingEpisodes { id eventAt grade provenance { force } } crimes { id offence } }
  missing { total { value completeness without { holder state } } } sources { agency state } } }`

let here: TestGateway
let there: TestGateway
const processes = new Map<string, RunningSubgraph>()

beforeAll(async () => {
  const port = await freePort('127.0.0.1')
  for (const id of ['F1', 'F4']) {
    const config = readConfig({
      DEMONSTRATION: 'on',
      DATA_DIR: join(folder, id),
      GATEWAY_JWKS: `http://127.0.0.1:${port}/.well-known/jwks.json`,
      LOG_LEVEL: 'silent',
      PORT: '0',
    })
    processes.set(id, await openSubgraph(config, id, 0))
  }
  const url = (id: string): string => processes.get(id)?.url ?? ''
  here = await startTestGateway()
  there = await startTestGateway({
    PORT: String(port),
    REGISTRY_FILE: file,
    HOLDER_FORCE_F1_URL: url('F1'),
    HOLDER_FORCE_F4_URL: url('F4'),
  })
}, 180_000)
afterAll(async () => {
  await Promise.all([here?.close(), there?.close(), ...[...processes.values()].map((one) => one.close())])
})

describe('two forces in two processes', () => {
  it('answer as they do in this one', async () => {
    const [one, other] = [await here.ask('mash-analyst', query), await there.ask('mash-analyst', query)]
    expect(other.errors, other.text).toEqual([])
    expect(other.data).toEqual(one.data)
    expect(JSON.stringify(other.data)).toContain('F4:')
  })

  it('open no grant that is another’s', async () => {
    const { data } = await there.ask('mash-analyst', query)
    expect(JSON.stringify(data)).toContain('"completeness":"WHOLE"')
    // Force 1's address under Force 4's name: what is signed for the one is refused by the other.
    const crossed = await startTestGateway({
      REGISTRY_FILE: file,
      HOLDER_FORCE_F1_URL: processes.get('F1')?.url ?? '',
      HOLDER_FORCE_F4_URL: processes.get('F1')?.url ?? '',
    })
    try {
      const answer = await crossed.ask('mash-analyst', query)
      expect(answer.text).not.toContain('F4:')
      expect(answer.text).toContain('"holder":"F4","state":"UNAVAILABLE"')
    } finally {
      await crossed.close()
    }
  })

  it('cost their own part alone', async () => {
    await processes.get('F4')?.close()
    processes.delete('F4')
    const { data, text } = await there.ask('mash-analyst', query)
    const child = data?.['child'] as unknown as {
      police: { missingEpisodes: unknown[] }
      missing: { total: { completeness: string; without: unknown[] } }
    }
    expect(child?.police.missingEpisodes, text).toHaveLength(39)
    expect(child?.missing.total.completeness).toBe('AT_LEAST')
    expect(child?.missing.total.without).toEqual([{ holder: 'F4', state: 'UNAVAILABLE' }])
  })
})
