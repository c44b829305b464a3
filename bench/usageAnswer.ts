/**
 * Says what came of reading a command's words when they are not to be run. Help is an answer, and goes where answers
 * go; what is wrong with the words goes to standard error.
 *
 * @returns the exit code.
 */
export function answerFor(said: string, usage: string): 0 | 2 {
  if (said === usage) {
    console.log(said)
    return 0
  }
  console.error(said)
  return 2
}
