import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error a plain JavaScript file, which runs before TypeScript can be read
import { whatIsMissing } from '../../src/cli/install.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wholeview-install-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lock = (file: string, packages: object) => writeFileSync(join(folder, file), JSON.stringify({ packages }))
const modules = (packages: object) => {
  mkdirSync(join(folder, 'node_modules'))
  lock('node_modules/.package-lock.json', packages)
}
const pg = { 'node_modules/pg': { version: '4.0.0' } }
const vitest = { 'node_modules/vitest': { version: '4.1.12', dev: true } }

describe('packages are installed', () => {
  it('when there are none', () => {
    lock('package-lock.json', pg)
    expect(whatIsMissing(folder)).toContain('missing')
  })

  it('when an install was broken off', () => {
    lock('package-lock.json', pg)
    mkdirSync(join(folder, 'node_modules'))
    expect(whatIsMissing(folder)).toContain('incomplete')
  })

  it('when the lock file names another version, or one more', () => {
    lock('package-lock.json', { ...pg, ...vitest })
    modules({ 'node_modules/pg': { version: '3.0.0' }, ...vitest })
    expect(whatIsMissing(folder)).toContain('node_modules/pg')
    lock('node_modules/.package-lock.json', pg)
    expect(whatIsMissing(folder)).toContain('node_modules/vitest')
  })
})

describe('packages are left alone', () => {
  it('when they are what the lock file says', () => {
    lock('package-lock.json', { '': { name: 'wholeview' }, ...pg })
    modules(pg)
    expect(whatIsMissing(folder)).toBeNull()
  })

  it('when only what other machines need is not there', () => {
    lock('package-lock.json', { ...pg, 'node_modules/for-windows': { version: '1.0.0', optional: true } })
    modules(pg)
    expect(whatIsMissing(folder)).toBeNull()
  })

  it('when someone keeps them elsewhere on purpose', () => {
    lock('package-lock.json', pg)
    mkdirSync(join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'node_modules'))
    expect(whatIsMissing(folder)).toBeNull()
  })
})
