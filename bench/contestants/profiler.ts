import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

/**
 * Profiles this process from the first SIGUSR2 to the second, where `BENCH_PROFILE` names a file: so the start, which
 * happens once, is in no one's share.
 */
export function profileOnSignal(): void {
  const file = process.env['BENCH_PROFILE']
  if (file === undefined) return
  const session = new Session()
  session.connect()
  let running = false
  process.on('SIGUSR2', () => {
    void (running ? stop(session, file) : begin(session))
    running = !running
  })
}

async function begin(session: Session): Promise<void> {
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 500 })
  await session.post('Profiler.start')
}

async function stop(session: Session, file: string): Promise<void> {
  const { profile } = await session.post('Profiler.stop')
  writeFileSync(file, JSON.stringify(profile))
}
