/** The command was understood and did not succeed. The message is a whole sentence for the person who typed it. Exit code 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
}
