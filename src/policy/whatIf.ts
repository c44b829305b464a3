import { type Decision, decide, ruleById } from './decide.ts'
import type { DecisionInput } from './decisionInput.ts'
import { plainRow } from './decisionInput.ts'
import { type Disclosure, type Label, labels } from './labels.ts'
import type { Pack } from './pack.ts'
import type { AgencyType } from './vocabulary.ts'

/** What a role would be given of one label, and why. */
export interface WouldSee {
  readonly label: Label
  /** CONTENT, HEADLINE, SUBSTITUTE, or nothing: WITHHELD (and says so), HIDDEN (answered as nothing held). */
  readonly given: Disclosure | 'SUBSTITUTE' | 'WITHHELD' | 'HIDDEN'
  /** Only in rows of the role's own organisation. */
  readonly ownRows: boolean
  readonly reason: string
  readonly rule: string
  readonly text: string
  readonly legalBasis: string
}

export interface WhatIf {
  readonly caller: DecisionInput['caller']
  readonly child: DecisionInput['child']
  /** The consent that would speak for a label; none is assumed where the asker may not know of it. */
  readonly consentFor: (label: Label) => DecisionInput['consent']
  readonly homeOf: (label: Label) => AgencyType
}

/**
 * What a role would see for a purpose, label by label, of rows on which nothing is marked. Holds are not asked: they
 * tell of records.
 */
export const whatIf = (pack: Pack, question: WhatIf): readonly WouldSee[] =>
  labels.map((label) => {
    const home = question.homeOf(label)
    const at = (level: Disclosure, own: boolean): Decision =>
      decide(pack, {
        caller: question.caller,
        child: question.child,
        label,
        level,
        home,
        own,
        row: plainRow,
        consent: question.consentFor(label),
      })
    const opened = (own: boolean) => opens(at('CONTENT', own)) || opens(at('HEADLINE', own))
    const ownRows = question.caller.agencyType === home && !opened(false) && opened(true)
    const full = at('CONTENT', ownRows)
    const head = at('HEADLINE', ownRows)
    const decision = opens(full) ? full : head
    return {
      label,
      given: givenBy(full, head),
      ownRows,
      reason: decision.code,
      rule: decision.rule,
      text: ruleById(decision.rule).text,
      legalBasis: `${decision.legalBasis} For this label: ${pack.labels[label].legalBasis}`,
    }
  })

const opens = ({ outcome }: Decision): boolean => outcome === 'PERMIT' || outcome === 'REDACT'

function givenBy(full: Decision, head: Decision): WouldSee['given'] {
  if (full.outcome === 'PERMIT') return 'CONTENT'
  if (full.outcome === 'REDACT') return 'SUBSTITUTE'
  if (head.outcome === 'PERMIT') return 'HEADLINE'
  return head.outcome === 'SILENT' ? 'HIDDEN' : 'WITHHELD'
}

/** A child for whom everything ordinary holds: 14 years old, worked with, an agreement, no sign of harm. */
export const ordinaryChild: DecisionInput['child'] = {
  relationship: 'EPISODE',
  harm: 'NONE',
  ageBand: '13_TO_15',
  agreement: true,
  breakGlass: false,
}
