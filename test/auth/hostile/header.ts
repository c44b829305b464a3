import { forge } from '../support.ts'
import { type Attack, shown } from './attack.ts'

const bearing = ['jku', 'x5u', 'jwk', 'x5c', 'crit', 'b64', 'zip', 'cty'] as const
const values = [null, '', 'x', 1, true, false, [], {}, ['exp'], 'http://127.0.0.1:9/keys']

const brought: Attack[] = bearing.flatMap((member) =>
  values.map(
    (value): Attack => ({
      title: `${member} ${shown(value)}`,
      token: forge({ [member]: value }),
      // Every name of the list in capitals is a name of the reasons.
      reason: `HEADER_${member.toUpperCase() as Uppercase<typeof member>}`,
    }),
  ),
)

const types = [
  undefined,
  null,
  '',
  'JWT',
  'jwt',
  'at+JWT',
  'AT+JWT',
  'at+jwt ',
  ' at+jwt',
  'application/at+jwt',
  'at jwt',
  'at-jwt',
  'at+jws',
  'dpop+jwt',
  'grant+jwt',
  'logout+jwt',
  'id+jwt',
  'secevent+jwt',
  'at+jwt\0',
  'аt+jwt',
  ['at+jwt'],
  { typ: 'at+jwt' },
  1,
  true,
]
const algs = [undefined, null, 1, true, [], ['ES256'], {}, { alg: 'ES256' }]
const kids = [
  undefined,
  null,
  '',
  1,
  true,
  [],
  ['es'],
  {},
  'es\0',
  'es\n',
  'es\r\nx: y',
  'e\u202es',
  'es\u200b',
  'e\u2028s',
  'k'.repeat(257),
]

export const header: readonly Attack[] = [
  ...brought,
  ...types.map((typ): Attack => ({ title: `typ ${shown(typ)}`, token: forge({ typ }), reason: 'TYP' })),
  ...algs.map((alg): Attack => ({ title: `alg ${shown(alg)}`, token: forge({ alg }), reason: 'ALG_MISSING' })),
  ...kids.map((kid): Attack => ({ title: `kid ${shown(kid)}`, token: forge({ kid }), reason: 'KID_MISSING' })),
]
