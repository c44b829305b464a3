import { fileURLToPath } from 'node:url'
import { buildSchema, isObjectType } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSubgraphSdls, type SubgraphSdls } from '../../src/federation/subgraphFiles.ts'
import { agencySubgraphSdl } from '../../src/federation/subgraphSdl.ts'
import { composeSupergraph, type Supergraph } from '../../src/federation/supergraph.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { sdlOf } from './support/agency.ts'

const schemaFolder = fileURLToPath(new URL('../../schema', import.meta.url))
let sdls: SubgraphSdls
let supergraph: Supergraph

const urls = Object.fromEntries(['core', ...agencies].map((name) => [name, `https://${name}.example/graphql`]))

beforeAll(async () => {
  sdls = await readSubgraphSdls(schemaFolder)
  const composed = composeSupergraph(sdls, urls)
  if ('problems' in composed) throw new Error(composed.problems.join('\n'))
  supergraph = composed
})

describe('the supergraph', () => {
  it('composes, and gives Child every field of the gateway', () => {
    const child = buildSchema(supergraph.publicSdl).getType('Child')
    const fields = isObjectType(child) ? Object.keys(child.getFields()) : []
    expect(fields).toEqual(expect.arrayContaining([...agencies, 'status', 'sources', 'chronology', 'missing']))
  })

  it('has every query and mutation of the gateway', () => {
    const schema = buildSchema(supergraph.publicSdl)
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(['child', 'children', 'findChild', 'transferSummary', 'accessLog']),
    )
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toContain('requestTransfer')
  })

  it.each(agencies)('offers no client the grant of %s, and requires it for the records', (agency) => {
    expect(supergraph.publicSdl).not.toContain(`${agency}Grant`)
    expect(supergraph.supergraphSdl).toContain(`requires: "${agency}Grants"`)
  })

  it('carries descriptions to clients, and no label', () => {
    expect(supergraph.publicSdl).toContain('What the police hold.')
    expect(supergraph.publicSdl).not.toContain('@label')
    expect(supergraph.supergraphSdl).not.toContain('@label')
  })

  it('is refused when a subgraph has no address', () => {
    expect(composeSupergraph(sdls, { ...urls, police: '' })).toEqual({
      problems: ['The subgraph police has no address.'],
    })
  })

  it('is refused when a grant would be public', () => {
    const core = sdls.core.replace('policeGrants: [String!] @inaccessible', 'policeGrants: [String!]')
    expect(composeSupergraph({ ...sdls, core }, urls)).toEqual({
      problems: ['Child.policeGrants must not be in the public schema.'],
    })
  })

  it('is refused when two agencies disagree about a shared type', () => {
    const police = sdls.police.replace('recordedBy: String', 'recordedBy: Int')
    expect(composeSupergraph({ ...sdls, police }, urls)).toHaveProperty('problems')
  })
})

describe('the subgraph of an agency', () => {
  it.each(agencies)('%s names no type of another agency and keeps its labels', (agency) => {
    for (const other of agencies.filter((name) => name !== agency)) expect(sdls[agency]).not.toContain(`${other}Grant`)
    expect(sdls[agency]).toContain('@label(is:')
  })

  it('has no types that it does not use', () => {
    expect(sdls.police).not.toContain('scalar NHSNumber')
    expect(sdls.police).not.toContain('type Query')
  })

  it('is refused when its file adds more to Child than its own field', () => {
    const sdl = sdlOf('police').replace('police: PoliceRecord', 'police: PoliceRecord health: String')
    expect(() => agencySubgraphSdl('police', sdlOf('shared'), sdl)).toThrow('schema/police.graphql must extend Child')
  })
})
