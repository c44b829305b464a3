import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { validate } from 'graphql'
import { loadCatalogue } from '../../composition/catalogue.ts'
import { Refusal } from '../../foundation/errors.ts'
import { readOperation } from '../../server/operationLimits.ts'
import { operationHash, readSafelist } from '../../server/safelist.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { count } from '../terminalText.ts'

export interface SafelistOptions {
  readonly list?: string
}

/** `wholeview safelist add <file.graphql>`: lists an operation that this schema and the limits accept, and no other. */
export const safelistAdd = async (context: CommandContext, file: string, options: SafelistOptions): Promise<void> => {
  const list = options.list ?? context.env['SAFELIST_FILE'] ?? 'safelist.json'
  const text = readText(file)
  await check(text, file)
  const hash = operationHash(text)
  const listed = { ...(existsSync(list) ? readSafelist(list) : {}), [hash]: text }
  const sorted = Object.fromEntries(Object.entries(listed).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  // Written aside, then moved: a gateway that starts meanwhile reads the old list or the new one, never half of one.
  writeFileSync(`${list}.new`, `${JSON.stringify(sorted, null, 2)}\n`)
  // Nothing in it is secret, and the gateway may run as another user.
  chmodSync(`${list}.new`, 0o644)
  renameSync(`${list}.new`, list)
  const { terminal } = context
  const operations = Object.keys(sorted).length
  if (terminal.json) terminal.out(JSON.stringify({ hash, list, operations }))
  else terminal.out(`${hash}\n${list} lists ${count(operations, 'operation')}. A gateway reads it when it starts.`)
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CommandFailure(`${file} cannot be read.`)
  }
}

const check = async (text: string, file: string): Promise<void> => {
  const { model } = await loadCatalogue({ demonstration: false, registryFile: null })
  try {
    const errors = validate(model.schema, readOperation(text))
    if (errors.length > 0) throw new CommandFailure(`${file}:\n${errors.map(({ message }) => message).join('\n')}`)
  } catch (error) {
    throw error instanceof Refusal ? new CommandFailure(`${file}: ${error.message}`) : error
  }
}
