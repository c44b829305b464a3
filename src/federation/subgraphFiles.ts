import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import { StartupError } from '../foundation/errors.ts'
import { withListArguments } from '../graphql/listArguments.ts'
import { agencySubgraphSdl, coreSubgraphSdl } from './subgraphSdl.ts'

/** The SDL of every subgraph: the gateway's own, `core`, and one for each agency. */
export type SubgraphSdls = Readonly<Record<AgencyName | 'core', string>>

/** Reads the schema folder. A file that is neither shared nor an agency's belongs to the core. */
export const readSubgraphSdls = async (folder: string): Promise<SubgraphSdls> => {
  const texts = new Map<string, string>()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort()) {
    texts.set(file.slice(0, -'.graphql'.length), await readFile(join(folder, file), 'utf8'))
  }
  const missing = ['shared', ...agencies].filter((name) => !texts.has(name))
  if (missing.length > 0) throw new StartupError(missing.map((name) => `schema/${name}.graphql is missing.`))
  const textOf = (name: string): string => texts.get(name) ?? ''
  const shared = textOf('shared')
  const ofAgency = (agency: AgencyName): string => agencySubgraphSdl(agency, shared, withListArguments(textOf(agency)))
  const own = new Set<string>(['shared', ...agencies])
  return {
    core: coreSubgraphSdl(
      shared,
      [...texts].filter(([name]) => !own.has(name)).map(([, text]) => text),
      Object.fromEntries(agencies.map((agency) => [agency, textOf(agency)])),
    ),
    ...eachAgency(ofAgency),
  }
}
