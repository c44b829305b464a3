import type { Unfit } from '../facts/transferBorneOut.ts'
import { badInput, conflict } from './refusals.ts'
import { isSupported, type SupportedType } from './transferTypes.ts'

const missing: Readonly<Record<SupportedType, (fromLa: string, toLa: string) => string>> = {
  CP_TRANSFER_IN: (fromLa) => `an open child protection plan of ${fromLa}`,
  S47_IN_PROGRESS: (fromLa) => `an open section 47 enquiry of ${fromLa}`,
  CLA_PLACED_OUT: (_, toLa) => `a placement in ${toLa} that is open or about to begin`,
}

/**
 * Refuses a kind that is not carried out or does not fit what is on record, naming what is missing. Asked only of a
 * transfer that is borne out or notified: of any other it would tell about the child.
 */
export const demandKind = (
  { type, fromLa, toLa }: { readonly type: string; readonly fromLa: string; readonly toLa: string },
  verdict: Unfit | null,
): SupportedType => {
  if (!isSupported(type)) throw badInput(`This gateway does not carry out transfers of the kind ${type} yet.`)
  if (verdict !== null)
    throw conflict(`A transfer of the kind ${type} needs ${missing[type](fromLa, toLa)}. None is on record.`)
  return type
}
