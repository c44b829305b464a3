import { ask } from './measure.ts'
import type { Running } from './runningContestant.ts'

const request = `mutation Request($child: ID!) { requestTransfer(childId: $child, fromLa: "LA2", toLa: "LA5", type: CP_TRANSFER_IN) { id } }`

/** Sends the record of each child, as the authority that is responsible, so that there are summaries to ask for. */
export async function requestTransfers(
  gateway: Running,
  children: readonly string[],
  token: string,
): Promise<string[]> {
  const ids: string[] = []
  for (const child of children) {
    const data = await ask(gateway, JSON.stringify({ query: request, variables: { child } }), token)
    const id = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1]
    if (id !== undefined) ids.push(id)
  }
  return ids
}
