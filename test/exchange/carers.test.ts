import { expect, test } from 'vitest'
import { holders } from '../../seeds/authoritiesAndForces.ts'
import { carersIn } from '../../src/composition/circleOfChild.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import { answersOf, row } from '../childView/fixtures.ts'

const registry = registryOf([], [], {}, holders)
const on = (placements: readonly Readonly<Record<string, string | null>>[]) =>
  carersIn(
    answersOf({
      socialCare: {
        placements: placements.map((fields, at) =>
          row(`socialCare:p${at}`, { from: '2026-05-01', to: null, ...fields }),
        ),
      },
    }) as never,
    '2026-11-20',
    registry,
  )

test('the carer is the home or foster carer of the placement that is open, once', () => {
  expect(
    on([{ provider: 'Harbour House' }, { ofstedUrn: 'HOME-LA5' }, { provider: 'Elm Lodge', to: '2026-06-01' }]),
  ).toEqual(['HOME-LA5'])
})

test('one that the registry does not know is the carer all the same, and no kind of provider is', () => {
  expect(on([{ ofstedUrn: 'SC999001', provider: 'Gull Cottage', providerCode: 'PR4' }])).toEqual(['SC999001'])
  expect(on([{ provider: 'Gull Cottage', providerCode: 'PR4' }])).toEqual(['Gull Cottage'])
  expect(on([{ providerCode: 'PR4' }, { code: 'U1' }])).toEqual([])
})
