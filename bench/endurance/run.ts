export async function run(words: readonly string[]): Promise<number> {
  return words.length
}
