interface Invitee {
  readonly invited: unknown
  readonly attended: unknown
  readonly reported: unknown
}

/** Whether it is not recorded if somebody was invited or came, and nothing that is recorded rules a silence out. */
export const isUnsaid = ({ invited, attended, reported }: Invitee): boolean =>
  invited !== false &&
  attended !== true &&
  reported !== true &&
  [invited, attended].some((said) => typeof said !== 'boolean')

/** Whether somebody who was asked did not come, and no report is on record. */
export const isSilent = ({ invited, attended, reported }: Invitee): boolean =>
  invited === true && attended === false && reported !== true
