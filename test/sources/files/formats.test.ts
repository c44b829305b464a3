import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import { readCsvMapping } from '../../../src/sources/bindings/files/csvMapping.ts'
import { listsOfReturns } from '../../../src/sources/bindings/files/formats/listsOfReturns.ts'
import { type IncomingRecord, lineFaults } from '../../../src/sources/bindings/files/incoming.ts'
import { type Format, readFile } from '../../../src/sources/bindings/files/readFile.ts'
import { storedRecord } from '../../../src/sources/bindings/files/storedRecord.ts'
import { fileOf, layoutOfKind, now, ownerOfKind } from './support.ts'

const read = (kind: AgencyName, name: string, content: string | Uint8Array, format?: Format) => {
  const found = readFile(fileOf(name, content), { layout: layoutOfKind(kind), owner: ownerOfKind(kind), format })
  const made = found.records.map((record) => storedRecord(record, layoutOfKind(kind), ownerOfKind(kind), now))
  // What a rule takes for sayable by a return is all that the return is read for.
  const lists = listsOfReturns[found.format] ?? found.records.map(({ list }) => list)
  expect(lists).toEqual(expect.arrayContaining(found.records.map(({ list }) => list)))
  return { ...found, made, stored: made.flatMap((record) => ('fault' in record ? [] : [record])) }
}

const inList = (records: readonly IncomingRecord[], list: string) =>
  records
    .filter((record) => record.list === list)
    .map(({ line, person, eventAt, fields }) => ({ line, person, eventAt, ...fields }))

const census = `<?xml version="1.0" encoding="utf-8"?>
<Message>
  <Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
    <Source><LEA>992</LEA><DateTime>2026-05-23T11:14:05</DateTime></Source></Header>
  <Children>
    <Child>
      <ChildIdentifiers>
        <LAchildID>LA2-1</LAchildID><UPN>V992500912108</UPN>stray
        <PersonBirthDate>2015-03-27</PersonBirthDate><Sex>1</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2025-10-06</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N4</PrimaryNeedCode>
        <DateOfInitialCPC>2025-12-06</DateOfInitialCPC>
        <Assessments><AssessmentActualStartDate>2025-10-07</AssessmentActualStartDate>
          <FactorsIdentifiedAtAssessment><AssessmentFactors>1C</AssessmentFactors><AssessmentFactors>6B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
        <CINPlanDates><CINPlanStartDate>2025-10-20</CINPlanStartDate><CINPlanEndDate>2025-12-06</CINPlanEndDate></CINPlanDates>
        <Section47><S47ActualStartDate>2025-11-20</S47ActualStartDate><DateOfInitialCPC>2025-12-06</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans><CPPstartDate>2025-12-06</CPPstartDate><InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
          <Reviews><CPPreviewDate>2026-02-15</CPPreviewDate></Reviews></ChildProtectionPlans>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><UPNunknown>UN1</UPNunknown></ChildIdentifiers>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>LA2-2</LAchildID><UPN>UN5</UPN><Sex>9</Sex></ChildIdentifiers>
      <CINdetails><CINreferralDate>soon</CINreferralDate></CINdetails>
    </Child>
  </Children>
</Message>`

