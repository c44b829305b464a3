import { bryony } from './education/bryony.ts'
import { robin } from './education/robin.ts'
import { sam } from './education/sam.ts'
import { tess } from './education/tess.ts'
import { joined } from './seed.ts'

/** Everything schools and education services hold in the story cases, in the order of the cases. Nothing in it names a child of the gateway. */
export default joined(robin, sam, bryony, tess)
