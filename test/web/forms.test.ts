import { coerceInputValue, isInputType, parse, typeFromAST } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../src/composition/catalogue.ts'
import { kinds } from '../../src/exchange/kinds/index.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { consentGivers } from '../../src/policy/facts.ts'
import { choicesOf, type FormField, fieldsOf } from '../../web/forms/fields.ts'
import { readForm } from '../../web/forms/read.ts'
import { operations } from '../../web/operations.ts'
import { endingOf, standingOf } from '../../web/pages/exchange/message.ts'
import { always, answerings, endings, sendings } from '../../web/pages/exchange/messageActs.ts'
import { registerActs } from '../../web/pages/registerActs.ts'
import { accessLine } from '../../web/words/accessLines.ts'
import { actTitle } from '../../web/words/actTitles.ts'
import { londonInstant } from '../../web/words/dates.ts'
import { actInWords, clockOf, fieldInWords, problemInWords, timeLeft, valueInWords } from '../../web/words/messages.ts'

type Schema = Awaited<ReturnType<typeof loadCatalogue>>['model']['schema']

/** What somebody who fills every question types. */
const typed = (field: FormField): Record<string, string> => {
  const { name } = field
  switch (field.kind) {
    case 'group':
      return Object.assign({}, ...field.fields.map(typed))
    case 'rows':
      return Object.assign({}, ...(field.rows[0] ?? []).map(typed))
    case 'choice':
      return { [name]: field.options[0]?.value ?? '' }
    case 'choices':
      return { [`${name}.${field.options[0]?.value}`]: 'on' }
    case 'tick':
      return { [name]: 'on' }
    case 'yesNo':
      return { [name]: 'no' }
    case 'day':
      return { [name]: '2026-11-20' }
    case 'time':
      return { [name]: '2026-11-20T09:30' }
    case 'number':
      return { [name]: '3' }
    case 'authority':
      return { [name]: 'LA2' }
    default:
      return { [name]: 'LA5' }
  }
}

describe('a form of a message', () => {
  let schema: Schema
  beforeAll(async () => {
    schema = (await loadCatalogue(readConfig({}))).model.schema
  })
  const questions = (act: string) => fieldsOf(schema, operations.get(act) ?? '', new Set(['id', 'key']))

  it('is there for every kind, and for every answer to it', () => {
    const begun = kinds.flatMap(({ mutation }) => mutation ?? [])
    const answered = kinds.flatMap(({ answers }) => answers.map(({ mutation }) => mutation))
    expect([...sendings].sort()).toEqual([...begun].sort())
    expect(answerings.filter((each) => !always.includes(each) && each !== 'seeMessage').sort()).toEqual(
      [...new Set(answered)].filter((each) => !always.includes(each)).sort(),
    )
    for (const act of [...sendings, ...answerings]) expect(actTitle(act)).not.toBe(act)
    const ending = kinds.flatMap(({ answers }) =>
      answers.flatMap(({ name, settles }) => (settles === 'ALL' ? [name] : [])),
    )
    expect([...endings].sort()).toEqual([...new Set(ending)].sort())
  })

  it('that is written by hand has every choice of the schema', () => {
    expect(choicesOf(schema, 'ConsentGiver').map(({ value }) => value)).toEqual(consentGivers)
    expect(choicesOf(schema, 'Competence')[0]).toEqual({ value: 'COMPETENT', text: 'Judged competent' })
    expect(choicesOf(schema, 'None')).toEqual([])
  })

  it('says beforehand what the gateway takes where nothing is said, and not in one of several rows', () => {
    const effect = questions('recordCourtOrder').find(({ name }) => name === 'input.effect')
    expect(effect).toMatchObject({ kind: 'choice', isRequired: false, usual: 'DISCLOSES' })
    const every = (fields: readonly FormField[]): readonly FormField[] =>
      fields.flatMap((field) =>
        field.kind === 'rows' ? field.rows.flatMap(every) : field.kind === 'group' ? every(field.fields) : [field],
      )
    const inRows = [...sendings, ...registerActs].flatMap((act) =>
      questions(act).flatMap((field) => (field.kind === 'rows' ? every([field]) : [])),
    )
    expect(inRows.filter((field) => field.kind === 'choice' && field.usual)).toEqual([])
  })

  it('says in its words what is recorded in a register, and offers nothing that an entry only becomes', () => {
    for (const act of registerActs) expect(actTitle(act)).not.toBe(act)
    expect(choicesOf(schema, 'ConsentState').map(({ value }) => value)).toEqual(['NOT_SOUGHT', 'GIVEN', 'REFUSED'])
    expect(choicesOf(schema, 'SupplierState').map(({ value }) => value)).toEqual([
      ...['CONTRIBUTED', 'NOTHING_HELD', 'WITHHELD'],
    ])
  })

  const ofGovernance = ['proposeAgreement', 'contributeToTransfer', 'confirmBreakGlass', 'refuteLink']
  it.each([...sendings, ...answerings, ...registerActs, ...ofGovernance])(
    '%s, filled in, is what the gateway reads',
    (act) => {
      const fields = questions(act)
      const { problems, variables } = readForm(fields, Object.assign({}, ...fields.map(typed)))
      expect(problems).toEqual([])
      const [definition] = parse(operations.get(act) ?? '').definitions
      if (definition?.kind !== 'OperationDefinition') throw new Error(act)
      for (const { type, variable } of definition.variableDefinitions ?? []) {
        const value = variables[variable.name.value]
        const named = typeFromAST(schema, type as never)
        if (value !== undefined && isInputType(named)) expect(() => coerceInputValue(value, named)).not.toThrow()
      }
      expect(readForm(fields, {}).problems).toHaveLength(fields.filter(({ isRequired }) => isRequired).length)
    },
  )

  it('asks for no more than what is begun: an empty row is left out, a begun one is whole', () => {
    const fields = questions('reportConcern')
    const statement = { 'input.statements.0.text': 'Bruises on both arms' }
    const { problems } = readForm(fields, statement)
    expect(problems.map(({ href }) => href)).toContain('#input-statements-0-evidence')
    const whole = readForm(fields, { ...statement, 'input.statements.0.evidence': 'FACT' })
    expect(whole.variables).toMatchObject({
      input: { statements: [{ text: 'Bruises on both arms', evidence: 'FACT' }] },
    })
  })
})

