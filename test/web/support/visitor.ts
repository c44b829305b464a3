import type { TestGateway } from '../../support/gateway.ts'

/** What a page answered. */
export interface Shown {
  readonly status: number
  readonly headers: Headers
  readonly html: string
  /** What a reader sees: no markup, no script, no addresses. */
  readonly text: string
}

/** Someone with a browser that keeps one cookie and runs no script. */
export interface Visitor {
  readonly cookie: string
  /** @param path below the workbench, or a whole path that a page gave. */
  get(path: string): Promise<Shown>
  /** Sends a form with the token of the page that was read last. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Shown>
}

export const visitorOf = (url: string): Visitor => {
  let cookie = ''
  let token = ''
  const addressOf = (path: string) => `${url}${path.startsWith('/workbench') ? path : `/workbench${path}`}`
  const send = async (path: string, init: RequestInit = {}): Promise<Shown> => {
    const response = await fetch(addressOf(path), {
      ...{ redirect: 'manual', ...init },
      headers: { ...(cookie ? { cookie } : {}), ...init.headers },
    })
    const set = response.headers.get('set-cookie')
    if (set) cookie = set.split(';', 1)[0] ?? ''
    const to = response.headers.get('location')
    if (response.status === 303 && to) return send(to.replace(url, ''))
    const html = await response.text()
    token =
      /name="_form" value="([^"]*)"/.exec(html)?.[1] ?? /name="form-token" content="([^"]*)"/.exec(html)?.[1] ?? token
    return { status: response.status, headers: response.headers, html, text: textOf(html) }
  }
  return {
    get cookie() {
      return cookie
    },
    get: (path) => send(path),
    post: (path, fields) => send(path, { method: 'POST', body: new URLSearchParams({ _form: token, ...fields }) }),
  }
}

/** A persona of the demonstration, signed in. */
export async function signedIn(gateway: Pick<TestGateway, 'url'>, persona: string): Promise<Visitor> {
  const visitor = visitorOf(gateway.url)
  await visitor.get('/sign-in')
  const first = await visitor.post('/sign-in', { as: persona })
  if (first.status !== 200 && first.status !== 404) throw new Error(`${persona} was answered ${first.status}`)
  return visitor
}

const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#92': '\\', nbsp: ' ' },
}

const textOf = (html: string): string =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|#92|nbsp);/g, (_, name: string) => entities[name] ?? ' ')
    .replace(/\s+/g, ' ')
