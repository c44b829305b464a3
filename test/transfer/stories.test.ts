import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { openGateway } from '../../src/composition/gateway.ts'
import { ChildAccess } from '../../src/disclosure/childAccess.ts'
import { readConfig } from '../../src/foundation/config.ts'
import type { Caller } from '../../src/policy/caller.ts'
import type { TransferView } from '../../src/transfer/transferView.ts'
import { verifySnapshot } from '../../src/transfer/verifySnapshot.ts'
import { newDataDir } from '../support/prepared.ts'
import { sent } from './fixtures.ts'

const folder = newDataDir()
const gateway = await openGateway(
  readConfig({ DATA_DIR: folder, DEMO_AS_OF: '2026-11-20T23:59:59Z', LOG_LEVEL: 'silent' }),
)
const receiver: Caller = {
  issuer: 'https://issuer.example',
  subject: 'receiving-officer',
  clientId: 'test',
  tokenId: 'token',
  organisation: 'LA5-CSC',
  agencyType: 'SOCIAL_CARE',
  la: 'LA5',
  force: null,
  role: 'RECEIVING_OFFICER',
  purpose: 'TRANSFER_RECEIVE',
  expiresAt: 4_000_000_000,
}
const ask = (childId: string, type: string, caller = receiver): Promise<TransferView> =>
  sent(
    gateway.setting
      .transfers(caller, new ChildAccess(gateway.setting.opening, caller), 'request')
      .request(caller, { childId, fromLa: 'LA2', toLa: 'LA5', type }),
  )
const caseStatus = ({ completeness }: TransferView) =>
  completeness.suppliers.map(({ agency, force, la, state }) => `${agency} ${la ?? force} ${state}`)
const item = ({ completeness }: TransferView, code: string, label: string) =>
  completeness.sections.find((section) => section.code === code)?.items.find((one) => one.label === label)

afterAll(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the child whose family moved during an enquiry', () => {
  it('stays with the authority left, which alone has contributed; school, police and health are outstanding', async () => {
    const view = await ask('C01', 'S47_IN_PROGRESS')
    expect(view).toMatchObject({ responsibleLa: 'LA2', dueAt: '2026-12-11' })
    expect(view.completeness.suppliers.filter(({ mandatory }) => mandatory)).toHaveLength(4)
    expect(caseStatus(view).slice(0, 4)).toEqual([
      'CHILDRENS_SOCIAL_CARE LA2 CONTRIBUTED',
      'EDUCATION LA2 OUTSTANDING',
      'HEALTH LA2 OUTSTANDING',
      'POLICE F1 OUTSTANDING',
    ])
    expect(item(view, 'T16', 'Section 47 enquiries that are open')?.state).toBe('KNOWN')
    expect(view.completeness.ready).toBe(false)
  })

  it('is not told of to an unrelated authority', async () => {
    const unrelated = { ...receiver, organisation: 'LA3-CSC', la: 'LA3' }
    await expect(ask('C01', 'S47_IN_PROGRESS', unrelated)).rejects.toMatchObject({ code: 'NOT_A_PARTY' })
  })
})

describe('the child placed at a distance', () => {
  it('stays with the placing authority, with both forces and the home outstanding', async () => {
    const view = await ask('C04', 'CLA_PLACED_OUT')
    expect(view).toMatchObject({ responsibleLa: 'LA2', clockStart: '2025-05-19T00:00:00.000Z', dueAt: '2025-05-27' })
    expect(caseStatus(view)).toEqual(
      expect.arrayContaining([
        'CHILDRENS_SOCIAL_CARE LA2 CONTRIBUTED',
        'EDUCATION LA2 OUTSTANDING',
        'HEALTH LA2 OUTSTANDING',
        'POLICE F1 OUTSTANDING',
        'POLICE F4 OUTSTANDING',
        'CHILDRENS_HOME LA5 OUTSTANDING',
      ]),
    )
    expect(item(view, 'T9', 'Reported to F1')?.value).toMatch(/^39 episodes/)
    expect(item(view, 'T9', 'Reported to F4')?.value).toMatch(/^6 episodes/)
    expect(item(view, 'T9', 'Not reported to a force')?.records).toHaveLength(5)
    expect(item(view, 'T8', 'Health history passed to the new area')?.value).toContain('22 days after')
  })

  it("is signed with the gateway's published key", async () => {
    const { fingerprint, signature } = await ask('C04', 'CLA_PLACED_OUT')
    expect(await verifySnapshot(signature, gateway.jwks())).toMatchObject({ ok: true, fingerprint })
    expect(
      (await verifySnapshot(`${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`, gateway.jwks())).ok,
    ).toBe(false)
  })
})

describe('the child whose address is protected', () => {
  it('is sent without the address, the adopted brother or the legal advice', async () => {
    const all = JSON.stringify(await ask('C07', 'CLA_PLACED_OUT'))
    for (const hidden of ['Heron Way', 'Noah', '9991016392', 'N992500818107', 'LEGAL_PRIVILEGE', 'ADDRESS_PROTECTED'])
      expect(all).not.toContain(hidden)
  })
})
