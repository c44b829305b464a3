/**
 * UTF-8 text where it lies among other bytes, with the same bytes as numbers of several: who copies or compares it
 * takes four at a time.
 */
export interface TextBytes {
  readonly bytes: Buffer
  readonly view: DataView
}

export const textBytes = (bytes: Buffer): TextBytes => ({ bytes, view: viewOf(bytes) })

export const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length)
