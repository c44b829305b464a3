import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { type Received, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sentThrough } from '../support/sentThrough.ts'

const search = `query ($person: PersonQuery!) {
  matchChild(person: $person) { outcome child { id } question reviewReference }
}`

const twins = { family: 'Nowicki', dateOfBirth: '2015-07-21', postcode: 'ZZ2 5CV' }
const nobody = { outcome: 'NONE', child: null, question: null, reviewReference: null }

let statements: string[] = []
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway(
    {},
    {
      wrapDatabase: (_name, database) =>
        sentThrough(database, (statement) => {
          statements.push(statement.name)
          return statement
        }),
    },
  )
})
afterAll(() => gateway.close())

const ask = (persona: string, person: Record<string, unknown>, purpose?: Purpose): Promise<Received> =>
  gateway.ask(persona, search, { variables: { person }, ...(purpose ? { purpose } : {}) })

const matched = async (persona: string, person: Record<string, unknown>, purpose?: Purpose) => {
  const received = await ask(persona, person, purpose)
  expect(received.errors).toEqual([])
  const data: { matchChild?: unknown } = received.data ?? {}
  return data.matchChild
}

/** Everything that a client could tell two answers apart by, and how many statements each cost. */
const seenBy = async (persona: string, person: Record<string, unknown>, purpose?: Purpose) => {
  await ask(persona, person, purpose)
  statements = []
  const { status, text, headers } = await ask(persona, person, purpose)
  const auditId = headers.get('x-audit-id') ?? 'none'
  return { status, text: text.replaceAll(auditId, 'AUDIT'), count: statements.length, names: [...statements].sort() }
}

