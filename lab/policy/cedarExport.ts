import { type Label, labels } from '../../src/policy/labels.ts'
import { type Access, type Pack, purposeIn } from '../../src/policy/pack.ts'
import { purposes } from '../../src/policy/vocabulary.ts'

/**
 * A pack with the rules as Cedar policies, for whoever reviews or runs it elsewhere. Cedar knows no order: every limit
 * is a `forbid` that names its own exceptions, every opening a `permit`. `read` is what the decision calls PERMIT,
 * `substitute` is REDACT. Written apart from the rules, so that the two can be compared; the comparison is part of the
 * proof.
 */
export const cedarOf = (pack: Pack, only: readonly Label[] = labels): string =>
  [...forEveryLabel(pack), ...only.flatMap((label) => forLabel(pack, label))].join('\n\n')

const has = (fact: string, ...values: readonly string[]): string =>
  values.length === 1
    ? `context.${fact} == "${values[0]}"`
    : `[${values.map((value) => `"${value}"`).join(', ')}].contains(context.${fact})`
const any = (terms: readonly string[]): string => (terms.length === 0 ? 'false' : `(${terms.join(' || ')})`)
const all = (...terms: readonly string[]): string => `(${terms.join(' && ')})`

/** Reasonable cause, where the pack takes it for a ground. */
const causeIn = ({ rules }: Pack): string =>
  all(
    has('harm', 'REASONABLE_CAUSE'),
    ...(rules?.policingStandsApart ? [`!(${has('path', 'POLICING')})`] : []),
    ...(rules?.adultsStandApart ? [`!(${has('age', 'ADULT')})`] : []),
  )
const harmIn = (pack: Pack): string => any([has('path', 'HARM'), causeIn(pack)])
const own = all('context.own', `!(${has('relationship', 'NONE')})`)
const withoutDuty = (pack: Pack, glass: string): string =>
  all(has('path', 'CONSENT', 'POLICING'), `!${causeIn(pack)}`, `!${glass}`)
/** Break-glass, where it opens anything: never adoption, privilege, who informed, nor a row that its holder marked. */
const glassOver = (pack: Pack, label: Label): string =>
  ['STATUTORY', 'PRIVILEGE', 'REFERRER', 'PROTECTED'].includes(pack.labels[label].class)
    ? 'false'
    : all('context.breakGlass', '!context.ncnd', '!context.conditions')
const actsOnRisk = has('agencyType', 'SOCIAL_CARE', 'MASH', 'POLICE')
const decidedByChild = all(
  has('giver', 'CHILD'),
  any([
    all(has('age', '16_TO_17', 'ADULT'), `!(${has('competence', 'NOT_COMPETENT')})`),
    all(`!(${has('age', '16_TO_17', 'ADULT')})`, has('competence', 'COMPETENT')),
  ]),
)
const couldGive = any([
  all(has('giver', 'PARENT', 'AUTHORITY', 'SPECIAL_GUARDIAN', 'ADOPTER'), `!(${has('age', '16_TO_17', 'ADULT')})`),
  all(has('giver', 'BEST_INTERESTS'), has('age', '16_TO_17', 'ADULT'), has('competence', 'NOT_COMPETENT')),
  decidedByChild,
])
/**
 * An order of a court is on record and covers the label: no limit but privilege and another court's prohibition stands
 * before it.
 */
const bindsIn = ({ rules }: Pack): string =>
  rules?.courtOrderIsRecorded
    ? all(has('path', 'COURT'), 'context.ordered', `!(${has('hold', 'COURT_PROHIBITED')})`)
    : 'false'

/** Known to the area of a placement alone: neither harm, an order nor broken glass is asked for. */
const notifiedAloneIn = ({ rules }: Pack, glass: string): string =>
  rules?.notificationLabels
    ? all(has('relationship', 'PLACED_IN_AREA'), `!(${has('path', 'HARM', 'COURT')})`, `!${glass}`)
    : 'false'

const policy = (effect: 'permit' | 'forbid', rule: string, action: string, resource: string, when: string): string =>
  `@rule("${rule}")\n${effect} (principal, ${action}, ${resource})\nwhen { ${when} };`
const read = 'action == Action::"read"'
const substitute = 'action == Action::"substitute"'

