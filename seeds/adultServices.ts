import { bryony } from './adultServices/bryony.ts'
import { jodie } from './adultServices/jodie.ts'
import { maya } from './adultServices/maya.ts'
import { robin } from './adultServices/robin.ts'
import { unborn } from './adultServices/unborn.ts'
import { joined } from './seedRecord.ts'

/**
 * Everything adult services hold about the adults around the children in the story cases, in the order of the cases.
 * Nothing in it names a child of the gateway.
 */
export default joined(robin, jodie, bryony, maya, unborn)
