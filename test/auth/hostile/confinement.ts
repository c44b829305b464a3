import type { TokenRefusal } from '../../../src/auth/verifyToken.ts'
import { purposes, roles } from '../../../src/policy/vocabulary.ts'
import { forge } from '../support.ts'
import { type Attack, shown } from './attack.ts'

const attack = (title: string, payload: Record<string, unknown>, reason: TokenRefusal): Attack => ({
  title,
  token: forge({}, payload),
  reason,
})
const detail = (...details: unknown[]) => ({ authorization_details: details })
const good = { type: 'child-disclosure', purpose: 'MASH_ENQUIRY' }

const organisations = [
  undefined,
  null,
  '',
  0,
  [],
  ['LA2-MASH'],
  {},
  'la2-mash',
  'LA2-MASH ',
  ' LA2-MASH',
  'LA2-CSC',
  'LA5-CSC',
  'LA2',
  'LA2-MASH,F1',
  '*',
  '__proto__',
  'LA2‐MASH',
]
const asForce = { org: 'F1', role: 'MISSING_COORDINATOR', ...detail({ ...good, purpose: 'MISSING_RESPONSE' }) }

const places: Attack[] = [
  ...organisations.map((org) => attack(`org ${shown(org)}`, { org }, 'ORGANISATION_NOT_OF_ISSUER')),
  ...[null, '', 'POLICE', 'mash', ['MASH'], 0].map((value) =>
    attack(`org_type ${shown(value)}`, { org_type: value }, 'ORGANISATION_TYPE_DIFFERS'),
  ),
  ...[null, '', 'LA5', 'la2', ['LA2'], 'LA2 '].map((la) => attack(`la ${shown(la)}`, { la }, 'AUTHORITY_DIFFERS')),
  ...['', 'F1', 'F2', 0, []].map((force) => attack(`force ${shown(force)} of a hub`, { force }, 'FORCE_DIFFERS')),
  ...['', 'LA1', 'LA2', 0].map((la) => attack(`la ${shown(la)} of a force`, { ...asForce, la }, 'AUTHORITY_DIFFERS')),
  ...[null, '', 'F2', 'f1'].map((force) =>
    attack(`force ${shown(force)} of another force`, { ...asForce, force }, 'FORCE_DIFFERS'),
  ),
]

const otherRoles: Attack[] = [
  ...[
    undefined,
    null,
    '',
    0,
    [],
    ['MASH_ANALYST'],
    {},
    'mash_analyst',
    'MASH_ANALYST ',
    'ADMIN',
    '*',
    '__proto__',
    'MASH_ANALYST,TEAM_MANAGER',
  ],
  ...roles.filter((role) => role !== 'MASH_ANALYST'),
].map((role) => attack(`role ${shown(role)}`, { role }, 'ROLE_NOT_OF_ORGANISATION'))

const otherPurposes: Attack[] = [
  ...['', 'mash_enquiry', 'MASH_ENQUIRY ', '*', 'CURIOSITY', '__proto__', 'MASH_ENQUIRY S47_ENQUIRY'],
  ...purposes.filter((purpose) => purpose !== 'MASH_ENQUIRY' && purpose !== 'S47_ENQUIRY'),
].map((purpose) => attack(`purpose ${shown(purpose)}`, detail({ ...good, purpose }), 'PURPOSE_NOT_OF_ROLE'))

const shapes: Attack[] = [
  ...[undefined, null, '', 'MASH_ENQUIRY', {}, good, [], 0, true].map((value) =>
    attack(`authorization_details ${shown(value)}`, { authorization_details: value }, 'PURPOSE_MISSING'),
  ),
  ...[undefined, null, 0, true, [], ['MASH_ENQUIRY'], {}].map((purpose) =>
    attack(`purpose of the kind ${shown(purpose)}`, detail({ ...good, purpose }), 'PURPOSE_MISSING'),
  ),
  attack('two details', detail(good, good), 'PURPOSE_NOT_SINGLE'),
  attack('two details of two purposes', detail(good, { ...good, purpose: 'S47_ENQUIRY' }), 'PURPOSE_NOT_SINGLE'),
  attack('a good detail and null', detail(good, null), 'PURPOSE_NOT_SINGLE'),
  ...[undefined, null, '', 'child-disclosure ', 'Child-Disclosure', 'payment_initiation', ['child-disclosure'], 0].map(
    (type) => attack(`detail of type ${shown(type)}`, detail({ ...good, type }), 'PURPOSE_DETAIL_TYPE'),
  ),
  ...[null, 'MASH_ENQUIRY', [good], 0].map((value) =>
    attack(`a detail that is ${shown(value)}`, detail(value), 'PURPOSE_DETAIL_TYPE'),
  ),
  ...[
    'locations',
    'actions',
    'datatypes',
    'identifier',
    'privileges',
    'children',
    'Child',
    'child ',
    'purposes',
    'role',
    'org',
    'labels',
    'agencies',
    '',
  ].map((member) =>
    attack(`a detail with the member ${shown(member)}`, detail({ ...good, [member]: 'C04' }), 'PURPOSE_DETAIL_MEMBER'),
  ),
  ...(['child', 'transfer', 'episode', 'basis'] as const).flatMap((member) =>
    [null, '', 0, true, [], ['C04'], {}, 'C04\n', 'C\u202e04', 'c'.repeat(129)].map((value) =>
      attack(`${member} ${shown(value)}`, detail({ ...good, [member]: value }), 'PURPOSE_DETAIL_VALUE'),
    ),
  ),
  ...[
    null,
    '',
    'SOCIAL_CARE',
    [],
    {},
    [null],
    [0],
    [''],
    ['social_care'],
    ['EVERYTHING'],
    ['*'],
    ['SOCIAL_CARE', 'EVERYTHING'],
    ['SOCIAL_CARE', 'SOCIAL_CARE'],
    [['SOCIAL_CARE']],
    ['__proto__x'],
  ].map((categories) => attack(`categories ${shown(categories)}`, detail({ ...good, categories }), 'PURPOSE_CATEGORY')),
]

const actors: Attack[] = [
  ...[
    null,
    '',
    'system',
    0,
    true,
    [],
    [{ sub: 'a' }],
    {},
    { client_id: 'x' },
    { sub: '' },
    { sub: 1 },
    { sub: null },
    { sub: ['a'] },
    { sub: 'a\n' },
    { sub: 'a'.repeat(257) },
    { sub: 'a', role: 'TEAM_MANAGER' },
    { sub: 'a', org: 'F1' },
    { sub: 'a', client_id: 1 },
    { sub: 'a', client_id: null },
    { sub: 'a', iss: [] },
    { sub: 'a', act: null },
    { sub: 'a', act: 'b' },
    { sub: 'a', act: { client_id: 'b' } },
    { sub: 'a', exp: 1 },
  ].map((act) => attack(`act ${shown(act)}`, { act }, 'ACTOR')),
  attack('three actors', { act: { sub: 'a', act: { sub: 'b', act: { sub: 'c' } } } }, 'ACTOR_CHAIN'),
  attack('four actors', { act: { sub: 'a', act: { sub: 'b', act: { sub: 'c', act: { sub: 'd' } } } } }, 'ACTOR_CHAIN'),
  attack('three actors, the last malformed', { act: { sub: 'a', act: { sub: 'b', act: 1 } } }, 'ACTOR_CHAIN'),
]

export const confinement: readonly Attack[] = [...places, ...otherRoles, ...otherPurposes, ...shapes, ...actors]
