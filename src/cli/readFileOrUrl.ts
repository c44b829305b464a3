import { readFile } from 'node:fs/promises'
import { CommandFailure } from './commandFailure.ts'

/** Text of a file or of an http address, or a failure that names the place. */
export const textOf = async (place: string): Promise<string> => {
  try {
    if (!/^https?:\/\//.test(place)) return await readFile(place, 'utf8')
    const response = await fetch(place)
    if (!response.ok) throw new Error(`It answers ${response.status}.`)
    return await response.text()
  } catch (cause) {
    throw new CommandFailure(`${place} cannot be read.`, { cause })
  }
}

export const jsonOf = async (place: string): Promise<unknown> => {
  const text = await textOf(place)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CommandFailure(`${place} is not JSON.`, { cause })
  }
}
