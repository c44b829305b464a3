import { chmodSync, closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { textOf } from '../foundation/settingFile.ts'
import { makeFolder } from '../foundation/settingFolder.ts'

interface Holder {
  readonly pid: number
  /** When the process began, as the kernel counts it; a pid alone is given out again after a restart. */
  readonly began: string | null
  readonly host: string
}

/**
 * Holds a folder for this process. The embedded database has one writer: two at once would destroy it. A lock whose
 * process is dead (killed, power cut, restarted container) is taken over without a question.
 */
export function lockFolder(folder: string): () => void {
  makeOwn(folder)
  const file = join(folder, 'wholeview.lock')
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid), host: hostname() } satisfies Holder)
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(file, mine)) return () => release(file, mine)
    const found = read(file)
    const holder = found === null ? null : parse(found)
    if (holder && isAlive(holder)) throw heldBy(folder, file, holder)
    setAside(file, found)
  }
  throw new StartupError([
    `The data folder ${folder} could not be locked: another process is starting there. Try again.`,
  ])
}

/** Whatever lies in it is its owner's alone, a folder that was there before included. */
function makeOwn(folder: string): void {
  makeFolder('DATA_DIR', folder)
  try {
    chmodSync(folder, 0o700)
  } catch (error) {
    throw new StartupError([
      `DATA_DIR: the folder ${folder} cannot be made or written to${codeOf(error)}. Choose another with DATA_DIR.`,
    ])
  }
}

function create(file: string, content: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600)
    writeSync(handle, content)
    closeSync(handle)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw new StartupError([
      `DATA_DIR: ${file} cannot be created${codeOf(error)}. Choose another folder with DATA_DIR.`,
    ])
  }
}

function read(file: string): string | null {
  try {
    return textOf(file)
  } catch {
    return null
  }
}

/**
 * Moves the stale lock away and checks again: when two processes take over at once, the slower one puts a fresh lock
 * back.
 */
function setAside(file: string, expected: string | null): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const moved = read(aside)
  if (moved !== expected) renameSync(aside, file)
  else rmSync(aside, { force: true })
}

function release(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true })
}

function parse(content: string): Holder | null {
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return null
    const began = 'began' in value && typeof value.began === 'string' ? value.began : null
    const host = 'host' in value && typeof value.host === 'string' ? value.host : hostname()
    return { pid: value.pid, began, host }
  } catch {
    return null
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  // Released by this very process, or left by a forerunner that had the same pid in an earlier container.
  if (holder.pid === process.pid) return holder.began !== null && holder.began === beganAt(process.pid)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false
  }
  // Killed, and not yet buried by its parent, which in a container may never do so.
  if (statusOf(holder.pid)[0] === 'Z') return false
  const began = beganAt(holder.pid)
  return began === null || holder.began === null || began === holder.began
}

const beganAt = (pid: number): string | null => statusOf(pid)[19] ?? null

/** Fields of `/proc/<pid>/stat` from the third, its state, on; none where there is no such file system. */
function statusOf(pid: number): readonly string[] {
  const status = read(`/proc/${pid}/stat`)
  return status === null ? [] : status.slice(status.lastIndexOf(')') + 2).split(' ')
}

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code

const heldBy = (folder: string, file: string, holder: Holder): StartupError =>
  new StartupError([
    holder.host === hostname()
      ? `The data folder ${folder} is in use by process ${holder.pid}. Stop that process, or choose another folder with DATA_DIR.`
      : `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host}. Stop it; if that machine is gone, delete ${file}.`,
  ])
