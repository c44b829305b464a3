/**
 * Primes at which keys from a faulty generator (CVE-2017-15361, "ROCA") leave a trace: the modulus of such a key lies
 * in the small group that 65537 makes modulo each of them. Chance of a sound key doing so at all of them is below one
 * in 2^27.
 */
const tracePrimes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157]

const powersOf65537 = (prime: number): ReadonlySet<number> => {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power)
  return powers
}

const traces = tracePrimes.map((prime) => ({ prime: BigInt(prime), powers: powersOf65537(prime) }))

/** Whether an RSA modulus bears the ROCA fingerprint: its private key can be computed from it. */
export const hasRocaFingerprint = (modulus: bigint): boolean =>
  traces.every(({ prime, powers }) => powers.has(Number(modulus % prime)))
