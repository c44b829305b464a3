import { type Json, listAt, objectAt, textAt } from './json.ts'

/**
 * What a server refused or failed at, in its own words, for the operator. The caller is told the holder's state
 * alone.
 */
export class FhirError extends Error {
  /** HTTP status; 0 where none came. */
  readonly status: number

  constructor(status: number, words: string) {
    super(status === 0 ? words : `status ${status}: ${words}`)
    this.name = 'FhirError'
    this.status = status
  }
}

const longestWords = 500

/** The words of an OperationOutcome; of anything else, that it said nothing. */
export function outcomeWords(resource: Json | null): string {
  if (resource?.['resourceType'] !== 'OperationOutcome') return 'without an OperationOutcome'
  const issues = listAt(resource, 'issue').map((issue) =>
    [
      textAt(issue, 'severity'),
      textAt(issue, 'code'),
      textAt(objectAt(issue, 'details'), 'text'),
      textAt(issue, 'diagnostics'),
    ]
      .filter((part) => part !== null)
      .join(' '),
  )
  return plainWords(issues.join('; ')) || 'an OperationOutcome without an issue'
}

/** Words of another, on one line and not too long. Numbers as long as an NHS number stay out of the log. */
export const plainWords = (text: string): string =>
  text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\d[\d -]{7,}\d/gu, '…')
    .slice(0, longestWords)

/** Whether a refusal is of the search itself, and not of who asks or of the moment. */
export const isUnsupported = (status: number): boolean =>
  [400, 404, 405, 406, 410, 412, 414, 415, 422, 501].includes(status)
