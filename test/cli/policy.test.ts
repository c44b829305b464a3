import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { ballotOf } from '../../src/policy/ballot.ts'
import { diffPacks } from '../../src/policy/diffPacks.ts'
import { proposedPack, readPack, startingPack } from '../../src/policy/pack.ts'
import { ruleChanges } from '../../src/policy/ruleChanges.ts'

/** Runs one command line without a gateway, and keeps what it wrote. */
async function typed(line: string, env: Record<string, string> = {}) {
  let out = ''
  let err = ''
  const code = await run(line.split(' '), env, {
    out: {
      write: (text: string) => {
        out += text
      },
    },
    err: {
      write: (text: string) => {
        err += text
      },
    },
  })
  return { code, out, err }
}

describe('wholeview policy', () => {
  it('shows every label of the pack in force', async () => {
    const { code, out } = await typed('policy show')
    expect(code).toBe(0)
    expect(out).toContain('england-2026-11')
    expect(out).toContain('Legal advice')
  })

  it('shows the pack of section 16LA only where the duty is switched on, and a proposal from its day', async () => {
    const early = { DEMO_AS_OF: '2026-10-15T12:00:00Z' }
    expect((await typed('policy show', { ...early, STATUTORY_DUTY_FROM: '2026-09-30' })).out).toContain(
      'england-2026-09',
    )
    expect((await typed('policy show', early)).out).toContain('england-2024-05')
  })

  it('shows what a role would be given, with rule and source', async () => {
    const { out } = await typed('--json policy show --role GP --purpose EARLY_HELP')
    const shown: { rows: { label: string; given: string; rule: string }[] } = JSON.parse(out)
    expect(shown.rows.find(({ label }) => label === 'HEALTH_SARC')).toMatchObject({ given: 'HIDDEN' })
  })

  it('tells that the two packs of England give the same, on another ground', async () => {
    expect((await typed('policy diff england-2024-05 england-2026-09')).out).toContain('0 things to vote on')
    expect((await typed('policy diff england-2024-05 england-2024-05')).out).toContain('Nobody gains or loses')
  })

  it('lays what a pack would change before a partnership as a table in words, that loses no change', async () => {
    const { out } = await typed('policy diff england-2024-05 england-2026-11')
    expect(out).not.toMatch(/[A-Z]+_[A-Z]+/)
    expect(out.split('\n').filter((line) => line.length > 155)).toEqual([])
    const { lines, otherGround } = ballotOf(diffPacks(readPack(startingPack), readPack(proposedPack)))
    expect(out).toContain(`${lines.length} things to vote on`)
    expect(out.match(/^\d+ .*\[ \] yes \[ \] no$/gm)).toHaveLength(lines.length)
    const voted = lines.flatMap(({ roles, purposes, label, change }) =>
      roles.flatMap((role) => purposes.map((purpose) => `${role} ${purpose} ${label} ${change}`)),
    )
    const changes = diffPacks(readPack(startingPack), readPack(proposedPack))
    expect(voted.toSorted()).toEqual(
      changes
        .filter(({ change }) => change !== 'OTHER_GROUND')
        .map(({ role, purpose, label, change }) => `${role} ${purpose} ${label} ${change}`)
        .toSorted(),
    )
    expect(otherGround).toBe(changes.length - voted.length)
  })

  it('lays beside it every choice about the rules that shows on no ordinary child', async () => {
    const { out } = await typed('policy diff england-2024-05 england-2026-11')
    const [before, after] = [readPack(startingPack), readPack(proposedPack)]
    const said = new Set(ruleChanges(before, after).map(({ rule }) => rule))
    expect(Object.keys(after.rules ?? {}).filter((rule) => !said.has(rule))).toEqual([])
    expect(out.match(/^R\d+ .*\[ \] yes \[ \] no$/gm)).toHaveLength(said.size)
    // One change of each member alone: none is lost, and a pack is not compared with itself as another.
    const others = {
      rules: { ...after.rules, notificationLabels: [] },
      purposes: { ...after.purposes, EARLY_HELP: { openTo: [], needsRelationship: false } },
      statutoryDuty16LA: { inForce: true },
      alerts: {},
    }
    for (const [member, value] of Object.entries(others))
      expect(ruleChanges(after, { ...after, [member]: value }).map(({ rule }) => rule.split('.')[0])).toContain(
        member === 'rules' ? 'notificationLabels' : member,
      )
    expect(ruleChanges(after, after)).toEqual([])
    const json: { change: string }[] = JSON.parse(
      (await typed('--json policy diff england-2024-05 england-2026-11')).out,
    )
    expect(json.filter(({ change }) => change === 'RULE')).toHaveLength(said.size)
  })

  it('refuses what is no role, purpose, pack or file', async () => {
    for (const line of [
      'policy show --role KING',
      'policy show --role GP --purpose GOSSIP',
      'policy show --purpose EARLY_HELP',
      'policy diff england-2024-05 scotland-2024-05',
      'policy check nowhere.json',
    ])
      expect((await typed(line)).code, line).toBe(2)
    expect((await typed('policy check package.json')).code).toBe(1)
  })

  it('says of a file that is no pack what is wrong with it, and nothing of what is in it', async () => {
    const missing = await typed('policy check package.json')
    expect(missing.err).toContain('This is no whole pack')
    expect(missing.err).toContain('jurisdiction')
    for (const file of ['README.md', 'docs'])
      expect(await typed(`policy check ${file}`)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/is no file of JSON/),
      })
    expect((await typed('policy check README.md')).err).not.toContain('Wholeview')
  })
})
