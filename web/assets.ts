import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

/**
 * A file that is the same for everyone, named by what is in it. Only such files are compressed: a page holds secrets.
 */
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

/** As the package brings it; a checkout makes it. */
const stylesheet = async (): Promise<Buffer> => {
  const made = file('style/workbench.css')
  if (existsSync(made)) return readFile(made)
  // @ts-expect-error a plain JavaScript file, which the build of the package runs as well
  const { compileStyle }: { compileStyle: (source: string) => Promise<string> } = await import('./style/compile.mjs')
  return Buffer.from(await compileStyle(file('style/workbench.scss')))
}

const asset = async (name: string, ending: string, type: string, plain: Buffer): Promise<Asset> => {
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16)
  const [zipped, br] = await Promise.all([promisify(gzip)(plain, { level: 9 }), promisify(brotliCompress)(plain)])
  return { name: `${name}-${hash}.${ending}`, type, plain, gzip: zipped, br }
}
