import { describe, expect, test } from 'vitest'
import { parameterText } from '../../src/store/parameterText.ts'

describe('a parameter as text', () => {
  test('is the value of a text, a number, a boolean or nothing', () => {
    expect([parameterText('a'), parameterText(3), parameterText(false), parameterText(null)]).toEqual([
      'a',
      '3',
      'false',
      null,
    ])
  })

  test('quotes every item of a list', () => {
    expect(parameterText(['a,b', '{}', 'NULL', null, 'q"\\', ''])).toBe('{"a,b","{}","NULL",NULL,"q\\"\\\\",""}')
  })

  test.each([[{}], [new Date(0)], [Symbol('one')], [() => 1]])('refuses %s', (wrong) => {
    expect(() => parameterText(wrong)).toThrow(TypeError)
    expect(() => parameterText([wrong])).toThrow(TypeError)
  })
})
