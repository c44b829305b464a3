import { LRUCache } from 'lru-cache'
import type { Adapter, AdapterPayload } from 'oidc-provider'

const mostEntries = 10_000

/**
 * Storage of the development issuer. Client credentials with signed tokens keep nothing there; what the provider stores
 * all the same is bounded and dies with the process.
 */
export const shortLivedAdapter = (): ((model: string) => Adapter) => {
  const entries = new LRUCache<string, AdapterPayload>({ max: mostEntries })
  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`
    const findBy = (member: 'uid' | 'userCode', value: string): AdapterPayload | undefined =>
      [...entries].find(([key, payload]) => key.startsWith(`${model}:`) && payload[member] === value)?.[1]
    return {
      async upsert(id, payload) {
        entries.set(keyOf(id), payload)
      },
      find: async (id) => entries.get(keyOf(id)),
      findByUid: async (uid) => findBy('uid', uid),
      findByUserCode: async (userCode) => findBy('userCode', userCode),
      async consume(id) {
        const payload = entries.get(keyOf(id))
        if (payload) entries.set(keyOf(id), { ...payload, consumed: true })
      },
      async destroy(id) {
        entries.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        for (const [key, payload] of entries) if (payload.grantId === grantId) entries.delete(key)
      },
    }
  }
}
