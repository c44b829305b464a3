import { purposeOf, tokenFor } from '../client.ts'
import { type CommandContext, gatewayUrl } from '../commandContext.ts'

export interface TokenOptions {
  readonly as: string
  readonly purpose?: string
  readonly url?: string
}

/** `wholeview token --as mash-analyst`: the token alone on standard output, so that it can stand inside another command. */
export const token = async (context: CommandContext, options: TokenOptions): Promise<void> => {
  const purpose = purposeOf(options.purpose)
  const url = gatewayUrl(context, options.url)
  const issued = await tokenFor({ url, persona: options.as, ...(purpose ? { purpose } : {}) })
  context.terminal.out(context.terminal.json ? JSON.stringify({ token: issued }) : issued)
}
