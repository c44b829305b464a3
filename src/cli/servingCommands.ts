import type { Command } from 'commander'
import { agencies } from '../foundation/agencies.ts'
import type { CommandContext } from './commandContext.ts'
import { child } from './commands/child.ts'
import { clock } from './commands/clock.ts'
import { demo } from './commands/demo.ts'
import { start } from './commands/start.ts'
import { subgraph, supergraph } from './commands/subgraph.ts'
import { subjectAccess } from './commands/subjectAccess.ts'
import { token } from './commands/token.ts'
import { allowToken, denyToken } from './commands/tokenDenial.ts'
import { transfer, transferVerify } from './commands/transfer.ts'

/** Commands that serve. */
export const addServing = (program: Command, context: () => CommandContext): void => {
  program
    .command('start')
    .description('serve the gateway; with nothing set, the demonstration on 127.0.0.1:4000')
    .option('--host <address>', 'HOST')
    .option('--port <number>', 'PORT')
    .option('--data-dir <folder>', 'DATA_DIR')
    .action((options) => start(context(), options))
  program
    .command('demo')
    .description('tell the main job as a story, on a gateway of its own, and check every step')
    .option('--data-dir <folder>', 'keep the data in this folder; a temporary one when left out')
    .action((options) => demo(context(), options))
  program
    .command('clock')
    .description('wind the clock of the demonstration ahead, so that what is due falls due')
    .argument('[by]', '+30m, +3h, +2d, +1w, or reset; tells where it stands when left out')
    .action((by) => clock(context(), by))
  program
    .command('subgraph')
    .description('serve one agency, or one holder of it, alone as an Apollo Federation 2 subgraph')
    .argument('<agency>', `${agencies.join(', ')}, core, or the id of a holder`)
    .option('--port <number>', 'PORT')
    .option('--sdl', 'print its schema for a router, and serve nothing')
    .action((agency, options) => subgraph(context(), agency, options))
  program
    .command('supergraph')
    .description('print the composed supergraph')
    .action(() => supergraph(context()))
}

/** Commands that ask a running gateway. */
export const addAsking = (program: Command, context: () => CommandContext): void => {
  const tokens = program
    .command('token')
    .description('print an access token of a running demonstration, or deny one: token deny, token allow')
    .option('--as <persona>', 'for example mash-analyst; `start` lists them')
    .option('--purpose <purpose>', "another purpose than the persona's own, for example S47_ENQUIRY")
    .option('--dpop', 'bind it to a new key, and print the header lines of one request for `curl -H @-`')
    .option('--url <address>', 'where the gateway is')
    .action((options) => token(context(), options))
  addDenial(tokens, context)
  program
    .command('child')
    .description('print the joined view of one child')
    .argument('<id>', 'for example C04')
    .requiredOption('--as <persona>', 'for example mash-analyst')
    .option('--purpose <purpose>', "another purpose than the persona's own")
    .option('--as-of <day>', 'only what was recorded by then, for example 2026-08-31')
    .option('--first <number>', 'how many of the latest events', '15')
    .option('--url <address>', 'where the gateway is')
    .action((id, options) => child(context(), id, options))
  program
    .command('subject-access')
    .description("put together a child's file for the one it is about, for a person to read through first")
    .argument('<id>', 'for example C05')
    .option('--as <persona>', 'who prepares it', 'information-governance')
    .option('--out <file>', 'write it to a new file that only you can read')
    .option('--url <address>', 'where the gateway is')
    .action((id, options) => subjectAccess(context(), id, options))
  const transfers = program
    .command('transfer')
    .description('print a transfer summary, or verify a signed one: transfer verify <file>')
    .argument('<id>', 'the transfer')
    .option('--as <persona>', 'for example receiving-officer', 'receiving-officer')
    .option('--purpose <purpose>', "another purpose than the persona's own")
    .option('--out <file>', 'write the signed record to a file, and its receipt beside it')
    .option('--items', 'print every item of every section')
    .option('--url <address>', 'where the gateway is')
    .action((id, options) => transfer(context(), id, options))
  transfers
    .command('verify')
    .description('verify a signed record; needs no gateway when the key is a file')
    .argument('<file>', 'the signed record')
    .option('--key <file>', 'JWK or JWK set, a file or an address; the running gateway when left out')
    .option('--receipt <file>', 'verify as well that the audit log records this very record')
    .option('--log-key <file>', 'public key of the audit log; the running gateway when left out')
    .action((file, options) => transferVerify(context(), file, options))
  for (const command of transfers.commands) command.exitOverride()
}

const addDenial = (tokens: Command, context: () => CommandContext): void => {
  const named = (name: string, description: string): Command =>
    tokens
      .command(name)
      .description(description)
      .option('--token-id <jti>', 'one token')
      .option('--subject <sub>', 'a practitioner')
      .option('--client <client_id>', 'a system')
      .option('--issuer <issuer>', 'only when this issuer says so')
      .exitOverride()
  named('deny', 'refuse a token, a practitioner or a system from the next request on')
    .option('--until <instant>', 'for a time only')
    .option('--reason <text>', 'for whoever reads the list later')
    .action((options) => denyToken(context(), options))
  named('allow', 'take off the list what deny put on it').action((options) => allowToken(context(), options))
}
