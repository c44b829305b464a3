import * as gateway from '../../src/composition/gateway.ts'
import { startAs } from './startAs.ts'

/** Token, policy and audit are the same code as ever. */
await startAs(gateway)
