import { openEmbedded } from '../../src/store/embedded.ts'

/** A process that opens the folder it is given, writes one row, says so, and stays until it is killed. */
const folder = process.argv[2] ?? ''
try {
  const database = await openEmbedded(folder)
  await database.knex.raw('create table if not exists note (text text)')
  await database.rows({ name: 'note', text: `insert into note values ($1)`, values: [`from ${process.pid}`] })
  process.stdout.write('held\n')
  setInterval(() => undefined, 1000)
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : error}\n`)
}
