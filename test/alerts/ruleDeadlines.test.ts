import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { windingOf } from '../../src/cli/commands/clock.ts'
import { run } from '../../src/cli/program.ts'
import { beganIn, followWound, unwind, wind, woundBy } from '../../src/composition/demonstrationClock.ts'
import { runningClock } from '../../src/foundation/clock.ts'

const day = 86_400_000
const start = new Date('2026-11-20T23:59:59Z')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wholeview-clock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the clock of the demonstration', () => {
  test('begins where it is told, runs, and is wound while tokens keep the time of the machine', () => {
    let machine = Date.parse('2030-01-01T00:00:00Z')
    let ahead = 0
    const clock = runningClock(
      start,
      () => ahead,
      () => machine,
    )
    expect(clock.today()).toEqual(start)
    machine += 60_000
    expect(clock.today().toISOString()).toBe('2026-11-21T00:00:59.000Z')
    ahead = 2 * day
    expect(clock.today().toISOString()).toBe('2026-11-23T00:00:59.000Z')
    expect(clock.now().toISOString()).toBe('2030-01-01T00:01:00.000Z')
  })

  test('is wound in a file that a running gateway looks at again after a second', () => {
    let machine = 0
    const ahead = followWound(folder, () => machine)
    expect(ahead()).toBe(0)
    wind(folder, day)
    wind(folder, day)
    expect(ahead()).toBe(0)
    machine = 1000
    expect(ahead()).toBe(2 * day)
    unwind(folder)
    machine = 2000
    expect(ahead()).toBe(0)
  })

  test('goes on at the next start from where it began, wound or not, until it is put back', () => {
    let machine = 1000
    expect(beganIn(folder, () => machine)).toBe(1000)
    machine = 5000
    wind(folder, day)
    expect(beganIn(folder, () => machine)).toBe(1000)
    expect(woundBy(folder)).toBe(day)
    unwind(folder)
    expect(beganIn(folder, () => machine)).toBe(5000)
  })

  test.each(['', 'no JSON', '{"aheadMilliseconds":-5}', '{"aheadMilliseconds":"2"}', '[]', 'null'])(
    'stays where it begins when the file says %j',
    (text) => {
      writeFileSync(join(folder, 'clock.json'), text)
      expect(woundBy(folder)).toBe(0)
    },
  )

  test.each([
    ['+2d', 2 * day],
    ['+90m', 5_400_000],
    ['+1w', 7 * day],
    ['2d', null],
    ['-2d', null],
    ['+2y', null],
    ['+d', null],
    ['+123456d', null],
  ])('reads %s', (text, milliseconds) => {
    expect(windingOf(text)).toBe(milliseconds)
  })

  test('is wound by a command, and only in the demonstration', async () => {
    const said: string[] = []
    const streams = {
      out: { write: (text: string) => said.push(text) > 0 },
      err: { write: (text: string) => said.push(text) > 0 },
    } as unknown as Parameters<typeof run>[2]
    const env = { DATA_DIR: folder, NO_COLOR: '1' }
    expect(await run(['clock', '+2d'], env, streams)).toBe(0)
    expect(woundBy(folder)).toBe(2 * day)
    expect(said.join('')).toContain('2026-11-22T23:59:59.000Z')
    expect(await run(['clock', 'backwards'], env, streams)).toBe(2)
    expect(await run(['clock', 'reset'], env, streams)).toBe(0)
    expect(woundBy(folder)).toBe(0)
    expect(await run(['clock', '+1d'], { ...env, DEMONSTRATION: 'off' }, streams)).toBe(1)
    expect(woundBy(folder)).toBe(0)
  })
})
