/**
 * Tests that fail today, each with what is wrong. They are defects and no exceptions: a line goes when its fault is
 * mended, and none may be added beside a change that makes it fail. `npm run test:known` runs them.
 */
export const knownFailures: Readonly<Record<string, string>> = {
  'test/baseline/baseline.test.ts': 'the hashes are of the answers before holders, alerts and the exchange',
}
