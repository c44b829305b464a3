import { z } from 'zod'
import type { Addressee, Fields, StoredMessage } from '../message.ts'
import type { Due, MessageKind, Sending, Speaker } from '../messageKind.ts'
import { decision, shape, shortText, text, textIn } from '../messageKind.ts'
import { type Procedures, spanEnd, spanWords } from '../procedures.ts'
import { addressee, named } from '../resolveAddressee.ts'

const numberIn = (fields: Fields, name: string): number => {
  const value = fields[name]
  return typeof value === 'number' ? value : 1
}

/** The stage that a disagreement has reached, counted from 1. */
export const stageOf = ({ heading, events }: StoredMessage): number =>
  Math.max(numberIn(heading.fields, 'stage'), ...events.map(({ fields }) => numberIn(fields, 'stage')))

/** When a stage that begins is to be resolved. */
export function stageDue(procedures: Procedures, stage: number, from: Date): Due {
  const found = procedures.disagreement.stages[stage - 1]
  if (!found) return { at: null, rule: 'There is no further stage.' }
  const name = `Stage ${stage}: ${found.name}`
  if (found.within === null) return { at: null, rule: `${name}; a time that both sides accept; ${procedures.title}` }
  return {
    at: spanEnd(procedures, found.within, from),
    rule: `${name}, ${spanWords(found.within)}; ${procedures.title}`,
  }
}

/** A stage follows on the one before: it begins when that one ran out, or when somebody moved it on before that. */
export function nextStage(message: StoredMessage, { now, procedures }: Pick<Sending, 'now' | 'procedures'>) {
  const stage = stageOf(message) + 1
  if (stage > procedures.disagreement.stages.length) return null
  const last =
    message.events.findLast(({ recipient, dueAt }) => recipient === null && dueAt !== null) ?? message.heading
  const from = last.dueAt !== null && Date.parse(last.dueAt) < now.getTime() ? new Date(last.dueAt) : now
  return { stage, ...stageDue(procedures, stage, from) }
}

/** Whoever the stage brings in: the managers of the side that was asked, where that is an authority. */
function managersOf(stage: number, sending: Sending, asked: string | undefined): readonly Addressee[] {
  const service = sending.procedures.disagreement.stages[stage - 1]?.service
  if (!service || !asked || !sending.registry.authorities.has(asked)) return []
  return [{ party: asked, service, duty: 'ANSWER' }]
}

/**
 * Whoever raised it, and at a stage that brought in a service that service: nobody whose decision is challenged ends
 * the challenge over the heads of those who were called in to judge it. Where none was called in, both sides may.
 */
export function mayResolve(message: StoredMessage, { isSender, services }: Speaker, procedures: Procedures): boolean {
  const service = procedures.disagreement.stages[stageOf(message) - 1]?.service
  if (isSender || !service || !message.recipients.some((each) => each.service === service && each.mailbox !== null))
    return true
  return services.includes(service)
}

/** An urgent one does not wait for the stages before. */
const firstStage = (fields: Fields, { procedures: { disagreement: rules } }: Sending): number =>
  fields['urgent'] === true ? Math.min(rules.urgentStage, rules.stages.length) : 1

/**
 * Professionals who do not agree say so, in stages, with a clock. Safe practice asks for it; reviews found that it was
 * not used.
 */
export const disagreement: MessageKind = {
  name: 'DISAGREEMENT',
  version: 1,
  title: 'Professional disagreement',
  source:
    'Local procedures for the resolution of professional disagreement; reviews found verbal challenge without escalation',
  mutation: 'raiseDisagreement',
  fields: shape({
    childId: z.string().trim().min(1).max(100),
    /** The message that it is about: an outcome that is challenged, for example. */
    about: z.string().trim().max(100).nullish(),
    to: addressee,
    subject: shortText,
    reasons: text,
    wanted: text,
    urgent: z.boolean(),
    stage: z.number().int().nullish(),
  }),
  namesOthers: ['to'],
  from: null,
  child: 'PARTY',
  to: (fields, sending) => {
    const asked = named(fields['to'], sending, 'ANSWER')
    return [...asked, ...managersOf(firstStage(fields, sending), sending, asked[0]?.party)]
  },
  told: 'NAMED',
  complete: (fields, sending) => ({ ...fields, stage: firstStage(fields, sending) }),
  due: (fields, { now, procedures }) => stageDue(procedures, numberIn(fields, 'stage'), now),
  dueIsOfWhole: () => true,
  overdueCode: 'DISAGREEMENT_STAGE_OVERDUE',
  answers: [
    {
      name: 'RESPONSE',
      mutation: 'respondToDisagreement',
      by: 'ADDRESSEE',
      fields: shape({ response: text }),
      settles: null,
      shared: true,
    },
    {
      name: 'STAGE',
      mutation: 'escalateMessage',
      by: 'EITHER',
      fields: shape({ reason: text, stage: z.number().int().nullish() }),
      settles: null,
      shared: true,
      complete: (fields, sending, message) => ({
        ...fields,
        stage: nextStage(message, sending)?.stage ?? stageOf(message),
      }),
      due: (_, sending, message) => nextStage(message, sending),
      alsoTo: (_, sending, message) => {
        const next = nextStage(message, sending)
        return next ? managersOf(next.stage, sending, message.recipients[0]?.party) : []
      },
      refuse: (_, sending, message) => (nextStage(message, sending) ? null : 'There is no further stage.'),
    },
    {
      name: 'RESOLUTION',
      mutation: 'resolveDisagreement',
      by: 'EITHER',
      fields: shape({ resolution: z.enum(['AGREED', 'CHANGED', 'UPHELD', 'WITHDRAWN']), reasons: text, ...decision }),
      settles: 'ALL',
      shared: true,
      openTo: mayResolve,
    },
  ],
}

/** What a disagreement is about, for the chronology. */
export const subjectOf = ({ heading }: StoredMessage): string => textIn(heading.fields, 'subject')
