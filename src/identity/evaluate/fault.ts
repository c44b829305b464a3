/** A file cannot be evaluated. The message is a whole sentence for the person who gave it, and quotes none of its content but names of columns. */
export class DataFault extends Error {
  override readonly name = 'DataFault'
}
