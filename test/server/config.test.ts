import { describe, expect, it } from 'vitest'
import { demonstrationToday, readConfig } from '../../src/foundation/config.ts'
import { describeConfig, maskUrl } from '../../src/foundation/describeConfig.ts'
import { StartupError } from '../../src/foundation/errors.ts'
import { misspelt } from '../../src/foundation/nearestName.ts'
import { variableNames } from '../../src/foundation/settingVariables.ts'

const registry = new URL('../../package.json', import.meta.url).pathname
const production = {
  NODE_ENV: 'production',
  ISSUERS_FILE: registry,
  AUDIENCE: 'https://gateway.example/graphql',
  DATABASE_URL: 'postgres://wholeview@db.example/wholeview?sslmode=verify-full',
  REGISTRY_FILE: registry,
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
      DEMONSTRATION: 'on',
    })
    expect(config.agencies.police).toEqual({
      databaseUrl: null,
      subgraphUrl: 'http://127.0.0.1:4100/graphql',
      mapping: null,
    })
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
    [{ ...production, REGISTRY_FILE: '' }, 'REGISTRY_FILE'],
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

describe('the demonstration, which gives anyone a token', () => {
  const unsaid: [Record<string, string>, string][] = [
    [{ NODE_ENV: 'Production' }, 'NODE_ENV'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV'],
    [{ NODE_ENV: 'production ' }, 'NODE_ENV'],
    [{ NODE_ENV: 'staging' }, 'NODE_ENV'],
    [{ HOST: '0.0.0.0' }, 'HOST'],
    [{ HOST: '::' }, 'HOST'],
    [{ HOST: 'gateway.example' }, 'HOST'],
    [{ HOST: '127.0.0.1.example' }, 'HOST'],
    [{ PUBLIC_URL: 'https://gateway.example' }, 'PUBLIC_URL'],
    [{ DATABASE_URL: 'postgres://a@127.0.0.1/records' }, 'DATABASE_URL'],
    [{ POLICE_DATABASE_URL: 'postgres://a@127.0.0.1/records' }, 'POLICE_DATABASE_URL'],
    [{ POLICE_SUBGRAPH_URL: 'https://police.example/graphql' }, 'POLICE_SUBGRAPH_URL'],
  ]
  it.each(unsaid)('does not run because something was left out or misspelt: %j', (env, name) => {
    expect(problemsOf(env).join('\n')).toContain(name)
  })

  it.each(unsaid.filter(([env]) => !('NODE_ENV' in env)))('runs so where it is said: %j', (env) => {
    expect(readConfig({ ...env, DEMONSTRATION: 'on' }).demonstration).toBe(true)
  })

  it.each([
    {},
    { NODE_ENV: 'test' },
    { NODE_ENV: 'development' },
    { POLICE_SUBGRAPH_URL: 'http://127.0.0.1:1/graphql' },
  ])('runs on this machine alone without being asked for: %j', (env) => {
    expect(readConfig(env).demonstration).toBe(true)
  })
})

describe('between processes', () => {
  const inClear: [Record<string, string>, string][] = [
    [{ POLICE_SUBGRAPH_URL: 'http://police.example/graphql' }, 'POLICE_SUBGRAPH_URL'],
    [{ POLICE_SUBGRAPH_URL: 'http://127.0.0.1.police.example/graphql' }, 'POLICE_SUBGRAPH_URL'],
    [{ POLICE_SUBGRAPH_URL: 'http://127.0.0.1@police.example/graphql' }, 'POLICE_SUBGRAPH_URL'],
    [{ GATEWAY_JWKS: 'http://gateway.example/.well-known/jwks.json' }, 'GATEWAY_JWKS'],
    [{ GATEWAY_JWKS: 'HTTP://gateway.example/.well-known/jwks.json' }, 'GATEWAY_JWKS'],
    [{ DATABASE_URL: 'postgres://a@db.example/b' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://a@db.example/b?sslmode=prefer' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://a@db.example/b?sslmode=no-verify' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://a@127.0.0.1/b?host=db.example' }, 'DATABASE_URL'],
    [{ HEALTH_DATABASE_URL: 'postgres://a@db.example/b' }, 'HEALTH_DATABASE_URL'],
  ]
  it.each(inClear)('nothing crosses a network in clear: %j', (env, name) => {
    expect(problemsOf({ ...production, ...env }).join('\n')).toContain(name)
  })

  it.each(inClear)('it may where the operator says that the network encrypts: %j', (env) => {
    expect(problemsOf({ ...production, ...env, PLAIN_CONNECTIONS: 'allowed' })).toEqual([])
  })

  it.each<Record<string, string>>([
    { POLICE_SUBGRAPH_URL: 'https://police.example/graphql' },
    { POLICE_SUBGRAPH_URL: 'http://[::1]:4101/graphql' },
    { GATEWAY_JWKS: 'https://gateway.example/.well-known/jwks.json' },
    { GATEWAY_JWKS: 'keys.json' },
    { DATABASE_URL: 'postgres://a@db.example/b?sslmode=require' },
    { DATABASE_URL: 'postgres://a@%2Fvar%2Frun%2Fpostgresql/b' },
  ])('what is encrypted, or stays on the machine, is taken: %j', (env) => {
    expect(problemsOf({ ...production, ...env })).toEqual([])
  })
})

describe('names that are nearly ours', () => {
  it.each([
    ['AUDIENC', 'AUDIENCE'],
    ['ISSUER_FILE', 'ISSUERS_FILE'],
    ['SOCIALCARE_DATABASE_URL', 'SOCIAL_CARE_DATABASE_URL'],
    ['POLCE_SUBGRAPH_URL', 'POLICE_SUBGRAPH_URL'],
  ])('are found: %s', (name, meant) => {
    expect(misspelt([name], variableNames)).toEqual([[name, meant]])
  })

  it.each(['PATH', 'HOME', 'HOSTNAME', 'LANG', 'PORT', 'TEST_DATABASE_URL', 'NODE_OPTIONS', 'KEYS_DIR', 'PWD'])(
    'what a machine sets for itself is not: %s',
    (name) => {
      expect(misspelt([name], variableNames)).toEqual([])
    },
  )
})

describe('what is shown', () => {
  it('masks passwords and everything in a query string', () => {
    expect(maskUrl('postgres://user:hunter2@db/x?sslpassword=hunter3')).not.toMatch(/hunter/)
    const shown = JSON.stringify(
      describeConfig(
        readConfig({ DATABASE_URL: 'postgres://user:hunter2@db.example/x?sslmode=verify-full', DEMONSTRATION: 'on' }),
      ),
    )
    expect(shown).toContain('db.example')
    expect(shown).not.toContain('hunter2')
  })
})
