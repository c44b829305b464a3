import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { typescriptLoader } from './childProcess.ts'
import { preparedIn } from './prepared.ts'

/** Vitest's global set-up: what every test would make anew is made once, and is gone with the run. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'wholeview-prepared-'))
  const file = fileURLToPath(new URL('prepareFolder.ts', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, ['--import', typescriptLoader, file, folder])
  const remove = () => rmSync(folder, { recursive: true, force: true })
  if (status !== 0) {
    remove()
    throw new Error(`Nothing could be prepared for the tests: ${stderr}`)
  }
  process.env[preparedIn] = folder
  return remove
}
