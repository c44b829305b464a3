import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GraphQLInt } from 'graphql'
import { afterAll, describe, expect, it } from 'vitest'
import { scalars } from '../../resolvers/scalars.ts'
import { agencyPeople } from '../../src/composition/agencyPeople.ts'
import { badValuesOf } from '../../src/composition/badValues.ts'
import { coreResolvers } from '../../src/graphql/coreResolvers.ts'
import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'
import { readMapping } from '../../src/sources/bindings/sql/mapping/readMapping.ts'
import { cleanOf } from '../../src/sources/cleanValue.ts'
import { serving } from '../../src/sources/servedHolders.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { createTestDatabase, hasPostgres, realTitle } from '../support/postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'mapping-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const written = (text: string): string => {
  const file = join(folder, 'mapping.yaml')
  writeFileSync(file, text)
  return file
}

const problemsOf = (text: string, kind = 'police'): readonly string[] => {
  try {
    readMapping(written(text), kind)
    return []
  } catch (error) {
    return (error as { problems: readonly string[] }).problems.map((each) => each.replace(folder, ''))
  }
}

describe('a mapping file', () => {
  it.each([
    ['no YAML', 'kind: [police', /^\/mapping.yaml:1: /],
    ['no such key', 'kind: police\nschema: rms\nlist: {}', /^\/mapping.yaml:3: list is no key that is known/],
    [
      'a table that is no plain name',
      'kind: police\nschema: rms\nlists:\n  crimes:\n    - table: a"; drop table b; --\n      id: a\n      person: b\n      fields: {}',
      /^\/mapping.yaml:5: lists.crimes.0.table is not a plain name/,
    ],
    [
      'a column that is no name',
      'kind: police\nschema: rms\nlists:\n  crimes:\n    - table: crime\n      id: a\n      person: b\n      fields: { offence: "x) or (1=1" }',
      /^\/mapping.yaml:8: lists.crimes.0.fields.offence/,
    ],
    ['another kind', 'kind: health\nschema: rms', /kind is health, and the agency is police/],
    ['no schema', 'kind: police', /schema is missing/],
    [
      'a time zone that is none',
      'kind: police\nschema: rms\ntimeZone: Mars',
      /^\/mapping.yaml:3: timeZone is not a time zone/,
    ],
  ])('is refused with %s, by file and line', (_, text, problem) => {
    expect(problemsOf(text).join('\n')).toMatch(problem)
  })

  it('names every list and field that the kind has not', async () => {
    const file = written(
      'kind: police\nschema: rms\nlists:\n  crime: []\n  crimes:\n    - table: crime\n      id: a\n      person: b\n      fields: { offense: a, outcome: b }',
    )
    const core = coreResolvers(scalars({ demonstration: true, authorities: new Map() }))
    const build = async () =>
      buildModel(await loadAgencies(), core, { mappings: { police: readMapping(file, 'police') } })
    await expect(build()).rejects.toMatchObject({
      problems: [
        `${file}: lists.crime is no list of police.`,
        `${file}: lists.crimes.0.fields.offense is no stored field of Crime.`,
      ],
    })
  })
})

describe('a value that its type refuses', () => {
  const types = scalars({ demonstration: false, authorities: new Map() })
  const cases = [
    ['UPN', 'UN5'],
    ['NHSNumber', '9434765918'],
    ['Name', ''],
    ['Date', '10000-01-01'],
    ['DateTime', 'infinityTZ'],
  ] as const

  it.each(cases)('%s: is null, and told once', (name, value) => {
    let told = 0
    const type = types[name]
    const clean = type && cleanOf(type, () => told++)
    expect(clean?.(value)).toBeNull()
    expect(told).toBe(1)
  })

  it('a count is none below nought, above the most that there can be, or in parts', () => {
    let told = 0
    const clean = cleanOf(GraphQLInt, () => told++, 40)
    expect([-1, 0, 40, 41, 1.5].map((value) => clean?.(value))).toEqual([null, 0, 40, null, null])
    expect(told).toBe(3)
    expect(cleanOf(GraphQLInt, () => {})?.(1000)).toBe(1000)
  })

  it('costs no good one beside it', () => {
    const clean = types['NHSNumber'] && cleanOf(types['NHSNumber'], () => {})
    expect(clean?.(['9434765919', 'x'])).toEqual(['9434765919'])
  })
})

