import { contestants, theGateway } from '../contestants/contestant.ts'
import { chooseSample, openDatabase } from '../database.ts'
import { environmentOf } from '../environment.ts'
import { openIssuer } from '../issuer.ts'
import { measure } from '../measure.ts'
import { start } from '../runningContestant.ts'
import { warmUp } from '../warmUp.ts'
import { grow } from './growRegisters.ts'
import { asked } from './growthQuestions.ts'

const database = await openDatabase(1500, () => undefined)
const issuer = await openIssuer(database.scratch)
const ours = contestants.find(({ name }) => name === theGateway)
if (!ours) throw new Error('x')
const environment = await environmentOf(database.url, database.scratch, issuer)
const sample = await chooseSample(database.client)
const children = sample.children.slice(0, 16)
const running = await start(ours, { ...environment, BENCH_LOOP: '/tmp/hold1' })
const wanted = process.argv.slice(2)
const all = async () => {
  for (const each of asked.filter(({ title }) => wanted.some((w) => title.startsWith(w)))) {
    const question = {
      name: 'q1' as const,
      title: each.title,
      query: each.query,
      connections: 4,
      shape: null,
      variables: ({ children: among }: { children: readonly string[] }) =>
        among.slice(0, 16).map((id) => each.variables?.(id, among) ?? { id }),
    }
    const w = async (s: number) =>
      measure(running, database, {
        question: question as never,
        sample,
        tokens: await issuer.tokens(16, each.who),
        seconds: s,
      })
    await warmUp(w as never, 6)
    await database.resetStatements()
    const m = await w(3)
    console.log(each.title, JSON.stringify({ node: m.node, pg: m.postgres, rps: m.perSecond }))
    for (const line of await database.dearest(5)) console.log('    ', line)
  }
}
try {
  await grow(database.client, children, { from: 1, to: 1 })
  await all()
  await grow(database.client, children, { from: 2, to: 100 })
  const { rows } = await database.client.query(
    `select person_id, count(*) from police.police_event group by 1 order by 2 desc limit 3`,
  )
  console.log(rows)
  console.log('--- grown')
  await all()
} finally {
  await running.stop()
  await issuer.close?.()
  await database.stop()
}
