#!/usr/bin/env node
// The command of an installed package. `npm run build` puts it into `dist/` with the program: nothing is compiled here, and
// nothing is written beside it.
import { launch } from './launch.mjs'

await launch(() => import('./program.ts'))
