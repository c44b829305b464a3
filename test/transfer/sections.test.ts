import { readFileSync } from 'node:fs'
import { type ObjectTypeDefinitionNode, parse, type TypeNode } from 'graphql'
import { describe, expect, it } from 'vitest'
import { agencies } from '../../src/foundation/agencies.ts'
import { bitOf, labels } from '../../src/policy/labels.ts'
import type { SectionInput } from '../../src/transfer/carriedRows.ts'
import { fillSection, sectionState } from '../../src/transfer/section.ts'
import { sections, transferNeeds } from '../../src/transfer/sections/index.ts'
import { listsTakenFrom } from '../../src/transfer/transferableLists.ts'
import { contracts, inputOf, movedWithOpenEnquiry, placedAtADistance, row, withheldLabel } from './fixtures.ts'

const fill = (code: string, input: SectionInput) => {
  const section = sections.find((one) => one.code === code)
  if (!section) throw new Error(`no section ${code}`)
  return fillSection(section, { ...input, suppliers: [] })
}
const item = (code: string, label: string, input: SectionInput) =>
  fill(code, input).items.find((one) => one.label === label)

const authorityHolds = 'Parental responsibility of an authority'
/** A code with a line below, or a date of a machine. */
const machineText = /[A-Z]_[A-Z]|\d{4}-\d{2}-\d{2}/

