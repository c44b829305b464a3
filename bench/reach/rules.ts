import { manager } from '../issuer.ts'
import { profiled, shareWithin } from '../profile.ts'
import type { Question } from '../questions/question.ts'
import { atMost, gateway, type Row } from './measuringPlace.ts'

const question: Question = {
  name: 'q1',
  title: 'All alerts of one child',
  query: 'query ($id: ID!) { child(id: $id) { id alerts { code since } } }',
  connections: 4,
  variables: ({ children }) => children.map((id) => ({ id })),
  shape: null,
}

/** What judging takes of a request, by V8's own profiler: reading the records and writing the answer are not in it. */
export const rules: Row = {
  name: 'rules',
  title: 'All rules over one child',
  measure: async ({ database, environment, issuer, options, sample }) => {
    const { measured, nodes } = await profiled(gateway(), environment, database, {
      ...{ question, sample, seconds: Math.max(5, options.seconds) },
      tokens: await issuer.tokens(16, manager),
    })
    const share = shareWithin(
      nodes,
      ({ callFrame: { functionName, url } }) => functionName === 'evaluate' && url.endsWith('/src/alerts/evaluate.ts'),
    )
    const more = ` of ${measured.node.toFixed(2)} ms a request`
    return [atMost('All rules over one child, CPU of Node', share * measured.node, 1.5, ' ms', more)]
  },
}
