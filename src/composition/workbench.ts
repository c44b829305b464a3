import { hash } from 'node:crypto'
import { draftsIn } from '../../web/session/drafts.ts'
import { sessionsIn } from '../../web/session/sessions.ts'
import { createMint } from '../../web/signIn/accessToken.ts'
import { openWorkbench } from '../../web/workbench.ts'
import type { DemonstrationPerson, Parts } from '../../web/workbenchParts.ts'
import { signingKeyFile } from '../auth/signingKeys.ts'
import { textOf } from '../foundation/settingFile.ts'
import { oversightDefaults } from '../policy/mayAskOversight.ts'
import { explorerPage, hasExplorer } from '../server/explorer.ts'
import type { Gateway } from '../server/gatewayTypes.ts'
import { addressesOf } from './issuers.ts'
import type { OpenedTrust } from './issuersAndKeys.ts'
import type { Start } from './startContext.ts'
import type { OpenedStores } from './stores.ts'

/** The pages over the one pipeline; null where none are served. */
export async function workbenchOf(
  { config, catalogue, clock, log }: Start,
  { stores }: OpenedStores,
  trust: OpenedTrust,
  gateway: Parts['gateway'],
): Promise<Gateway['workbench']> {
  const { workbench } = trust
  if (!workbench) return null
  const { entry, key, providers, setting, provider, origin } = workbench
  const [address = ''] = addressesOf(config)
  const mint = await createMint({
    ...{ entry, key, address, clock, audience: config.audience },
    providerEntry: (issuer) => providers.get(issuer),
    purposesOf: (role) => setting?.purposes[role],
  })
  const secret = hash('sha256', `drafts ${textOf(signingKeyFile(config.keysDir, 'workbench'))}`)
  return openWorkbench({
    ...{ gateway, mint, clock, log, origin },
    sessions: sessionsIn(stores.gateway),
    drafts: draftsIn(stores.gateway, secret),
    provider: setting ? (await import('../../web/signIn/provider.ts')).openProvider(setting) : null,
    demonstration: setting ? [] : await demonstrationOf(provider),
    registry: catalogue.registry,
    schema: catalogue.model.schema,
    oversight: oversightDefaults,
    secure: origin.startsWith('https:'),
    keys: { keys: [key.publicJwk] },
    explorer: hasExplorer(config) ? explorerPage : null,
  })
}

/** The personas, as people who can be chosen: all invented. */
async function demonstrationOf(provider: string): Promise<readonly DemonstrationPerson[]> {
  const { everyPersona } = await import('./everyPersona.ts')
  return (await everyPersona()).map(
    ({ id, title, subject, name, organisation, organisationName, role, defaultPurpose }) => ({
      id,
      title,
      person: { provider, subject, name, organisation, organisationName, role },
      purpose: defaultPurpose,
    }),
  )
}
