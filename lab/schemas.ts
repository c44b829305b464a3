import { writeFileSync } from 'node:fs'
import { loadCatalogue } from '../src/composition/catalogue.ts'
import { recordSchema } from '../src/sources/bindings/files/recordSchema.ts'

/** `npm run schemas`: writes the JSON Schema of records, which follows from the SDL, into `docs/`. */
const { model } = await loadCatalogue({ demonstration: true, registryFile: null })
const text = JSON.stringify(recordSchema(model.schema, model.layouts), null, 1)
writeFileSync(new URL('../docs/records.schema.json', import.meta.url), `${text}\n`)
