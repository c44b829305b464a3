import { type Clock, runningClock, systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import type { OpenOptions } from '../server/gatewayTypes.ts'
import { createLog, type Log } from '../server/log.ts'
import { createMetrics, type Metrics } from '../server/metrics.ts'
import { RefusedValues } from '../sources/refusedValues.ts'
import type { Catalogue } from './catalogue.ts'
import { checkedStart } from './checkSettingFiles.ts'
import { Closing } from './closeInReverse.ts'
import { beganIn, followWound } from './demonstrationClock.ts'
import { Reloading } from './reloading.ts'

/** What every part of a gateway is opened with. */
export interface Start {
  readonly config: Config
  readonly options: OpenOptions
  readonly log: Log
  readonly metrics: Metrics
  readonly refusedValues: RefusedValues
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly closing: Closing
  /** What is read again while the gateway runs. */
  readonly reloading: Reloading
}

/**
 * @throws StartupError naming all that is wrong with the settings, the files that they name and the agencies' own,
 * before any store is opened.
 */
export const startOf = async (config: Config, options: OpenOptions): Promise<Start> => {
  const metrics = options.metrics ?? createMetrics()
  const refusedValues = new RefusedValues()
  const checked = await checkedStart(config, (agency, list, field) => {
    metrics.badValue(agency, list, field)
    refusedValues.note(agency, list, field)
  })
  if ('problems' in checked) throw new StartupError(checked.problems)
  await options.beforeStores?.()
  return {
    config,
    options,
    log: options.log ?? createLog(config.logLevel),
    metrics,
    clock: clockOf(config, options),
    refusedValues,
    catalogue: checked.catalogue,
    closing: new Closing(),
    reloading: new Reloading(),
  }
}

/** The demonstration's clock runs where a person started it, and stands still where a proof did. */
const clockOf = ({ demonstration, demonstrationAsOf, dataDir }: Config, { clockRuns }: OpenOptions): Clock =>
  demonstration && demonstrationAsOf && clockRuns
    ? runningClock(demonstrationAsOf, followWound(dataDir), Date.now, beganIn(dataDir))
    : systemClock(demonstrationAsOf ?? undefined)
