import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGateway } from '../../src/composition/gateway.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { newDataDir } from '../support/prepared.ts'

let folder: string
beforeAll(async () => {
  folder = newDataDir()
  await writeFile(join(folder, 'no-issuers.json'), '{bad')
  await writeFile(join(folder, 'no-list.json'), '[]')
  await writeFile(join(folder, 'one-authority.json'), '[{"issuer":"http://plain.example"}]')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const configOf = (environment: Record<string, string>) =>
  readConfig({ PORT: '4999', DATA_DIR: folder, LOG_LEVEL: 'silent', ...environment })

describe('a start that is refused after the stores were opened', () => {
  it.each<[string, Record<string, string>]>([
    ['by issuers that cannot be read', { ISSUERS_FILE: 'no-issuers.json' }],
    ['by an issuer without https', { ISSUERS_FILE: 'one-authority.json' }],
    ['by a safelist that is none', { SAFELIST: 'strict', SAFELIST_FILE: 'no-list.json' }],
    ['by witnesses that are none', { AUDIT_WITNESSES_FILE: 'no-issuers.json' }],
  ])('leaves nothing open, %s: the repaired start has the folder', async (_, files) => {
    const named = Object.entries(files).map(([name, value]) => [
      name,
      name.endsWith('FILE') ? join(folder, value) : value,
    ])
    await expect(openGateway(configOf(Object.fromEntries(named)))).rejects.toThrow()
    // One process has the embedded store open at a time, and one gateway in it.
    const repaired = await openGateway(configOf({}))
    expect((await repaired.readiness()).every(({ ok }) => ok)).toBe(true)
    await repaired.close()
  })
})
