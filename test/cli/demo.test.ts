import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../src/main.ts'
import { root } from '../house/files.ts'
import { isWhole } from '../support/sample.ts'

interface Finished {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command in a process of its own, as a person would; `onOut` may talk to it or stop it. */
const wholeview = (
  args: readonly string[],
  env: Record<string, string>,
  onOut: (text: string, stop: () => void) => void = () => {},
): Promise<Finished> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['src/cli/wholeview.mjs', ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...env },
    })
    const written = { out: '', err: '' }
    child.stdout.on('data', (part: Buffer) => {
      written.out += part.toString()
      onOut(written.out, () => child.kill('SIGTERM'))
    })
    child.stderr.on('data', (part: Buffer) => {
      written.err += part.toString()
    })
    child.on('close', (code) => resolve({ code, ...written }))
  })

describe('the demonstration', () => {
  it('tells the main job, every statement of it checked, in plain text', async () => {
    const { code, out, err } = await wholeview(['demo'], {})
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('Episodes: 50. Reported: 45 (F1 39, F4 6). Not reported to any force: 5.')
    expect(out).toContain('Police: unavailable')
    expect(out).toContain('NOT_A_PARTY')
    expect(out).toMatch(/All \d+ statements in \d+ steps were checked/)
    expect(out).not.toContain('\u001b')
  }, 120_000)
})

// What is installed is started so by default, in the tests of the package.
describe.skipIf(!isWhole)('the gateway as a process', () => {
  it('starts with nothing set, gives a token to paste, answers, and stops when told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wholeview-start-'))
    const port = String(await freePort('127.0.0.1'))
    const env = { DATA_DIR: folder, PORT: port, LOG_LEVEL: 'silent' }
    const asked: Promise<Finished>[] = []
    const started = await wholeview(['start'], env, (text, stop) => {
      if (!text.includes('Stop with') || asked.length > 0) return
      asked.push(wholeview(['child', 'C04', '--as', 'mash-analyst'], env), wholeview(['token', '--as', 'gp'], env))
      void Promise.all(asked).then(stop)
    })
    const [child, token] = await Promise.all(asked)
    expect(child).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Sam Thornley (C04)') })
    expect(child?.out).toContain('View of            20 November 2026')
    expect(token?.out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)
    expect(started.code).toBe(0)
    rmSync(folder, { recursive: true })
  }, 120_000)
})
