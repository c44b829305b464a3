import { describe, expect, it } from 'vitest'
import { birthDate } from '../../src/identity/birthDate.ts'
import {
  nhsNumber,
  normalise,
  outward,
  postcode,
  pupilNumber,
  sexOf,
  soundKey,
  spellByEar,
} from '../../src/identity/normalise.ts'

describe('names', () => {
  it.each([
    ['Wiśniewska-Żak', 'wisniewska zak'],
    ['Иванова', 'ivanova'],
    ["O'Brien", 'obrien'],
    ['  ', ''],
  ])('%s are folded to letters and words', (written, folded) => expect(normalise(written)).toBe(folded))

  it.each([
    ['Kowalczyk', 'Kovalchik'],
    ['Wiśniewska', 'Vishnevski'],
    ['Wojcik', 'Voycik'],
    ['Szymon', 'Shimon'],
    ['Kowalska', 'Kowalski'],
    ['Иванова', 'Ivanov'],
    ['Phillip', 'Filip'],
  ])('%s and %s find each other by sound', (first, second) => {
    expect(soundKey(normalise(first))).toBe(soundKey(normalise(second)))
  })

  it.each([
    ['Daniel', 'Dawid'],
    ['Kowalczyk', 'Kowal'],
    ['Mia', 'Maja'],
  ])('%s and %s are not spelt alike by ear', (first, second) => {
    expect(spellByEar(normalise(first))).not.toBe(spellByEar(normalise(second)))
  })
})

describe('numbers, dates and places', () => {
  it.each([
    ['943 476 5919', '9434765919'],
    ['9434765918', ''],
    ['943476591', ''],
    ['', ''],
  ])('the NHS number %s is read as "%s"', (written, read) => expect(nhsNumber(written)).toBe(read))

  it.each([
    ['2010-02-03', '20100203'],
    ['20100203', '20100203'],
    ['03/02/2010', '20100203'],
    ['2010-02', '201002'],
    ['2010', '2010'],
    ['2010-02-31', '20100231'],
    ['yesterday', ''],
    ['2010-02-03; drop table', ''],
  ])('the date of birth %s is read as "%s"', (written, read) => expect(birthDate(written)).toBe(read))

  it('a postcode loses its spaces, and its district is known only when it is whole', () => {
    expect(postcode('qx1 2ab')).toBe('QX12AB')
    expect(outward('QX12AB')).toBe('QX1')
    expect(outward('QX1')).toBe('QX1')
  })

  it('a sex that is neither, or not known, says nothing', () => {
    expect(['F', 'female', 'M', 'boy', 'X', 'unknown', ''].map(sexOf)).toEqual(['F', 'F', 'M', 'M', '', '', ''])
  })

  it('a pupil number that is none is not kept', () => {
    expect(pupilNumber('a123456789012')).toBe('A123456789012')
    expect(pupilNumber('123')).toBe('')
  })
})
