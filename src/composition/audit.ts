import { BlockRoots } from '../audit/blockRoots.ts'
import type { AuditLog } from '../audit/entry.ts'
import { erasePersons, latestErasure } from '../audit/erasePersons.ts'
import { readKeyHistory, ringFrom } from '../audit/keyHistory.ts'
import { entryById, openAuditLog } from '../audit/log.ts'
import { openProver, type Prover } from '../audit/logProofs.ts'
import { verifyLog } from '../audit/verifyLog.ts'
import { readWitnesses } from '../audit/witnessFile.ts'
import type { AuditTrail } from '../disclosure/disclosureRequest.ts'
import { Refusal } from '../foundation/errors.ts'
import { heldFor, whyKept, whyWords } from '../registers/retention.ts'
import type { Gateway } from '../server/gatewayTypes.ts'
import type { OpenedTrust } from './issuersAndKeys.ts'
import type { OpenedPolicies } from './policies.ts'
import type { Start } from './startContext.ts'
import type { OpenedStores } from './stores.ts'

export interface OpenedAudit {
  readonly log: AuditLog
  readonly prover: Prover
  readonly trail: AuditTrail
  /** What commands and witnesses ask of the log. */
  readonly commands: Pick<Gateway, 'audit' | 'auditVerify' | 'auditErase'>
}

/** The log in which every disclosure stands, and what proves it whole. */
export async function openAudit(
  { config, clock, closing }: Start,
  { stores }: OpenedStores,
  { identity, auditKey }: OpenedTrust,
  policies: OpenedPolicies,
): Promise<OpenedAudit> {
  const passed = new BlockRoots()
  const log = await openAuditLog({ database: stores.gateway, key: auditKey, origin: identity, clock, passed })
  closing.add(() => log.close())
  const ring = ringFrom(await readKeyHistory(config.keysDir), auditKey.publicJwk)
  const witnesses = config.auditWitnessesFile === null ? null : await readWitnesses(config.auditWitnessesFile)
  const prover = openProver(stores.gateway, ring, witnesses, passed)
  return {
    log,
    prover,
    trail: {
      prover,
      latestErasure: () => latestErasure(stores.gateway),
      erased: async () => {
        const erasure = await latestErasure(stores.gateway)
        const entry = erasure && (await entryById(stores.gateway, erasure.leafId))
        return erasure && entry ? { before: erasure.before, entry } : null
      },
    },
    commands: {
      audit: { prover, keys: () => ring },
      auditVerify: async (progress, anchors = []) => {
        const { size, problems, erased, witnessed } = await verifyLog(stores.gateway, ring, {
          onProgress: (done, total) => progress(done, total, 'entries'),
          anchors,
          ...(witnesses ? { witnesses } : {}),
        })
        return { leaves: size, erased, witnessed, problems }
      },
      auditErase: async (before, caller) => {
        const kept = await whyKept(stores.gateway, 'audit', before, clock.now())
        // Where no rule was approved, the day that the operator names is the rule.
        if (kept !== null && kept !== 'NO_RULE') throw new Refusal('CONFLICT', { message: whyWords[kept] })
        const held = await heldFor(stores.gateway, 'audit')
        const { pack, hash } = policies.now()
        return erasePersons({
          except: held === 'EVERYBODY' ? [] : held,
          database: stores.gateway,
          log,
          clock,
          before,
          by: { caller, pack: { id: pack.id, hash } },
        })
      },
    },
  }
}
