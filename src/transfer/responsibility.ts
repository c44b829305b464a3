import type { SupportedType } from './transferTypes.ts'

export interface Responsibility {
  readonly la: string
  readonly rule: string
}

/**
 * The authority that keeps the case today. Neither a request, nor an acknowledgement, nor a due date that has passed
 * moves it: a child must never be between two authorities that each believe the other is responsible.
 */
export const responsibility = (
  type: SupportedType,
  fromLa: string,
  toLa: string,
  responsibilityPassed: boolean,
): Responsibility => {
  if (type === 'CLA_PLACED_OUT')
    return {
      la: fromLa,
      rule: `${fromLa} looks after the child and stays responsible for the whole placement in ${toLa}. Care Planning Regulations 2010, regulations 11 and 13.`,
    }
  if (type === 'S47_IN_PROGRESS')
    return responsibilityPassed
      ? { la: toLa, rule: `Responsibility has passed to ${toLa}.` }
      : {
          la: fromLa,
          rule: `${fromLa} stays responsible, concludes the enquiry that it began and does not curtail it because the family is in ${toLa}.`,
        }
  if (responsibilityPassed)
    return { la: toLa, rule: `The transfer-in conference has been held and responsibility has passed to ${toLa}.` }
  return {
    la: fromLa,
    rule: `${fromLa} stays responsible and does not curtail its work until the transfer-in conference in ${toLa} has passed responsibility.`,
  }
}
