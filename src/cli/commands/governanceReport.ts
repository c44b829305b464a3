import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sameSurnameAccesses } from '../../audit/sameSurnameAccess.ts'
import { readConfig } from '../../foundation/config.ts'
import { linkageModelFrom } from '../../identity/readLinkageModel.ts'
import { labels } from '../../policy/labels.ts'
import { hashOfPack, type Pack, purposeIn } from '../../policy/pack.ts'
import { packInForce, packsOf } from '../../policy/packInForce.ts'
import { labelWords } from '../../policy/policyWords.ts'
import { rolesOfPack } from '../../policy/roleNames.ts'
import { usualHome } from '../../policy/usualSituation.ts'
import { type Purpose, purposes } from '../../policy/vocabulary.ts'
import { ordinaryChild, whatIf } from '../../policy/whatIf.ts'
import { agreementsIn } from '../../registers/agreements.ts'
import { casesIn } from '../../registers/governanceCases.ts'
import { retentionRules } from '../../registers/retention.ts'
import type { Database } from '../../store/database.ts'
import { preparesSubjectAccess } from '../../subjectAccess/subjectAccess.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { familyNameIn, readStaff } from '../staffFile.ts'
import { inWords } from '../terminalText.ts'
import { inGateway } from './governanceRegisters.ts'

const templates = fileURLToPath(new URL('../../../docs/governance', import.meta.url))

/**
 * `wholeview governance report --out <folder>`: the templates of docs/governance, filled from pack, registers and log.
 */
export const governanceReport = (
  context: CommandContext,
  { out, staff, measure = false }: { readonly out: string; readonly staff?: string; readonly measure?: boolean },
): Promise<void> =>
  inGateway(context, async (database, now) => {
    const config = readConfig(context.env)
    const today = (config.demonstrationAsOf ?? now).toISOString().slice(0, 10)
    const pack = packInForce(packsOf(config), config, today)
    const ownName = await ownNamePart(database, staff)
    const origins = await originsPart(measure, config.identityModel)
    const parts = { ...ofPack(pack), ...(await ofRegisters(database, now)), ownName, origins, asOf: asOf(now, today) }
    const written = readdirSync(templates)
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .map((name) => [name, filled(readFileSync(join(templates, name), 'utf8'), parts)] as const)
    try {
      mkdirSync(out, { recursive: true, mode: 0o700 })
      for (const [name, text] of written) writeFileSync(join(out, name), text, { mode: 0o600, flag: 'wx' })
    } catch (cause) {
      throw new CommandFailure(`The folder ${out} could not be written, or holds a report already.`, { cause })
    }
    const names = written.map(([name]) => name)
    const { terminal } = context
    terminal.out(terminal.json ? JSON.stringify({ out, files: names }) : `Written to ${out}: ${names.join(', ')}.`)
  })

/** Log and registers go by the machine's clock; the pack, and in the demonstration the records, by their own day. */
const asOf = (now: Date, today: string): string => {
  const day = now.toISOString().slice(0, 10)
  return day === today ? day : `${day} (the demonstration reads records, and takes its pack, as of ${today})`
}

/** Every `{{name}}` by its part; one that nothing fills is a fault of the template and is said. */
export function filled(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name]
    if (part === undefined) throw new CommandFailure(`The template asks for ${name}, which nothing fills.`)
    return part
  })
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`
const tableOf = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...(lines.length > 0 ? lines : [head.map(() => 'none')]).map(row)].join('\n')

/** Two purposes open no record by the pack, and what they are for by a rule of their own. */
const openTo = (pack: Pack, purpose: Purpose): string => {
  const governs = `${inWords(preparesSubjectAccess)} of the authority that answers for the child`
  if (purpose === 'SUBJECT_ACCESS') return `${governs}: the file for the one whom it is about, and nothing else`
  if (purpose === 'AUDIT') return `${governs}: logs and registers, and no record`
  return purposeIn(pack, purpose).openTo.map(inWords).join(', ') || 'nobody'
}

/** What follows from the pack alone: who may see what, for what, on which ground. */
const ofPack = (pack: Pack): Readonly<Record<string, string>> => ({
  pack: `${pack.title} (\`${pack.id}\`, from ${pack.effectiveFrom})`,
  packHash: hashOfPack(pack),
  sources: pack.sources.map(({ title, cite }) => `- ${title}: ${cite}`).join('\n'),
  categories: tableOf(
    ['What', 'Class', 'Opened by', 'Ground'],
    labels.map((label) => {
      const { class: kind, gate, legalBasis } = pack.labels[label]
      return [labelWords[label], inWords(kind), gate, legalBasis]
    }),
  ),
  purposes: tableOf(
    ['Purpose', 'Open to'],
    purposes.map((purpose) => [inWords(purpose), openTo(pack, purpose)]),
  ),
  whoMaySee: tableOf(
    ['Role', 'Usual purpose', 'In full', 'Headline', 'Under a substitute'],
    [...rolesOfPack(pack)].map(([role, { type, asks: purpose }]) => {
      const seen = whatIf(pack, {
        caller: { role, purpose, agencyType: type },
        child: ordinaryChild,
        consentFor: () => 'NONE',
        homeOf: (label) => usualHome[label],
      })
      const given = (what: string) =>
        seen
          .filter((each) => each.given === what)
          .map((each) => `${labelWords[each.label]}${each.ownRows ? ' (own rows)' : ''}`)
          .join('; ')
      return [inWords(role), inWords(purpose), given('CONTENT'), given('HEADLINE'), given('SUBSTITUTE')]
    }),
  ),
})

