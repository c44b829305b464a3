import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { dueOf } from '../../src/registers/governanceCases.ts'
import { newStore, type TestStore } from '../support/gateway.ts'

const folder = mkdtempSync(join(tmpdir(), 'governance-'))
let store: TestStore
let env: TestStore['environment']
beforeAll(async () => {
  store = await newStore()
  env = { DEMONSTRATION: 'on', ...store.environment }
})
afterAll(async () => {
  await store.remove()
  rmSync(folder, { recursive: true, force: true })
})

const command = (...words: readonly string[]) => wholeview('governance', ...words)
const wholeview = async (...words: readonly string[]) => {
  const out: string[] = []
  const err: string[] = []
  const code = await run(['--json', ...words], env, {
    out: { write: (text: string) => out.push(text) > 0 },
    err: { write: (text: string) => err.push(text) > 0 },
  })
  return { code, out: out.join(''), err: err.join('') }
}
const idOf = ({ out }: { readonly out: string }): string => String(JSON.parse(out).id)

describe('the clock of a case', () => {
  it.each([
    ['BREACH', '2026-11-20', '2026-11-23T00:00:00.000Z'],
    ['COMPLAINT', '2026-11-20', '2026-12-20T00:00:00.000Z'],
    ['SUBJECT_REQUEST', '2026-11-20', '2026-12-20T00:00:00.000Z'],
    ['SUBJECT_REQUEST', '2027-01-31', '2027-02-28T00:00:00.000Z'],
    ['SUBJECT_REQUEST', '2026-12-31', '2027-01-31T00:00:00.000Z'],
  ] as const)('of a %s of %s ends at %s', (kind, day, due) => expect(dueOf(kind, day)).toBe(due))
})

describe('wholeview governance', () => {
  it('takes cases in with their clock, and closes no request before it is known who asks', async () => {
    const of = ['--controller', 'LA2', '--received', '2026-11-20', '--by', 'A', '--summary', 'x']
    expect((await command('case', 'add', 'subject_request', ...of)).code).toBe(1)
    const request = await command('case', 'add', 'subject_request', ...of, '--child', 'C05')
    expect(JSON.parse(request.out).dueAt).toBe('2026-12-20T00:00:00.000Z')
    const close = ['case', 'close', idOf(request), '--outcome', 'Sent', '--by', 'A']
    expect((await command(...close)).code).toBe(1)
    expect((await command(...close, '--identity-checked')).code).toBe(0)
    expect((await command(...close, '--identity-checked')).code).toBe(1)
    expect((await command('case', 'add', 'grumble', ...of)).code).toBe(2)
  })

  it('erases nothing without a rule that two approved, nor under a legal hold', async () => {
    expect((await command('retention', 'apply', 'consent')).code).toBe(1)
    const rule = await command('retention', 'propose', 'consent', '--days', '30', '--basis', 'x', '--by', 'A')
    expect((await command('retention', 'apply', 'consent')).code).toBe(1)
    expect((await command('retention', 'approve', idOf(rule), '--by', 'A')).code).toBe(1)
    expect((await command('retention', 'approve', idOf(rule), '--by', 'B')).code).toBe(0)
    const hold = await command('legal-hold', 'place', 'all', '--reason', 'Inquiry', '--by', 'A')
    expect((await command('retention', 'apply', 'consent')).err).toContain('legal hold')
    const erase = ['audit', 'erase', '--before', '2020-01-01']
    expect(await wholeview(...erase)).toMatchObject({ code: 1, err: expect.stringContaining('legal hold') })
    expect((await command('legal-hold', 'end', idOf(hold), '--by', 'A')).code).toBe(1)
    expect((await command('legal-hold', 'end', idOf(hold), '--by', 'B')).code).toBe(0)
    expect((await wholeview(...erase)).code).toBe(0)
    // Ilka's refusal is in force: it is not over, and stays.
    expect(JSON.parse((await command('retention', 'apply', 'consent')).out)).toEqual({ register: 'consent', erased: 0 })
    expect((await command('retention', 'propose', 'nose', '--days', '30', '--basis', 'x', '--by', 'A')).code).toBe(1)
  })

  it('fills every template, and writes over none', async () => {
    const out = join(folder, 'report')
    expect((await command('report', '--measure', '--out', out)).code).toBe(0)
    const files = readdirSync(out)
    expect(files).toEqual(
      expect.arrayContaining(['record-of-processing.md', 'access-assurance.md', 'who-may-see-what.md']),
    )
    for (const file of files) expect(readFileSync(join(out, file), 'utf8'), file).not.toContain('{{')
    const assessed = readFileSync(join(out, 'impact-assessment.md'), 'utf8')
    expect(assessed).toMatch(/\| south and asian \| \d+ \| \d+\.\d % \|/)
    expect(assessed).toContain('4000 invented people')
    const record = readFileSync(join(out, 'record-of-processing.md'), 'utf8')
    expect(record).toContain('LA2-CSC')
    expect(record).toMatch(/\| subject access \| information governance officer of the authority/i)
    expect(readFileSync(join(out, 'access-assurance.md'), 'utf8')).toContain('| Different children | Looks |')
    expect((await command('report', '--out', out)).code).toBe(1)
  })
})
