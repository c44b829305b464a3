import { type Clock, systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import type { OpenOptions } from '../server/gatewayPort.ts'
import { createLog, type Log } from '../server/log.ts'
import { createMetrics, type Metrics } from '../server/metrics.ts'
import { type Catalogue, loadCatalogue } from './catalogue.ts'
import { Closing } from './closing.ts'
import { requireIssuer } from './issuers.ts'
import { problemsOfFiles } from './namedFiles.ts'

/** What every part of a gateway is opened with. */
export interface Start {
  readonly config: Config
  readonly options: OpenOptions
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly closing: Closing
}

/** @throws StartupError naming all that is wrong with the files that are named and the agencies' own, before any store is opened. */
export const startOf = async (config: Config, options: OpenOptions): Promise<Start> => {
  requireIssuer(config)
  const problems = await problemsOfFiles(config)
  if (problems.length > 0) throw new StartupError(problems)
  return {
    config,
    options,
    log: options.log ?? createLog(config.logLevel),
    metrics: options.metrics ?? createMetrics(),
    clock: systemClock(config.demonstrationAsOf ?? undefined),
    catalogue: await loadCatalogue(config),
    closing: new Closing(),
  }
}
