import { describe, expect, it } from 'vitest'
import { imageryIn, refuseImagery } from '../../src/foundation/refuseImagery.ts'

const base64 = Buffer.from(Array.from({ length: 240 }, (_, index) => (index * 73 + 11) % 256)).toString('base64')

describe('imagery in free text', () => {
  const refused = [
    ['a data URI', 'see data:image/png;base64,iVBORw0KGgo='],
    ['a data URI in capitals', 'DATA:IMAGE/JPEG;BASE64,AAAA'],
    ['a data URI without a type', 'data:,hello'],
    ['a link to a picture', 'https://example.org/a/b.jpg'],
    ['a link to a picture with a query', 'https://example.org/photo.PNG?size=1'],
    ['a link to a film', 'http://example.org/clip.mp4#t=2'],
    ['a link without a scheme', 'www.example.org/picture.webp'],
    ['a file path', 'file:///tmp/x.heic'],
    ['the head of a JPEG', 'she sent /9j/4AAQSkZJRgABAQAAAQABAAD'],
    ['a long encoded run', `attached: ${base64}`],
    ['an encoded run hidden by a zero-width space', `x \u200b${base64.slice(0, 60)}\u200b${base64.slice(60)}`],
    ['a data URI with blanks between', 'd a t a:image/png;base64, QUJD'],
    ['the head of a PNG in pieces', 'i V B O R w 0 K G g o AAAANSUhEUgAAAAUA'],
    ['a data URI with an entity of HTML', 'see data&#58;image/png;base64,QUJD'],
    ['one in capitals and hexadecimal', 'DATA&#x3A;IMAGE/PNG;BASE64,QUJD'],
    ['one by its name, within another', 'data&amp;colon;image/png;base64,QUJD'],
    ['a data URI in per cent', 'data%3Aimage%2Fpng%3Bbase64%2CQUJD'],
    ['one in per cent twice', '%64ata%253Aimage/png;base64,QUJD'],
    ['a link in per cent', 'https%3A%2F%2Fexample.org%2Fa%2Fb%2Ejpg'],
    ['a data URI in a JavaScript escape', 'data\\u003aimage/png;base64,QUJD'],
    ['a soft hyphen', 'da\u00adta:image/png;base64,QUJD'],
    ['full-width letters', 'ｄａｔａ:image/gif;base64,R0lGODlh'],
  ] as const
  for (const [title, text] of refused)
    it(`refuses ${title}`, () => {
      expect(imageryIn(text)).not.toBe('NONE')
      expect(() => refuseImagery('fine', text)).toThrow(expect.objectContaining({ code: 'IMAGERY_PROHIBITED' }))
    })

  const allowed = [
    'She said that she had sent pictures to an adult she met in a game.',
    'Agreed at the meeting of 2026-11-20; data: see the case file.',
    'https://example.org/guidance/information-sharing',
    `${'-'.repeat(300)}`,
    'Refused: does not want the surgery, the school or the worker to know; asked again on Tuesday and said the same thing again.',
    'reference socialCare:3f9a0b77c1',
    'Attendance fell to 40%; 26% of sessions in autumn, &c; see R&D, Smith & co; school',
    'He wrote "50% 3A", the class: data to follow',
  ]
  for (const text of allowed) it(`allows words: ${text.slice(0, 40)}`, () => expect(imageryIn(text)).toBe('NONE'))

  it('says nothing of what was sent', () => {
    const sent = 'data:image/png;base64,iVBORw0KGgo='
    try {
      refuseImagery(sent)
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('iVBOR')
      expect(String(error)).not.toContain('iVBOR')
    }
  })
})