describe.skipIf(!hasPostgres())(realTitle('people of tables of another make'), () => {
  it('are found by what their kind has no field for', async () => {
    const own = await createTestDatabase()
    const database = openPostgres(own.url, { applicationName: 'test', poolSize: 1 })
    try {
      for (const statement of [
        'create schema rms',
        'create table rms.nominal (no text, forename text, surname text, alias text, born date, home text)',
        'create table rms.nominal_id (no text, kind text, value text)',
        `insert into rms.nominal values ('7', 'Nia', 'Varga', 'Kiss', '2014-05-02', 'ZZ5 3HS'), ('8', 'Bo', 'Moor', null, null, null)`,
        `insert into rms.nominal_id values ('7', 'NHS', '9991019006'), ('7', 'PNC', '9/9')`,
      ])
        await database.knex.raw(statement)
      const numbered = '{ column: value, from: { table: nominal_id, on: { no: no }, where: { kind: [NHS] } } }'
      const finds = `{ nhsNumber: ${numbered}, nhsNumberVerified: { constant: true }, otherFamilyName: alias, postcode: home }`
      const fields = '{ given: forename, family: surname, dateOfBirth: born }'
      const source = `- table: nominal\n      id: no\n      person: no\n      fields: ${fields}\n      finds: ${finds}`
      const mapping = readMapping(written(`kind: police\nschema: rms\nlists:\n  person:\n    ${source}\n`), 'police')
      const core = coreResolvers(scalars({ demonstration: true, authorities: new Map() }))
      const layout = buildModel(await loadAgencies(), core).layoutWith('police', mapping)
      const people = []
      for await (const page of agencyPeople({
        ...{ agency: 'police', database, layout, served: serving('police', []), mapping },
      }))
        people.push(...page)
      expect(people).toMatchObject([
        {
          localId: '7',
          person: { given: 'nia', nhs: '9991019006', nhsVerified: true, otherFamily: ['kiss'], postcode: 'ZZ53HS' },
        },
        { localId: '8', person: { given: 'bo', nhs: '', nhsVerified: true, otherFamily: [], postcode: '' } },
      ])
      expect(layout.lists.get('person')?.relation).not.toContain('nominal_id')
    } finally {
      await database.close()
      await own.drop()
    }
  })
})

describe.skipIf(!hasPostgres())(realTitle('attendance of tables of another make'), () => {
  it('is none above what there was to attend, and is counted', async () => {
    const own = await createTestDatabase()
    const database = openPostgres(own.url, { applicationName: 'test', poolSize: 1 })
    try {
      for (const statement of [
        'create schema mis',
        'create table mis.marks (no text, pupil text, begins date, there int, of_all int)',
        `insert into mis.marks values ('1', 'A', '2026-01-05', 150, 100), ('2', 'A', '2026-02-02', 90, 100),
          ('3', 'A', '2026-03-02', 3, -5), ('4', 'A', '2026-04-06', null, 100)`,
      ])
        await database.knex.raw(statement)
      const fields = '{ from: begins, attended: there, possible: of_all }'
      const source = `- table: marks\n      id: no\n      person: pupil\n      eventAt: begins\n      fields: ${fields}`
      const mapping = readMapping(
        written(`kind: education\nschema: mis\nlists:\n  attendance:\n    ${source}\n`),
        'education',
      )
      const core = coreResolvers(scalars({ demonstration: true, authorities: new Map() }))
      const layout = buildModel(await loadAgencies(), core).layoutWith('education', mapping)
      const { relation = '', common } = layout.lists.get('attendance') ?? {}
      const rows = await database.rows({
        name: 'attendance',
        text: `select attended::text, possible::text, "$unread"::text from ${relation} order by "${common?.id}"`,
        values: [],
      })
      expect(rows).toEqual([
        [null, '100', '{attended}'],
        ['90', '100', '{}'],
        ['3', '-5', '{}'],
        [null, '100', '{}'],
      ])
      expect(await badValuesOf(database, layout, mapping)).toEqual([
        'attendance.attended: 1 in marks cannot be read and is not known',
        'attendance.possible: 1 in attendance cannot be read and is not known',
      ])
    } finally {
      await database.close()
      await own.drop()
    }
  })
})