describe('a children in need census', () => {
  const found = read('socialCare', 'census.xml', census)

  it('is known by what is in it, and reads who each child is', () => {
    expect(found.format).toBe('cin')
    expect(inList(found.records, 'person')).toEqual([
      {
        ...{ line: 7, person: 'LA2-1', laChildId: 'LA2-1', upn: 'V992500912108', dateOfBirth: '2015-03-27', sex: 'M' },
        ethnicity: 'WBRI',
      },
      { line: 28, person: 'LA2-2', laChildId: 'LA2-2', sex: 'U' },
    ])
  })

  it('reads episode, assessment, plans, enquiry and conferences, each once', () => {
    const [referral] = inList(found.records, 'referrals')
    expect(referral).toMatchObject({ eventAt: '2025-10-06', sourceCode: '1A', primaryNeed: 'N4', noFurtherAction: '0' })
    expect(inList(found.records, 'assessments')).toMatchObject([{ eventAt: '2025-10-07', factors: ['1C', '6B'] }])
    expect(inList(found.records, 'plans')).toMatchObject([
      { level: 'CHILD_IN_NEED', from: '2025-10-20', to: '2025-12-06' },
      { level: 'CHILD_PROTECTION', category: 'NEG', from: '2025-12-06', lastReviewOn: '2026-02-15' },
    ])
    expect(inList(found.records, 's47Enquiries')).toMatchObject([{ startedOn: '2025-11-20' }])
    expect(inList(found.records, 'meetings').map((meeting) => [Object(meeting)['type'], meeting.eventAt])).toEqual([
      ['ICPC', '2025-12-06'],
      ['REVIEW_CONFERENCE', '2026-02-15'],
    ])
  })

  it('says of what the census does not tell that it is not known', () => {
    const enquiry = found.stored.find(({ list }) => list === 's47Enquiries')
    expect(enquiry?.fields).toEqual({ startedOn: '2025-11-20' })
    expect(found.stored.find(({ list }) => list === 'plans')?.fields).not.toHaveProperty('nextReviewOn')
  })

  it('refuses a child without an id and an episode without a date, by line and reason', () => {
    expect(found.refused).toEqual([
      { file: 'census.xml', line: 24, fault: 'NO_PERSON', where: 'Child' },
      { file: 'census.xml', line: 29, fault: 'DATE_UNREADABLE', where: 'referrals' },
    ])
  })

  it('takes a code outside its set for no value, and tells it by field', () => {
    const codes = { N4: 'N99', '<AssessmentFactors>6B': '<AssessmentFactors>99Z', NEG: 'XYZ', PHY: 'XYZ' }
    const odd = Object.entries({ ...codes, '<ICPCnotRequired>false': '<ICPCnotRequired>maybe' })
    const text = odd.reduce((all, [good, bad]) => all.replace(good, bad), census)
    const { stored } = read(
      'socialCare',
      'odd.xml',
      text.replace('<ReferralNFA>', '<ReasonForClosure>RC99</ReasonForClosure><ReferralNFA>'),
    )
    const unread = stored.flatMap((each) => each.unread.map((field) => `${each.list}.${field}`))
    expect(unread.sort()).toEqual([
      'assessments.factors',
      'plans.category',
      'referrals.closureReason',
      'referrals.primaryNeed',
      's47Enquiries.outcome',
    ])
    expect(stored.find(({ list }) => list === 'assessments')?.fields['factors']).toEqual(['1C'])
    expect(JSON.stringify(stored)).not.toMatch(/N99|99Z|XYZ|RC99|maybe/)
  })

  it('takes a record as known from its day, and as said when the file was made', () => {
    const plan = found.stored.find(({ fields }) => fields['level'] === 'CHILD_PROTECTION')
    expect(plan).toMatchObject({ eventAt: '2025-12-06T00:00:00Z', recordedAt: null, statedAt: '2026-05-23T10:14:05Z' })
  })

  it('gives the same thing the same id in a later file', () => {
    const later = read(
      'socialCare',
      'later.xml',
      census.replace('<ReferralNFA>0', '<CINclosureDate>2026-06-01</CINclosureDate><ReferralNFA>0'),
    )
    expect(later.stored.map(({ id }) => id)).toEqual(found.stored.map(({ id }) => id))
    const changed = later.stored.filter(({ content }, at) => content !== found.stored[at]?.content)
    expect(changed.map(({ list }) => list)).toEqual(['referrals'])
  })
})

