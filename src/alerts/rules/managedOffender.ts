import { textOf } from '../../records/currentRows.ts'
import { mash, police, socialWorker } from '../audience.ts'
import { found } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** Who the adult is stays with the police; that they must be rung now does not. */
export const managedOffender = rule({
  code: 'MANAGED_OFFENDER_ASSOCIATION',
  version: 1,
  rule: 'A child who is linked with an adult whom a force manages as an offender: the force is rung now.',
  source: 'Serious case review of Child Q and Child S (2016), 15 to 17 and 61: monitored by another force',
  audience: [socialWorker, mash, police],
  clears: 'The managing force’s word that it was told, and what was agreed with it.',
  needs: { police: { managedOffenders: ['managingForce', 'contact'] } },
  on: [['police.managedOffenders']],
  find: ({ rows }) =>
    rows('police', 'managedOffenders').map((row) => {
      const [force, contact] = [textOf(row, 'managingForce'), textOf(row, 'contact')]
      return found({
        of: [row],
        details: { ...(force ? { force } : {}), ...(contact ? { contact } : {}) },
        text: `Contact the police now${force ? `: force ${force} manages the adult` : ''}${contact ? `. ${contact}` : ''}.`,
      })
    }),
})
