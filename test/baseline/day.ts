/**
 * Imported before anything that reads a clock: this process lives on the morning after the story cases. Consents,
 * agreements and relationships are judged by the machine's clock, so that a baseline without this would hold only until
 * one of them runs out. Time passes: tokens and proofs of one and the same instant would be replays.
 */
const MachineDate = globalThis.Date
const started = MachineDate.now()

/** First instant of the run, on the run's own clock. */
export const beginning = MachineDate.parse('2026-11-21T09:00:00Z')

const now = (): number => beginning + (MachineDate.now() - started)

globalThis.Date = new Proxy(MachineDate, {
  construct: (date, given: unknown[], newTarget) =>
    Reflect.construct(date, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new MachineDate(now()).toString(),
  get: (date, key) => (key === 'now' ? now : Reflect.get(date, key)),
})
