import { test } from 'vitest'
import gatewaySeed from '../../seeds/gateway.ts'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway } from '../support/gateway.ts'
import { openDoor } from './support/door.ts'
import { StatementTap } from './support/statements.ts'

test('probe', async () => {
  const tap = new StatementTap()
  const gateway = await startTestGateway({}, { wrapDatabase: tap.wrap })
  const door = await openDoor(gateway)
  console.log(
    await door.ask(
      { persona: 'social-worker' },
      { query: '{ child(id: "C04") { auditId status { level } police { crimes { otherParty } } } }' },
    ),
  )
  console.log(tap.take().map((s) => s.to + ' ' + s.text.slice(0, 900)))
  const t = performance.now()
  for (let i = 0; i < 200; i++)
    await door.ask(
      { persona: 'social-worker' },
      { query: '{ child(id: "C04") { status { level } police { crimes { otherParty } } chronology { total } } }' },
    )
  console.log('ms each', (performance.now() - t) / 200)
  const t2 = performance.now()
  await Promise.all(
    Array.from({ length: 200 }, () =>
      door.ask(
        { persona: 'social-worker' },
        { query: '{ child(id: "C04") { status { level } police { crimes { otherParty } } chronology { total } } }' },
      ),
    ),
  )
  console.log('ms each conc', (performance.now() - t2) / 200)
  const asks: [string, string][] = [
    ...gatewaySeed.identifiers
      .filter((i) => i.scheme === 'NHS_NUMBER')
      .map((i): [string, string] => [i.child, `nhsNumber: "${i.value}"`]),
    ...gatewaySeed.identifiers
      .filter((i) => i.scheme === 'UPN')
      .map((i): [string, string] => [i.child, `upn: "${i.value}"`]),
    ...gatewaySeed.links.map((l): [string, string] => [
      l.child,
      `agencyId: { agency: ${gateway.opened.contracts[l.agency].agency}, value: "${l.person}" }`,
    ]),
  ]
  const bad = new Map<string, string[]>()
  for (const [child, arg] of asks)
    for (const { id } of personas) {
      const a = JSON.parse((await door.ask({ persona: id }, { query: `{ child(id: "${child}") { id } }` })).text)
      const b = JSON.parse((await door.ask({ persona: id }, { query: `{ findChild(${arg}) { id } }` })).text)
      if (a.data?.child && !b.data?.findChild) bad.set(child + ' ' + arg, [...(bad.get(child + ' ' + arg) ?? []), id])
      if (!a.data?.child && b.data?.findChild) console.log('ODD', child, arg, id)
    }
  console.log([...bad].map(([k, v]) => k + ' -> ' + v.join(',')).join('\n'))
  await door.stop()
  await gateway.close()
}, 600000)
