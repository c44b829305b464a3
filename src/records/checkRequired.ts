import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { commonFields } from '../sources/commonRowFields.ts'
import type { ComputedFields } from '../sources/computedFields.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import type { RequiredFields } from './requiredFields.ts'

/** What there is to require: lists and their columns, and fields that are computed. */
export interface Requirable {
  readonly layouts: Readonly<Record<AgencyName, SourceLayout>>
  readonly computed: Readonly<Record<AgencyName, ComputedFields>>
}

const ofEveryRecord = new Set<string>([...commonFields, 'id', 'withheld'])

/**
 * What is required and is nowhere: `police.event` for a list, `police.events.notifed` for a field. Something made of it
 * would be made of nothing, and never say so.
 */
export const unknownIn = (required: RequiredFields, { layouts, computed }: Requirable): string[] =>
  agencies.flatMap((agency) =>
    Object.entries<readonly string[]>(required[agency] ?? {}).flatMap(([name, fields]) => {
      if (name === 'holdings') return []
      const list = layouts[agency].lists.get(name)
      if (!list) return [`${agency}.${name}`]
      const known = (field: string): boolean =>
        ofEveryRecord.has(field) || list.columns.has(field) || field in (computed[agency][list.type.name] ?? {})
      return fields.filter((field) => !known(field)).map((field) => `${agency}.${name}.${field}`)
    }),
  )

/** The same of what computed fields are computed from, with the field that does: `Meeting.quorate`. */
export const unknownInComputed = ({ layouts, computed }: Requirable): string[] =>
  agencies.flatMap((agency) =>
    [...layouts[agency].lists.values()].flatMap(({ list, type }) =>
      Object.entries(computed[agency][type.name] ?? {}).flatMap(([field, { from, nested }]) =>
        unknownIn({ [agency]: { [list]: from, ...nested } } as RequiredFields, { layouts, computed }).map(
          (unknown) => `${type.name}.${field} is computed from ${unknown}, which the schema has not.`,
        ),
      ),
    ),
  )