describe('sections', () => {
  it('are T0 to T18 in order', () => {
    expect(sections.map(({ code }) => code)).toEqual(Array.from({ length: 19 }, (_, index) => `T${index}`))
  })

  it('give every item a value or a reason, never neither and never both', () => {
    for (const lists of [{}, movedWithOpenEnquiry, placedAtADistance])
      for (const down of [[], agencies])
        for (const { code } of sections)
          for (const one of fill(code, inputOf(lists, { down })).items) {
            expect(one.state === 'KNOWN' ? one.value : one.reason, `${code} ${one.label}`).toBeTruthy()
            expect(one.state === 'KNOWN' ? one.reason : one.value, `${code} ${one.label}`).toBeNull()
          }
  })

  it('tell a value with the records, the service and the authority that it rests on', () => {
    expect(item('T16', 'Section 47 enquiries that are open', inputOf(movedWithOpenEnquiry))).toMatchObject({
      state: 'KNOWN',
      value: 'started 5 March 2026, not ended',
      agency: 'CHILDRENS_SOCIAL_CARE',
      la: 'LA2',
      records: ['socialCare:s47'],
    })
  })

  it('tell a name that only another agency records, and not that there is none', () => {
    const person = (agency: 'socialCare' | 'education', id: string, given: string, isAlias = false) =>
      row(agency, id, { given, family: 'Thornley', isAlias })
    const named = (lists: Parameters<typeof inputOf>[0]) =>
      fill('T1', inputOf(lists))
        .items.filter(({ label }) => label === 'Also known as')
        .map(({ state, value, records }) => [state, value, records])
    const own = { socialCare: { person: [person('socialCare', '1', 'Sam')] } }
    const school = { person: [person('education', '1', 'Sam'), person('education', '2', 'Samuel')] }
    expect(named(own)).toEqual([['NOT_HELD', null, []]])
    expect(named({ ...own, education: school })).toEqual([['KNOWN', 'Samuel Thornley', ['education:2']]])
    const alias = { socialCare: { person: [...own.socialCare.person, person('socialCare', '2', 'Samuel', true)] } }
    expect(named({ ...alias, education: school })).toEqual([['KNOWN', 'Samuel Thornley', ['socialCare:2']]])
  })

  it('say that nothing is held when the agency answered and holds nothing', () => {
    expect(item('T4', 'Court orders', inputOf({}))).toMatchObject({ state: 'NOT_HELD', reason: 'None.', value: null })
  })

  it('deny no restriction and no father where the record that would tell of them is withheld', () => {
    const withheld = { socialCare: [withheldLabel('DOMESTIC_ABUSE')] }
    const asked = ['Risk from relatives and limits on contact', 'Father or other male carer'] as const
    for (const label of asked) expect(item('T3', label, inputOf({}, { withheld }))?.state, label).toBe('WITHHELD')
    expect(fill('T3', inputOf(movedWithOpenEnquiry, { withheld })).state).not.toBe('COMPLETE')
    expect(asked.map((label) => item('T3', label, inputOf({}))?.state)).toEqual(['NOT_HELD', 'MISSING'])
  })

  it('do not say of what is hidden that the supplier holds none', () => {
    expect(item('T6', 'Association with a managed offender', inputOf({}))?.state).toBe('NOT_HELD')
    const input = inputOf({})
    const police = { ...input.child.grants.police, headline: 0, content: 0 }
    const blind = { ...input, child: { ...input.child, grants: { ...input.child.grants, police } } }
    expect(item('T6', 'Association with a managed offender', blind)?.state).toBe('NOT_KNOWN')
  })

  it('tell codes in words and dates as they are written on paper', () => {
    for (const lists of [movedWithOpenEnquiry, placedAtADistance])
      for (const { code } of sections)
        for (const { label, value } of fill(code, inputOf(lists)).items) {
          expect(label, code).not.toMatch(machineText)
          expect(value ?? '', `${code} ${label}`).not.toMatch(machineText)
        }
    const born = { ethnicity: 'WBRI', given: 'A', family: 'B' }
    const lists = {
      socialCare: {
        person: [row('socialCare', 'p', born)],
        placements: [row('socialCare', 'pl', { code: 'K2', changeReason: 'CARPL', to: '2026-02-01' })],
        triggers: [row('socialCare', 't', { text: 'A death', monthDay: '11-14' })],
        assessments: [row('socialCare', 'a', { kind: 'C_AND_F', factors: ['10A'] })],
      },
    }
    expect(item('T1', 'Ethnicity', inputOf(lists))?.value).toBe('White British (WBRI)')
    expect(item('T2', 'Earlier placements', inputOf(lists))?.value).toContain('change of care plan (CARPL)')
    expect(item('T6', 'Last assessment', inputOf(lists))?.value).toContain('missing (10A)')
    expect(item('T6', 'Known triggers and dates', inputOf(lists))?.value).toBe('A death, each year on 14 November')
  })

  it('name the authority that holds parental responsibility by an order in force, and no risk from the dead', () => {
    const legalStatuses = (code: string, to: string | null) => [
      row('socialCare', 'ls', { code, from: '2025-01-28', to }),
    ]
    const held = (code: string, to: string | null) =>
      item('T3', authorityHolds, inputOf({ socialCare: { legalStatuses: legalStatuses(code, to) } }))
    expect(held('C2', null)?.value).toBe('LA2, full care order (C2), since 28 January 2025')
    expect([held('V2', null)?.state, held('C2', '2026-01-01')?.state]).toEqual(['NOT_HELD', 'NOT_HELD'])
    const orders = [row('socialCare', 'o', { type: 'CARE_ORDER', from: '2025-01-28' })]
    expect(item('T3', authorityHolds, inputOf({ socialCare: { orders } }))?.value).toContain('care order')
    const family = [row('socialCare', 'b', { relation: 'BROTHER', diedOn: '2018-11-14', restriction: 'x' })]
    expect(item('T3', 'Risk from relatives and limits on contact', inputOf({ socialCare: { family } }))?.state).toBe(
      'NOT_HELD',
    )
  })

  it('count what is there more than once, and never make one of several records', () => {
    const support = (id: string) => row('education', id, { kind: 'BREAKFAST' })
    const input = inputOf({ education: { basicNeedsSupport: [support('1'), support('2'), support('3')] } })
    expect(item('T7', 'Support with basic needs', input)).toMatchObject({ value: 'breakfast (3)' })
  })

  it('say that an interview was not offered, and not that it was declined', () => {
    const closed = { to: '2026-03-02T09:00:00Z', interviewOffered: false, interviewAccepted: false }
    const input = inputOf({ socialCare: { missing: [row('socialCare', 'm', closed)] } })
    expect(item('T9', 'Return home interviews', input)?.value).toContain('not offered')
  })

  it('ask no school of a child who is not born', () => {
    const expected = { socialCare: { person: [row('socialCare', 'p', { expectedDate: '2027-01-18' })] } }
    expect([fill('T7', inputOf(expected)).mandatory, fill('T7', inputOf({})).mandatory]).toEqual([false, true])
  })

  it('call a blank missing where somebody must have written it', () => {
    expect(item('T6', 'What the move means for risk', inputOf(movedWithOpenEnquiry))?.state).toBe('MISSING')
    expect(fill('T12', inputOf({})).state).toBe('MISSING')
  })

  it('call an item missing, not empty, when the agency could not be reached', () => {
    const one = item('T4', 'Court orders', inputOf({}, { down: ['socialCare'] }))
    expect(one).toMatchObject({
      state: 'MISSING',
      reason: 'socialCare could not be reached.',
      contact: 'contact of socialCare',
    })
  })

  it('say withheld with code and contact when the recipient may not know', () => {
    const withheld = { health: [withheldLabel('HEALTH_MENTAL')] }
    expect(item('T8', 'Mental health services', inputOf({}, { withheld }))).toMatchObject({
      state: 'WITHHELD',
      reason: 'W_NOT_NEEDED_FOR_PURPOSE',
      contact: 'contact of health',
    })
  })

  it('say beside what was read that a part of it is withheld, be it of one holder or of one record', () => {
    const input = inputOf({
      ...placedAtADistance,
      health: { camhsEpisodes: [row('health', 'c', { service: 'Eastvale CAMHS', status: 'CLOSED' })] },
    })
    const told = { ...withheldLabel('HEALTH_MENTAL'), reason: 'W_HOLDER_HOLD', rule: 'HOLD' }
    const { health, police } = input.child.grants
    const none = { ...health, headline: health.headline & ~bitOf('HEALTH_MENTAL') }
    const apart = [{ ...none, content: none.headline, withheld: [told], heldBackBy: 'NHS-LA5' }]
    const part = { ...told, label: 'POLICE_RECORD', organisation: 'F4' } as const
    const grants = {
      ...input.child.grants,
      health: { ...health, apart, withheld: [withheldLabel('HEALTH_MENTAL', 'CONTENT')] },
      police: { ...police, heldParts: [part], heldRecords: ['f9'] },
    }
    const held = { ...input, child: { ...input.child, grants } }
    const states = (code: string, label: string, of: SectionInput) =>
      fill(code, of).items.flatMap((one) => (one.label === label ? [`${one.state} ${one.reason ?? ''}`.trim()] : []))
    for (const [code, label] of [
      ['T8', 'Mental health services'],
      ['T9', 'Together in this record, each episode once'],
    ] as const) {
      expect(states(code, label, held), label).toEqual(['KNOWN', 'WITHHELD W_HOLDER_HOLD'])
      expect(states(code, label, input), label).toEqual(['KNOWN'])
      expect(fill(code, held).state, label).toBe('PARTIAL')
    }
    expect(states('T9', 'Reported to the police', held)).toEqual(['WITHHELD W_HOLDER_HOLD'])
    expect(states('T10', 'Arrests of the child', held)).toEqual(['WITHHELD W_HOLDER_HOLD'])
    const basis = JSON.stringify(fill('T18', held).items)
    expect(basis.match(/a part of it/g)).toHaveLength(2)
    // By whom, and whom to ring there, and not the whole of the police.
    expect(basis).toContain('Ask: Force F4 (F4), desk of F4.')
    expect(fill('T10', held).items.find(({ label }) => label === 'Arrests of the child')?.contact).toContain('(F4)')
  })

  it('say the same whether or not a withheld label has records, since it comes from the grant alone', () => {
    const withheld = { health: [withheldLabel('HEALTH_MENTAL')] }
    const with_ = fill('T8', inputOf({ health: { camhsEpisodes: [] } }, { withheld }))
    const without_ = fill('T8', inputOf({}, { withheld }))
    expect(with_).toEqual(without_)
    expect(with_.withheld.map(({ category }) => category)).toEqual(['HEALTH_MENTAL'])
  })

  it('say withheld, not unrecorded, for a field whose own label is withheld', () => {
    const withheld = { socialCare: [withheldLabel('EQUALITY')] }
    expect(item('T1', 'Ethnicity', inputOf(movedWithOpenEnquiry, { withheld }))?.state).toBe('WITHHELD')
    expect(item('T1', 'Ethnicity', inputOf(movedWithOpenEnquiry))?.state).toBe('NOT_HELD')
  })

  it('never say that nothing is held of what the role is not answered about, whatever is held', () => {
    const unanswered = (lists: Parameters<typeof inputOf>[0]): SectionInput => {
      const input = inputOf(lists)
      const { police } = input.child.grants
      const others = ~bitOf('MANAGED_OFFENDER')
      const closed = { ...police, headline: police.headline & others, content: police.content & others }
      return { ...input, child: { ...input.child, grants: { ...input.child.grants, police: closed } } }
    }
    const asked = (lists: Parameters<typeof inputOf>[0]) =>
      item('T6', 'Association with a managed offender', unanswered(lists))
    expect(asked({})).toMatchObject({ state: 'NOT_KNOWN', value: null, contact: 'contact of police' })
    expect(asked(movedWithOpenEnquiry)).toEqual(asked({}))
    expect(item('T6', 'Association with a managed offender', inputOf({}))?.state).toBe('NOT_HELD')
  })

  it('name no hidden label anywhere', () => {
    const all = JSON.stringify(sections.map(({ code }) => fill(code, inputOf(movedWithOpenEnquiry))))
    for (const label of ['HEALTH_SEXUAL', 'ADOPTION', 'LEGAL_PRIVILEGE', 'REFERRER_IDENTITY', 'ADDRESS_PROTECTED'])
      expect(all).not.toContain(label)
  })

  it('never name legal privilege or adoption, even when a grant lists them as withheld', () => {
    const withheld = { socialCare: [withheldLabel('LEGAL_PRIVILEGE'), withheldLabel('ADOPTION')] }
    const all = JSON.stringify(sections.map(({ code }) => fill(code, inputOf({}, { withheld }))))
    expect(all).not.toMatch(/LEGAL_PRIVILEGE|ADOPTION/)
  })

  it('write no protected address, and the same words as when none is recorded', () => {
    const address = row('socialCare', 'ad', {
      display: '7 Hidden Row',
      postcode: 'ZZ1 1ZZ',
      la: 'LA5',
      protected: true,
    })
    const labelled = row('socialCare', 'ae', { display: '7 Hidden Row', la: 'LA5', sensitivity: ['ADDRESS_PROTECTED'] })
    const protected_ = fill('T2', inputOf({ socialCare: { addresses: [address, labelled] } }))
    expect(JSON.stringify(protected_)).not.toContain('Hidden Row')
    expect(protected_).toEqual(fill('T2', inputOf({})))
  })

  it("write no agency's own person identifier", () => {
    const lists = {
      socialCare: { communication: [row('socialCare', 'co', { language: 'lt', interpreterRequired: true })] },
    }
    expect(JSON.stringify(fill('T13', inputOf(lists)))).not.toContain('person-77')
    expect(item('T13', 'Language and needs of a person', inputOf(lists))?.value).toBe('Lithuanian, interpreter needed')
  })

  it('keep the counts of forces and carers apart', () => {
    const said = fill('T9', inputOf(placedAtADistance)).items.map(({ label, value }) => [label, value])
    expect(said).toContainEqual(['Reported to F1', '1 episode, 1 August 2025 to 1 August 2025'])
    expect(said).toContainEqual(['Reported to F4', '1 episode, 30 October 2026 to 30 October 2026, 1 overnight'])
    expect(said).toContainEqual(['Logged by children’s home', '2 episodes, 1 September 2026 to 30 October 2026'])
    expect(said).toContainEqual(['Not reported to a force', '1 September 2026'])
  })

  it('read the actions of open plans under the name that the contract gives them', () => {
    const lists = {
      socialCare: {
        plans: [
          row('socialCare', 'open', { level: 'LOOKED_AFTER', to: null }),
          row('socialCare', 'old', { to: '2025-01-01' }),
        ],
        actions: [
          row('socialCare', 'a1', {
            parent: 'open',
            text: 'Constant supervision',
            owner: 'CHILDRENS_HOME',
            state: 'OPEN',
          }),
          row('socialCare', 'a2', { parent: 'old', text: 'Past', owner: 'EDUCATION', state: 'OPEN' }),
        ],
      },
    }
    const actions = fill('T5', inputOf(lists)).items.filter(({ label }) => label.startsWith('Action'))
    expect(actions).toMatchObject([{ label: 'Action of children’s home', value: 'Constant supervision, open' }])
  })

  it('name a missing counterpart for every discipline at work', () => {
    const { items, missing } = fill('T15', inputOf(movedWithOpenEnquiry))
    expect(missing).toContain('Counterpart in LA5: general practice')
    expect(items.find(({ label }) => label === 'Counterpart in LA5: education')?.state).toBe('KNOWN')
  })

  it('tell the concern that nobody disposed of, and how late a health history was', () => {
    expect(item('T16', 'Concerns that nobody disposed of', inputOf(movedWithOpenEnquiry))?.value).toBe(
      '1 March 2026, sexual abuse',
    )
    const late = row('health', 'ht', {
      fromLa: 'LA2',
      toLa: 'LA5',
      firstAssessmentOn: '2025-06-10',
      receivedOn: '2025-07-02',
    })
    const told = item('T8', 'Health history passed to the new area', inputOf({ health: { historyTransfers: [late] } }))
    expect(told?.value).toContain('22 days after that assessment')
  })

  it('point to documents and carry no image', () => {
    const said = fill('T17', inputOf(movedWithOpenEnquiry)).items
    expect(said.at(-1)).toMatchObject({ label: 'Photographs and films', value: 'Never carried.' })
  })
})

