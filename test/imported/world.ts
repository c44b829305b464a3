import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorities, contacts, forces, holders } from '../../seeds/authoritiesAndForces.ts'
import { run } from '../../src/cli/program.ts'
import { newDataDir } from '../support/prepared.ts'
import { documentsOf, type ImportedCase } from './record.ts'

/** What came of one holder's file. */
interface Outcome {
  readonly holder: string
  readonly code: number
  readonly out: string
  readonly err: string
}

/** An environment in which every holder of the demonstration hands in files, and has handed in these. */
export async function importedWorld(cases: readonly ImportedCase[]): Promise<{
  readonly environment: Readonly<Record<string, string>>
  readonly outcomes: readonly Outcome[]
  remove(): void
}> {
  const folder = mkdtempSync(join(tmpdir(), 'wholeview-imported-'))
  const registry = join(folder, 'registry.json')
  const inFiles = holders.map((holder) => ({ ...holder, binding: { type: 'files' } }))
  writeFileSync(registry, JSON.stringify({ authorities, forces, contacts, holders: inFiles }))
  const environment = { DATA_DIR: newDataDir(), DEMONSTRATION: 'on', LOG_LEVEL: 'silent', REGISTRY_FILE: registry }
  const outcomes: Outcome[] = []
  for (const [holder, document] of Object.entries(documentsOf(cases))) {
    const file = join(folder, `${holder}.json`)
    writeFileSync(file, JSON.stringify(document))
    const said = { out: '', err: '' }
    const sink = (name: 'out' | 'err') => ({
      write: (text: string) => {
        said[name] += text
        return true
      },
    })
    const code = await run(['--json', 'import', holder, file], environment, { out: sink('out'), err: sink('err') })
    outcomes.push({ holder, code, ...said })
  }
  return {
    environment,
    outcomes,
    remove: () => {
      for (const place of [folder, environment.DATA_DIR]) rmSync(place, { recursive: true, force: true })
    },
  }
}
