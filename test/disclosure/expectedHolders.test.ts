import { describe, expect, it } from 'vitest'
import { resolvers } from '../../resolvers/holders.ts'
import { holders } from '../../seeds/authoritiesAndForces.ts'
import { standingOf } from '../../src/composition/holderStanding.ts'
import { neverLookedThrough, withExpected } from '../../src/disclosure/expectedHolders.ts'
import type { Holder } from '../../src/foundation/holder.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import { plainRecords } from '../../src/sources/plainRecords.ts'
import type { HolderGap, SourceAnswer } from '../../src/sources/source.ts'

const now = new Date('2026-11-20T12:00:00Z')
const holderOf = (id: string) => {
  const found = holders.find((holder) => holder.id === id)
  if (!found) throw new Error(`There is no holder ${id}.`)
  return found
}
const away = holderOf('LA2-CSC')
const answer: SourceAnswer = {
  state: 'ANSWERED',
  records: plainRecords({}),
  holdings: [],
  gaps: [{ holder: away, state: 'UNAVAILABLE' }],
}
const looked = (ids: readonly string[], unsettled: readonly string[] = []) => ({
  ...{ indexed: new Map(ids.map((id) => [id, now])), lastLoads: new Map() },
  ...{ formats: new Map(), unsettled: new Set(unsettled) },
})

describe('a holder that is away', () => {
  const gapOf = (at: { linked?: boolean; indexed?: boolean; expected?: boolean }): HolderGap | undefined =>
    withExpected(answer, at.expected ? [away] : [], {
      states: looked(at.indexed === false ? [] : [away.id]),
      now,
      never: [],
      isLinked: () => at.linked === true,
    }).gaps?.[0]

  it('does not know the child where its people are known and the child is none of them', () => {
    expect(gapOf({})).toMatchObject({ state: 'UNAVAILABLE', unlinked: true })
    for (const at of [{ linked: true }, { indexed: false }, { expected: true }])
      expect(gapOf(at)).not.toHaveProperty('unlinked')
  })
})

describe('a school of which nothing is expected by area', () => {
  const school = { ...away, id: 'S-1', kind: 'education' as const, organisation: 'S-1', areas: [] }
  const of = registryOf([], [], {}, [school])

  it('was not looked through before its people were taken in, so that nobody says that it holds nothing', () => {
    const states = looked([])
    const never = neverLookedThrough(of, 'education', states)
    const { gaps } = withExpected({ ...answer, gaps: [] }, [], { states, now, never, isLinked: () => false })
    expect(gaps).toEqual([{ holder: school, state: 'NOT_LOOKED_FOR' }])
    expect(neverLookedThrough(of, 'education', looked([school.id]))).toEqual([])
    expect(neverLookedThrough(of, 'education', looked([school.id], [school.id]))).toEqual([school])
  })
})

describe('a holder of whom some people are nobody’s yet', () => {
  const gapsOf = (isLinked: boolean, expected: readonly Holder[]) =>
    withExpected({ ...answer, gaps: [] }, expected, {
      states: looked([away.id], [away.id]),
      ...{ now, never: [], isLinked: () => isLinked },
    }).gaps

  it('lacks them of every child from whom it is expected, whether or not it knows the child', () => {
    const gap = { holder: away, state: 'NOT_LOOKED_FOR', unsettled: true }
    expect([true, false].map((isLinked) => gapsOf(isLinked, [away]))).toEqual([[gap], [gap]])
    expect(gapsOf(true, [])).toEqual([])
  })
})

describe('how a holder stands', () => {
  const answers = { ok: true, detail: '' }

  it('says what its binding needs for its people to be looked for', () => {
    const stepOf = (binding: typeof away.binding) => standingOf({ ...away, binding }, answers, looked([])).step
    expect(stepOf({ type: 'subgraph', server: 'x' })).toMatch(/identity resolve/)
    expect(stepOf({ type: 'files' })).toMatch(/wholeview import LA2-CSC/)
    expect(stepOf({ type: 'sql' })).toMatch(/identity resolve/)
  })

  it('is told to callers too where its last file is old', async () => {
    const old = { ...away, binding: { type: 'files' as const }, freshnessHours: 1 }
    const standing = standingOf(old, answers, looked([old.id]))
    expect(standing).toMatchObject({ state: 'STALE' })
    const context = {
      holderStandings: async () => [{ id: old.id, ...standing }],
      note: () => undefined,
      registry: registryOf([], [], {}, [old]),
    }
    const told = await resolvers.Query.holders(null, null, context as never)
    expect(told.find(({ id }) => id === old.id)).toMatchObject({ state: 'STALE' })
  })
})
