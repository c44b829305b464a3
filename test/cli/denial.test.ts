import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { newDataDir } from '../support/prepared.ts'

const folder = newDataDir()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const wholeview = async (...args: string[]) => {
  const lines: string[] = []
  const stream = { write: (text: string) => lines.push(text) }
  const code = await run(args, { DATA_DIR: folder, LOG_LEVEL: 'silent' }, { out: stream, err: stream })
  return { code, text: lines.join('') }
}

describe('wholeview token', () => {
  it('names whom there is where an issuer does not know who asks, and says nothing of a secret', async () => {
    const issuer = createServer((_, response) =>
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}'),
    ).listen(0, '127.0.0.1')
    await once(issuer, 'listening')
    const address = issuer.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, text } = await wholeview('token', '--as', 'nobody', '--url', `http://127.0.0.1:${port}`)
    issuer.close()
    expect(code).toBe(1)
    expect(text).toMatch(/^There is no persona "nobody"\. There are: .*mash-analyst.*\.\n$/)
    expect(text).not.toContain('secret')
  })

  it('denies, and allows again', async () => {
    const denied = await wholeview('token', 'deny', '--subject', 'ottilie.branscombe', '--reason', 'lost card')
    expect(denied).toEqual({ code: 0, text: 'Denied: subject ottilie.branscombe.\n' })
    const allowed = () => wholeview('token', 'allow', '--subject', 'ottilie.branscombe')
    expect(await allowed()).toEqual({ code: 0, text: 'Allowed again: subject ottilie.branscombe.\n' })
    expect(await allowed()).toEqual({ code: 0, text: 'It was not on the list.\n' })
  })

  it.each([
    ['deny', '--subject', 'x'],
    ['deny', '--reason', 'nobody named'],
    ['deny', '--subject', 'x', '--client', 'y', '--reason', 'two named'],
    ['deny', '--subject', 'x', '--reason', 'r', '--until', 'soon'],
    ['allow'],
    ['--dpop'],
  ])('does not understand token %s %s %s', async (...args) => {
    expect((await wholeview('token', ...args)).code).toBe(2)
  })
})
