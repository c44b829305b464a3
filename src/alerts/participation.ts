interface Invitee {
  readonly invited: unknown
  readonly attended: unknown
  readonly reported: unknown
}

/** Whether it is not recorded if somebody was invited, came or reported, and nothing that is rules a silence out. */
export const isUnsaid = ({ invited, attended, reported }: Invitee): boolean =>
  invited !== false &&
  attended !== true &&
  reported !== true &&
  [invited, attended, reported].some((said) => typeof said !== 'boolean')