describe('finding a child by what is known of them', () => {
  it('rules nobody out where neither name, number nor home of a child is known yet, and refuses no day', async () => {
    const born = '2027-01-15'
    for (const person of [
      { motherNhsNumber: '9991020950' },
      { motherNhsNumber: '9991020950', expectedDate: '2027-01-18' },
      { given: 'Baby', dateOfBirth: born },
      { given: 'Twin 1', motherNhsNumber: '9991020950' },
      { given: 'Girl', family: 'Smith', motherNhsNumber: '9991020950', dateOfBirth: born },
      { motherNhsNumber: '9991020950', postcode: 'ZZ9 9ZZ' },
      { family: 'Unknown', given: 'Baby', dateOfBirth: born },
    ])
      expect(await matched('social-worker', person), JSON.stringify(person)).toMatchObject({
        outcome: 'ASK',
        question: 'FAMILY_NAME',
        reviewReference: expect.any(String),
      })
    expect(await matched('social-worker', { nhsNumber: '9991020950' })).toEqual(nobody)
    const impossible = ['2013-02-30', '0000-01-01', '0000', '1753-01-01', '2013-00-10', '2099-12-31', '9999-12-31']
    for (const wrong of [...impossible.map((dateOfBirth) => ({ dateOfBirth })), { expectedDate: '2029-01-01' }])
      expect((await ask('social-worker', { family: 'Thornley', ...wrong })).errors).toMatchObject([
        { extensions: { code: 'BAD_INPUT' } },
      ])
  })

  it('asks about twins whose names and home alone are known, and never says which', async () => {
    for (const given of ['Dawid', 'Daniel', 'David', 'D', undefined]) {
      const answer = await matched('mash-analyst', { ...twins, ...(given ? { given } : {}) })
      expect(answer).toMatchObject({ outcome: 'ASK', child: null, question: 'NHS_NUMBER' })
    }
    for (const dateOfBirth of ['2015-07', '2015'])
      for (const given of ['Dawid', 'Daniel'])
        for (const more of [{}, { postcode: 'ZZ2 5CV' }, { nhsNumber: '9991019138' }])
          expect(await matched('mash-analyst', { family: 'Nowicki', given, dateOfBirth, ...more })).toMatchObject({
            outcome: 'ASK',
            child: null,
          })
    expect(await matched('mash-analyst', { ...twins, family: 'Novicki', given: 'David' })).toMatchObject({
      outcome: 'ASK',
      child: null,
    })
  })

  it('tells twins apart by a number that health verified, and not by one that it did not', async () => {
    expect(await matched('mash-analyst', { ...twins, given: 'Dawid', nhsNumber: '9991018212' })).toMatchObject({
      outcome: 'SAME',
      child: { id: 'C09' },
    })
    expect(await matched('mash-analyst', { ...twins, nhsNumber: '9991018212' })).toMatchObject({ outcome: 'SAME' })
    expect(await matched('mash-analyst', { ...twins, given: 'Daniel', nhsNumber: '9991019138' })).toMatchObject({
      outcome: 'ASK',
      child: null,
    })
    expect(await matched('mash-analyst', { ...twins, given: 'Daniel', nhsNumber: '9991018212' })).toMatchObject({
      outcome: 'ASK',
      child: null,
    })
  })

  it('finds a child by ear, in another script, and by a part of the date with more beside it', async () => {
    const merrick = { dateOfBirth: '2012-09-03', postcode: 'ZZ2 8WC' }
    for (const name of [
      { family: 'Merrick', given: 'Jodie' },
      { family: 'Merik', given: 'Jody' },
      { family: 'Меррик', given: 'Джоди' },
    ])
      expect(await matched('social-worker', { ...merrick, ...name })).toMatchObject({
        outcome: 'SAME',
        child: { id: 'C03' },
      })
    const named = { family: 'Merrick', given: 'Jodie' }
    // So few are on file that nobody knows how rare the name is.
    expect(await matched('social-worker', { ...named, dateOfBirth: '2012-09-03' })).toMatchObject({ outcome: 'ASK' })
    for (const dateOfBirth of ['2012-09', '2012'])
      expect(await matched('social-worker', { ...named, dateOfBirth, nhsNumber: '9991011838' })).toMatchObject({
        outcome: 'SAME',
        child: { id: 'C03' },
      })
    expect(await matched('social-worker', { ...named, dateOfBirth: '2012' })).toMatchObject({
      outcome: 'ASK',
      question: 'NHS_NUMBER',
    })
  })

  it('finds Maya for those who may know of her, and for nobody else', async () => {
    const maya = { family: 'Bellhaven', given: 'Maya', dateOfBirth: '2011-10-30', postcode: 'ZZ2 6LC' }
    expect(await matched('social-worker', maya)).toMatchObject({ outcome: 'SAME', child: { id: 'C07' } })
    const stranger = { family: 'Bellhoven', given: 'Mia', dateOfBirth: '2010-01-20' }
    for (const persona of ['unrelated-officer', 'school-dsl-eastvale']) {
      expect(await matched(persona, maya)).toEqual(nobody)
      expect(await seenBy(persona, maya)).toEqual(await seenBy(persona, stranger))
    }
  })

  it('answers an adopted sibling by former name, number and birth date as somebody unheard of', async () => {
    const noah = { family: 'Bellhaven', given: 'Noah', dateOfBirth: '2018-03-12', nhsNumber: '9991016392' }
    const unheard = { family: 'Quillfeather', given: 'Otto', dateOfBirth: '2018-04-13', nhsNumber: '9990548609' }
    for (const persona of ['social-worker', 'mash-analyst', 'adoption-worker', 'unrelated-officer']) {
      expect(await matched(persona, noah)).toEqual(nobody)
      expect(await seenBy(persona, noah)).toEqual(await seenBy(persona, unheard))
    }
    expect(await matched('social-worker', { nhsNumber: '9991016392' })).toEqual(nobody)
    expect(await matched('social-worker', { upn: 'M992500818107' })).toEqual(nobody)
  })

  it('does not let a postcode that must not be found be guessed', async () => {
    const guess = { family: 'Bellhaven', given: 'Maya' }
    expect(await seenBy('unrelated-officer', { ...guess, postcode: 'ZZ5 9HW' })).toEqual(
      await seenBy('unrelated-officer', { ...guess, postcode: 'ZZ5 9HX' }),
    )
    const withoutReference = async (postcode: string, more: Record<string, unknown>) => {
      const answer: unknown = await matched('gp', { ...guess, ...more, postcode })
      return { ...Object(answer), reviewReference: null }
    }
    for (const more of [{}, { dateOfBirth: '2011-10' }, { dateOfBirth: '2011-10-30' }])
      expect(await withoutReference('ZZ5 9HW', more)).toEqual(await withoutReference('ZZ5 9HX', more))
  })

  it('refuses what is hostile, and what is too little, with a code and without an echo', async () => {
    const hostile: readonly Record<string, unknown>[] = [
      { family: 'A'.repeat(10_000), dateOfBirth: '2015-07-21' },
      { family: 'Nowicki\u0000', dateOfBirth: '2015-07-21' },
      { family: 'Nowicki\u202e', dateOfBirth: '2015-07-21' },
      { family: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA', dateOfBirth: '2015-07-21' },
      { ...twins, dateOfBirth: '2015-13' },
      { ...twins, dateOfBirth: "2015' or 1=1" },
      { ...twins, postcode: 'data:image/png;base64,iVBORw0KGgo' },
      { ...twins, sex: 'x'.repeat(100) },
      { ...twins, otherNames: Array.from({ length: 11 }, () => 'Nowak') },
      { ...twins, nhsNumberVerified: true },
      { sex: 'M' },
      {},
    ]
    for (const person of hostile) {
      const received = await ask('mash-analyst', person)
      const given = JSON.stringify(person).slice(0, 80)
      expect([received.errors[0]?.extensions['code'], given]).toEqual(['BAD_INPUT', given])
      expect(received.text).not.toContain('iVBOR')
    }
  })

  it('keeps in the log of every child who came into question that they were searched for', async () => {
    await matched('mash-analyst', { ...twins, given: 'Dawid' })
    for (const id of ['C09', 'C09B']) {
      const [latest] = await gateway.opened.setting.audit.ofChild(id, 1)
      expect(latest?.actions).toEqual(['matchChild', 'matchChild ASK'])
    }
  })

  it('gives the same question the same reference', async () => {
    const one = await matched('mash-analyst', { ...twins, given: 'Dawid' })
    expect(await matched('mash-analyst', { ...twins, given: 'Dawid' })).toEqual(one)
  })
})

const queue = `{ identityReviews(first: 50) { reference kind reason askedAt
  candidates { id fields { field agreement sent bits } rivals } } }`
const decide = `mutation ($reference: ID!, $verdict: IdentityVerdict!, $reason: String!, $candidate: ID) {
  decideIdentity(reference: $reference, verdict: $verdict, reason: $reason, candidate: $candidate) {
    reference verdict event } }`
const refute = `mutation ($event: ID!, $reason: String!) { refuteLink(event: $event, reason: $reason) }`

interface Review {
  readonly reference: string
  readonly kind: string
  readonly candidates: readonly { readonly fields: readonly { readonly field: string; readonly agreement: string }[] }[]
}

const reviewsOf = async (persona: string): Promise<readonly Review[]> => {
  const received = await gateway.ask(persona, queue)
  expect(received.errors).toEqual([])
  const data: { identityReviews?: readonly Review[] } = received.data ?? {}
  return data.identityReviews ?? []
}

describe('the questions that wait for a person', () => {
  it('hold both twins as possible duplicates, field by field and masked', async () => {
    const doubles = (await reviewsOf('mash-analyst')).filter(({ kind }) => kind === 'POSSIBLE_DUPLICATE')
    expect(doubles).toHaveLength(2)
    for (const { candidates } of doubles) {
      const agreement = Object.fromEntries((candidates[0]?.fields ?? []).map((of) => [of.field, of.agreement]))
      expect(agreement).toMatchObject({
        family: expect.stringMatching(/AGREES|CLOSE/),
        birth: 'AGREES',
        given: expect.not.stringMatching('AGREES'),
      })
    }
  })

  it('are for those who review, about children of their own authority', async () => {
    for (const persona of ['social-worker', 'school-nurse', 'information-governance', 'gp']) {
      const received = await gateway.ask(persona, queue)
      expect(received.errors[0]?.extensions['code']).toBe('FORBIDDEN')
    }
    // A holder's own reviewers see questions about their own records, and none is of theirs.
    for (const persona of ['school-dsl', 'designated-nurse']) expect(await reviewsOf(persona)).toEqual([])
  })

  it('are answered once, with a reason, and a link that was wrong is undone with all who were told', async () => {
    const [double] = (await reviewsOf('mash-analyst')).filter(({ kind }) => kind === 'POSSIBLE_DUPLICATE')
    const reference = double?.reference ?? ''
    const answer = (reason: string) =>
      gateway.ask('mash-analyst', decide, { variables: { reference, verdict: 'SAME', reason } })
    const before = await links()
    expect((await answer('  ')).errors[0]?.extensions['code']).toBe('BAD_INPUT')
    expect(
      (await gateway.ask('social-worker', decide, { variables: { reference, verdict: 'SAME', reason: 'x' } })).errors[0]
        ?.extensions['code'],
    ).toBe('FORBIDDEN')
    const linked = await answer('Thought to be one boy.')
    expect(linked.errors).toEqual([])
    const data: { decideIdentity?: { event: string } } = linked.data ?? {}
    const event = data.decideIdentity?.event ?? ''
    expect(await links()).not.toEqual(before)
    expect((await answer('Again.')).errors[0]?.extensions['code']).toBe('NOT_FOUND')

    const told: (string | null)[] = []
    for (const id of ['C09', 'C09B']) {
      const read = await gateway.ask('mash-analyst', `{ child(id: "${id}") { names { family } } }`)
      expect(read.errors).toEqual([])
      told.push(read.headers.get('x-audit-id'))
    }
    expect(
      (await gateway.ask('unrelated-officer', refute, { variables: { event, reason: 'No.' } })).errors[0]?.extensions[
        'code'
      ],
    ).toBe('FORBIDDEN')
    const undone = await gateway.ask('mash-analyst', refute, { variables: { event, reason: 'They are two.' } })
    expect(undone.errors).toEqual([])
    const list: { refuteLink?: readonly string[] } = undone.data ?? {}
    expect(told.filter((id) => list.refuteLink?.includes(id ?? ''))).toHaveLength(1)
    expect(await links()).toEqual(before)
    const again = await gateway.ask('mash-analyst', refute, { variables: { event, reason: 'They are two.' } })
    expect(again.errors[0]?.extensions['code']).toBe('CONFLICT')
  })
})

const links = async () =>
  gateway.opened.setting.opening.store.rows({
    name: 'test-links',
    text: 'select child_id, agency, person_id, event::text from gateway.link order by 1, 2, 3',
    values: [],
  })

describe('a question that a reviewer has answered', () => {
  const jodie = { family: 'Merrick', given: 'Jodie', dateOfBirth: '2012-09-03' }
  const searched = async (persona = 'social-worker', person: Record<string, unknown> = jodie) => {
    const answer: unknown = await matched(persona, person)
    const { outcome, child, reviewReference }: { outcome?: string; child?: unknown; reviewReference?: string } =
      Object(answer)
    return { outcome, child, reference: reviewReference ?? '' }
  }
  const answered = async (reference: string, verdict: string) => {
    const received = await gateway.ask('mash-analyst', decide, {
      variables: { reference, verdict, reason: 'Asked the school.' },
    })
    expect(received.errors).toEqual([])
  }

  it('is asked again under the answered reference when it cannot be told, and put once', async () => {
    const first = await searched()
    expect(first.outcome).toBe('ASK')
    await answered(first.reference, 'CANNOT_TELL')
    expect(await searched()).toEqual(first)
  })

  it('gets the answer, whoever asks it of those who asked', async () => {
    const person = { ...jodie, given: 'Jodi' }
    const first = await searched('social-worker', person)
    await answered(first.reference, 'SAME')
    expect(await searched('social-worker', person)).toMatchObject({ outcome: 'SAME', child: { id: 'C03' } })
    // Somebody else's question is somebody else's, and opens no child that they may not know of.
    expect((await searched('unrelated-officer', person)).outcome).not.toBe('SAME')
  })

  it('gets nobody when it was none of them', async () => {
    const person = { ...jodie, given: 'Jody' }
    const first = await searched('social-worker', person)
    expect(first.outcome).toBe('ASK')
    await answered(first.reference, 'DIFFERENT')
    expect(await searched('social-worker', person)).toMatchObject({ outcome: 'NONE', child: null })
  })

  it('shows a reviewer nothing that the asker may have read and the reviewer may not', async () => {
    const typed = { family: 'Bellhaven', given: 'Maya', postcode: 'ZZ5 9HW' }
    const { reference, outcome } = await searched('social-worker', typed)
    if (outcome !== 'ASK') return expect(outcome).toBe('SAME')
    const received = await gateway.ask('designated-nurse', queue)
    const data: { identityReviews?: readonly { reference: string }[] } = received.data ?? {}
    const own = (data.identityReviews ?? []).filter((review) => review.reference === reference)
    expect(JSON.stringify(own)).not.toMatch(/ZZ5 ?9HW/)
  })
})
