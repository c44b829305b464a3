import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { read, root } from './files.ts'

/** What may be in the product besides its own code. Each lets whoever adopts the product use, change and pass it on. */
const allowed = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'MPL-2.0',
])

/** Whether an SPDX expression lets us choose one that is allowed. What is not understood is not allowed. */
const isAllowed = (expression: string): boolean =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence)))

/** Packages say it in `license`; before npm 2 in `licenses`. */
const manifest = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
})

const licenceOf = (text: string): string => {
  const { license, licenses } = manifest.parse(JSON.parse(text))
  if (typeof license === 'string') return license
  return license?.type ?? licenses?.map(({ type }) => type).join(' AND ') ?? 'none'
}

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        license: z.string().optional(),
        dev: z.boolean().optional(),
        optional: z.boolean().optional(),
        engines: z.union([z.object({ node: z.string().optional() }), z.array(z.string())]).optional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')))

/** Everything that an installation may bring: what is optional, and for other machines, too. */
const product = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev)
const installed = product.filter(([path]) => existsSync(join(root, path, 'package.json')))

describe('the licence of every package in the product', () => {
  it('is one that whoever adopts it may take on', () => {
    const told = [
      ...product.map(([path, { license }]) => [path, license ?? 'none in the lock file'] as const),
      ...installed.map(([path]) => [path, licenceOf(read(`${path}/package.json`))] as const),
    ]
    expect(told.filter(([, licence]) => !isAllowed(licence))).toEqual([])
  })

  it('was read of all that is not optional', () => {
    const unread = product.filter((entry) => !installed.includes(entry) && !entry[1].optional).map(([path]) => path)
    expect([unread, installed.length > 100]).toEqual([[], true])
  })

  it.each([
    ['Elastic-2.0', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['MIT AND GPL-3.0-only', false],
    ['none', false],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT', true],
  ])('%s is judged: %s', (expression, judged) => {
    expect(isAllowed(expression)).toBe(judged)
  })
})

describe('the lock file', () => {
  // npm rewrites this entry when it fetches @apollo/subgraph anew. The package declares Node 22 and runs on 20.19 as
  // well, which `npm run test:nodes` tries; as it stands there, `npm ci` warns nobody.
  it('names no package that is meant for a newer Node than the product', () => {
    const newer = Object.entries(lock.packages).filter(([path, { engines }]) => {
      const wanted = Array.isArray(engines) ? undefined : engines?.node
      return path !== '' && wanted !== undefined && /^>=\s*(2[1-9]|[3-9]\d)\b/.test(wanted)
    })
    expect(newer.map(([path]) => path)).toEqual([])
  })
})
