import * as gateway from '../../src/composition/gateway.ts'
import { openAnswering } from '../../src/composition/openAnswering.ts'
import type { OpenedGateway } from '../../src/composition/openedGateway.ts'
import { eachAgency } from '../../src/foundation/agencies.ts'
import { coreResolvers } from '../../src/graphql/coreResolvers.ts'
import { uncheckedSchema } from '../../src/graphql/schemaModel.ts'
import type { Caller } from '../../src/policy/caller.ts'
import type { GatewayModule } from '../../src/server/gatewayTypes.ts'
import { createLog } from '../../src/server/log.ts'
import { analyst } from '../issuer.ts'
import { type Grants, linksFrom, OpenRequest, unasked } from './requestWithoutSecurity.ts'

/**
 * The gateway's engine without its security, to measure what security costs. It is put together here, around the very
 * gateway that `startGateway` opens: no configuration of the product leads to it, and nothing of the product imports
 * it.
 */
export const openModule: GatewayModule = {
  ...gateway,
  openGateway: async (config, options) => {
    const opened = await gateway.openGateway(config, options)
    const granted = grantsOf(opened)
    const links = linksFrom(opened.setting.opening.store)
    const { modules, model, scalars } = opened.catalogue
    const answering = await openAnswering({
      // Without the check around every field.
      schema: uncheckedSchema(modules, coreResolvers(scalars), model),
      open: (caller, { requestId }) => new OpenRequest(opened.setting, granted, links, caller, requestId),
      config,
      log: options?.log ?? createLog(config.logLevel),
    })
    return {
      ...opened,
      ...answering,
      authenticate: async () => ({ ok: true, caller: anyone }),
      close: async () => {
        await answering.stop()
        await opened.close()
      },
    }
  },
}

/**
 * Made once: what a MASH's analyst may read of a child at risk. More would read records that the other contestants do
 * not answer. No row is held back.
 */
const grantsOf = ({ setting: { opening } }: OpenedGateway): Grants =>
  eachAgency((agency) => ({
    ...opening.policy.grantFor(
      anyone,
      unasked,
      { agency, home: opening.planning.layouts[agency].contract.home, labels: opening.labels[agency] },
      '',
    ),
    rows: { ncnd: true, conditions: true, undecided: true, notRelevant: true },
  }))

const anyone: Caller = {
  issuer: 'bench',
  subject: 'anyone',
  clientId: 'bench',
  tokenId: '',
  organisation: analyst.organisation,
  agencyType: 'MASH',
  la: 'LA2',
  force: null,
  role: 'MASH_ANALYST',
  purpose: 'MASH_ENQUIRY',
  expiresAt: Number.MAX_SAFE_INTEGER,
}
