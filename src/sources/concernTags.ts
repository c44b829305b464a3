/** What a record may point to besides what it was written down as: `ConcernTag` of `schema/chronology.graphql`. */
export type ConcernTag = 'NEGLECT_INDICATOR' | 'SUBSTANCE_INDICATOR'

/**
 * Words of offences, categories and kinds. A child who takes food or clothes from a shop, or is found with drugs, was
 * dealt with as an offender and nobody asked why: serious case review of Child Q and Child S (2016), 104 and 125.
 */
const pointers: readonly (readonly [ConcernTag, RegExp])[] = [
  [
    'NEGLECT_INDICATOR',
    /shop[ _-]?lift|theft[ _]from[ _](a[ _])?shop|neglect|hungry|hunger|breakfast|uniform|food|clothing/i,
  ],
  ['SUBSTANCE_INDICATOR', /drug|cannabis|alcohol|drunk|substance|possession[ _]of[ _]a[ _]controlled/i],
]

/** The tags of a record, by what of its own words may be read. A tag asks for a question and is no finding. */
export const concernTagsOf = (...words: readonly unknown[]): readonly ConcernTag[] => {
  const text = words.filter((word) => typeof word === 'string').join(' ')
  return pointers.flatMap(([tag, pointer]) => (pointer.test(text) ? [tag] : []))
}
