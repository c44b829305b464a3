import { beforeAll, expect, it } from 'vitest'
import { cursorOfNotice } from '../../src/obligations/accessNotices.ts'
import { LogReader } from '../../src/obligations/logReader.ts'
import { BreakGlassRegister } from '../../src/registers/breakGlass.ts'
import { ReviewRegister } from '../../src/registers/breakGlassReviews.ts'
import { HoldRegister } from '../../src/registers/holds.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import type { Database } from '../../src/store/database.ts'
import { transferStore } from '../../src/transfer/store.ts'
import { testDatabases } from '../support/postgres.ts'

/** More than any list gives at once, with days that several share and days that are not known. */
const count = 460
const at = '2026-11-20T12:00:00Z'

const fill = [
  `insert into gateway.transfer (id, child_id, type, from_la, to_la, state, version, notified_at, clock_start, clock_rule,
      working_days, due_on, created_at, created_by)
    select 'T' || n, 'C' || n, 'CLA_PLACED_OUT', case when n % 2 = 0 then 'LA2' else 'LA5' end,
      case when n % 2 = 0 then 'LA5' else 'LA2' end, case when n <= $1::int then 'SENT' else 'PENDING' end, 1, $2::timestamptz,
      $2::timestamptz, 'rule', 15, date '2026-12-01' + n % 7, $2::timestamptz - (n % 9) * interval '1 hour', 'x'
    from generate_series(1, 2 * $1::int) n`,
  `insert into gateway.break_glass (id, child_id, issuer, subject, organisation, role, purpose, reason, needs_second,
      opened_at, expires_at)
    select 'B' || n, 'C1', 'i', 's', 'LA2-CSC', 'SOCIAL_WORKER', 'EMERGENCY', 'x', false, $2::timestamptz, $2::timestamptz
    from generate_series(1, $1::int) n`,
  `insert into gateway.break_glass_notice (id, break_glass_id, child_id, recipient, at)
    select 'N' || n, 'B' || n, 'C1', 'agency:health', $2::timestamptz - (n % 5) * interval '1 day'
    from generate_series(1, $1::int) n`,
  `insert into gateway.review (id, break_glass_id, child_id, la, opened_at, due_on, closed_at)
    select 'R' || n, 'B' || n, 'C1', 'LA2', $2::timestamptz, date '2026-12-01' + n % 5,
      case when n % 2 = 0 then $2::timestamptz end from generate_series(1, $1::int) n`,
  `insert into gateway.obligation (id, child_id, kind, owner, arisen_at, due_on, discharged_at)
    select 'D' || n, case when n % 3 = 0 then 'C2' else 'C1' end, 'NOTIFY_RESPONSIBLE_LA',
      case when n % 4 = 0 then 'organisation:F1' else 'agency:police' end, $2::timestamptz,
      case when n % 6 > 0 then date '2026-12-01' + n % 5 end, case when n > $1::int then $2::timestamptz end
    from generate_series(1, 2 * $1::int) n`,
  `insert into gateway.access_notice (leaf_id, child_id, la, at, organisation, role, purpose, break_glass)
    select 'L' || n / 3, 'C' || n % 3, 'LA2', $2::timestamptz - (n / 9) * interval '1 hour', 'F1', 'GP', 'AUDIT', false
    from generate_series(1, $1::int) n`,
  `insert into gateway.hold (id, child_id, kind, agency, organisation, label, reason, owner, recorded_at, review_on)
    select 'H' || n, 'C' || n, 'DETRIMENT', 'health', 'ICB1', 'HEALTH_MENTAL', 'x', 'GP, ICB1', $2::timestamptz,
      date '2026-11-01' + n % 5 from generate_series(1, $1::int) n`,
]

testDatabases('a list that is longer than a page', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = (await engine.openMigrated()).database
    for (const [nth, text] of fill.entries())
      await database.rows({ name: `fill_${nth}`, text, values: text.includes('$2') ? [count, at] : [count] })
  })

  const lists = (): Readonly<Record<string, readonly [number, (page: RegisterPage) => Promise<readonly string[]>]>> => {
    const named = async (found: Promise<readonly { readonly id: string }[]>) => (await found).map(({ id }) => id)
    const log = new LogReader(database)
    const [reviews, transfers] = [new ReviewRegister(database), transferStore(database)]
    const notices = async (child: string | null, page: RegisterPage) =>
      (await log.notices('LA2', child, page)).map(cursorOfNotice)
    return {
      transfers: [count, (page) => named(transfers.ofAuthority('LA2', page))],
      pendingTransfers: [count, (page) => named(transfers.pending('LA2', '2026-11-01T00:00:00Z', page))],
      breakGlassNotices: [count, (page) => named(new BreakGlassRegister(database).noticesFor('agency:health', page))],
      reviews: [count, (page) => named(reviews.ofAuthority('LA2', false, page))],
      openReviews: [count / 2, (page) => named(reviews.ofAuthority('LA2', true, page))],
      obligations: [count, (page) => named(log.ofOwners(['organisation:F1', 'agency:police'], page))],
      obligationsOfChild: [614, (page) => named(log.ofChild('C1', page))],
      accessNotices: [count, (page) => notices(null, page)],
      accessNoticesOfChild: [154, (page) => notices('C1', page)],
      holdsToReview: [
        count,
        (page) =>
          named(new HoldRegister(database).overdue({ agency: 'health', organisation: 'ICB1' }, '2026-11-20', page)),
      ],
    }
  }

  it('is gone through page by page, each entry once and in the order of one that is not cut', async () => {
    for (const [name, [length, read]] of Object.entries(lists())) {
      const whole = await read({ first: 10_000, after: null })
      expect([name, whole.length]).toEqual([name, length])
      for (const first of [200, 37]) {
        const seen: string[] = []
        for (let after: string | null = null; ; ) {
          const page: readonly string[] = await read({ first, after })
          expect(page.length).toBeLessThanOrEqual(first)
          seen.push(...page)
          after = page.at(-1) ?? null
          if (page.length < first) break
        }
        expect([name, seen]).toEqual([name, whole])
      }
    }
  })

  it('gives nothing behind an entry that it does not have', async () => {
    for (const [name, [, read]] of Object.entries(lists()))
      for (const after of ['nobody', '', 'L1:C9', 'nobody:C1'])
        expect([name, after, await read({ first: 5, after })]).toEqual([name, after, []])
  })
})
