/** For whom a notice or a duty is, as one text: `agency:health`, `governance:LA2`, `organisation:LA2-CSC`. */
export const recipientKey = {
  /** Everyone in the agency that holds the record, who works with the child. */
  agency: (agency: string): string => `agency:${agency}`,
  /** Information governance of an authority. */
  governance: (la: string): string => `governance:${la}`,
  organisation: (code: string): string => `organisation:${code}`,
}
