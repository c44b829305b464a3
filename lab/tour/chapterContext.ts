import type { Terminal } from '../../src/cli/terminal.ts'
import type { Gateway } from '../../src/server/gatewayTypes.ts'
import type { Switchboard } from './agencySwitches.ts'
import type { Story } from './narrator.ts'

/** What a chapter of the demonstration works with. */
export interface Stage {
  readonly story: Story
  readonly terminal: Terminal
  readonly switchboard: Switchboard
  readonly url: string
  readonly gateway: Gateway
}