describe('the state of a section', () => {
  const items = (...states: ('KNOWN' | 'NOT_HELD' | 'WITHHELD' | 'MISSING' | 'NOT_KNOWN')[]) =>
    states.map((state) => ({
      label: '',
      state,
      value: null,
      reason: null,
      contact: null,
      agency: null,
      la: null,
      records: [],
    }))
  it.each([
    [items(), true, 'MISSING'],
    [items('MISSING', 'MISSING'), true, 'MISSING'],
    [items('WITHHELD', 'WITHHELD'), true, 'WITHHELD'],
    [items('NOT_HELD'), false, 'NOT_APPLICABLE'],
    [items('NOT_HELD'), true, 'COMPLETE'],
    [items('KNOWN', 'MISSING'), true, 'PARTIAL'],
    [items('KNOWN', 'NOT_KNOWN', 'NOT_HELD'), true, 'COMPLETE'],
    [items('KNOWN', 'WITHHELD'), true, 'PARTIAL'],
    [items('KNOWN', 'WITHHELD'), false, 'PARTIAL'],
  ] as const)('follows the rule (%#)', (given, mandatory, state) => {
    expect(sectionState(given, mandatory, false)).toBe(state)
  })

  it('is neither complete nor beside the point while a label of it is withheld', () => {
    for (const mandatory of [true, false])
      for (const given of [items('KNOWN'), items('NOT_HELD'), items('KNOWN', 'NOT_HELD')])
        expect(sectionState(given, mandatory, true)).toBe('PARTIAL')
  })

  it('is so in every section, whatever its agencies withhold', () => {
    const withheld = Object.fromEntries(agencies.map((agency) => [agency, labels.map((label) => withheldLabel(label))]))
    for (const lists of [{}, movedWithOpenEnquiry, placedAtADistance])
      for (const { code } of sections) {
        const { state, withheld: told, items: given } = fill(code, inputOf(lists, { withheld }))
        if (told.length > 0) expect(['PARTIAL', 'WITHHELD', 'MISSING'], code).toContain(state)
        for (const one of given) if (told.length > 0) expect(one.state, `${code} ${one.label}`).not.toBe('NOT_HELD')
      }
  })
})

