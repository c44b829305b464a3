import { bryony } from './education/bryony.ts'
import { callum } from './education/callum.ts'
import { ellis } from './education/ellis.ts'
import { ilka } from './education/ilka.ts'
import { jodie } from './education/jodie.ts'
import { leah } from './education/leah.ts'
import { maya } from './education/maya.ts'
import { robin } from './education/robin.ts'
import { sam } from './education/sam.ts'
import { tess } from './education/tess.ts'
import { twins } from './education/twins.ts'
import { joined } from './seedRecord.ts'

/**
 * Everything schools and education services hold in the story cases, in the order of the cases. Nothing in it names a
 * child of the gateway.
 */
export default joined(robin, ilka, jodie, sam, bryony, ellis, maya, leah, twins, callum, tess)