/** Who looked at a child of their own family name, or of a parent's or guardian's. */
async function ownNamePart(database: Database, file: string | undefined): Promise<string> {
  if (file === undefined) return 'Not looked for: a token names no person. Give `--staff` a file of subjects and names.'
  const looks = await sameSurnameAccesses(database, readStaff(file), familyNameIn)
  return tableOf(
    ['Person', 'Organisation', 'Role', 'Child', 'Day'],
    looks.map(({ subject, organisation, role, childId, day }) => [subject, organisation, inWords(role), childId, day]),
  )
}

/** How the model in use errs by name origin. It takes seconds, so it is measured where it is asked for. */
async function originsPart(measure: boolean, model: string | null): Promise<string> {
  if (!measure) return 'Not measured: give `--measure`.'
  const { errorsByOrigin, measuredOn } = await import('../../../lab/linkage/evaluationTools.ts')
  const { children, searches, seed } = measuredOn
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  return [
    `Measured with the model in use on ${children} invented people (seed ${seed}), by ${searches} searches without a number,`,
    'one person in thirty-three not on file. It stands on no record of a real person, and a group of few searches says',
    'little: a difference of some points is chance there. Asked means that a person decides, missed that nobody could.',
    '',
    tableOf(
      ['Origin', 'Searches', 'Found', 'Asked', 'Missed', 'Wrong'],
      errorsByOrigin(linkageModelFrom(model)).map(({ origin, searches: of, found, asked, missed, wrong }) => [
        ...[origin.replace(/[A-Z]/g, (letter) => ` and ${letter.toLowerCase()}`), String(of)],
        ...[found, asked, missed, wrong].map(percent),
      ]),
    ),
  ].join('\n')
}

/** What the registers and the notices that follow from the log say. */
async function ofRegisters(database: Database, now: Date): Promise<Readonly<Record<string, string>>> {
  const at = now.toISOString()
  const [agreements, cases, rules] = await Promise.all([
    agreementsIn(database),
    casesIn(database),
    retentionRules(database),
  ])
  const counted = async (name: string, text: string) =>
    (await database.rows({ name, text, values: [] })).map((line) => line.map((cell) => cell ?? ''))
  const outside = await counted(
    'report_outside',
    `select la, organisation, role, purpose, count(distinct child_id)::text, count(*)::text from gateway.access_notice
      group by la, organisation, role, purpose order by count(distinct child_id) desc, 1, 2, 3, 4 limit 50`,
  )
  const unusual = await counted(
    'report_unusual',
    `select organisation, role, at::date::text, count(distinct child_id)::text from gateway.access_notice
      group by organisation, role, at::date having count(distinct child_id) >= 20
      order by count(distinct child_id) desc, 1, 2, 3 limit 50`,
  )
  const glass = await counted(
    'report_glass',
    `select session.organisation, session.role, count(*)::text,
      count(*) filter (where review.closed_at is null)::text from gateway.break_glass session
      join gateway.review review on review.break_glass_id = session.id
      group by 1, 2 order by count(*) desc, 1, 2 limit 50`,
  )
  const barred = await counted(
    'report_barred',
    `select owner, count(*)::text, count(*) filter (where discharged_at is null)::text from gateway.obligation
      where kind = 'REVIEW_BARRED_LOOK' group by owner order by owner`,
  )
  const emergencies = await counted(
    'report_emergencies',
    `select owner, count(*)::text, count(*) filter (where discharged_at is null)::text from gateway.obligation
      where kind = 'CONFIRM_EMERGENCY' group by owner order by count(*) desc, owner limit 50`,
  )
  const decided = await counted(
    'report_identity',
    `select verdict, count(*)::text from gateway.link_event group by verdict order by verdict`,
  )
  return {
    agreements: tableOf(
      ['Organisation', 'From', 'To', 'Purposes', 'Document', 'With', 'Confirmed by'],
      agreements.map(({ organisation, from, to, purposes: named, document, parties, confirmedBy }) => [
        ...[
          organisation,
          from,
          to ?? 'open',
          named?.join(', ') ?? 'every purpose',
          document,
          parties?.join(', ') ?? '',
          confirmedBy ?? 'nobody yet: it opens nothing',
        ],
      ]),
    ),
    ending: tableOf(
      ['Organisation', 'Ends'],
      agreements.flatMap(({ organisation, to }) =>
        to !== null && to >= at.slice(0, 10) && Date.parse(to) - now.getTime() < 90 * 86_400_000
          ? [[organisation, to]]
          : [],
      ),
    ),
    cases: tableOf(
      ['Kind', 'Controller', 'Received', 'Answer by', 'State'],
      cases.map(({ kind, controller, receivedOn, dueAt, closedAt }) => [
        ...[inWords(kind), controller, receivedOn, dueAt],
        closedAt !== null ? 'closed' : dueAt < at ? 'OVERDUE' : 'open',
      ]),
    ),
    retention: tableOf(
      ['Register', 'Kept', 'Basis', 'Approved by'],
      rules.map(({ register, keepDays, basis, approvedBy }) => [
        ...[register, `${keepDays} days after it is over`, basis, approvedBy ?? 'nobody yet'],
      ]),
    ),
    outside: tableOf(['Authority told', 'Organisation', 'Role', 'Purpose', 'Different children', 'Looks'], outside),
    unusual: tableOf(['Organisation', 'Role', 'Day', 'Different children'], unusual),
    glass: tableOf(['Organisation', 'Role', 'Sessions', 'Not yet reviewed'], glass),
    barred: tableOf(['Who is told', 'Looks', 'Not yet reviewed'], barred),
    emergencies: tableOf(['Organisation', 'Declared', 'Not yet confirmed'], emergencies),
    identity: tableOf(['Event', 'How many'], decided),
  }
}
