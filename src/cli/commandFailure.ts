/**
 * The command was understood and did not succeed. The message is a whole sentence for the person who typed it. Exit
 * code 1.
 */
export class CommandFailure extends Error {
  override readonly name: string = 'CommandFailure'
}

/** The command was not understood: an argument is none that there is. Exit code 2. */
export class UsageFailure extends CommandFailure {
  override readonly name = 'UsageFailure'
}

/** The command did what could be done, and something is left that a person has to look at. Exit code 3. */
export class DoneInPart extends CommandFailure {
  override readonly name = 'DoneInPart'
}