describe('what a transfer asks of the agencies', () => {
  const needs = transferNeeds(contracts)

  it('is no list outside the table of those that may be sent', () => {
    for (const agency of agencies)
      for (const list of Object.keys(needs[agency] ?? {}))
        expect(Object.keys(listsTakenFrom(contracts[agency]))).toContain(list)
  })

  it('leaves out legal advice, adoption, intelligence, accounts and who referred', () => {
    const lists = agencies.flatMap((agency) => Object.keys(needs[agency] ?? {}))
    for (const list of [
      'legalAdvice',
      'adoption',
      'intelligence',
      'onlineIdentifiers',
      'sexualHealth',
      'sarcAttendances',
    ])
      expect(lists).not.toContain(list)
    expect(needs.socialCare?.['contacts']).not.toContain('referrer')
  })

  it('asks only fields that the schema has, and takes each label from it', () => {
    for (const agency of agencies) {
      const types = typesOf(agency)
      const root = [...types.values()].find(
        ({ name }) => name.value.endsWith('Record') && types.size > 0 && isRoot(types, name.value),
      )
      for (const [list, disclosure] of Object.entries(listsTakenFrom(contracts[agency]))) {
        const { parent } = contracts[agency].lists[list] ?? {}
        const type = types.get(
          parent ? typeOfField(types.get(typeOfField(root, parent.list)), parent.field) : typeOfField(root, list),
        )
        expect(labelOf(type), `${agency}.${list}`).toEqual([disclosure.label, disclosure.existence])
        for (const name of Object.entries<readonly string[]>(needs[agency] ?? {}).find(
          ([name]) => name === list,
        )?.[1] ?? [])
          if (!name.startsWith('provenance.'))
            expect(
              type?.fields?.map((one) => one.name.value),
              `${agency}.${list}`,
            ).toContain(name)
      }
    }
  })
})

const typesOf = (agency: string): Map<string, ObjectTypeDefinitionNode> =>
  new Map(
    parse(readFileSync(new URL(`../../schema/${agency}.graphql`, import.meta.url), 'utf8')).definitions.flatMap(
      (node) => (node.kind === 'ObjectTypeDefinition' ? [[node.name.value, node] as const] : []),
    ),
  )

const isRoot = (types: Map<string, ObjectTypeDefinitionNode>, name: string): boolean =>
  types.get(name)?.fields?.some((one) => one.name.value === 'holdings') ?? false

const typeOfField = (type: ObjectTypeDefinitionNode | undefined, name: string): string => {
  let node: TypeNode | undefined = type?.fields?.find((one) => one.name.value === name)?.type
  while (node && node.kind !== 'NamedType') node = node.type
  return node?.name.value ?? ''
}

const labelOf = (type: ObjectTypeDefinitionNode | undefined): (string | undefined)[] => {
  const given = type?.directives?.find((one) => one.name.value === 'label')?.arguments ?? []
  const value = (name: string) => {
    const found = given.find((one) => one.name.value === name)?.value
    return found?.kind === 'EnumValue' ? found.value : undefined
  }
  return [value('is'), value('level') ?? 'CONTENT']
}