const forEveryLabel = (pack: Pack): readonly string[] => [
  policy('forbid', '3', 'action', 'resource', all('context.ncnd', '!context.own', `!${bindsIn(pack)}`)),
  policy('forbid', '4', 'action', 'resource', has('path', 'METADATA')),
  policy('forbid', '5', 'action', 'resource', has('path', 'CLOSED')),
  policy('permit', '16', read, 'resource', has('path', 'COURT', 'HARM')),
  policy('permit', '18 and 18a', read, 'resource', has('path', 'DUTY', 'ADULT')),
  policy('permit', '19', read, 'resource', all(has('path', 'CONSENT', 'POLICING'), causeIn(pack))),
]

function forLabel(pack: Pack, label: Label): readonly string[] {
  const { rules = {} } = pack
  const harm = harmIn(pack)
  const { class: kind, gate, base, headlineFor, directCare, access } = pack.labels[label]
  const glass = glassOver(pack, label)
  const resource = `resource == Label::"${label}"`
  const content = any(access.filter(({ level }) => level === 'CONTENT').map((entry) => applies(pack, label, entry)))
  const headline = any(access.map((entry) => applies(pack, label, entry)))
  const listed = any([all(has('level', 'CONTENT'), content), all(has('level', 'HEADLINE'), headline)])
  const ownListed = all(own, listed)
  const permit = (rule: string, action: string, when: string) => policy('permit', rule, action, resource, when)
  const binds = bindsIn(pack)
  /** Limits that an own record passes, whatever is ordered. */
  const limitOfAll = (rule: string, when: string) =>
    policy('forbid', rule, 'action', resource, all(when, `!${ownListed}`))
  /** Limits that an own record passes, and an order of a court. */
  const limit = (rule: string, when: string) => limitOfAll(rule, all(when, `!${binds}`))
  const rawLimit = (rule: string, when: string) =>
    policy('forbid', rule, read, resource, all(when, `!${ownListed}`, `!${binds}`))
  const marked = has('relevance', 'UNDECIDED')

  const lines = [
    permit('6', read, ownListed),
    permit('20', read, glass),
    limit(
      '7',
      all(
        '!context.agreement',
        `!(${has('path', 'COURT')})`,
        `!(${has('purpose', 'EMERGENCY')})`,
        `!${glass}`,
        ...(rules.agreementNeverBarsDuty ? [`!${any([has('path', 'DUTY', 'ADULT'), harm])}`] : []),
      ),
    ),
    limit('10 and 11a', purposeIsClosed(pack, glass)),
    limit('11b', kind === 'THIRD_PARTY' || kind === 'LOCATION' ? `!${listed} && !${headline}` : `!${listed}`),
    ...(rules.notificationLabels && kind !== 'LOCATION'
      ? [
          limit(
            '11c',
            all(
              notifiedAloneIn(pack, glass),
              ...(rules.notificationLabels.includes(label) ? [`!(${has('level', 'HEADLINE')})`] : []),
            ),
          ),
        ]
      : []),
    limit(
      '8',
      all(
        has('hold', 'DETRIMENT'),
        ...(rules.headlinePassesHoldOnHarm ? [`!${all(has('level', 'HEADLINE'), harm)}`] : []),
      ),
    ),
    limitOfAll('8a', has('hold', 'COURT_PROHIBITED')),
    ...(rules.courtOrderIsRecorded ? [limit('6a', all(has('path', 'COURT'), '!context.ordered'))] : []),
    limit('9', all(has('hold', 'EMBARGO'), `!${harm}`)),
    limit('12a', has('relevance', 'NOT_RELEVANT')),
  ]
  if (kind === 'STATUTORY') lines.push(limit('1', `!(${has('path', 'COURT')})`))
  if (kind === 'PRIVILEGE') lines.push(limitOfAll('2', 'true'))
  if (['SENSITIVE', 'ADULT', 'INTELLIGENCE'].includes(kind)) lines.push(limit('12b', all(marked, `!${harm}`)))
  if (kind === 'INTELLIGENCE')
    lines.push(limit('13', all('context.conditions', `!${all(harm, has('agencyType', 'MASH', 'SOCIAL_CARE'))}`)))
  if (kind === 'THIRD_PARTY') {
    const named = all(
      content,
      actsOnRisk,
      any([harm, has('purpose', 'CP_CONFERENCE'), ...(rules.namesOnDuty ? [has('path', 'DUTY')] : [])]),
    )
    const pseudonym = all(has('level', 'CONTENT'), `!${named}`, `!${withoutDuty(pack, glass)}`)
    lines.push(rawLimit('14', pseudonym), permit('14', substitute, all(pseudonym, `!${ownListed}`, `!${binds}`)))
  }
  if (kind === 'LOCATION') {
    const exact = all(has('path', 'HARM', 'DUTY', 'COURT'), actsOnRisk, listed, `!${notifiedAloneIn(pack, glass)}`)
    const coarse = `!${exact}`
    lines.push(rawLimit('15', coarse), permit('15', substitute, all(coarse, `!${ownListed}`, `!${binds}`)))
  }
  if (kind === 'SENSITIVE') {
    lines.push(limit('17', presumedDetriment(pack, glass)))
  }
  if (rules.under13Labels ? rules.under13Labels.includes(label) : kind === 'SENSITIVE') {
    const opened = rules.policingStandsApart ? has('path', 'CONSENT') : has('path', 'CONSENT', 'POLICING')
    lines.push(permit('19', read, all(opened, has('age', 'UNDER_13'))))
  }
  if (headlineFor)
    lines.push(
      permit('21', read, all(has('path', 'CONSENT'), has('level', 'HEADLINE'), has('purpose', ...headlineFor))),
    )
  if (base) lines.push(permit('21', read, has('path', 'CONSENT')))
  if (gate === 'consent')
    lines.push(permit('22', read, all(has('path', 'CONSENT'), has('consent', 'GIVEN'), couldGive)))
  if (directCare)
    lines.push(
      permit(
        '22a',
        read,
        all(
          has('purpose', 'DIRECT_CARE'),
          has('agencyType', 'HEALTH'),
          has('home', 'HEALTH'),
          `!${all(has('consent', 'REFUSED', 'WITHDRAWN'), decidedByChild)}`,
        ),
      ),
    )
  return lines
}

