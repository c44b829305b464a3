import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCookie, secretsOf } from '../../web/session/secrets.ts'

const [one, other] = [secretsOf(newCookie()), secretsOf(newCookie())]
const texts = fc.string({ minLength: 0, maxLength: 200 })

describe('an id in an address', () => {
  it('is read back by the session that wrote it, and is the same text each time', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(one.unseal('child', one.seal('child', text))).toBe(text === '' ? null : text)
        expect(one.seal('child', text)).toBe(one.seal('child', text))
      }),
    )
  })

  it('is nothing to another session, and nothing as another kind', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const sealed = one.seal('child', text)
        expect(other.unseal('child', sealed)).toBeNull()
        expect(one.unseal('transfer', sealed)).toBeNull()
      }),
    )
  })

  it('is nothing once a bit of it is changed, or it is written another way', () => {
    const sealed = one.seal('child', '["C04","MASH_ENQUIRY"]')
    const bytes = Buffer.from(sealed, 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(one.unseal('child', changed.toString('base64url'))).toBeNull()
    }
    for (const text of ['', 'a', `${sealed}=`, `${sealed}.`, ` ${sealed}`, sealed.slice(1), 'C04', '{}'])
      expect(one.unseal('child', text)).toBeNull()
  })

  it('does not show what it stands for', () => {
    const sealed = one.seal('child', 'C04')
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('C04')
    expect(other.seal('child', 'C04')).not.toBe(sealed)
  })
})
