import type { Persona } from '../../../src/auth/persona.ts'
import type { TestGateway } from '../../support/gateway.ts'
import type { Door } from './gatewayAsClient.ts'
import { mark } from './hiddenRows.ts'
import { withoutIdsAndTimes } from './steps.ts'
import type { Twins } from './twins.ts'
import type { World } from './worlds.ts'

const fields = `id type state version childId fromLa toLa responsibleLa responsibleRule clockStart clockRule dueAt workingDays
  completeness { ready
    sections { code title state mandatory supplier missing withheld { reason category level } items { label state value reason contact agency la records } }
    suppliers { agency la force state mandatory since reason contact } }
  historyCount history(first: 200, after: "0") { cursor at state by note } signature fingerprint
  addenda(first: 5) { recordId agency eventAt recordedAt }`

/**
 * Asks for the record of a placed-out child, reads it back as the receiving authority, and gives both with the stored
 * snapshot.
 */
async function record(gateway: TestGateway, door: Door, child: string): Promise<readonly string[]> {
  const { knex } = gateway.opened.setting.opening.store
  for (const table of ['transfer', 'transfer_version', 'transfer_event', 'transfer_contribution'])
    await knex.raw(`delete from gateway.${table}`)
  const begun = await door.ask(
    { persona: 'social-worker', purpose: 'TRANSFER_SEND' },
    {
      query: `mutation { requestTransfer(childId: "${child}", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { ${fields} } }`,
    },
  )
  const id: unknown = JSON.parse(begun.text).data?.requestTransfer?.id
  const read = await door.ask(
    { persona: 'receiving-officer' },
    { query: `{ transferSummary(transferId: "${String(id)}") { ${fields} } }` },
  )
  const stored: { rows: { content: string }[] } = await knex.raw(
    'select coalesce(content, difference) as content from gateway.transfer_version order by version',
  )
  return [begun.text, read.text, ...stored.rows.map(({ content }) => content)].map(withoutSignature)
}

/** What is signed over ids and instants differs with them. */
const withoutSignature = (text: string): string =>
  withoutIdsAndTimes(text).replace(/"(signature|fingerprint)":"[^"]*"/g, '"$1":""')

/**
 * Whether a record compiled in a world is the record of its twin; null when it is, byte for byte but for ids and times.
 */
export async function transferDifference(
  twins: Twins,
  world: World,
  recipient: Persona,
  child = 'C04',
): Promise<string | null> {
  if (!world.hiddenFrom(recipient)) return null
  const plain = await record(twins.plain, twins.doors[0], child)
  const other = await twins.within(world, () => record(twins.other, twins.doors[1], child))
  if (plain.some((text) => text.includes('"errors"'))) return `refused: ${plain[0]?.slice(0, 300)}`
  if (other.some((text) => text.includes(mark))) return 'a hidden id is in the record'
  const at = plain.findIndex((text, index) => text !== other[index])
  if (at < 0) return null
  const [one = '', two = ''] = [plain[at], other[at]]
  const place = [...one].findIndex((letter, index) => letter !== two[index])
  return `${one.slice(Math.max(0, place - 200), place + 100)} | ${two.slice(Math.max(0, place - 200), place + 100)}`
}
