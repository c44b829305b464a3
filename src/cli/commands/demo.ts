import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../foundation/config.ts'
import { startGateway } from '../../main.ts'
import { createLog } from '../../server/log.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'

export interface DemoOptions {
  readonly dataDir?: string
}

/**
 * `wholeview demo`: the main job, on a gateway of its own, over HTTP with real tokens. Every step checks what it says.
 */
export const demo = async (context: CommandContext, options: DemoOptions): Promise<void> => {
  const { terminal, env } = context
  if (env['NODE_ENV'] === 'production') throw new CommandFailure('The demonstration is not run in production.')
  const { chapters } = await import('../../../lab/tour/storyChapters.ts')
  const { createStory } = await import('../../../lab/tour/narrator.ts')
  const { createSwitchboard } = await import('../../../lab/tour/agencySwitches.ts')
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'wholeview-demo-')))
  const config = readConfig({ DATA_DIR: folder, PORT: '0' })
  const switchboard = createSwitchboard()
  const story = createStory(terminal)
  try {
    if (!terminal.json) terminal.out('Wholeview: what agencies know of one child. Everyone in this story is invented.')
    const running = await startGateway(await loadGateway(), config, {
      onProgress: terminal.progress,
      wrapSource: switchboard.wrap,
      log: createLog('silent'),
    })
    terminal.settled()
    try {
      for (const chapter of chapters)
        await chapter({ story, terminal, switchboard, url: running.url, gateway: running.gateway })
    } finally {
      await running.close()
    }
  } finally {
    terminal.settled()
    if (!options.dataDir) await rm(folder, { recursive: true, force: true })
  }
  terminal.out(
    terminal.json
      ? JSON.stringify({ steps: story.steps, checks: story.checks })
      : `\nAll ${story.checks} statements in ${story.steps} steps were checked against the running gateway.`,
  )
}
