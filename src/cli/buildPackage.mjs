// `npm run build`: the program as Node reads it, in `dist/`, with the files that it reads at run time: the schema, the policy
// packs, and what else is no code. What is in `dist/` is the whole product; `npm pack` ships it.
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { compileStyle } from '../../web/style/compile.mjs'
import { bundle, checkout } from './build.mjs'

const dist = join(checkout, 'dist')
const command = 'src/cli/packaged.mjs'

/** What stands between the code and is none of it. */
const dataFiles = ['schema', 'src', 'resolvers', 'seeds', 'web']
  .flatMap((room) => filesBelow(join(checkout, room)))
  .filter((path) => !/\.(?:ts|mjs|map|scss)$|\/\./.test(path))

function filesBelow(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(checkout, join(entry.parentPath, entry.name)))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

// Each file finds what it reads by where it stood in the checkout, below `dist/`.
const files = await bundle(command, dist, (path) => `new URL(${JSON.stringify(`./${path}`)}, import.meta.url).href`)
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const { path, contents } of files) writeFileSync(join(dist, basename(path)), contents)
for (const path of [...dataFiles, 'package.json']) {
  mkdirSync(dirname(join(dist, path)), { recursive: true })
  cpSync(join(checkout, path), join(dist, path))
}
mkdirSync(join(dist, 'web/style'), { recursive: true })
writeFileSync(join(dist, 'web/style/workbench.css'), await compileStyle(join(checkout, 'web/style/workbench.scss')))
chmodSync(join(dist, 'packaged.mjs'), 0o755)
process.stdout.write(`dist/: ${files.length} files of code and maps, ${dataFiles.length} of data\n`)
