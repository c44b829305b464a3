import type { Gateway } from '../server/gatewayDoor.ts'
import type { Story } from './story.ts'
import type { Switchboard } from './switchboard.ts'
import type { Terminal } from './terminal.ts'

/** What a chapter of the demonstration works with. */
export interface Stage {
  readonly story: Story
  readonly terminal: Terminal
  readonly switchboard: Switchboard
  readonly url: string
  readonly gateway: Gateway
}