const presumedDetriment = ({ rules = {} }: Pack, glass: string): string =>
  all(
    any([
      has('path', 'ADULT'),
      all(has('path', 'DUTY'), rules.unknownHarmIsNotNone ? has('harm', 'NONE') : has('harm', 'NONE', 'UNKNOWN')),
    ]),
    `!(${has('age', 'UNDER_13')})`,
    rules.expiredIsNotSought
      ? has('consent', 'REFUSED', 'WITHDRAWN')
      : has('consent', 'REFUSED', 'WITHDRAWN', 'EXPIRED'),
    decidedByChild,
    `!${glass}`,
  )

/** Not open to this type of organisation, or in want of a relationship. */
const purposeIsClosed = (pack: Pack, glass: string): string =>
  any(
    purposes.map((purpose) => {
      const { openTo, needsRelationship } = purposeIn(pack, purpose)
      const closed = openTo.length === 0 ? 'true' : `!(${has('agencyType', ...openTo)})`
      const strange = all(has('relationship', 'NONE'), `!${glass}`)
      return all(has('purpose', purpose), any(needsRelationship ? [closed, strange] : [closed]))
    }),
  )

/** What harm opens an age under 13 opens too, of the labels that the pack names for it. */
const byAge = ({ rules }: Pack, label: Label): readonly string[] =>
  rules?.under13Labels?.includes(label)
    ? [all(has('age', 'UNDER_13'), ...(rules.policingStandsApart ? [`!(${has('path', 'POLICING')})`] : []))]
    : []

/** Whether an entry of the label's list applies. */
function applies(
  pack: Pack,
  label: Label,
  { roles, purposes: only, paths, onHarm, scope, beforeOrder }: Access,
): string {
  const terms = [has('role', ...roles)]
  if (only || paths)
    terms.push(
      any([
        ...(only ? [has('purpose', ...only)] : []),
        ...(paths ? [has('path', ...paths)] : []),
        ...(onHarm ? [harmIn(pack), ...byAge(pack, label)] : []),
      ]),
    )
  if (scope) terms.push('context.own')
  if (beforeOrder) terms.push('context.beforeOrder')
  return all(...terms)
}
