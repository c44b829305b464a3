import { joined } from './seedRecord.ts'
import { bryony } from './socialCare/bryony.ts'
import { callum } from './socialCare/callum.ts'
import { ellis } from './socialCare/ellis.ts'
import { ilka } from './socialCare/ilka.ts'
import { jodie } from './socialCare/jodie.ts'
import { leah } from './socialCare/leah.ts'
import { maya } from './socialCare/maya.ts'
import { robin } from './socialCare/robin.ts'
import { sam } from './socialCare/sam.ts'
import { twins } from './socialCare/twins.ts'
import { unborn } from './socialCare/unborn.ts'

/**
 * Everything children’s social care and care providers hold in the story cases, in the order of the cases. Nothing in
 * it names a child of the gateway.
 */
export default joined(robin, ilka, jodie, sam, bryony, ellis, maya, leah, twins, callum, unborn)
