import type { Command } from 'commander'
import type { CommandContext } from '../commandContext.ts'
import { auditErase } from './auditErase.ts'
import { auditMine } from './auditMine.ts'
import { auditProve } from './auditProve.ts'
import { auditReplay } from './auditReplay.ts'
import { auditRotate } from './auditRotate.ts'
import { auditVerify } from './auditVerify.ts'
import { auditWitness, auditWitnessKey } from './auditWitness.ts'

/** `wholeview audit …`: each command in a file of its own. */
export const addAudit = (program: Command, context: () => CommandContext): Command => {
  const audit = program
    .command('audit')
    .description('the audit log: verify, prove, mine, witness, replay, erase, rotate-key')
  audit
    .command('verify')
    .description('recompute the log from its first entry, or verify one receipt')
    .option('--kept <file...>', 'checkpoints that were kept elsewhere, to hold the log to')
    .option('--receipt <file>', 'verify this receipt instead; needs no gateway when the key is a file')
    .option('--key <file>', 'public key of the log: JWK, JWK set or /audit/keys; the running gateway when left out')
    .option('--witnesses <file>', 'list of witnesses who must have signed the receipt’s checkpoint')
    .action((options) => auditVerify(context(), options))
  audit
    .command('prove')
    .description('write a receipt for one entry')
    .argument('<entry>', 'id of the entry (x-audit-id), or its place in the log')
    .option('--as <persona>', 'ask a running gateway, as a recipient; the store is opened when left out')
    .option('--purpose <purpose>', "another purpose than the persona's own")
    .option('--url <address>', 'where the gateway is')
    .option('--witnessed', 'under the newest checkpoint that enough witnesses have signed')
    .option('--out <file>', 'write it to a file')
    .action((leaf, options) => auditProve(context(), leaf, options))
  audit
    .command('mine')
    .description('verify the log and list the disclosures to your own organisation')
    .requiredOption('--as <persona>', 'for example information-governance')
    .option('--purpose <purpose>', "another purpose than the persona's own")
    .option('--url <address>', 'where the gateway is')
    .option('--key <file>', 'public key of the log; the running gateway when left out')
    .option('--kept <file>', 'hold the log to the checkpoint in this file, and keep the newest there')
    .action((options) => auditMine(context(), options))
  audit
    .command('witness')
    .description('sign the newest checkpoint, when it continues the one seen before')
    .requiredOption('--key <file>', 'private JWK of the witness')
    .requiredOption('--name <name>', 'name under which the gateway lists the witness')
    .requiredOption('--state <file>', 'where the last checkpoint seen is kept')
    .option('--url <address>', 'where the gateway is')
    .option('--log-key <file>', 'public key of the log; the running gateway when left out')
    .option('--print', 'print the signature instead of handing it in')
    .action((options) => auditWitness(context(), options))
  audit
    .command('witness-key')
    .description('make a key for a witness, and print what the gateway lists')
    .requiredOption('--name <name>', 'name of the witness')
    .requiredOption('--out <file>', 'where the private key goes; it must not be there yet')
    .action((options) => auditWitnessKey(context(), options))
  audit
    .command('erase')
    .description('erase whom old entries concern; the log and its proofs stay')
    .requiredOption('--before <day>', 'for example 2020-01-01')
    .action((options) => auditErase(context(), options))
  audit
    .command('replay')
    .description('decide again what an entry recorded, from its facts and its pack')
    .argument('<entry>', "the entry's id, or its place in the log")
    .action((leaf) => auditReplay(context(), leaf))
  audit
    .command('rotate-key')
    .description('sign with a new key from here on; stop every gateway first')
    .action(() => auditRotate(context()))
  return audit
}
