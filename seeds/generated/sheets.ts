import { type AgencyName, eachAgency } from '../../src/foundation/agencies.ts'
import type { SeedRow } from '../seedRecord.ts'
import { instantText, today } from './days.ts'
import type { Dice } from './dice.ts'

/** Whose record it is and which service holds it. */
export type GeneratedHolder = Pick<SeedRow, 'person' | 'service' | 'la' | 'organisation' | 'recordedBy' | 'force'>

/** Records of some families, by agency and list, before they are written together. */
export class Sheets {
  readonly records: Readonly<Record<AgencyName, Record<string, SeedRow[]>>> = eachAgency(() => ({}))
  count = 0

  /**
   * One record. The agency knew it an hour after it happened, or when the episode ended; nothing is known later than
   * the day on which the population is looked at.
   */
  add(
    agency: AgencyName,
    list: string,
    dice: Dice,
    holder: GeneratedHolder,
    when: When,
    fields: Record<string, Field>,
  ): string {
    const id = dice.id()
    const minute = when.minute ?? 540
    const known =
      when.knownOn === undefined
        ? minute + 60
        : Math.min((when.knownOn - when.day) * 1440 + 1020, (today - when.day) * 1440 + 1439)
    const row: SeedRow = {
      id,
      ...holder,
      eventAt: instantText(when.day, minute),
      recordedAt: instantText(when.day, Math.max(minute, known)),
      ...fields,
    }
    const lists = this.records[agency]
    const rows = lists[list]
    if (rows) rows.push(row)
    else lists[list] = [row]
    this.count += 1
    return id
  }
}

export interface When {
  readonly day: number
  /** Past midnight. */
  readonly minute?: number
  readonly knownOn?: number
}

export type Field = SeedRow[string]
