import { sessionSettings } from '../../src/store/sessionSettings.ts'

/**
 * The gateway's session settings as a connection takes them at its start, so that every contestant is planned alike.
 */
export const sessionOptions = sessionSettings
  .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`)
  .join(' ')
