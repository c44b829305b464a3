import { decideBy } from '../../../src/policy/decide.ts'
import type { DecisionInput, Situation } from '../../../src/policy/decisionInput.ts'
import { labels } from '../../../src/policy/labels.ts'
import { type Access, type Pack, parsePack, purposeIn } from '../../../src/policy/pack.ts'
import type { Rule } from '../../../src/policy/rule.ts'
import { rules } from '../../../src/policy/rules.ts'
import { agencyTypes, purposes } from '../../../src/policy/vocabulary.ts'

/** A decision function that is wrong in one place. */
export interface Mutant {
  readonly id: string
  readonly pack: Pack
  readonly decide: ReturnType<typeof decideBy>
}

const flipped = { PERMIT: 'WITHHOLD', REDACT: 'PERMIT', WITHHOLD: 'PERMIT', SILENT: 'WITHHOLD' } as const

/** Facts that a rule may forget, or always believe. */
const beliefs: readonly (readonly [string, (situation: Situation) => Partial<Situation>])[] = [
  ...([true, false] as const).flatMap((value) =>
    (
      [
        'own',
        'ownRecord',
        'harmPath',
        'reasonableCause',
        'actsOnRisk',
        'glassBroken',
        'directCare',
        'openedByAge',
        'notifiedAlone',
        'listed',
        'ordered',
      ] as const
    ).map((fact) => [`${fact}=${value}`, () => ({ [fact]: value })] as const),
  ),
  ...([true, false] as const).flatMap((value) => [
    ...(['agreement'] as const).map(
      (fact) => [`${fact}=${value}`, (s: Situation) => ({ child: { ...s.child, [fact]: value } })] as const,
    ),
    ...(['ncnd', 'conditions'] as const).map(
      (fact) => [`${fact}=${value}`, (s: Situation) => ({ row: { ...s.row, [fact]: value } })] as const,
    ),
  ]),
  // To be of one type with the holder is not to be the holder.
  ['own=same type', (s) => ({ own: s.caller.agencyType === s.home })],
  ['ownRecord=same type', (s) => ({ ownRecord: s.caller.agencyType === s.home && s.child.relationship !== 'NONE' })],
  ['relationship=NONE', (s) => ({ child: { ...s.child, relationship: 'NONE' } })],
  ['relationship=EPISODE', (s) => ({ child: { ...s.child, relationship: 'EPISODE' } })],
  ['age=UNDER_13', (s) => ({ child: { ...s.child, ageBand: 'UNDER_13' } })],
  ['age=16_TO_17', (s) => ({ child: { ...s.child, ageBand: '16_TO_17' } })],
  ['harm=NONE', (s) => ({ child: { ...s.child, harm: 'NONE' } })],
  ['harm=CONCERN', (s) => ({ child: { ...s.child, harm: 'CONCERN' } })],
  ['hold=COURT_PROHIBITED', (s) => ({ row: { ...s.row, hold: 'COURT_PROHIBITED' } })],
  ['hold=NONE', (s) => ({ row: { ...s.row, hold: 'NONE' } })],
  ['relevance=RELEVANT', (s) => ({ row: { ...s.row, relevance: 'RELEVANT' } })],
  ['consent=NONE', () => ({ consent: 'NONE' })],
  ['path=DUTY', () => ({ path: 'DUTY' })],
  ['path=CONSENT', () => ({ path: 'CONSENT' })],
  ['path=HARM', () => ({ path: 'HARM' })],
  ['class=GENERAL', (s) => ({ policy: { ...s.policy, class: 'GENERAL' } })],
  ['class=SENSITIVE', (s) => ({ policy: { ...s.policy, class: 'SENSITIVE' } })],
]

const believing = (situation: Situation, belief: (situation: Situation) => Partial<Situation>): Situation => {
  const changed = belief(situation)
  return new Proxy(situation, {
    get: (target, name) => (name in changed ? changed[name as keyof Situation] : Reflect.get(target, name, target)),
  })
}

