/** What a command writes. `out` is the result, which may be piped on; `say` is for the person at the terminal. */
export interface Terminal {
  readonly json: boolean
  readonly width: number
  out(text: string): void
  say(text: string): void
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
  /** Draws how far long work has come; nothing when nobody watches. */
  progress(done: number, total: number, what: string): void
  /** Ends the line of the progress bar. */
  settled(): void
}

export interface Streams {
  readonly out: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean }
}

/** Plain text and no colour when the output is not a terminal, or when `NO_COLOR` is set. */
export const createTerminal = (
  streams: Streams,
  options: { readonly json: boolean; readonly noColour: boolean },
): Terminal => {
  const colours = Boolean(streams.out.isTTY) && !options.noColour && !options.json
  const style = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)
  let isDrawn = false
  return {
    json: options.json,
    width: Math.min(streams.out.columns ?? 100, 120),
    out: (text) => streams.out.write(`${text}\n`),
    say: (text) => streams.err.write(`${text}\n`),
    bold: style(1),
    dim: style(2),
    good: style(32),
    bad: style(31),
    progress: (done, total, what) => {
      if (!streams.err.isTTY) return
      isDrawn = true
      streams.err.write(`\r\u001b[2K${bar(done, total)} ${what}`)
    },
    settled: () => {
      if (isDrawn) streams.err.write('\r\u001b[2K')
      isDrawn = false
    },
  }
}

const bar = (done: number, total: number): string => {
  if (total <= 0) return `${done}`
  const filled = Math.round((Math.min(done, total) / total) * 24)
  return `[${'#'.repeat(filled)}${'.'.repeat(24 - filled)}] ${Math.floor((Math.min(done, total) / total) * 100)} %`
}
