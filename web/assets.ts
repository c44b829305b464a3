import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { designSystem } from './render.ts'

/** A file that is the same for everyone, named by what is in it. Only such files are compressed: a page holds secrets. */
export interface Asset {
  readonly name: string
  readonly type: string
  readonly plain: Buffer
  readonly gzip: Buffer
  readonly br: Buffer
}

const file = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url))

/** The stylesheet and the script of every page, made once, at the first visit. */
export const makeAssets = async (): Promise<readonly Asset[]> => {
  const [style, script] = await Promise.all([stylesheet(), readFile(file('script/workbench.js'))])
  return Promise.all([
    asset('workbench', 'css', 'text/css; charset=utf-8', style),
    asset('workbench', 'js', 'text/javascript; charset=utf-8', script),
  ])
}

const stylesheet = async (): Promise<Buffer> => {
  const { compileAsync } = await import('sass')
  const { css } = await compileAsync(file('style/workbench.scss'), {
    ...{ loadPaths: [designSystem], quietDeps: true, style: 'compressed' },
    logger: { warn: () => undefined, debug: () => undefined },
  })
  return Buffer.from(css)
}

const asset = async (name: string, ending: string, type: string, plain: Buffer): Promise<Asset> => {
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16)
  const [zipped, br] = await Promise.all([promisify(gzip)(plain, { level: 9 }), promisify(brotliCompress)(plain)])
  return { name: `${name}-${hash}.${ending}`, type, plain, gzip: zipped, br }
}
