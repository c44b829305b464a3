import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { failSafely } from '../../web/failSafely.ts'

const fault = 'template not found: /srv/wholeview/web/views/failed.njk'

/** A server on which every page fails in this way. */
const serving = async (page: Parameters<typeof failSafely>[0]) => {
  const noted: unknown[] = []
  const app = Fastify()
  app.setErrorHandler(failSafely(page, (cause) => noted.push(cause)))
  app.get('/', () => {
    throw new Error(fault)
  })
  const { statusCode, body } = await app.inject('/')
  await app.close()
  return { statusCode, body, noted }
}

it('a failure whose page cannot be made says a number, and nothing of this machine', async () => {
  const { body, noted, statusCode } = await serving(() => {
    throw new Error(fault)
  })
  expect(statusCode).toBe(500)
  expect(body).toMatch(/^Something went wrong, and nothing was shown\. .* this number: \S+\n$/)
  expect(body).not.toMatch(/njk|\/srv/)
  expect(noted).toEqual([new Error(fault)])
})

it('a failure whose page can be made is that page', async () => {
  const { body, noted } = await serving((_error, _request, reply) => reply.code(500).send('the page'))
  expect([body, noted]).toEqual(['the page', []])
})
