import type { RequestListener } from 'node:http'
import type { Parts } from './workbenchParts.ts'

export type { DemonstrationPerson, Parts } from './workbenchParts.ts'

/** The workbench, opened at the first visit: a gateway whose people come another way loads none of it. */
export const openWorkbench = (parts: Parts): { readonly handle: RequestListener } => {
  let opening: Promise<RequestListener> | undefined
  const opened = () => {
    opening ??= import('./app.ts').then(({ openApp }) => openApp(parts))
    return opening
  }
  return {
    handle: (request, response) => {
      opened().then(
        (handle) => handle(request, response),
        (error: unknown) => {
          opening = undefined
          parts.log.error('REQUEST_FAILED', { detail: error instanceof Error ? error.message : String(error) })
          response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
          response.end('The workbench could not be opened. The operator’s log says why.\n')
        },
      )
    },
  }
}