/** The ordered rules, broken in every place once. */
export function mutantsOfRules(pack: Pack): readonly Mutant[] {
  const mutant = (id: string, ordered: readonly Rule[]): Mutant => ({ id, pack, decide: decideBy(ordered) })
  const replaced = (at: number, rule: Rule) => rules.map((each, index) => (index === at ? rule : each))
  return rules.flatMap((rule, at) => {
    const next = rules[at + 1]
    return [
      mutant(
        `drop rule ${rule.id}`,
        rules.filter((each) => each !== rule),
      ),
      mutant(`flip rule ${rule.id}`, replaced(at, { ...rule, outcome: flipped[rule.outcome] })),
      mutant(`rule ${rule.id} always`, replaced(at, { ...rule, when: () => true })),
      ...(next ? [mutant(`swap rules ${rule.id} and ${next.id}`, rules.with(at, next).with(at + 1, rule))] : []),
      ...(rule.obligations ? [mutant(`rule ${rule.id} without what follows`, replaced(at, without(rule)))] : []),
      ...beliefs
        .filter(([, belief]) => reads(rule, belief))
        .map(([name, belief]) =>
          mutant(
            `rule ${rule.id} believes ${name}`,
            replaced(at, { ...rule, when: (s) => rule.when(believing(s, belief)) }),
          ),
        ),
    ]
  })
}

const without = ({ obligations: _, ...rule }: Rule): Rule => rule

/** Whether the text of a rule's condition mentions the fact at all: one that does not cannot be wrong about it. */
function reads(rule: Rule, belief: (situation: Situation) => Partial<Situation>): boolean {
  const bare: unknown = { caller: {}, child: {}, row: {}, policy: {} }
  // Only the names of what it changes are looked at.
  const changed = belief(bare as Situation)
  const names = Object.entries(changed).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? Object.keys(value) : [name],
  )
  return names.some((name) => new RegExp(`\\b${name}\\b`).test(rule.when.toString()))
}

/** The pack's rows, wrong in one place each. Who stands on which list is the label table's test, role by role. */
export function mutantsOfPack(pack: Pack): readonly Mutant[] {
  const decide = decideBy(rules)
  const mutant = (id: string, change: (copy: Mutable) => void): Mutant => {
    const copy: Mutable = structuredClone(pack)
    change(copy)
    return { id, pack: parsePack(copy), decide }
  }
  return [
    ...labels.flatMap((label) => [
      mutant(`${label} hidden from nobody`, (copy) => {
        copy.labels[label].hiddenFrom = []
      }),
      mutant(`${label} of another class`, (copy) => {
        copy.labels[label].class = label === 'LEGAL_PRIVILEGE' ? 'GENERAL' : 'PRIVILEGE'
      }),
      ...pack.labels[label].access.flatMap((entry, at) => mutantsOfEntry(mutant, label, entry, at)),
    ]),
    ...purposes.flatMap((purpose) => [
      mutant(`${purpose} open to all`, (copy) => {
        copy.purposes[purpose] = { ...purposeIn(copy, purpose), openTo: [...agencyTypes] }
      }),
      mutant(`${purpose} open to none`, (copy) => {
        copy.purposes[purpose] = { ...purposeIn(copy, purpose), openTo: [] }
      }),
      mutant(`${purpose} without relationship`, (copy) => {
        copy.purposes[purpose] = { ...purposeIn(copy, purpose), needsRelationship: false }
      }),
    ]),
  ].filter((each) => JSON.stringify(each.pack) !== JSON.stringify(pack))
}

/** What a pack says of the rules, each not said once. */
export function mutantsOfPackRules(pack: Pack): readonly Mutant[] {
  const decide = decideBy(rules)
  return Object.keys(pack.rules ?? {}).map((name) => {
    const said = Object.entries(pack.rules ?? {}).filter(([each]) => each !== name)
    return { id: `${name} not said`, pack: parsePack({ ...pack, rules: Object.fromEntries(said) }), decide }
  })
}

type Mutable = { -readonly [Key in keyof Pack]: Pack[Key] }
type Make = (id: string, change: (copy: Mutable) => void) => Mutant

function mutantsOfEntry(mutant: Make, label: DecisionInput['label'], entry: Access, at: number): readonly Mutant[] {
  const change = (id: string, edit: (entry: Access) => void): Mutant =>
    mutant(`${label} entry ${at + 1} ${id}`, (copy) => {
      const changed = copy.labels[label].access[at]
      if (changed) edit(changed)
    })
  return [
    change('at the other level', (it) => {
      it.level = it.level === 'CONTENT' ? 'HEADLINE' : 'CONTENT'
    }),
    ...(entry.purposes || entry.paths
      ? [
          change('for every purpose', (it) => {
            delete it.purposes
            delete it.paths
          }),
        ]
      : []),
    ...(entry.scope
      ? [
          change('without its scope', (it) => {
            delete it.scope
          }),
        ]
      : []),
    ...(entry.onHarm
      ? [
          change('not on harm', (it) => {
            delete it.onHarm
          }),
        ]
      : []),
  ]
}
