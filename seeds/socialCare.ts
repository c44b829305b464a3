import { joined } from './seed.ts'
import { bryony } from './socialCare/bryony.ts'
import { robin } from './socialCare/robin.ts'
import { sam } from './socialCare/sam.ts'

/** Everything children’s social care and care providers hold in the story cases, in the order of the cases. Nothing in it names a child of the gateway. */
export default joined(robin, sam, bryony)
