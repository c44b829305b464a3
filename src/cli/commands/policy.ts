import { existsSync } from 'node:fs'
import { readConfig } from '../../foundation/config.ts'
import { StartupError } from '../../foundation/errors.ts'
import { ballotOf } from '../../policy/ballot.ts'
import { diffPacks } from '../../policy/diffPacks.ts'
import { labels } from '../../policy/labels.ts'
import { hashOfPack, type Pack, readPack, readPacks } from '../../policy/pack.ts'
import { packInForce, packsOf } from '../../policy/packInForce.ts'
import { labelWords } from '../../policy/policyWords.ts'
import { rolesOfPack } from '../../policy/roleNames.ts'
import { ruleChanges } from '../../policy/ruleChanges.ts'
import { usualHome } from '../../policy/usualSituation.ts'
import { type Purpose, purposes, type Role, type RoleLine } from '../../policy/vocabulary.ts'
import { ordinaryChild, whatIf } from '../../policy/whatIf.ts'
import { ballotTable, rulesTable } from '../ballotTable.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../commandFailure.ts'
import { count, inWords, table } from '../terminalText.ts'

export interface PolicyOptions {
  readonly pack?: string
  readonly role?: string
  readonly purpose?: string
}

/** `wholeview policy show`: the pack as a table, or what one role would be given for one purpose, and by which rule. */
export const policyShow = (context: CommandContext, options: PolicyOptions): void => {
  const { terminal } = context
  const pack = packOf(context, options.pack)
  const said = `${pack.title} (${pack.id}, from ${pack.effectiveFrom}, ${hashOfPack(pack).slice(0, 12)})`
  if (options.role === undefined) {
    if (options.purpose !== undefined) throw new UsageFailure('--purpose is asked of a role: name one with --role.')
    if (terminal.json) terminal.out(JSON.stringify({ hash: hashOfPack(pack), pack }))
    else terminal.out(`${terminal.bold(said)}\n\n${labelTable(pack)}`)
    return
  }
  const [role, { type, asks }] = roleOf(options.role, pack)
  const purpose = options.purpose === undefined ? asks : purposeOf(options.purpose)
  const rows = whatIf(pack, {
    caller: { role, purpose, agencyType: type },
    child: ordinaryChild,
    consentFor: () => 'NONE',
    homeOf: (label) => usualHome[label],
  })
  if (terminal.json) {
    terminal.out(JSON.stringify({ pack: pack.id, hash: hashOfPack(pack), role, purpose, rows }))
    return
  }
  const assumed = 'A child of 14 with whom the organisation works; no sign of harm, no consent on file, nothing marked.'
  const lines = rows.map((row) => [
    labelWords[row.label],
    `${row.given.toLowerCase()}${row.ownRows ? ', own rows' : ''}`,
    row.reason,
    row.rule,
    row.legalBasis,
  ])
  terminal.out(
    `${terminal.bold(`${inWords(role)}, ${inWords(purpose)}`)}\n${said}\n${assumed}\n\n${table([['what', 'given', 'code', 'rule', 'legal source'], ...lines])}`,
  )
}

const labelTable = (pack: Pack): string =>
  table([
    ['what', 'class', 'gate', 'read in full by', 'headline to', 'hidden from'],
    ...labels.map((label) => {
      const { class: kind, gate, access, hiddenFrom } = pack.labels[label]
      const listed = (level: string) =>
        access
          .filter((entry) => entry.level === level)
          .map((entry) => `${entry.roles.map(inWords).join(', ')}${conditionsOf(entry)}`)
          .join('; ')
      const hidden = hiddenFrom === 'ALL_OTHERS' ? 'all others' : hiddenFrom.map(inWords).join(', ')
      return [labelWords[label], kind.toLowerCase(), gate, listed('CONTENT'), listed('HEADLINE'), hidden]
    }),
  ])

const conditionsOf = ({
  purposes: only,
  paths,
  onHarm,
  scope,
}: Pack['labels']['ADOPTION']['access'][number]): string => {
  const terms = [
    only ? only.map(inWords).join(', ') : '',
    paths ? `${paths.map(inWords).join(' and ')} path` : '',
    onHarm ? 'reasonable cause' : '',
    scope ? `${scope.toLowerCase()} records` : '',
  ]
  const said = terms.filter((term) => term !== '').join(', ')
  return said === '' ? '' : ` (${said})`
}

