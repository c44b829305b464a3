import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../src/foundation/errors.ts'
import { filesIn, read } from './files.ts'

const documented = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) +\| ([^|]+) \|/gm)].map(
  (match) => ({
    code: match[1] ?? '',
    status: Number(match[2]),
    message: match[3]?.trim(),
  }),
)

describe('the codes that a caller can meet', () => {
  it('are those of docs/errors.md, with their status and sentence, in the same order', () => {
    expect(documented).toEqual(
      Object.entries(errorCodes).map(([code, { status, message }]) => ({ code, status, message })),
    )
  })

  it('are the only ones that anything refuses with', () => {
    const text = [...filesIn('src', '.ts'), ...filesIn('resolvers', '.ts')]
      .filter((path) => path !== 'src/foundation/errors.ts')
      .map(read)
      .join('\n')
    const used = new Set([...text.matchAll(/new Refusal\(\s*'([A-Z_]+)'/g)].map((match) => match[1]))
    expect([...used].filter((code) => !code || !Object.hasOwn(errorCodes, code))).toEqual([])
  })

  it('speak to the caller in a whole sentence', () => {
    for (const { message } of Object.values(errorCodes)) expect(message).toMatch(/^[A-Z].*\.$/)
  })
})
