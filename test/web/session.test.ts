import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { signedIn, type Visitor, visitorOf } from './support/visitor.ts'

describe('a session of the workbench', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())

  const rows = async () =>
    (await gateway.opened.setting.opening.store.knex('gateway.workbench_session').select()) as Record<string, unknown>[]

  it('asks again for who it is, of a request that has a token and no form', async () => {
    const page = await fetch(`${gateway.url}/workbench/sign-in`)
    const cookie = page.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    const token = /name="_form" value="([^"]*)"/.exec(await page.text())?.[1] ?? ''
    const headers = { cookie, 'x-form-token': token }
    const answered = await fetch(`${gateway.url}/workbench/sign-in`, { method: 'POST', headers })
    expect([answered.status, (await answered.text()).includes('Choose who you are.')]).toEqual([200, true])
  })

  it('sends whoever is not signed in to the sign-in page, from every address', async () => {
    for (const path of [
      '/',
      '/find',
      '/transfers',
      '/child/abc',
      '/governance/access',
      '/duties',
      '/sources',
      '/session',
    ]) {
      const shown = await visitorOf(gateway.url).get(path)
      expect([path, shown.status, /<h1[^>]*>Sign in/.test(shown.html)]).toEqual([path, 200, true])
    }
  })

  it('lets nothing of a page be kept, framed, sniffed or loaded from elsewhere', async () => {
    const visitor = await signedIn(gateway, 'mash-analyst')
    const { headers, html } = await visitor.get('/find')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self'/)
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('content-encoding')).toBeNull()
    expect(html).not.toMatch(/ style="| on[a-z]+="|<script>|https?:\/\//)
  })

  it('keeps in its cookie an opaque secret that scripts do not read, and in the store only its digest', async () => {
    const visitor = visitorOf(gateway.url)
    await visitor.get('/sign-in')
    const before = visitor.cookie
    const response = await fetch(`${gateway.url}/workbench/sign-in`)
    expect(response.headers.get('set-cookie')).toMatch(
      /^workbench=[\w-]{43}; Path=\/workbench; HttpOnly; SameSite=Lax$/,
    )
    await visitor.post('/sign-in', { as: 'mash-analyst' })
    // One that stood in the browser before the sign-in opens nothing after it.
    expect(visitor.cookie).not.toBe(before)
    const secret = visitor.cookie.split('=')[1] ?? ''
    expect(JSON.stringify(await rows())).not.toContain(secret)
    const stranger = await fetch(`${gateway.url}/workbench/find`, { headers: { cookie: before }, redirect: 'manual' })
    expect(stranger.status).toBe(303)
  })

  it('takes no form without the token of this session', async () => {
    const [visitor, other] = [await signedIn(gateway, 'mash-analyst'), await signedIn(gateway, 'social-worker')]
    const theirs = /name="form-token" content="([^"]+)"/.exec((await other.get('/find')).html)?.[1] ?? ''
    expect(theirs).not.toBe('')
    for (const token of ['', 'x', theirs]) {
      const refused = await visitor.post('/find', { _form: token, nhsNumber: '9991012745' })
      expect(refused.status).toBe(403)
      expect(refused.text).not.toContain('Thornley')
      await visitor.get('/find')
    }
    const { html } = await visitor.get('/find')
    const own = /name="form-token" content="([^"]+)"/.exec(html)?.[1] ?? ''
    const abroad = await fetch(`${gateway.url}/workbench/find`, {
      method: 'POST',
      headers: { cookie: visitor.cookie, 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ _form: own, nhsNumber: '9991012745' }),
    })
    expect(abroad.status).toBe(403)
  })

  it('takes a form with the right token from its own pages alone, by the origin that the browser says', async () => {
    const visitor = await signedIn(gateway, 'mash-analyst')
    const { headers, html } = await visitor.get('/find')
    // Without it, a browser would hide the origin of its own forms too.
    expect(headers.get('referrer-policy')).toBe('same-origin')
    const token = /name="form-token" content="([^"]+)"/.exec(html)?.[1] ?? ''
    const statusFrom = async (origin: string | null) => {
      const { status } = await fetch(`${gateway.url}/workbench/find`, {
        method: 'POST',
        headers: { cookie: visitor.cookie, ...(origin === null ? {} : { origin }) },
        body: new URLSearchParams({ _form: token, nhsNumber: '9991012745' }),
      })
      return status
    }
    const { host, port } = new URL(gateway.url)
    const foreign = ['null', 'https://elsewhere.example', `http://elsewhere.example:${port}`, 'file://', host, '']
    for (const origin of foreign) expect([origin, await statusFrom(origin)]).toEqual([origin, 403])
    for (const origin of [null, gateway.url]) expect([origin, await statusFrom(origin)]).toEqual([origin, 200])
  })

  it('gives what was typed back to whoever signed out in another window, and to no other site', async () => {
    const visitor = await signedIn(gateway, 'mash-analyst')
    await visitor.get('/find')
    const sent = async (headers: Readonly<Record<string, string>>) => {
      const response = await fetch(`${gateway.url}/workbench/messages/new/reportConcern`, {
        method: 'POST',
        headers: { cookie: visitor.cookie, ...headers },
        body: new URLSearchParams({
          _form: 'of before',
          'input.statements.0.text': 'He fell asleep <b>in every</b> lesson',
        }),
      })
      return [response.status, await response.text()] as const
    }
    const [status, html] = await sent({ origin: gateway.url, 'sec-fetch-site': 'same-origin' })
    expect(status).toBe(403)
    expect(html).toContain('He fell asleep &lt;b&gt;in every&lt;/b&gt; lesson')
    const [refused, abroad] = await sent({ origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' })
    expect([refused, abroad.includes('He fell asleep')]).toEqual([403, false])
  })

  it('reads no other kind of body, and no field twice', async () => {
    const visitor = await signedIn(gateway, 'mash-analyst')
    const { html } = await visitor.get('/find')
    const token = /name="form-token" content="([^"]+)"/.exec(html)?.[1] ?? ''
    const send = (body: string, type: string) =>
      fetch(`${gateway.url}/workbench/find`, {
        method: 'POST',
        headers: { cookie: visitor.cookie, 'content-type': type },
        body,
      })
    expect((await send(JSON.stringify({ _form: token }), 'application/json')).status).toBe(415)
    expect((await send(`_form=${token}&upn=a&upn=b`, 'application/x-www-form-urlencoded')).status).toBe(400)
    expect((await send(`_form=${token}&upn=${'a'.repeat(70_000)}`, 'application/x-www-form-urlencoded')).status).toBe(
      413,
    )
  })

  it('opens no address of another session, nor for a purpose of another role', async () => {
    const analyst = await signedIn(gateway, 'mash-analyst')
    await analyst.get('/find')
    const found = await analyst.post('/find', { nhsNumber: '9991012745', purpose: 'MASH_ENQUIRY' })
    const address = /href="(\/workbench\/child\/[^"]+)"/.exec(found.html)?.[1] ?? ''
    expect((await analyst.get(address)).text).toContain('Sam Thornley')
    const again = await signedIn(gateway, 'mash-analyst')
    const shown = await again.get(address)
    expect([shown.status, shown.text.includes('Thornley')]).toEqual([404, false])
    const changed = await analyst.post(`${address}/purpose`, { purpose: 'POLICING', here: '' })
    expect([changed.status, changed.text.includes('Thornley')]).toEqual([404, false])
  })

  it('ends with a sign-out, here or everywhere', async () => {
    const [here, there, someoneElse] = await Promise.all(
      ['gp', 'gp', 'school-nurse'].map((persona) => signedIn(gateway, persona)),
    )
    await here?.get('/session')
    await here?.post('/sign-out', {})
    const isIn = async (visitor: Visitor | undefined) =>
      (await visitor?.get('/session'))?.text.includes('Ends at the latest')
    expect([await isIn(here), await isIn(there)]).toEqual([false, true])
    const third = await signedIn(gateway, 'gp')
    await third.get('/session')
    await third.post('/sign-out-everywhere', {})
    expect([await isIn(there), await isIn(third), await isIn(someoneElse)]).toEqual([false, false, true])
  })

  it('is over after its idle time', async () => {
    const visitor = await signedIn(gateway, 'camhs-clinician')
    const { knex } = gateway.opened.setting.opening.store
    await knex('gateway.workbench_session')
      .where({ subject: 'zuzanna.merriweather' })
      .update({ seen_at: knex.raw(`now() - interval '31 minutes'`) })
    expect((await visitor.get('/session')).text).not.toContain('Ends at the latest')
  })

  it('keeps text that was begun for its writer alone, unreadable in the store', async () => {
    const writer = await signedIn(gateway, 'mash-analyst')
    const begun = async (visitor: Visitor) => {
      const { html } = await visitor.get('/messages/new/reportConcern')
      return { html, ref: /name="_draft" value="([^"]+)"/.exec(html)?.[1] ?? '' }
    }
    const typed = { 'input.childSays': 'The two birthdays differ by one digit' }
    await writer.post('/draft', { _draft: (await begun(writer)).ref, ...typed })
    expect(
      JSON.stringify(await gateway.opened.setting.opening.store.knex('gateway.workbench_draft').select()),
    ).not.toContain('birthdays')
    const seen = async (persona: string) => {
      const visitor = await signedIn(gateway, persona)
      return (await begun(visitor)).html.includes('differ by one digit')
    }
    expect([await seen('team-manager'), await seen('mash-analyst')]).toEqual([false, true])
    // What another session sealed names no form, and so does what nobody sealed.
    const { ref } = await begun(await signedIn(gateway, 'mash-analyst'))
    for (const name of [ref, 'reportConcern about nobody'])
      expect((await writer.post('/draft', { _draft: name, ...typed })).status).toBe(404)
  })

  it('keeps what was sent after its time-out for its writer, and opens nothing for it', async () => {
    const writer = await signedIn(gateway, 'school-nurse')
    const { html } = await writer.get('/messages/new/reportConcern')
    const _draft = /name="_draft" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const { knex } = gateway.opened.setting.opening.store
    const back = personas.find(({ id }) => id === 'school-nurse')?.subject ?? ''
    await knex('gateway.workbench_session')
      .where({ subject: back })
      .update({ seen_at: knex.raw(`now() - interval '31 minutes'`) })
    const sent = await writer.post('/messages/new/reportConcern', { _draft, 'input.childSays': 'He waits at the gate' })
    expect(sent.text).toContain('Sign in')
    const again = await signedIn(gateway, 'school-nurse')
    expect((await again.get('/messages/sent')).text).not.toContain('Report of a concern')
    expect((await again.get('/messages/new/reportConcern')).html).toContain('He waits at the gate')
    const other = await signedIn(gateway, 'gp')
    expect((await other.get('/messages/new/reportConcern')).html).not.toContain('He waits at the gate')
  })

  it('asks as its person in the explorer, for a page of its own alone', async () => {
    const gp = await signedIn(gateway, 'gp')
    const { html, headers } = await gp.get('/explorer')
    expect(headers.get('content-security-policy')).toMatch(/script-src 'nonce-/)
    const token = /x-form-token[^A-Za-z0-9_-]+([\w-]{43})/.exec(html)?.[1] ?? ''
    const ask = (given: string, cookie = gp.cookie, site = 'same-origin') =>
      fetch(`${gateway.url}/workbench/graphql`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', 'x-form-token': given, 'sec-fetch-site': site },
        body: JSON.stringify({ query: '{ child(id: "C04") { purpose police { intelligence { text } } } }' }),
      })
    const answered = await ask(token)
    expect(answered.headers.get('x-audit-id')).toMatch(/^[0-9a-f-]{36}$/)
    const own = await gateway.ask('gp', '{ child(id: "C04") { purpose police { intelligence { text } } } }')
    expect((await answered.json()).data).toEqual(own.data)
    const other = await signedIn(gateway, 'mash-analyst')
    for (const [given, cookie, site] of [
      ['', gp.cookie, 'same-origin'],
      [token, other.cookie, 'same-origin'],
      [token, '', 'same-origin'],
      [token, gp.cookie, 'cross-site'],
    ] as const)
      expect((await ask(given, cookie, site)).status).toBe(403)
    expect((await visitorOf(gateway.url).get('/explorer')).text).toContain('Sign in')
  })

  it('is named in the log with whoever vouched for the person, and by a key of its own', async () => {
    const visitor = await signedIn(gateway, 'mash-analyst')
    await visitor.get('/find')
    const found = await visitor.post('/find', { nhsNumber: '9991012745', purpose: 'MASH_ENQUIRY' })
    await visitor.get(/href="(\/workbench\/child\/[^"]+)"/.exec(found.html)?.[1] ?? '')
    const [entry] = await gateway.opened.setting.audit.ofChild('C04', 1)
    expect(entry?.caller).toMatchObject({
      ...{
        subject: 'ottilie.branscombe',
        clientId: 'workbench',
        organisation: 'LA2-MASH',
        role: 'MASH_ANALYST',
        purpose: 'MASH_ENQUIRY',
      },
      actors: [{ subject: `${gateway.url}/issuer`, clientId: 'workbench' }],
    })
    expect(entry?.caller.issuer).toMatch(/\/workbench$/)
    expect(entry?.caller.proven).toMatch(/^[\w-]{43}$/)
  })
})
