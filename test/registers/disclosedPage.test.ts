import { expect, it } from 'vitest'
import { toldPage } from '../../src/registers/disclosedPage.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'

const entries = Array.from({ length: 23 }, (_, at) => ({ id: `E${String(at).padStart(2, '0')}`, childId: 'C1' }))
const other = { id: 'F00', childId: 'C2' }

/** A register of which every entry but those of `told` is left out; how many entries were read of it. */
function registerOf(told: (id: string) => boolean) {
  let read = 0
  const register = {
    read: async ({ first, after }: RegisterPage) => {
      const from = after === null ? 0 : entries.findIndex(({ id }) => id === after) + 1
      const page = entries.slice(from, from + first)
      read += page.length
      return page
    },
    byId: async (id: string) => entries.find((entry) => entry.id === id) ?? null,
    told: (some: readonly { readonly id: string }[]) => some.filter(({ id }) => told(id)),
  }
  return { register, read: () => read }
}

it.each([1, 2, 5, 23, 200])('goes through what is told, %s at a time, each entry once', async (first) => {
  for (const told of [() => true, (id: string) => Number(id.slice(1)) % 3 === 0, () => false]) {
    const { register } = registerOf(told)
    const seen: string[] = []
    for (let after: string | null = null; ; ) {
      const page: readonly { readonly id: string }[] = await toldPage(register, { first, after })
      seen.push(...page.map(({ id }) => id))
      const last = page.at(-1)
      if (page.length < first || !last) break
      after = last.id
    }
    expect(seen).toEqual(entries.map(({ id }) => id).filter(told))
  }
})

it('reads no more than a page where nothing is left out', async () => {
  const { register, read } = registerOf(() => true)
  expect(await toldPage(register, { first: 4, after: 'E03' })).toHaveLength(4)
  expect(read()).toBe(4)
})

it('refuses an entry to go on after that is left out, of another child, or none, alike, and reads nothing for it', async () => {
  const { register, read } = registerOf((id) => id !== 'E03')
  for (const after of ['E03', other.id, 'nobody', ''])
    await expect(toldPage(register, { first: 4, after })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  expect(read()).toBe(0)
})
