import { bryony } from './police/bryony.ts'
import { robin } from './police/robin.ts'
import { sam } from './police/sam.ts'
import { joined } from './seed.ts'

/** Everything the four forces hold in the story cases, in the order of the cases. Nothing in it names a child of the gateway. */
export default joined(robin, sam, bryony)