describe('the return on looked after children', () => {
  const episodes = [
    'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN',
    '101,15/02/2025,L,C2,N3,U1,PR0,14/08/2025,X1,CLOSE,,,4244474',
    '101,14/08/2025,P,C2,N3,K2,PR3,,,,ZZ1 7TT,ZZ2 9FW,8969628',
    '102,31/02/2025,P,C2,N3,K2,PR3,,,,,,',
    ',14/08/2025,P,C2,N3,K2,PR3,,,,,,',
    '103,01/03/2025,S,C2,N3,A5,PR1,01/09/2025,E11,,,,',
    '103,02/03/2025',
  ].join('\r\n')

  it('reads a row of episodes as placement, legal status and looked after', () => {
    const found = read('socialCare', 'episodes.csv', episodes)
    expect(found.format).toBe('903')
    expect(inList(found.records, 'placements').slice(0, 2)).toMatchObject([
      { line: 2, person: '101', code: 'U1', from: '15/02/2025', to: '14/08/2025', changeReason: 'CLOSE' },
      { line: 3, person: '101', code: 'K2', ofstedUrn: '8969628' },
    ])
    expect(inList(found.records, 'legalStatuses')).toHaveLength(3)
    expect(found.stored.find(({ list }) => list === 'plans')?.fields).toEqual({
      ...{ level: 'LOOKED_AFTER', from: '2025-02-15', to: '2025-08-14' },
    })
    expect(inList(found.records, 'adoption')).toMatchObject([{ person: '103', adoptedOn: '01/09/2025' }])
    expect(found.refused.map(({ line, fault }) => [line, fault])).toEqual([
      [7, 'CELLS'],
      [4, 'DATE_UNREADABLE'],
      [5, 'NO_PERSON'],
    ])
  })

  it.each([
    ['placements.code', episodes.replace('U1', 'ZZ9')],
    ['placements.changeReason', episodes.replace('CLOSE', 'BORED')],
    ['legalStatuses.code', episodes.replace('C2', 'Q9')],
    ['legalStatuses.endReason', episodes.replace('X1', 'X9')],
    ['meetings.outcome', 'CHILD,DOB,REVIEW,REVIEW_CODE\n101,27/03/2012,30/08/2025,PN99'],
    ['missing.kind', 'CHILD,DOB,MISSING,MIS_START,MIS_END\n101,12/03/2012,Q,13/11/2025,25/11/2025'],
    ['assessments.factors', 'CHILD,DOB,SDQ_SCORE,SDQ_REASON\n101,18/10/2010,99,'],
    ['person.sex', 'CHILD,SEX,DOB,ETHNIC,UPN\n101,7,27/03/2012,WROM,'],
  ])('tells a code outside its set by its field: %s', (field, text) => {
    const { stored } = read('socialCare', 'odd.csv', text)
    expect(stored.flatMap((each) => each.unread.map((name) => `${each.list}.${name}`))).toEqual([field])
  })

  it('keeps a code that only a later collection has, with its collection', () => {
    const [header = '', first = ''] = episodes.split('\n')
    const coming = ['K3', 'Z11', 'Z12', 'Z13', 'z14'].map((code, at) =>
      first
        .replace('U1', code)
        .replace('15/02/2025', `0${at + 1}/0${at + 1}/2026`)
        .replace('14/08/2025', ''),
    )
    const { stored } = read('socialCare', 'new.csv', [header, ...coming].join('\n'))
    expect(stored.flatMap(({ unread }) => unread)).toEqual([])
    expect(
      stored
        .filter(({ list }) => list === 'placements')
        .map(({ fields }) => [fields['code'], fields['collectionYear']]),
    ).toEqual([
      ['K3', 2026],
      ['Z11', 2026],
      ['Z12', 2026],
      ['Z13', 2027],
      ['Z14', 2027],
    ])
  })

  it('reads codes in either case', () => {
    const { stored } = read('socialCare', 'small.csv', episodes.toLowerCase())
    expect(stored.flatMap(({ unread }) => unread)).toEqual([])
    expect(stored.find(({ list }) => list === 'legalStatuses')?.fields).toMatchObject({ code: 'C2', endReason: 'X1' })
  })

  it.each([
    ['header', 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,2,27/03/2012,WROM,V992500912108,,', { person: 1 }],
    ['reviews', 'CHILD,DOB,REVIEW,REVIEW_CODE\n101,27/03/2012,30/08/2025,PN6', { meetings: 1 }],
    ['missing', 'CHILD,DOB,MISSING,MIS_START,MIS_END\n101,12/03/2012,A,13/11/2025,25/11/2025', { missing: 1 }],
    ['uasc', 'CHILD,SEX,DOB,DUC\n101,2,18/10/2010,13/10/2028', { person: 1 }],
    ['oc2', 'CHILD,DOB,SDQ_SCORE,SDQ_REASON\n101,18/10/2010,17,\n102,18/10/2010,,SDQ1', { assessments: 1 }],
    ['oc3', 'CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n101,18/10/2007,YES,F2,K1', { plans: 1 }],
    ['ad1', 'CHILD,DOB,DATE_INT,DATE_MATCH\n101,18/10/2020,01/02/2025,', { adoption: 1 }],
    ['dolo', 'CHILD,DOB,DOLO_START,DOLO_END\n101,18/10/2010,01/02/2025,01/05/2025', { orders: 1 }],
    ['sw_episodes', 'CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n101,18/10/2010,SW9,01/02/2025,,', { plans: 0 }],
    [
      'prev_perm',
      'CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n101,18/10/2020,P1,,zz/03/2024\n102,1/1/2020,Z1,,',
      { orders: 1 },
    ],
  ])('knows the table %s by its columns', (name, text, expected) => {
    const found = read('socialCare', `${name}.csv`, text)
    const counts = Object.fromEntries(Object.keys(expected).map((list) => [list, inList(found.records, list).length]))
    expect({ format: found.format, counts, refused: found.refused }).toEqual({
      format: '903',
      counts: expected,
      refused: [],
    })
    expect(found.made.filter((record) => 'fault' in record)).toEqual([])
  })

  it('reads the same as XML', () => {
    const found = read(
      'socialCare',
      '903.xml',
      `<?xml version='1.0' encoding='us-ascii'?>
<EXPSSDA903><CHILD><HEADER><CHILDID>101</CHILDID><UPN>V992500912108</UPN><SEX>1</SEX><DOB>02/03/2013</DOB><ETHNIC>BOTH</ETHNIC><UASC>1</UASC><DUC>15/12/2030</DUC>
<AREVIEW><REVIEW>28/01/2025</REVIEW><REVIEW_CODE>PN3</REVIEW_CODE></AREVIEW><MOTHER /><OC2><SDQ_SCORE>18</SDQ_SCORE></OC2></HEADER>
<EPISODE><DECOM>11/11/2024</DECOM><RNE>L</RNE><LS>V3</LS><CIN>N1</CIN><PL>A3</PL><URN>1594525</URN><DEC /><REC /></EPISODE></CHILD>
<CHILD><HEADER><SEX>1</SEX></HEADER></CHILD></EXPSSDA903>`,
    )
    const lists = found.records.map(({ list }) => list)
    expect(lists).toEqual(['person', 'person', 'meetings', 'assessments', 'placements', 'legalStatuses', 'plans'])
    expect(inList(found.records, 'placements')).toMatchObject([{ code: 'A3', from: '11/11/2024' }])
    expect(found.refused).toMatchObject([{ file: '903.xml', line: 5, fault: 'NO_PERSON', where: 'CHILD' }])
  })

  it.each(['HEADER', 'CHILD'])('reads what a child has several of within %s', (within) => {
    const several = `
<AMISSING><MISSING>M</MISSING><MIS_START>03/07/2025</MIS_START><MIS_END>05/07/2025</MIS_END></AMISSING>
<AMISSING><MISSING>A</MISSING><MIS_START>31/02/2025</MIS_START><MIS_END /></AMISSING>
<PERMANENCE><PREV_PERM>P2</PREV_PERM><LA_PERM>301</LA_PERM><DATE_PERM>04/05/2021</DATE_PERM></PERMANENCE>
<AD_PLACED><DATE_PLACED>09/09/2025</DATE_PLACED><DATE_PLACED_CEASED /></AD_PLACED>`
    const header = '<CHILDID>77</CHILDID><SEX>2</SEX><DOB>02/03/2019</DOB><ETHNIC>WBRI</ETHNIC>'
    const child = within === 'HEADER' ? `<HEADER>${header}${several}</HEADER>` : `<HEADER>${header}</HEADER>${several}`
    const found = read('socialCare', '903.xml', `<EXPSSDA903><CHILD>${child}</CHILD></EXPSSDA903>`)
    expect(found.stored.map(({ list, fields }) => [list, fields])).toMatchObject([
      ['person', { laChildId: '77' }],
      ['missing', { kind: 'M', from: '2025-07-02T23:00:00Z' }],
      ['orders', { type: 'P2', from: '2021-05-04' }],
      ['adoption', { relation: 'CHILD' }],
    ])
    expect(found.refused.map(({ line, fault }) => [line, fault])).toEqual([[3, 'DATE_UNREADABLE']])
  })
})

describe('a common transfer file', () => {
  const pupil = `<UPN>V992500912108</UPN><Surname>Tarrant</Surname><Forename>Leah</Forename><DOB>2012-12-08</DOB><Gender>F</Gender>
    <Languages><LanguageType><LanguageTy>FLA</LanguageTy><LanguageCode>POL</LanguageCode></LanguageType></Languages>
    <Addresses><Address><PostCode>ZZ5 3HS</PostCode></Address></Addresses>
    <SENprovision><SENprovisionInfo><SENtype>SEMH</SENtype></SENprovisionInfo></SENprovision>
    <SENhistory><SENstage><SENstageType>K</SENstageType><SENstageStartDate>2021-09-01</SENstageStartDate></SENstage></SENhistory>
    <Attendance><AttendanceDetails><Year>2025</Year><StartDate>2025-09-01</StartDate><SessionsPossible>190</SessionsPossible><SessionsAttended>120</SessionsAttended></AttendanceDetails></Attendance>
    <SchoolHistory><School><LEA>995</LEA><Estab>4000</Estab><SchoolName>Southmere High</SchoolName><EntryDate>2024-09-03</EntryDate></School></SchoolHistory>`
  const file = `<CTfile><Header><DateTime>2026-09-01T10:00:00</DateTime></Header><CTFpupilData><Pupil>${pupil}</Pupil><Pupil/></CTFpupilData></CTfile>`

  it('reads pupil, enrolment, attendance and special need', () => {
    const found = read('education', 'leah.xml', file)
    expect(found.format).toBe('ctf')
    expect(found.stored.map(({ list, fields }) => [list, fields])).toEqual([
      [
        'person',
        {
          ...{ upn: 'V992500912108', family: 'Tarrant', given: 'Leah', dateOfBirth: '2012-12-08', sex: 'F' },
          homeLanguage: 'pl',
          $identity: { postcode: 'ZZ5 3HS', previousPostcodes: [] },
        },
      ],
      ['enrolments', { school: 'Southmere High', from: '2024-09-03' }],
      ['attendance', { from: '2025-09-01', possible: 190, attended: 120 }],
      ['specialNeeds', { need: 'SEMH', provision: 'SUPPORT', from: '2021-09-01' }],
    ])
    expect(found.refused).toMatchObject([{ fault: 'NO_PERSON', where: 'Pupil' }])
  })

  it.each([
    ['more attended than there was', '180', '120', { possible: 120 }, ['attended']],
    ['fewer than none', '-4', '120', { attended: -4, possible: 120 }, ['attended']],
    ['out of fewer than none', '4', '-120', { attended: 4, possible: -120 }, ['possible']],
    ['all of it', '120', '120', { attended: 120, possible: 120 }, []],
  ])('takes no attendance that cannot be: %s', (_, attended, possible, fields, unread) => {
    const text = file.replace('>120<', `>${attended}<`).replace('>190<', `>${possible}<`)
    const [period] = read('education', 'leah.xml', text).stored.filter(({ list }) => list === 'attendance')
    expect(period?.fields).toEqual({ from: '2025-09-01', ...fields })
    expect(period?.unread).toEqual(unread)
  })

  it('takes no count by code that is none', () => {
    const codes = [
      { code: 'N', count: 3 },
      { code: 'I', count: -3 },
      { code: 'O', count: 'many' },
    ]
    const records = { attendance: [{ id: 'a', person: 'P1', fields: { from: '2025-09-01', codes } }] }
    const json = JSON.stringify({ format: 'wholeview-records/1', people: [{ id: 'P1' }], records })
    const [period] = read('education', 'codes.json', json).stored.filter(({ list }) => list === 'attendance')
    expect(period?.unread).toEqual(['codes'])
  })

  it.each([
    ['yes', true, []],
    [true, true, []],
    ['0', undefined, []],
    ['perhaps', undefined, ['nhsNumberVerified']],
  ])('reads whether a number was verified however it is written: %s', (said, verified, unread) => {
    const people = [{ id: 'P1', nhsNumber: '9991019006', nhsNumberVerified: said }]
    const { stored } = read('socialCare', 'p.json', JSON.stringify({ format: 'wholeview-records/1', people }))
    const held = read('education', 'p.json', JSON.stringify({ format: 'wholeview-records/1', people }))
    expect(held.stored[0]?.fields['$identity']).toEqual({
      nhsNumber: '9991019006',
      ...(verified ? { nhsNumberVerified: true } : {}),
    })
    for (const [person] of [stored, held.stored]) expect(person?.unread).toEqual(unread)
  })

  it.each([
    ['yes', true],
    ['perhaps', true],
    ['no', false],
    [undefined, false],
  ])('keeps an address that may be protected as one that is: %s', (said, isKept) => {
    const people = [{ id: 'P1', addresses: [{ postcode: 'ZZ5 3HS', protected: said }] }]
    const { stored } = read('socialCare', 'p.json', JSON.stringify({ format: 'wholeview-records/1', people }))
    expect(stored.find(({ list }) => list === 'addresses')?.labels).toEqual(isKept ? ['ADDRESS_PROTECTED'] : [])
  })

  /** As another program writes it: two pupils, one of whom moved school. */
  const moved = `<?xml version="1.0" encoding="UTF-16"?>
<ct:CTfile xmlns:ct="urn:any" xmlns:x="urn:other" x:hint="none"><ct:Header><ct:DocumentName>Common Transfer File</ct:DocumentName><ct:CTFversion>25.0</ct:CTFversion><ct:DateTime>2026-07-20T09:00:00</ct:DateTime></ct:Header>
<ct:CTFpupilData>
 <ct:Pupil><ct:UPN>V992500912108</ct:UPN><ct:UniqueLearnerNumber/><ct:Surname>Ó Tarraing</ct:Surname><ct:Forename>Leah &amp; co</ct:Forename><ct:DOB>2012-12-08</ct:DOB><ct:Sex>F</ct:Sex>
  <ct:BasicDetails><ct:FormerUPN/><ct:PreferredSurname>Tarrant</ct:PreferredSurname><ct:Ethnicity>WIRI</ct:Ethnicity><ct:Languages><ct:Type><ct:LanguageType>H</ct:LanguageType><ct:Language>ENG</ct:Language></ct:Type><ct:Type><ct:LanguageType>F</ct:LanguageType><ct:Language>POL</ct:Language></ct:Type></ct:Languages></ct:BasicDetails>
  <ct:SENhistory><ct:SEN><ct:StartDate>2024-01-08</ct:StartDate><ct:SENprovision>E</ct:SENprovision></ct:SEN><ct:SENneeds><ct:SENneed><ct:SENtypeRank>2</ct:SENtypeRank><ct:SENtype>SLCN</ct:SENtype></ct:SENneed><ct:SENneed><ct:SENtypeRank>1</ct:SENtypeRank><ct:SENtype>ASD</ct:SENtype></ct:SENneed></ct:SENneeds></ct:SENhistory>
  <ct:Address><ct:BS7666Address><ct:PAON>3</ct:PAON><ct:PostCode>ZZ5 3HS</ct:PostCode></ct:BS7666Address></ct:Address>
  <ct:Attendance><ct:YearData><ct:Year>2026</ct:Year><ct:LEA>992</ct:LEA><ct:Estab>4001</ct:Estab><ct:SchoolName>Eastvale Academy</ct:SchoolName><ct:SessionsPossible>300</ct:SessionsPossible><ct:SessionsAuthorised>9</ct:SessionsAuthorised><ct:SessionsAttended>270</ct:SessionsAttended></ct:YearData><ct:YearData><ct:Year>2025</ct:Year><ct:SessionsPossible>many</ct:SessionsPossible></ct:YearData></ct:Attendance>
  <ct:SchoolHistory><ct:School><ct:LEA>992</ct:LEA><ct:Estab>4001</ct:Estab><ct:SchoolName>Eastvale Academy</ct:SchoolName><ct:EntryDate>2023-09-04</ct:EntryDate><ct:LeavingDate>2026-07-17</ct:LeavingDate><ct:LeavingReason>TR</ct:LeavingReason></ct:School>
   <ct:School><ct:LEA>995</ct:LEA><ct:Estab>4000</ct:Estab><ct:EntryDate>2026-09-02</ct:EntryDate></ct:School><ct:School><ct:SchoolName>Nowhere</ct:SchoolName><ct:EntryDate>autumn</ct:EntryDate></ct:School></ct:SchoolHistory></ct:Pupil>
 <ct:Pupil><ct:UPN>UN3</ct:UPN><ct:Surname>Moor</ct:Surname><ct:Forename>Bo</ct:Forename><ct:DOB>31/02/2014</ct:DOB><ct:Sex>X</ct:Sex></ct:Pupil>
</ct:CTFpupilData></ct:CTfile>`
  const inUtf16 = Buffer.from(`\uFEFF${moved}`, 'utf16le')

  it('reads what another program writes, in two bytes a character and under a prefix', () => {
    const found = read('education', 'leaver.xml', inUtf16)
    expect(found.stored.map(({ list, fields, unread }) => [list, fields, unread])).toEqual([
      [
        'person',
        {
          ...{ upn: 'V992500912108', family: 'Ó Tarraing', given: 'Leah & co', dateOfBirth: '2012-12-08', sex: 'F' },
          ...{ homeLanguage: 'pl', ethnicity: 'WIRI' },
          $identity: { otherFamilyNames: ['Tarrant'], postcode: 'ZZ5 3HS', previousPostcodes: [] },
        },
        [],
      ],
      ['enrolments', { school: 'Eastvale Academy', from: '2023-09-04', to: '2026-07-17', endReason: 'TR' }, []],
      ['enrolments', { school: 'School 995/4000', from: '2026-09-02' }, []],
      ['attendance', { school: 'Eastvale Academy', possible: 300, attended: 270 }, []],
      ['attendance', {}, ['possible']],
      ['specialNeeds', { need: 'ASD', provision: 'EHC_PLAN', from: '2024-01-08' }, []],
      ['specialNeeds', { need: 'SLCN', provision: 'EHC_PLAN', from: '2024-01-08' }, []],
      ['person', { family: 'Moor', given: 'Bo' }, ['dateOfBirth', 'sex']],
    ])
    expect(found.refused).toMatchObject([{ line: 10, fault: 'DATE_UNREADABLE', where: 'enrolments' }])
  })

  it.each([
    ['a status alone', '<SENstatus>K</SENstatus>', [[{ provision: 'SUPPORT' }, []]], []],
    ['needs alone', '<SENneeds><SENneed><SENtype>MLD</SENtype></SENneed></SENneeds>', [[{ need: 'MLD' }, []]], []],
    [
      'a stage of no code',
      '<SENhistory><SEN><SENprovision>Q</SENprovision></SEN></SENhistory>',
      [[{}, ['provision']]],
      [],
    ],
    ['no need', '<SENhistory><SEN><SENprovision>N</SENprovision></SEN></SENhistory>', [], []],
    ['something else', '<SENhistory>\n<SENunit>1</SENunit></SENhistory>', [], [2]],
  ])('drops nothing that it says of special needs: %s', (_, said, stored, refused) => {
    const found = read(
      'education',
      'sen.xml',
      `<CTfile><CTFpupilData><Pupil><UPN>V992500912108</UPN>${said}</Pupil></CTFpupilData></CTfile>`,
    )
    const needs = found.stored.filter(({ list }) => list === 'specialNeeds')
    expect(needs.map(({ fields, unread }) => [fields, unread])).toEqual(stored)
    expect(found.refused.map(({ line }) => line)).toEqual(refused)
  })

  it.each([
    ['cut off', moved.slice(0, 900)],
    ['of no pupils', '<CTfile><Header/><CTFpupilData/></CTfile>'],
    ['with a document type', `<!DOCTYPE CTfile [<!ENTITY a "b">]>${file}`],
    ['with a bare ampersand', file.replace('Tarrant', 'Tarrant & co')],
  ])('is refused as a whole when it is %s', (_, content) => {
    expect(() => read('education', 'leaver.xml', content)).toThrow(/leaver\.xml/)
  })

  it('is not taken for a holder of another kind', () => {
    expect(() => read('socialCare', 'leah.xml', file)).toThrow(/a file of education, and the holder is of socialCare/)
  })
})

describe('record JSON', () => {
  const records = {
    format: 'wholeview-records/1',
    people: [
      {
        ...{ id: 'P1', family: 'Varga', given: 'Nia', dateOfBirth: '2014-05-02', sex: 'F', nhsNumber: '9991017305' },
        addresses: [{ postcode: 'ZZ1 1AA', from: '2020-01-01', display: '1 Mill Lane' }],
      },
      { id: 'P2', surname: 'Wrong' },
    ],
    records: {
      plans: [
        {
          id: 'plan-1',
          person: 'P1',
          recordedAt: '2026-05-14T10:00:00Z',
          fields: { level: 'CHILD_PROTECTION', from: '2026-05-14' },
        },
        { id: 'plan-2', person: 'P1', fields: { levle: 'CHILD_PROTECTION' } },
        { id: 'plan-3', person: 'P1', labels: ['SECRET'], fields: {} },
        { id: '', person: 'P1', fields: {} },
        { id: 'plan-5', person: 'P1', recordedAt: 'yesterday', fields: {} },
        null,
        { id: 'plan-7', person: 'P1', fields: { level: 'HIGHEST', from: '2026-02-30' } },
      ],
      plants: [{ id: '1', person: 'P1' }],
      actions: [{ id: 'a1', person: 'P1', fields: { text: 'Ring school' } }],
    },
  }
  const text = JSON.stringify(records, null, 1)
  const found = read('socialCare', 'nia.json', text)
  const lineWith = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length - 1

  it('reads people into the lists of the kind', () => {
    expect(found.format).toBe('json')
    expect(found.stored.slice(0, 2).map(({ list, id, fields }) => [list, id, fields])).toEqual([
      ['person', 'P1', { family: 'Varga', given: 'Nia', dateOfBirth: '2014-05-02', sex: 'F', nhsNumber: '9991017305' }],
      ['addresses', 'P1/address/1', { postcode: 'ZZ1 1AA', from: '2020-01-01', display: '1 Mill Lane' }],
    ])
    const school = read('education', 'nia.json', text)
    expect(school.stored[0]?.fields['$identity']).toEqual({
      ...{ nhsNumber: '9991017305', postcode: 'ZZ1 1AA', previousPostcodes: [] },
    })
  })

  it('refuses a record for what is wrong with it, and takes the rest', () => {
    const refused = [
      ...found.refused,
      ...found.made.flatMap((made, at) => ('fault' in made ? [{ ...made, line: found.records[at]?.line }] : [])),
    ]
    expect(refused.map(({ line, fault, where }) => [line, fault, where])).toEqual([
      [lineWith('"id": "P2"'), 'FIELD_UNKNOWN', 'people.surname'],
      [0, 'NOT_A_RECORD', 'plans'],
      [lineWith('"id": "plan-2"'), 'FIELD_UNKNOWN', 'plans.levle'],
      [lineWith('"id": "plan-3"'), 'CODE_UNKNOWN', 'plans.labels'],
      [lineWith('"id": ""'), 'NO_ID', 'plans'],
      [lineWith('"id": "plan-5"'), 'DATE_UNREADABLE', 'plans.recordedAt'],
      [lineWith('"id": "1"'), 'LIST_UNKNOWN', 'plants'],
      [lineWith('"id": "a1"'), 'NO_PARENT', 'actions'],
    ])
    for (const { fault } of refused) expect(lineFaults[fault]).toMatch(/\.$/)
  })

  it('takes no record with an image, a link to one or an encoded file, in whatever field', () => {
    const of = (id: string, text: unknown) => ({ id, person: 'P1', fields: { text } })
    const concerns = [
      of('a', 'Photo: data:image/png;base64,iVBORw0KGgo='),
      of('b', 'See https://example.org/one.jpg'),
      of('c', `File ${Buffer.from(Array.from({ length: 150 }, (_, at) => (at * 89) % 256)).toString('base64')}`),
      of('d', 'Says that a photo was shared'),
      { ...of('e', 'Upset'), recordedBy: 'data:image/png;base64,iVBORw0KGgo=' },
    ]
    const text = JSON.stringify({ format: records.format, records: { concerns } })
    const { made } = read('education', 'concerns.json', text)
    expect(made.map((each) => ('fault' in each ? [each.fault, each.where] : each.id))).toEqual([
      ['IMAGERY', 'concerns.text'],
      ['IMAGERY', 'concerns.text'],
      ['IMAGERY', 'concerns.text'],
      'd',
      ['IMAGERY', 'concerns'],
    ])
  })

  it('takes a code outside its set for no value, and none that is recorded at a time to come', () => {
    const [episode] = [{ id: 'p', person: 'P1', fields: { code: 'ZZ', from: '2026-01-01' } }]
    const placements = [
      episode,
      { ...episode, id: 'q', fields: { code: 'k2' } },
      { ...episode, id: 'r', recordedAt: '2031-01-01' },
    ]
    const { made } = read(
      'socialCare',
      'codes.json',
      JSON.stringify({ format: records.format, records: { placements } }),
    )
    expect(made.map((each) => ('fault' in each ? each.fault : [each.fields['code'], each.unread]))).toEqual([
      [undefined, ['code']],
      ['K2', []],
      'RECORDED_LATER',
    ])
  })

  it('lets a bad value cost that value alone', () => {
    const bad = found.stored.find(({ id }) => id === 'plan-7')
    // A code is kept as it was said, for whoever reads it to leave out and count; a day that is none is not there.
    expect(bad).toMatchObject({ fields: { level: 'HIGHEST' }, unread: ['level', 'from'] })
  })

  it.each([
    ['of another kind', { ...records, kind: 'police' }, /another kind of agency/],
    ['of another holder', { ...records, holder: 'F4' }, /another holder/],
    ['of another version', { ...records, format: 'wholeview-records/9' }, /format must be wholeview-records\/1/],
    ['with a member that there is not', { ...records, recrods: {} }, /recrods is nothing that a document has/],
  ])('is not taken at all when it is %s', (_, document, message) => {
    expect(() => read('socialCare', 'nia.json', JSON.stringify(document))).toThrow(message)
  })
})

const csvMapping = {
  kind: 'police',
  lists: {
    crimes: [
      {
        ...{ id: { column: 'Crime No.' }, person: { column: 'Nominal' }, eventAt: { column: 'Committed' } },
        where: { Status: ['OPEN', 'CLOSED'] },
        labels: ['DOMESTIC_ABUSE'],
        fields: { offence: { column: 'Offence' }, role: { column: 'Role', codes: { V: 'VICTIM', S: 'SUSPECT' } } },
      },
    ],
  },
}

describe('a CSV file by a mapping', () => {
  const rows = [
    'sep=;',
    'Crime No.;Nominal;Committed;Offence;Role;Status;;',
    '="0012";N1;10/07/2026 23:30;Assault;V;OPEN;;',
    "'0013;N1;46213;Theft;X;CLOSED",
    '14;N1;2026-01-01;Theft;S;DELETED',
  ]
  const readMapped = (text: string, mapping: object = csvMapping) => {
    const options = { layout: layoutOfKind('police'), owner: ownerOfKind('police'), mapping: mapping as never }
    const found = readFile(fileOf('crimes.csv', text), options)
    return { ...found, stored: found.records.map((record) => storedRecord(record, options.layout, options.owner, now)) }
  }

  it('reads what a spreadsheet saved: separators, texts kept from being numbers, counted days, local times', () => {
    const { stored } = readMapped(rows.join('\r\n'))
    expect(stored).toMatchObject([
      {
        line: 3,
        id: '0012',
        person: 'N1',
        eventAt: '2026-07-10T22:30:00Z',
        labels: ['DOMESTIC_ABUSE'],
        fields: { role: 'VICTIM' },
      },
      { line: 4, id: '0013', eventAt: '2026-07-09T23:00:00Z', unread: ['role'], fields: { offence: 'Theft' } },
    ])
  })

  it('is refused once, by file and line, with a list or field that the kind has not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'csv-mapping-'))
    const file = join(folder, 'csv.yaml')
    const [one] = csvMapping.lists.crimes
    const lines = ['kind: police', 'lists:', '  crime: []', '  crimes:', '    - id: a', '      person: b']
    const cells = ['      fields:', '        offence: c', '        offense: d', '']
    try {
      writeFileSync(
        file,
        [...lines, ...cells].join('\n').replace('crime: []', 'crime: [{ id: a, person: b, fields: {} }]'),
      )
      expect(() => readCsvMapping(file, layoutOfKind('police'))).toThrow(
        `${file}:3: lists.crime is no list of police.\n${file}:9: lists.crimes.0.fields.offense is no field of Crime.`,
      )
      writeFileSync(file, JSON.stringify({ ...csvMapping, lists: { crimes: [one] } }))
      expect(readCsvMapping(file, layoutOfKind('police')).lists['crimes']).toHaveLength(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('finds a child by what the kind has no field for, and tells it in no record', () => {
    const finds = {
      nhsNumber: { column: 'NHS' },
      nhsNumberVerified: { column: 'Traced' },
      postcode: { column: 'Home' },
    }
    const person = { id: { column: 'No' }, person: { column: 'No' }, finds, fields: { family: { column: 'Name' } } }
    const { records, stored } = readMapped('No,Name,NHS,Traced,Home\n7,Varga,9991019006,Y,ZZ5 3HS\n8,Moor,,,', {
      ...csvMapping,
      lists: { person: [person] },
    })
    const identity = { nhsNumber: '9991019006', nhsNumberVerified: true, postcode: 'ZZ5 3HS' }
    expect(records).toMatchObject([{ identity }, { identity: {} }])
    expect(stored).toMatchObject([{ fields: { family: 'Varga', $identity: identity } }, { fields: { family: 'Moor' } }])
  })

  it('names the columns that are missing, and reads nothing', () => {
    expect(() => readMapped('Crime No.,Nominal\n1,2')).toThrow(/Missing: Status, Committed, Offence, Role/)
  })

  it('asks for a mapping where the file is of no known return', () => {
    expect(() => read('police', 'crimes.csv', 'a,b\n1,2')).toThrow(/--mapping/)
  })
})
