import { british } from './britishNames.ts'
import type { NamePool } from './namePool.ts'
import {
  arabTurkish,
  baltic,
  cyrillic,
  czechSlovak,
  polish,
  portugueseAlbanian,
  romanian,
  southAsian,
} from './otherNames.ts'

/** Pools with the share of families that each names. Rough, and fixed so that a figure can be repeated. */
export const origins = {
  british: { pool: british, share: 0.66 },
  polish: { pool: polish, share: 0.06 },
  baltic: { pool: baltic, share: 0.02 },
  romanian: { pool: romanian, share: 0.04 },
  czechSlovak: { pool: czechSlovak, share: 0.02 },
  cyrillic: { pool: cyrillic, share: 0.03 },
  southAsian: { pool: southAsian, share: 0.11 },
  arabTurkish: { pool: arabTurkish, share: 0.04 },
  portugueseAlbanian: { pool: portugueseAlbanian, share: 0.02 },
} as const satisfies Record<string, { pool: NamePool; share: number }>

export type Origin = keyof typeof origins
