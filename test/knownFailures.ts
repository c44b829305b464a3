/**
 * Tests that fail today, each with what is wrong. They are defects and no exceptions: a line goes when its fault is
 * mended, and none may be added beside a change that makes it fail. `npm run test:known` runs them.
 */
export const knownFailures: Readonly<Record<string, string>> = {
  'test/leaks/twinWorlds.test.ts':
    'alerts tell of a protected place by what they no longer find; the access log of a police look by its labels',
  'test/baseline/baseline.test.ts': 'the hashes are of the answers before holders, alerts and the exchange',
}
