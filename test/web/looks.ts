import { mkdirSync, writeFileSync } from 'node:fs'
import { startTestGateway } from '../support/gateway.ts'
import { openBrowser } from './support/browser.ts'
import { sampleTours, walk, wholeTours } from './support/tours.ts'

/**
 * `npm run screens -- FOLDER`: every page in every state, as it looks at 1280 and 320 pixels, at 400 % zoom, in forced
 * colours and on paper, for whoever has to look at them.
 */
export async function takeLooks(folder: string, only: string | null): Promise<void> {
  const [gateway, browser] = await Promise.all([startTestGateway(), openBrowser()])
  mkdirSync(folder, { recursive: true })
  try {
    for (const tour of [...sampleTours, ...wholeTours]) {
      if (only && tour.persona !== only) continue
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
      const page = await context.newPage()
      await walk(page, gateway.url, tour, async (state) => {
        const name = `${tour.persona} ${tour.nhsNumber ?? ''} ${state}`.replace(/[^A-Za-z0-9]+/g, '-')
        const shoot = async (look: string) =>
          writeFileSync(`${folder}/${name}.${look}.png`, await page.screenshot({ fullPage: true }))
        await shoot('1280')
        await page.setViewportSize({ width: 320, height: 900 })
        await shoot('320')
        await page.setViewportSize({ width: 1280, height: 900 })
        await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
        await shoot('forced')
        await page.emulateMedia({ forcedColors: null, colorScheme: null })
        writeFileSync(`${folder}/${name}.pdf`, await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true }))
        process.stdout.write(`${name}\n`)
      })
      await context.close()
    }
  } finally {
    await browser.close()
    await gateway.close()
  }
}
