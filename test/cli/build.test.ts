import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
// @ts-expect-error a plain JavaScript file, which runs before TypeScript can be read
import { built } from '../../src/cli/build.mjs'

describe('the program that Node reads', () => {
  it('is made once, however many start at the same time', async () => {
    const addresses = await Promise.all([1, 2, 3].map(() => built('src/cli/program.ts')))
    expect(new Set(addresses).size).toBe(1)
    expect(existsSync(fileURLToPath(addresses[0] ?? ''))).toBe(true)
  })

  it('is another where the source is another', async () => {
    expect(await built('src/cli/program.ts')).not.toBe(await built('src/foundation/clock.ts'))
  })

  it('is refused where there is no such source', async () => {
    await expect(built('src/cli/nothing.ts')).rejects.toThrow('nothing.ts')
  })

  it('tells the line that someone wrote when it fails', () => {
    const code = `process.setSourceMapsEnabled(true)
      const { built } = await import('./src/cli/build.mjs')
      const { calendarDate } = await import(await built('src/foundation/identifiers.ts'))
      try { calendarDate(null) } catch (error) { console.log(error.stack) }`
    const stack = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })
    expect(stack).toMatch(/src\/foundation\/identifiers\.ts:\d+:\d+/)
  })
})
