import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { agencies } from '../../foundation/agencies.ts'
import { commandLine } from '../../foundation/checkoutOrPackage.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { makeKeys } from './keys.ts'

/** `wholeview init <folder>`: everything that a gateway in production needs, to be filled in. */
export const init = async ({ terminal }: CommandContext, name: string): Promise<void> => {
  const folder = resolve(name)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CommandFailure(`${folder} is not empty. Nothing was written.`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const keys = await makeKeys(join(folder, 'keys'))
  const files = { 'wholeview.yaml': configuration, 'registry.yaml': registry, 'issuers.yaml': issuers }
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text, { flag: 'wx', mode: 0o600 })
  const made = [...Object.keys(files), ...keys.map((key) => `keys: ${key}`)]
  terminal.out(terminal.json ? JSON.stringify({ folder, made }) : whatComesNext(folder, name))
}

const whatComesNext = (folder: string, name: string): string =>
  [
    `Written into ${folder}: wholeview.yaml, registry.yaml, issuers.yaml and keys. What comes next:`,
    ...[
      `Put the address of an empty PostgreSQL into ${name}/wholeview.yaml, or its file into DATABASE_URL_FILE.`,
      'Fill in registry.yaml and issuers.yaml: docs/operations.md shows both.',
      `export WHOLEVIEW_CONFIG=${join(folder, 'wholeview.yaml')}`,
      `${commandLine} config check`,
      `${commandLine} db migrate`,
      `${commandLine} doctor`,
      `${commandLine} agreements add <organisation> --from <day> --title <text> --document <reference> --by <you>`,
      `${commandLine} identity resolve`,
      `${commandLine} start`,
    ].map((step, at) => `  ${at + 1}. ${step}`),
    `Keep a backup of ${join(folder, 'keys')} where the database's is not.`,
  ].join('\n')

const configuration = `# Settings of this gateway. Each key is a variable of docs/operations.md in small letters; the environment is stronger
# than this file. A path is meant from here. A secret may be in a file of its own: DATABASE_URL_FILE in the environment.
node_env: production
host: 127.0.0.1
port: 4000

# The gateway's own store. Agencies that have no database of their own below are here too.
# database_url: postgres://wholeview@db.internal/wholeview

# What access tokens must be for.
# audience: https://wholeview.example/graphql

registry_file: registry.yaml
issuers_file: issuers.yaml
keys_dir: keys
data_dir: data

# An agency's own database, and where its tables are of another make the mapping of them: a file, or one of those that come
# with the product (ssd). Agencies: ${agencies.join(', ')}.
# social_care_database_url: postgres://reader@ssd.internal/ssd
# social_care_mapping: socialCare.yaml
`

const registry = `# The authorities and forces of the partnership, and whom to ask. docs/registry.schema.json says what each key is.
authorities: []
#  - code: LA2
#    name: Eastvale
#    dfeCode: '992'
#    gssCode: E06999992
#    force: F1
#    contact: Eastvale children's social care front door, 01632 960012
forces: []
#  - code: F1
#    name: Force 1
#    contact: Force 1 public protection desk, 01632 960021
contacts: {}
#  socialCare: Children's social care front door, 01632 960340
`

const issuers = `# Whose access tokens are believed, and for which organisations, roles and purposes. docs/issuers.schema.json says what each
# key is. Nobody is let in while this is empty, and the gateway does not start.
[]
# - issuer: https://login.example
#   jwksUri: https://login.example/jwks.json
#   algorithms: [ES256]
#   maxLifetimeSeconds: 300
#   organisations:
#     - code: LA2-CSC
#       agencyType: SOCIAL_CARE
#       la: LA2
#       force: null
#       roles:
#         - role: SOCIAL_WORKER
#           purposes: [ASSESSMENT_S17, S47_ENQUIRY]
`
