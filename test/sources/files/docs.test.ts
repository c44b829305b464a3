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

  it('keeps the schema of record JSON as the SDL has it: npm run schemas', async () => {
    const { model } = await loadCatalogue({ demonstration: true, registryFile: null })
    const made = JSON.parse(JSON.stringify(recordSchema(model.schema, model.layouts)))
    expect(JSON.parse(read('docs/records.schema.json'))).toEqual(made)
  })
})
