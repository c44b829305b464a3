import type { Authority, Force } from '../src/foundation/registry.ts'

export { holderRegistry as holders } from './unconnectedHolders.ts'

/**
 * The six authorities and four forces of the demonstration. DfE codes 991 to 996 and the GSS codes are outside the
 * recognised ranges, and the numbers are from the range kept for drama, so that none can be a real one.
 */
export const authorities: readonly Authority[] = [
  authority('LA1', 'Northmoor', '991', 'E06999991', 'F1', '01632 960011'),
  authority('LA2', 'Eastvale', '992', 'E06999992', 'F1', '01632 960012'),
  authority('LA3', 'Calderbrook', '993', 'E06999993', 'F2', '01632 960013'),
  authority('LA4', 'Westhaven', '994', 'E06999994', 'F3', '01632 960014'),
  authority('LA5', 'Southmere', '995', 'E06999995', 'F4', '01632 960015'),
  authority('LA6', 'Fenwick', '996', 'E06999996', 'F1', '01632 960016'),
]

export const forces: readonly Force[] = [
  { code: 'F1', name: 'Force 1', contact: 'Force 1 public protection desk, 01632 960021' },
  { code: 'F2', name: 'Force 2', contact: 'Force 2 public protection desk, 01632 960022' },
  { code: 'F3', name: 'Force 3', contact: 'Force 3 public protection desk, 01632 960023' },
  { code: 'F4', name: 'Force 4', contact: 'Force 4 public protection desk, 01632 960024' },
]

/** Whom to ask when something of an agency is withheld or out of reach. */
export const contacts: Readonly<Record<string, string>> = {
  health: 'Designated nurse for safeguarding children, 01632 960300',
  education: 'Education safeguarding lead, 01632 960310',
  police: 'Force safeguarding hub, 01632 960320',
  adultServices: 'Adult safeguarding hub, 01632 960330',
  socialCare: "Children's social care front door, 01632 960340",
}

function authority(
  code: string,
  name: string,
  dfeCode: string,
  gssCode: string,
  force: string,
  telephone: string,
): Authority {
  return { code, name, dfeCode, gssCode, force, contact: `${name} children’s social care front door, ${telephone}` }
}
