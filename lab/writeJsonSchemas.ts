import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { issuersShape } from '../src/auth/issuers.ts'
import { loadCatalogue } from '../src/composition/catalogue.ts'
import { registryShape } from '../src/foundation/registryFile.ts'
import { recordSchema } from '../src/sources/bindings/files/recordSchema.ts'

const write = (name: string, schema: unknown, indent: number): void =>
  writeFileSync(new URL(`../docs/${name}.schema.json`, import.meta.url), `${JSON.stringify(schema, null, indent)}\n`)

/**
 * `npm run schemas`: writes into `docs/` the JSON Schemas of records, which follow from the SDL, and of the two files
 * that an operator writes, as they are checked.
 */
const { model } = await loadCatalogue({ demonstration: true, registryFile: null })
write('records', recordSchema(model.schema, model.layouts), 1)
write('registry', z.toJSONSchema(registryShape, { io: 'input' }), 2)
write('issuers', z.toJSONSchema(issuersShape, { io: 'input' }), 2)
