import { addWorkingDays, londonDate } from '../foundation/workingTime.ts'
import type { SupportedType } from './transferTypes.ts'

/** When a clock starts, how long it runs, and the text that says so. Data: a partnership may have another rule. */
export interface ClockRule {
  readonly startsAt: 'WRITTEN_NOTIFICATION' | 'PLACEMENT_START'
  readonly workingDays: number
  /** In words, shown with every transfer so that two authorities see which rule was used. */
  readonly rule: string
  readonly source: string
}

/**
 * Areas differ on the start of the transfer-in clock (written notification, receipt of information, acceptance); the
 * notification is the earliest and the only one that both authorities can date alike.
 */
export const clockRules: Readonly<Record<SupportedType, ClockRule>> = {
  CP_TRANSFER_IN: {
    startsAt: 'WRITTEN_NOTIFICATION',
    workingDays: 15,
    rule: 'Transfer-in conference within 15 working days of the written notification.',
    source: 'Local child protection procedures on children who move between authorities',
  },
  S47_IN_PROGRESS: {
    startsAt: 'WRITTEN_NOTIFICATION',
    workingDays: 15,
    rule: 'The two authorities discuss the enquiry within 15 working days of the written notification. This is a convention, taken over from the transfer-in conference: no law sets a time for an enquiry that moves.',
    source: 'Local child protection procedures on children who move between authorities',
  },
  CLA_PLACED_OUT: {
    startsAt: 'PLACEMENT_START',
    workingDays: 5,
    rule: 'Notice to the area authority before the placement, or within 5 working days of its start in an emergency.',
    source: 'Care Planning, Placement and Case Review (England) Regulations 2010, regulation 13',
  },
}

export interface RunningClock {
  readonly clockStart: string
  readonly clockRule: string
  readonly workingDays: number
  readonly dueOn: string
}

/** Starts the clock of a type at an instant. Null when the bank holidays of those years are not known. */
export const startClock = (type: SupportedType, startedAt: string): RunningClock | null => {
  const { rule, source, workingDays } = clockRules[type]
  const dueOn = addWorkingDays(londonDate(startedAt), workingDays)
  return dueOn === null ? null : { clockStart: startedAt, clockRule: `${rule} ${source}.`, workingDays, dueOn }
}
