import type { Terminal } from '../../src/cli/terminal.ts'
import type { Gateway } from '../../src/server/gatewayPort.ts'
import type { Story } from './story.ts'
import type { Switchboard } from './switchboard.ts'

/** What a chapter of the demonstration works with. */
export interface Stage {
  readonly story: Story
  readonly terminal: Terminal
  readonly switchboard: Switchboard
  readonly url: string
  readonly gateway: Gateway
}
