import { existsSync } from 'node:fs'
import { agencies } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import { OpenedAtStart } from '../foundation/errors.ts'
import type { Registry } from '../foundation/registry.ts'
import { textOf } from '../foundation/settingFile.ts'
import type { Reading } from './reloading.ts'

/** Tells when a file that says where and how records are read is another than at the start. */
export function bindingFilesChanged({ holders }: Pick<Registry, 'holders'>, config: Pick<Config, 'agencies'>): Reading {
  const files = filesOf({ holders }, config)
  const before = files.map(textIn)
  return () => {
    const changed = files.filter((file, at) => textIn(file) !== before[at])
    if (changed.length > 0) throw new OpenedAtStart(changed.map((file) => `${file} changed, which is read at a start.`))
    return () => {}
  }
}

/** Mappings and codes; those that come with the product do not change. */
function filesOf({ holders }: Pick<Registry, 'holders'>, { agencies: kinds }: Pick<Config, 'agencies'>): string[] {
  const named = [
    ...agencies.map((name) => kinds[name].mapping),
    ...[...holders.values()].map(({ binding }) =>
      binding?.type === 'sql' ? binding.mapping : binding?.type === 'fhir' ? binding.codes : null,
    ),
  ]
  return [...new Set(named.flatMap((file) => (file && existsSync(file) ? file : [])))]
}

const textIn = (file: string): string | null => (existsSync(file) ? textOf(file) : null)
