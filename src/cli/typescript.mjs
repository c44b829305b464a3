// Lets Node read this package's TypeScript: `node --import ./src/cli/typescript.mjs file.ts`.
import { register } from 'node:module'

register('./typescriptHooks.mjs', import.meta.url)
// A place in the log is the line that someone wrote.
process.setSourceMapsEnabled(true)
