import type { Person } from './person.ts'

const compared = ['family', 'given', 'birth', 'nhs', 'upn', 'postcode', 'sex'] as const

/**
 * Whether all that was given of a person stands in one of the spellings of a child. Nothing is weighed: whoever asks
 * by this is asking about a child they have before them on paper. A birth date may be given in part.
 */
export const saysAll = (persons: readonly Person[], asked: Person): boolean =>
  persons.some((person) =>
    compared.every((field) =>
      field === 'birth' ? person.birth.startsWith(asked.birth) : asked[field] === '' || person[field] === asked[field],
    ),
  )
