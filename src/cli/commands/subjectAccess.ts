import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { askAs } from '../gatewayClient.ts'

export interface SubjectAccessOptions {
  readonly as: string
  readonly out?: string
  readonly url?: string
}

const query = `query SubjectAccess($id: ID!) { subjectAccess(childId: $id) {
  childId preparedAt preparedBy missing
  absent { agency category reason }
  sections { agency list beforeRelease records { id eventAt fields { name value } } }
  text } }`

const field = z.object({ name: z.string(), value: z.string() })
const shape = z.object({
  subjectAccess: z.object({
    childId: z.string(),
    preparedAt: z.string(),
    preparedBy: z.string(),
    missing: z.array(z.string()),
    absent: z.array(z.object({ agency: z.string(), category: z.string(), reason: z.string() })),
    sections: z.array(
      z.object({
        agency: z.string(),
        list: z.string(),
        beforeRelease: z.string(),
        records: z.array(z.object({ id: z.string(), eventAt: z.string().nullable(), fields: z.array(field) })),
      }),
    ),
    text: z.string(),
  }),
})

/**
 * `wholeview subject-access C05 --as information-governance`: the file of a child for the one it is about, to be read
 * through first.
 */
export const subjectAccess = async (
  context: CommandContext,
  id: string,
  options: SubjectAccessOptions,
): Promise<void> => {
  const asker = { url: gatewayUrl(context, options.url), persona: options.as, purpose: 'SUBJECT_ACCESS' as const }
  const { data } = await askAs(asker, query, { id }, shape)
  const { text, ...file } = data.subjectAccess
  const written = context.terminal.json ? `${JSON.stringify(file, null, 2)}\n` : text
  if (options.out === undefined) return context.terminal.out(written.trimEnd())
  try {
    writeFileSync(options.out, written, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new CommandFailure(`The file ${options.out} could not be written, or is there already.`, { cause })
  }
  context.terminal.out(`Written to ${options.out}. Nobody but a person decides that it may leave.`)
}
