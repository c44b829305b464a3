import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openModule } from '../../bench/contestants/gatewayWithoutSecurity.ts'
import { question as unifiedView } from '../../bench/questions/oneChild.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { type RunningGateway, startGateway } from '../../src/main.ts'
import { filesIn, importsOf, read } from '../house/files.ts'
import { newDataDir } from '../support/prepared.ts'

describe('the engine without security', () => {
  let running: RunningGateway
  let folder: string
  beforeAll(async () => {
    folder = newDataDir()
    running = await startGateway(openModule, readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' }))
  })
  afterAll(async () => {
    await running.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('answers whoever asks, from every agency, and writes no leaf', async () => {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: unifiedView.query, variables: { id: 'C04' } }),
    })
    const { data, errors }: { data: { child: Record<string, unknown> }; errors?: unknown } = JSON.parse(
      await response.text(),
    )
    expect(errors).toBeUndefined()
    expect(Object.keys(data.child)).toEqual(['id', ...Object.keys(unifiedView.shape ?? {})])
    expect(JSON.stringify(data.child)).toContain('"id":"F4:')
    const { leaves } = await running.gateway.auditVerify(() => {})
    expect(leaves).toBe(0)
  })

  it('is no part of the product: nothing of it imports what measures it', () => {
    const product = ['src', 'resolvers', 'seeds'].flatMap((folder) => filesIn(folder, '.ts'))
    expect(product.filter((path) => importsOf(path).some(({ to }) => to.startsWith('bench/')))).toEqual([])
    // The schema before its fields are checked is made in one place, and checked there.
    expect(product.filter((path) => read(path).includes('uncheckedSchema'))).toEqual(['src/graphql/schemaModel.ts'])
    expect(read('src/graphql/schemaModel.ts').match(/uncheckedSchema\(/g)).toHaveLength(2)
    expect(read('src/graphql/schemaModel.ts')).toContain('enforce(uncheckedSchema(')
  })
})
