import { bryony } from './health/bryony.ts'
import { callum } from './health/callum.ts'
import { ellis } from './health/ellis.ts'
import { ilka } from './health/ilka.ts'
import { jodie } from './health/jodie.ts'
import { maya } from './health/maya.ts'
import { robin } from './health/robin.ts'
import { sam } from './health/sam.ts'
import { tess } from './health/tess.ts'
import { twins } from './health/twins.ts'
import { unborn } from './health/unborn.ts'
import { joined } from './seedRecord.ts'

/**
 * Everything the NHS holds in the story cases, in the order of the cases. Nothing in it names a child of the gateway.
 */
export default joined(robin, ilka, jodie, sam, bryony, ellis, maya, twins, callum, unborn, tess)
