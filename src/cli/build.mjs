// Takes the types off the product and puts it together as fewer files: Node reads those with no loader beside it, which would
// cost every gateway a thread and its memory.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** The top of the checkout. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(checkout, 'node_modules', '.cache', 'wholeview')

/**
 * Takes the types off a program and all that it imports of this checkout; packages stay packages.
 *
 * @param entry path from the top of the checkout.
 * @param outdir the folder for which the files are meant.
 * @param place what a file is told of where it stands, as an expression: the address of a path from the top of the checkout.
 * @returns the files, of which none is written.
 * @throws what esbuild says of a file that is no TypeScript.
 */
export const bundle = async (entry, outdir, place) => {
  const { outputFiles } = await build({
    ...{ absWorkingDir: checkout, entryPoints: [entry], entryNames: '[name]', outdir, write: false },
    ...{ bundle: true, splitting: true, packages: 'external', plugins: [placed(place)], logLevel: 'silent' },
    ...{ platform: 'node', format: 'esm', target: 'node20.19', outExtension: { '.js': '.mjs' } },
    ...{ sourcemap: true, sourcesContent: false },
  })
  return outputFiles
}

/**
 * The address of a program of this checkout, ready for `import`. What was made of the same files before is used again.
 *
 * @param entry path from the top of the checkout, `src/cli/program.ts`.
 * @throws what esbuild says of a file that is no TypeScript, and what the system says where nothing may be written.
 */
export const built = async (entry) => {
  const outputFiles = await bundle(entry, cache, (path) => JSON.stringify(pathToFileURL(join(checkout, path)).href))
  const hash = createHash('sha256').update(checkout)
  for (const { path, contents } of outputFiles) hash.update(basename(path)).update(contents)
  const folder = join(cache, hash.digest('hex').slice(0, 32))
  if (!existsSync(folder)) keep(folder, outputFiles)
  return pathToFileURL(join(folder, basename(entry).replace(/\.ts$/, '.mjs'))).href
}

/** A folder appears with all its files, or not at all: others may start at the same time. */
const keep = (folder, files) => {
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  for (const { path, contents } of files) writeFileSync(join(draft, basename(path)), contents)
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true })
    if (!existsSync(folder)) throw error
  }
}

/** A file knows where it was written, and finds from there what stands beside it. */
const placed = (place) => ({
  name: 'placed',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replaceAll(
        'import.meta.url',
        place(relative(checkout, path).replaceAll(sep, '/')),
      ),
    })),
})
