import type { SubjectMessage } from '../subjectAccess/subjectAccess.ts'
import { kindNamed, kinds } from './kinds/index.ts'
import type { StoredMessage } from './message.ts'
import type { MessageStore } from './messageStore.ts'

interface Asking {
  readonly childId: string
  /** Organisations of the controller whose file it is. */
  readonly organisations: readonly string[]
  /** ISO date. */
  readonly day: string
}

/** What a controller sent about a child, as the one it is about may read of it on a day, oldest first. */
export async function messagesForSubject(store: MessageStore, asking: Asking): Promise<readonly SubjectMessage[]> {
  const { childId, organisations } = asking
  const sent = await store.sentAbout(childId, organisations, toldKinds)
  return sent.flatMap((message) => ofSubject(message, asking))
}

const toldKinds = kinds.filter(({ subjectReadsFrom }) => subjectReadsFrom !== undefined).map(({ name }) => name)

/**
 * Who was not told of a report does not read of it in a file before that has been thought over again. What others sent
 * to the controller is in no file: it would name who reported.
 */
export function ofSubject(
  { heading, recipients }: StoredMessage,
  { day, organisations }: Omit<Asking, 'childId'>,
): readonly SubjectMessage[] {
  const { fields, from, kind: name, sentAt } = heading
  const { subjectReadsFrom, title } = kindNamed(name)
  const opensOn = subjectReadsFrom?.(fields) ?? null
  if (!organisations.includes(from.organisation) || opensOn === null || opensOn > day) return []
  const to = [...new Set(recipients.flatMap(({ mailbox, party }) => (mailbox === null ? [] : [party])))]
  return [{ sentAt, title, to }]
}
