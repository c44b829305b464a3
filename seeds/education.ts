import { bryony } from './education/bryony.ts'
import { sam } from './education/sam.ts'
import { joined } from './seed.ts'

/** Everything schools and education services hold in the story cases, in the order of the cases. Nothing in it names a child of the gateway. */
export default joined(sam, bryony)
