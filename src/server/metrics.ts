import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ErrorCode } from '../foundation/errors.ts'

/** How a request ended: `OK`, or the code of its first error. */
export type RequestOutcome = 'OK' | ErrorCode

/** Numbers for operators. Labels are closed lists: no child, no person, no organisation, no id, no operation. */
export interface Metrics {
  request(outcome: RequestOutcome, seconds: number): void
  /** One agency's answers of one state; counted per fetch, whoever asked and whatever was found. */
  sources(agency: string, state: string, count: number): void
  /** Whether a store or source could be reached at the last look. */
  reachable(name: string, ok: boolean): void
  /** A value of a source that its type refuses: the caller is given none in its place. */
  badValue(agency: string, list: string, field: string): void
  /** Entries made durable together. */
  auditBatch(leaves: number): void
  /** The Prometheus text. */
  text(): Promise<string>
  readonly contentType: string
}

export const createMetrics = (): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'wholeview_requests_total',
    help: 'GraphQL requests by the code of their outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'wholeview_request_seconds',
    help: 'Time from the first byte read to the last byte written.',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers,
  })
  const answers = new Counter({
    name: 'wholeview_source_answers_total',
    help: 'Answers of agencies by technical state.',
    labelNames: ['agency', 'state'],
    registers,
  })
  const handles = new Map<string, Counter.Internal>()
  const reachable = new Gauge({
    name: 'wholeview_reachable',
    help: '1 when the store or source could be reached at the last look.',
    labelNames: ['name'],
    registers,
  })
  const badValues = new Counter({
    name: 'wholeview_bad_values_total',
    help: 'Values of sources that were read and left out, since their type refuses them; doctor counts those that are stored.',
    labelNames: ['agency', 'list', 'field'],
    registers,
  })
  const batches = new Histogram({
    name: 'wholeview_audit_batch_leaves',
    help: 'Audit entries committed together.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    registers,
  })
  return {
    request: (outcome, seconds) => {
      requests.inc({ outcome })
      durations.observe(seconds)
    },
    sources: (agency, state, count) => {
      // One handle for each pair: to find it again by its labels costs more than to count.
      const pair = `${agency} ${state}`
      const handle = handles.get(pair) ?? answers.labels({ agency, state })
      handles.set(pair, handle)
      handle.inc(count)
    },
    reachable: (name, ok) => reachable.set({ name }, ok ? 1 : 0),
    badValue: (agency, list, field) => badValues.inc({ agency, list, field }),
    auditBatch: (leaves) => batches.observe(leaves),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
