/** `InTimeRecord` of `schema/timeLinks.graphql`. */
export interface InTimeRecord {
  readonly recordId: string
  readonly recordType: string
  readonly agency: string
  readonly eventAt: string
  readonly headline: string
}

/** The same with its moment, in milliseconds since 1970. */
export interface PlacedRecord extends InTimeRecord {
  readonly at: number
}

export const shown = ({ recordId, recordType, agency, eventAt, headline }: InTimeRecord): InTimeRecord => ({
  ...{ recordId, recordType, agency, eventAt, headline },
})
