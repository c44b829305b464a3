import type { Knex } from 'knex'

const sides = { transfer_sent: 'from_la', transfer_received: 'to_la' } as const

const make = async (trx: Knex, where: string): Promise<void> => {
  for (const [name, side] of Object.entries(sides)) {
    await trx.raw(`drop index gateway.${name}`)
    await trx.raw(`create index ${name} on gateway.transfer (${side}, due_on, id) where ${where}`)
  }
}

/** A list of the transfers that are open passes over no years of those that ended. */
export const openTransfersInOrder: Knex.Migration = {
  up: (trx) => make(trx, `state not in ('PENDING', 'CLOSED', 'REJECTED', 'WITHDRAWN')`),
  down: (trx) => make(trx, `state <> 'PENDING'`),
}
