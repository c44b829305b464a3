/** A hold of the health record of C05, as it stands in the gateway's store. */
export const healthHold = (id: string) => ({
  id,
  child_id: 'C05',
  kind: 'DETRIMENT',
  agency: 'health',
  label: 'HEALTH_GENERAL',
  reason: 'Disclosure would put the child at risk',
  owner: 'NHS-LA2-ICB',
  review_on: '2026-12-31',
})