describe('a time', () => {
  it('of a form is London’s, in summer and in winter', () => {
    expect(['2026-11-20T09:30', '2026-06-30T09:30', '2026-13-01T09:30', 'soon'].map(londonInstant)).toEqual([
      '2026-11-20T09:30:00Z',
      '2026-06-30T08:30:00Z',
      undefined,
      undefined,
    ])
  })

  it('that is left is told in words, and lateness too', () => {
    const now = '2026-11-20T12:00:00Z'
    expect(
      ['2026-11-20T14:00:00Z', '2026-11-20T11:00:00Z', '2026-11-24T12:00:00Z'].map((due) => timeLeft(due, now)),
    ).toEqual(['2 hours left', 'late by 1 hour', '4 days left'])
    const waiting = { state: 'WAITING', dueAt: '2026-11-20T11:00:00Z' }
    expect([
      clockOf({ ...waiting, overdue: true }, now),
      clockOf({ ...waiting, dueAt: null, overdue: false }, now),
      clockOf({ ...waiting, state: 'ANSWERED', overdue: false }, now),
    ]).toEqual([
      { kind: 'alert', says: 'No answer: late by 1 hour' },
      { kind: 'at-least', says: 'No answer yet; no time is set' },
      { kind: 'complete', says: 'Answered' },
    ])
  })

  it('of a group that is not named is the message’s own, where it went to no other', () => {
    const group = { to: 'The front door', state: 'TAKEN', dueAt: null, overdue: false }
    const outcome = { kind: 'OUTCOME', organisation: null, content: [{ name: 'outcome', value: 'CONTACT_ONLY' }] }
    const stands = (replies: readonly (typeof outcome)[], to = [group]) =>
      standingOf({ state: replies.length > 0 ? 'ANSWERED' : 'OPEN', to, replies }, group, '2026-11-20T12:00:00Z')
    expect(stands([outcome])).toEqual({ isGroup: true, answer: outcome, clock: { kind: 'complete', says: 'Answered' } })
    expect(stands([])).toMatchObject({ answer: null, clock: { says: expect.stringMatching(/^Taken in\./) } })
    // Which of several groups said it is not the page's to guess.
    expect(stands([outcome], [group, group]).answer).toBeNull()
  })

  it('of an end says what came of the message, and why, once it has ended', () => {
    const at = '2026-11-21T09:00:00Z'
    const content = [
      { name: 'outcome', value: 'REFERRAL_ACCEPTED' },
      { name: 'reason', value: 'Two reports within a month' },
    ]
    const outcome = { kind: 'OUTCOME', at, organisation: 'LA2-MASH', content }
    const note = { kind: 'REPLY', at, organisation: null, content: [{ name: 'text', value: 'Thank you' }] }
    expect(endingOf({ state: 'CLOSED', replies: [outcome, note] })).toEqual({
      ...{ at, kind: 'OUTCOME', organisation: 'LA2-MASH' },
      ...{ came: 'REFERRAL_ACCEPTED', why: 'Two reports within a month' },
    })
    // What a meeting came to is an outcome too, and does not end its message.
    expect(endingOf({ state: 'ANSWERED', replies: [outcome] })).toBeNull()
    expect(endingOf({ state: 'CLOSED', replies: [] })).toBeNull()
  })

  it('and what stands beside it is said as people say it', () => {
    expect(['placedOut', 'PLACED_IN', 'matchChild ASK', 'findChild by NHS number'].map(actInWords)).toEqual([
      ...['Placed out', 'Placed in', 'Match child: ask', 'Find child by NHS number'],
    ])
    expect(problemInWords('The field statements.0.text has more than 4,000 characters.')).toBe(
      '“Statements 1, text” has more than 4,000 characters.',
    )
    expect(problemInWords('The field decidedOn cannot lie in the future.')).toBe(
      '“Decided on” cannot lie in the future.',
    )
    expect(
      [
        'A variable declared as PersonQuery! is not valid: its field family is not valid as Name.',
        'A variable declared as NHSNumber! is not valid.',
      ].map(problemInWords),
    ).toEqual([
      '“Family” cannot be read as it stands. Check it.',
      'What was typed cannot be read as it stands. Check it.',
    ])

    expect(
      ['health HEALTH_MENTAL W_ROLE_NOT_PERMITTED', 'police POLICE_RECORD headline', 'education EDUCATION'].map(
        accessLine,
      ),
    ).toEqual([
      'Health: mental health, not shared with your role for this purpose (HEALTH_MENTAL, W_ROLE_NOT_PERMITTED)',
      'Police: police record, that it exists (POLICE_RECORD)',
      'Education: education record (EDUCATION)',
    ])
    expect(['ratingReason', 'childSays'].map(fieldInWords)).toEqual(['Rating reason', 'Child says'])
    expect(['NEGLECT, SEXUAL_ABUSE', 'false', 'He said: WAIT'].map(valueInWords)).toEqual([
      'Neglect, Sexual abuse',
      'No',
      'He said: WAIT',
    ])
  })
})
