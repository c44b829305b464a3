const began = performance.now()

/** Tells on standard error how far long work has come, with the seconds since it began. */
export const say = (text: string): void => {
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}\n`)
}
