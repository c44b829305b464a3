import { bryony } from './police/bryony.ts'
import { callum } from './police/callum.ts'
import { ellis } from './police/ellis.ts'
import { ilka } from './police/ilka.ts'
import { jodie } from './police/jodie.ts'
import { leah } from './police/leah.ts'
import { maya } from './police/maya.ts'
import { robin } from './police/robin.ts'
import { sam } from './police/sam.ts'
import { twins } from './police/twins.ts'
import { joined } from './seedRecord.ts'

/**
 * Everything the four forces hold in the story cases, in the order of the cases. Nothing in it names a child of the
 * gateway.
 */
export default joined(robin, ilka, jodie, sam, bryony, ellis, maya, leah, twins, callum)
