import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { lockFolder } from '../../src/store/folderLock.ts'
import { firstLine, killHard, runSupport } from '../support/childProcess.ts'
import { newDatabaseFolder } from '../support/prepared.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wholeview-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const notes = { name: 'notes', text: 'select text from note order by text collate "C"', values: [] }

it('keeps what was written, for the next opening', async () => {
  const first = await openEmbedded(folder)
  await first.knex.raw(`create table note (text text)`)
  await first.knex.raw(`insert into note values ('kept')`)
  await first.close()
  expect(existsSync(join(folder, 'wholeview.lock'))).toBe(false)
  const second = await openEmbedded(folder)
  expect(await second.rows(notes)).toEqual([['kept']])
  await second.close()
})

it('shares one engine among the handles of a process, until the last is closed', async () => {
  newDatabaseFolder('database', folder)
  const [one, two] = await Promise.all([openEmbedded(folder), openEmbedded(folder)])
  await one.knex.raw(`create table note (text text)`)
  await one.close()
  await one.close()
  expect(await two.rows(notes)).toEqual([])
  await two.close()
  await expect(two.rows(notes)).rejects.toThrow()
})

it('refuses a second process, naming the first, and opens again after the first was killed', async () => {
  newDatabaseFolder('database', folder)
  const holder = runSupport('holdFolder.ts', folder)
  expect(await firstLine(holder)).toBe('held')
  await expect(openEmbedded(folder)).rejects.toThrow(`is in use by process ${holder.pid}. Stop that process`)
  await killHard(holder)
  const database = await openEmbedded(folder)
  expect(await database.rows(notes)).toEqual([[`from ${holder.pid}`]])
  await database.close()
})

it('takes over a lock that a dead process or a torn write left', () => {
  for (const left of [
    '{"pid":2147483646,"began":"1"}',
    `{"pid":${process.pid},"began":"1"}`,
    '{"pid":1,"began":"-1"}',
    'torn',
  ]) {
    writeFileSync(join(folder, 'wholeview.lock'), left)
    lockFolder(folder)()
  }
})

it.runIf(existsSync('/proc/self/stat'))('takes over from a process that was killed and not yet buried', async () => {
  // A shell that goes on as another program no longer waits for what it began.
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)))
    const fields = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const began = fields()[19]
    writeFileSync(join(folder, 'wholeview.lock'), JSON.stringify({ pid, began }))
    await vi.waitUntil(() => fields()[0] === 'Z', { timeout: 10_000 })
    lockFolder(folder)()
  } finally {
    parent.kill('SIGKILL')
  }
})

it('does not take over the lock of another machine', () => {
  writeFileSync(join(folder, 'wholeview.lock'), '{"pid":1,"began":"1","host":"elsewhere.invalid"}')
  expect(() => lockFolder(folder)).toThrow('on elsewhere.invalid')
})

it('says so when the folder cannot be used', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(openEmbedded(join(folder, 'file'))).rejects.toThrow()
})
