import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../src/composition/catalogue.ts'
import { readFile } from '../../../src/sources/bindings/files/readFile.ts'
import { recordSchema } from '../../../src/sources/bindings/files/recordSchema.ts'
import { storedRecord } from '../../../src/sources/bindings/files/storedRecord.ts'
import { read } from '../../house/files.ts'
import { fileOf, layoutOfKind, now, ownerOfKind } from './support.ts'

const page = read('docs/import-files.md')
const section = (title: string) => page.split(/^## /m).find((part) => part.startsWith(title)) ?? ''

describe('the page on importing files', () => {
  it.each([
    ['Children in need census', 'socialCare'],
    ['SSDA903', 'socialCare'],
    ['Common transfer file', 'education'],
  ] as const)('maps what is in a %s to lists and fields that there are', (title, kind) => {
    const rows = section(title)
      .split('\n')
      .filter((line) => /^\| .+ \| .+ \|$/.test(line))
    const named = rows.flatMap((row) => [...(row.split(' | ')[1] ?? '').matchAll(/`([a-zA-Z0-9]+)\.(\w+)`/g)])
    expect(named.length).toBeGreaterThan(8)
    const { lists } = layoutOfKind(kind)
    expect(
      named.filter(([, list = '', field = '']) => !lists.get(list)?.columns.has(field)).map(([all]) => all),
    ).toEqual([])
  })

  it('shows record JSON that is read whole', () => {
    const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    const options = { layout: layoutOfKind('police'), owner: ownerOfKind('police') }
    const { records, refused } = readFile(fileOf('example.json', example), options)
    const made = records.map((record) => storedRecord(record, options.layout, options.owner, now))
    expect({ refused, lists: made.map((each) => ('fault' in each ? each.fault : [each.list, each.unread])) }).toEqual({
      ...{
        refused: [],
        lists: [
          ['person', []],
          ['missingEpisodes', []],
        ],
      },
    })
  })

  it('has a schema of record JSON that tells of nothing which the SDL has not: npm run schemas writes it anew', async () => {
    const { model } = await loadCatalogue({ demonstration: true, registryFile: null })
    const made = JSON.parse(JSON.stringify(recordSchema(model.schema, model.layouts)))
    const kept = JSON.parse(read('docs/records.schema.json'))
    expect(Object.keys(kept.$defs)).toEqual(expect.arrayContaining(['person', 'record', 'socialCare']))
    expect(unlike(kept, made)).toEqual([])
    expect(unlike({ ...kept, $defs: { ...kept.$defs, army: {} } }, made)).toEqual(['.$defs.army'])
  })
})

/** Places of one document that another has not, or has otherwise; what is only told in words may be told anew. */
const unlike = (kept: unknown, made: unknown, place = ''): readonly string[] => {
  if (typeof kept !== 'object' || kept === null) return kept === made || place.endsWith('.description') ? [] : [place]
  if (typeof made !== 'object' || made === null) return [place]
  if (Array.isArray(kept))
    return kept.every((item) => typeof item !== 'object') && Array.isArray(made)
      ? kept.flatMap((item) => (made.includes(item) ? [] : [place]))
      : kept.flatMap((item, at) => unlike(item, Object(made)[at], `${place}.${at}`))
  return Object.entries(kept).flatMap(([name, value]) => unlike(value, Object(made)[name], `${place}.${name}`))
}
