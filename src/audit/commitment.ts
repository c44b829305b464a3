import { hash, randomFillSync } from 'node:crypto'

/**
 * What stands in an entry for a text that may be erased. The text holds its salt; another first byte keeps it apart
 * from leaves and nodes of the tree.
 */
export const commitmentTo = (text: string): string => hash('sha256', `\u0002${text}`, 'base64url')

/** So many bytes of salt that nobody finds a name by trying names. */
const saltBytes = 16

/** Random bytes for salts to come: to make some costs as much as to make many. */
const random = Buffer.alloc(saltBytes * 256)
let used = random.length

/** Nothing of a salt stays here, so that it is gone when it is erased. */
export function newSalt(): string {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  const salt = random.toString('base64url', used, used + saltBytes)
  random.fill(0, used, used + saltBytes)
  used += saltBytes
  return salt
}
