// Starts a contestant as `npm start` starts the product: put together first, and read by Node with no loader beside it.
import { built } from '../../src/cli/build.mjs'

await import(await built(process.argv[2]))
