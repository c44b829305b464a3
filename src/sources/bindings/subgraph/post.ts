import { readWithin } from '../../parseUntrusted.ts'

/** More than any answer about a hundred children; a longer one is not read to its end. */
const longestAnswer = 10 * 1024 * 1024

/** Text of the JSON that a process at an agency answers. @throws where it is of another type, or too long. */
export const post = async (
  url: URL,
  body: string,
  proof: Readonly<Record<string, string>>,
  ...signals: readonly AbortSignal[]
): Promise<string> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...proof,
    },
    body,
    // A redirect would carry grants to an address nobody configured.
    redirect: 'error',
    signal: AbortSignal.any([...signals]),
  })
  if (!/^application\/(?:graphql-response\+)?json\b/i.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel()
    throw new TypeError(`not JSON, status ${response.status}`)
  }
  return readWithin(response, longestAnswer)
}
