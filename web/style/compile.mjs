// The stylesheet, made by a package that only a checkout has: an installed product brings it made.

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The CSS of every page. */
export const compileStyle = async (source = fileURLToPath(new URL('./workbench.scss', import.meta.url))) => {
  const { compileAsync } = await import('sass')
  const designSystem = join(dirname(createRequire(source).resolve('govuk-frontend/package.json')), 'dist')
  const { css } = await compileAsync(source, {
    ...{ loadPaths: [designSystem], quietDeps: true, style: 'compressed' },
    logger: { warn: () => undefined, debug: () => undefined },
  })
  return css
}
