import { describe, expect, it } from 'vitest'
import { issuerRegistry } from '../../src/auth/issuers.ts'
import { StartupError } from '../../src/foundation/errors.ts'
import { entryFor } from './support.ts'

const good = entryFor('https://issuer.example/jwks')
const read = (...entries: unknown[]) => issuerRegistry(entries, { production: true })
const organisation = good.organisations[0]

describe('the issuer registry', () => {
  it('is read by issuer', () => {
    expect([...read(good).keys()]).toEqual([good.issuer])
  })

  it.each([
    'http://127.0.0.1:4000/issuer/jwks',
    'http://localhost/jwks',
    'http://[::1]:8080/jwks',
    'https://issuer.example/jwks',
  ])('takes keys from %s', (jwksUri) => {
    expect(read({ ...good, jwksUri }).size).toBe(1)
  })

  it.each([
    'http://issuer.example/jwks',
    'http://127.0.0.1.example/jwks',
    'http://169.254.169.254/latest',
    'https://user:word@issuer.example/jwks',
    'file:///etc/passwd',
    'ftp://127.0.0.1/jwks',
    'data:application/json,{}',
    'jwks',
  ])('takes no keys from %s', (jwksUri) => {
    expect(() => read({ ...good, jwksUri })).toThrow(StartupError)
  })

  it.each([
    ['nothing', () => issuerRegistry([], { production: false })],
    ['what is not a list', () => issuerRegistry({ good }, { production: false })],
    ['an alg that is not allowed', () => read({ ...good, algorithms: ['RS256'] })],
    ['no alg', () => read({ ...good, algorithms: [] })],
    ['a life of more than ten minutes', () => read({ ...good, maxLifetimeSeconds: 601 })],
    ['a member that it does not know', () => read({ ...good, trustEverything: true })],
    ['an issuer twice', () => read(good, good)],
    ['an organisation twice', () => read({ ...good, organisations: [organisation, organisation] })],
    [
      'a role that does not exist',
      () => read({ ...good, organisations: [{ ...organisation, roles: [{ role: 'ROOT', purposes: ['AUDIT'] }] }] }),
    ],
    [
      'a purpose that does not exist',
      () => read({ ...good, organisations: [{ ...organisation, roles: [{ role: 'GP', purposes: ['toString'] }] }] }),
    ],
    ['a type that does not exist', () => read({ ...good, organisations: [{ ...organisation, agencyType: 'PRESS' }] })],
  ])('refuses to start with %s', (_, start) => {
    expect(start).toThrow(StartupError)
  })

  it('names every problem at once, and where it is', () => {
    const problems = () => read({ ...good, jwksUri: 'http://issuer.example', maxLifetimeSeconds: 9000 })
    expect(problems).toThrow(/0\.jwksUri[\s\S]*0\.maxLifetimeSeconds/)
  })

  it('names a role that there is not beside a purpose that there is not', () => {
    const roles = [
      { role: 'GP', purposes: ['CURIOSITY'] },
      { role: 'ROOT', purposes: ['AUDIT'] },
    ]
    const problems = () => read({ ...good, development: true, organisations: [{ ...organisation, roles }] })
    expect(problems).toThrow(/roles\.0\.purposes\.0[\s\S]*roles\.1\.role: ROOT is no role[\s\S]*development issuer/)
  })

  it('refuses a development issuer in production', () => {
    expect(() => read({ ...good, development: true })).toThrow(/development issuer/)
    expect(issuerRegistry([{ ...good, development: true }], { production: false }).size).toBe(1)
  })
})
