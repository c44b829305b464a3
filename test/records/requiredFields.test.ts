import { describe, expect, it } from 'vitest'
import { planOfNeeds } from '../../src/disclosure/needsPlan.ts'
import { joined } from '../../src/disclosure/requestContext.ts'
import { agencies, eachAgency } from '../../src/foundation/agencies.ts'
import { coreResolvers } from '../../src/graphql/coreResolvers.ts'
import { type AgencyModule, buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'
import { type AnswersTo, rowsOf } from '../../src/records/agencyAnswers.ts'
import { uncorrected } from '../../src/records/currentRows.ts'
import type { RequiredFields } from '../../src/records/requiredFields.ts'
import { computedFrom } from '../../src/sources/computedFields.ts'
import { answersOf, row } from '../childView/fixtures.ts'
import { testScalars } from '../federation/support/agency.ts'

const modules = await loadAgencies()
const model = buildModel(modules, [])

/** What the gateway's start makes of one more joined field, in place of `Child.missing`. */
const startWith = (needs: RequiredFields, changed: Partial<typeof modules> = {}) =>
  buildModel({ ...modules, ...changed }, [
    ...coreResolvers(testScalars),
    { Child: { missing: joined(needs, () => null) } },
  ])

/** As one who forces it past the compiler. */
const forced = (needs: object): RequiredFields => needs

describe('what is required of records', () => {
  it('does not compile where it is misspelt', () => {
    // @ts-expect-error the list is `events`
    const list: RequiredFields = { police: { event: ['notified'] } }
    // @ts-expect-error the field is `notified`
    const field: RequiredFields = { police: { events: ['kind', 'notifed'] } }
    // @ts-expect-error the common field is `provenance.agency`
    const common: RequiredFields = { police: { events: ['provenance.agenc'] } }
    // @ts-expect-error the agency is `police`
    const agency: RequiredFields = { polise: { events: ['kind'] } }
    // @ts-expect-error a computed field is computed from fields of its own type
    const computed = computedFrom<{ readonly issuedAt: string }>()({ from: ['isuedAt'], value: () => null })
    expect([list, field, common, agency, computed]).toHaveLength(5)
  })

  it('alone may be read, as what the schema says it is', () => {
    const answers: AnswersTo<{ readonly police: { readonly events: readonly ('kind' | 'notified')[] } }> = answersOf({
      police: { events: [row('police:1', { kind: 'WELFARE_CHECK', notified: false })] },
    })
    const [event] = rowsOf(answers, 'police', 'events')
    const told: readonly (string | boolean | null | undefined)[] = [event?.kind, event?.notified]
    expect(told).toEqual(['WELFARE_CHECK', false])
    // @ts-expect-error nobody asked for it, so it was not fetched
    expect(event?.finding).toBeUndefined()
    // @ts-expect-error nobody asked what it corrects
    expect(uncorrected(rowsOf(answers, 'police', 'events'))).toHaveLength(1)
    // @ts-expect-error nobody asked for the list
    expect(rowsOf(answers, 'police', 'crimes')).toEqual([])
  })

  it.each([
    ['a list', { police: { event: ['kind', 'notified'] } }, 'Child.missing requires police.event,'],
    ['a field', { police: { events: ['kind', 'notifed'] } }, 'Child.missing requires police.events.notifed,'],
    ['a common field', { health: { person: ['provenance.agenc'] } }, 'requires health.person.provenance.agenc,'],
    ['a nested list', { socialCare: { planActions: ['owner'] } }, 'requires socialCare.planActions,'],
  ])('does not start where %s is misspelt, and names it', (_what, needs, sentence) => {
    expect(() => startWith(forced(needs))).toThrow(sentence)
  })

  it('starts with every list and every field that there is', () => {
    const whole = Object.fromEntries(
      agencies.map((agency) => [
        agency,
        Object.fromEntries(
          [...model.layouts[agency].lists].map(([list, { columns, type }]) => [
            list,
            [...columns.keys(), ...Object.keys(model.computed[agency][type.name] ?? {}), 'eventAt', 'sensitivity'],
          ]),
        ),
      ]),
    )
    expect(() => startWith(forced({ ...whole }))).not.toThrow()
    expect(startWith(forced({ police: { holdings: [] } })).needs.has('missing')).toBe(true)
  })

  it('is held against the schema where a contract names it too: in the chronology and among who is involved', () => {
    const { contract } = modules.police
    const withRule = (rule: object): { police: AgencyModule } => ({
      police: {
        ...modules.police,
        contract: {
          ...contract,
          lists: { ...contract.lists, crimes: { ...contract.lists['crimes'], ...rule } },
        },
      },
    })
    const tell = () => ({ headline: 'Crime' })
    expect(() => startWith({}, withRule({ chronology: { fields: ['offense'], tell } }))).toThrow(
      'Child.chronology requires police.crimes.offense,',
    )
    expect(() => startWith({}, withRule({ involvement: { kind: 'CRIME', service: ['station'] } }))).toThrow(
      'Child.involvements requires police.crimes.station,',
    )
  })

  it('is held against the schema where a field is computed from it', () => {
    const computed = { Crime: { daysToShare: { from: ['sharedOn'], value: () => null } } }
    expect(() => startWith({}, { police: { ...modules.police, computed } })).toThrow(
      'Crime.daysToShare is computed from police.crimes.sharedOn,',
    )
  })

  it('is not planned outside a joined field either, where it is misspelt', () => {
    expect(() => planOfNeeds(forced({ police: { events: ['notifed'] } }), model)).toThrow('police.events.notifed')
  })
})

describe('the types of rows', () => {
  it('have a field for every column and every computed field, of the kind that is read', async () => {
    const { rowTypes } = await import('../../src/records/generateRowTypes.ts')
    const text = await rowTypes()
    const printed = (name: string) =>
      new RegExp(`export type ${name}Row = \\{\\n([\\s\\S]*?)\\n\\}`).exec(text)?.[1] ?? ''
    const kinds = {
      integer: 'number',
      number: 'number',
      boolean: 'boolean',
      list: 'readonly string[]',
      objects: 'Objects',
    }
    const missing = agencies.flatMap((agency) =>
      [...model.layouts[agency].lists.values()].flatMap(({ columns, type }) =>
        [...columns.values()]
          .map(
            ({ field, kind }) =>
              `  readonly ${field}: Held<${kind in kinds ? kinds[kind as keyof typeof kinds] : 'string'}>`,
          )
          .filter((line) => !printed(type.name).split('\n').includes(line))
          .map((line) => `${type.name} ${line}`),
      ),
    )
    expect(missing).toEqual([])
    for (const agency of agencies)
      for (const list of model.layouts[agency].lists.values())
        for (const field of Object.keys(model.computed[agency][list.type.name] ?? {}))
          expect(printed(list.type.name)).toContain(`readonly ${field}:`)
    const lists = eachAgency((agency) => [...model.layouts[agency].lists.keys()])
    for (const agency of agencies)
      for (const list of lists[agency])
        expect(text).toContain(`    readonly ${list}: ${model.layouts[agency].lists.get(list)?.type.name}Row`)
  })
})
