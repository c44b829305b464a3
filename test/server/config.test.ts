import { describe, expect, it } from 'vitest'
import { demonstrationToday, readConfig } from '../../src/foundation/config.ts'
import { describeConfig, maskUrl } from '../../src/foundation/describeConfig.ts'
import { StartupError } from '../../src/foundation/errors.ts'

const registry = new URL('../../package.json', import.meta.url).pathname
const production = {
  NODE_ENV: 'production',
  ISSUERS_FILE: registry,
  AUDIENCE: 'https://gateway.example/graphql',
  DATABASE_URL: 'postgres://wholeview@db.example/wholeview',
}

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof StartupError) return error.problems
    throw error
  }
}

describe('with nothing set', () => {
  it('is a demonstration on loopback with the clock at the story', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, production: false, demonstration: true })
    expect(config.demonstrationAsOf).toEqual(new Date(demonstrationToday))
    expect(config.dataDir).toMatch(/\/data$/)
    expect(config.keysDir).toBe(`${config.dataDir}/keys`)
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000, databaseUrl: null })
  })
})

describe('what is set', () => {
  it('is read by agency, under its own prefix', () => {
    const config = readConfig({
      POLICE_SUBGRAPH_URL: 'http://127.0.0.1:4100/graphql',
      ADULT_SERVICES_DATABASE_URL: 'postgres://reader@127.0.0.1/adult',
    })
    expect(config.agencies.police).toEqual({ databaseUrl: null, subgraphUrl: 'http://127.0.0.1:4100/graphql' })
    expect(config.agencies.adultServices.databaseUrl).toBe('postgres://reader@127.0.0.1/adult')
  })

  it('is overridden by the command line', () => {
    expect(readConfig({ PORT: '4000' }, { PORT: '4500', HOST: undefined }).port).toBe(4500)
  })

  it('ends the demonstration when issuers are registered, and the real clock runs', () => {
    expect(readConfig({ ISSUERS_FILE: registry })).toMatchObject({ demonstration: false, demonstrationAsOf: null })
  })

  it('runs in production when all of it is there, with the schema closed', () => {
    expect(readConfig({ ...production, HOST: '0.0.0.0', PUBLIC_URL: 'https://gateway.example/' })).toMatchObject({
      production: true,
      demonstration: false,
      introspection: false,
      publicUrl: 'https://gateway.example',
    })
  })
})

describe('what is wrong', () => {
  const wrong: [Record<string, string>, string][] = [
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: '4000; rm' }, 'PORT'],
    [{ HOST: 'a b' }, 'HOST'],
    [{ DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL'],
    [{ HEALTH_DATABASE_URL: 'not a url' }, 'HEALTH_DATABASE_URL'],
    [{ POLICE_SUBGRAPH_URL: 'file:///etc/passwd' }, 'POLICE_SUBGRAPH_URL'],
    [{ POLCE_SUBGRAPH_URL: 'http://127.0.0.1:1' }, 'POLCE_SUBGRAPH_URL'],
    [{ POLICE_SUBGRAPH_URL: 'http://127.0.0.1:1', POLICE_DATABASE_URL: 'postgres://db/x' }, 'POLICE_DATABASE_URL'],
    [{ SOURCE_DEADLINE_MS: '0' }, 'SOURCE_DEADLINE_MS'],
    [{ AUDIENCE: 'me' }, 'AUDIENCE'],
    [{ ISSUERS_FILE: '/nowhere/issuers.json' }, 'ISSUERS_FILE'],
    [{ DEMO_AS_OF: 'yesterday' }, 'DEMO_AS_OF'],
    [{ DEMONSTRATION: 'yes' }, 'DEMONSTRATION'],
    [{ DEMONSTRATION: 'off' }, 'ISSUERS_FILE'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ ...production, ISSUERS_FILE: '' }, 'ISSUERS_FILE'],
    [{ ...production, AUDIENCE: '' }, 'AUDIENCE'],
    [{ ...production, DATABASE_URL: '' }, 'DATABASE_URL'],
    [{ ...production, DEMONSTRATION: 'on' }, 'DEMONSTRATION'],
    [{ ...production, DEMO_AS_OF: demonstrationToday }, 'DEMO_AS_OF'],
    [{ ...production, HOST: '0.0.0.0' }, 'PUBLIC_URL'],
    [{ ...production, HOST: '0.0.0.0', PUBLIC_URL: 'http://gateway.example' }, 'PUBLIC_URL'],
  ]
  for (const [env, name] of wrong) {
    it(`is named: ${Object.keys(env).at(-1)}, ${Object.values(env).at(-1) || 'missing'}`, () => {
      expect(problemsOf(env).join('\n')).toContain(name)
    })
  }

  it('is told all at once, and no value is quoted', () => {
    const problems = problemsOf({ PORT: 'x', HOST: 'a b', DATABASE_URL: 'http://user:hunter2@db/x', LOG_LEVEL: 'loud' })
    expect(problems).toHaveLength(4)
    expect(problems.join()).not.toContain('hunter2')
  })
})

describe('what is shown', () => {
  it('masks passwords and everything in a query string', () => {
    expect(maskUrl('postgres://user:hunter2@db/x?sslpassword=hunter3')).not.toMatch(/hunter/)
    const shown = JSON.stringify(describeConfig(readConfig({ DATABASE_URL: 'postgres://user:hunter2@db.example/x' })))
    expect(shown).toContain('db.example')
    expect(shown).not.toContain('hunter2')
  })
})
