import { bryony } from './health/bryony.ts'
import { robin } from './health/robin.ts'
import { sam } from './health/sam.ts'
import { tess } from './health/tess.ts'
import { joined } from './seed.ts'

/** Everything the NHS holds in the story cases, in the order of the cases. Nothing in it names a child of the gateway. */
export default joined(robin, sam, bryony, tess)
