// Takes the types off each file as it is read, for tests and tools. The product itself is read as `build.mjs` puts it together.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'

/** A hook of Node's module loader. @throws what esbuild says of a file that is no TypeScript. */
export const load = async (url, context, next) => {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context)
  const sourcefile = fileURLToPath(url)
  const { code } = await transform(await readFile(sourcefile, 'utf8'), {
    ...{ loader: 'ts', format: 'esm', target: `node${process.versions.node}` },
    ...{ sourcefile, sourcemap: 'inline', sourcesContent: false },
  })
  return { format: 'module', source: code, shortCircuit: true }
}