/** `wholeview policy diff`: who gains, who loses, which label, for which purpose; and what is said of the rules. */
export const policyDiff = (context: CommandContext, before: string, after: string): void => {
  const packs = [packOf(context, before), packOf(context, after)] as const
  const changes = diffPacks(...packs)
  const rules = ruleChanges(...packs)
  if (context.terminal.json) {
    context.terminal.out(JSON.stringify([...changes, ...rules]))
    return
  }
  if (changes.length + rules.length === 0) {
    context.terminal.out('Nobody gains or loses anything.')
    return
  }
  const { lines, otherGround } = ballotOf(changes)
  const losses = lines.filter(({ change }) => change === 'LOSES').length
  context.terminal.out(
    [
      `${before} to ${after}: ${count(lines.length, 'thing')} to vote on, ${losses} of them a loss.`,
      'About a child of 14 with whom everybody works and whose consent nobody sought, with and without reasonable cause.',
      `Beside these ${count(otherGround, 'decision')} would give as much as now on another ground: no vote is needed.`,
      ...(rules.length === 0
        ? []
        : [
            `What the packs say of the rules shows on no such child: ${count(rules.length, 'thing')} more to vote on.`,
            rulesTable(rules),
          ]),
      ballotTable({ lines }),
    ].join('\n'),
  )
}

/** `wholeview policy check`: whether a file is a whole pack. What is missing is reported all at once, as at a start. */
export const policyCheck = ({ terminal }: CommandContext, file: string): void => {
  if (!existsSync(file)) throw new UsageFailure('There is no such file.')
  const pack = wholePack(file)
  const hash = hashOfPack(pack)
  terminal.out(
    terminal.json
      ? JSON.stringify({ id: pack.id, hash, jurisdiction: pack.jurisdiction, effectiveFrom: pack.effectiveFrom })
      : `${pack.id} is whole: ${inWords(pack.jurisdiction)}, from ${pack.effectiveFrom}, SHA-256 ${hash}.`,
  )
}

function wholePack(file: string): Pack {
  try {
    return readPack(file)
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    throw new CommandFailure(
      ['This is no whole pack:', ...error.problems.map((problem) => `  - ${problem}`)].join('\n'),
    )
  }
}

/** `wholeview policy golden`: the golden decision table of a pack. */
export const policyGolden = async (context: CommandContext, options: PolicyOptions): Promise<void> => {
  const { goldenTable } = await import('../../../lab/policy/goldenTable.ts')
  context.terminal.out(goldenTable(packOf(context, options.pack)).trimEnd())
}

/** `wholeview policy cedar`: the pack as Cedar policies. */
export const policyCedar = async (context: CommandContext, options: PolicyOptions): Promise<void> => {
  const { cedarOf } = await import('../../../lab/policy/cedarExport.ts')
  context.terminal.out(cedarOf(packOf(context, options.pack)))
}

/** A pack by id or file; without one, the pack of today by configuration. */
function packOf({ env }: CommandContext, given: string | undefined): Pack {
  if (given === undefined) {
    const config = readConfig(env)
    const today = (config.demonstrationAsOf ?? new Date()).toISOString().slice(0, 10)
    return packInForce(packsOf(config), config, today)
  }
  if (existsSync(given)) return readPack(given)
  const packs = readPacks()
  const found = packs.find(({ id }) => id === given)
  if (!found) throw new UsageFailure(`There is no such pack or file. Packs: ${packs.map(({ id }) => id).join(', ')}.`)
  return found
}

function roleOf(text: string, pack: Pack): readonly [Role, RoleLine] {
  const known = rolesOfPack(pack)
  const found = [...known].find(([role]) => role === text)
  if (!found) throw new UsageFailure(`There is no such role. Roles: ${[...known.keys()].join(', ')}.`)
  return found
}

function purposeOf(text: string): Purpose {
  const purpose = purposes.find((each) => each === text)
  if (!purpose) throw new UsageFailure(`There is no such purpose. Purposes: ${purposes.join(', ')}.`)
  return purpose
}
