import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { sameSurnameAccesses } from '../../src/audit/sameSurnameAccess.ts'
import { UsageFailure } from '../../src/cli/commandFailure.ts'
import { familyNameIn, readStaff } from '../../src/cli/staffFile.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const folder = mkdtempSync(join(tmpdir(), 'own-names-'))
const fileOf = (text: string): string => {
  const file = join(folder, 'staff.csv')
  writeFileSync(file, text)
  return file
}
const subjectOf = (persona: string): string => personas.find(({ id }) => id === persona)?.subject ?? ''

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  for (const persona of ['social-worker', 'mash-analyst'])
    for (const child of ['C05', 'C04']) await gateway.ask(persona, `{ child(id: "${child}") { names { family } } }`)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await gateway.close()
})

const looks = async (staff: string) =>
  (await sameSurnameAccesses(gateway.opened.setting.opening.store, readStaff(fileOf(staff)), familyNameIn)).map(
    ({ subject, childId }) => [...[subject, childId]],
  )

describe('whoever looked at a child of their own family name', () => {
  it('is found by what their employer calls them, whatever the case and the first name, and nobody else is', async () => {
    const worker = subjectOf('social-worker')
    const others = `${subjectOf('mash-analyst')},Ada Nobody`
    expect(await looks(`subject,name\n${worker},Jane CALDER\n${others}\n`)).toEqual([[worker, 'C05']])
    expect(await looks(`${worker},Jane Nobody\n${others}\n`)).toEqual([])
  })

  it('is found by the name of a parent or guardian too', async () => {
    const { knex } = gateway.opened.setting.opening.store
    await knex('gateway.parental_responsibility').insert({
      ...{ id: 'own-name', child_id: 'C04', holder: 'Mr John Thistlewood', source: 'MOTHER', from_on: '2020-01-01' },
      ...{ disputed: false, not_to_be_asked: false, recorded_at: new Date() },
      ...{ recorded_by: 'x', recorded_subject: 'x', recorded_issuer: 'x' },
    })
    const analyst = subjectOf('mash-analyst')
    expect(await looks(`${analyst},Ann Thistlewood`)).toEqual([[analyst, 'C04']])
  })

  it('is not looked for in a file that is none', () => {
    expect(() => readStaff(join(folder, 'nowhere.csv'))).toThrow(UsageFailure)
    expect(() => readStaff(fileOf('somebody without a name'))).toThrow(UsageFailure)
  })
})
