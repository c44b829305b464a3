import closeWithGrace from 'close-with-grace'

/**
 * Runs until the process is told to stop, then closes what runs. A second signal stops at once. Where something is to
 * be done on SIGHUP, that is no end.
 */
export const untilStopped = (close: () => Promise<void>, onHangUp?: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    if (onHangUp) process.on('SIGHUP', onHangUp)
    closeWithGrace({ delay: 15_000, logger: false, skip: onHangUp ? ['SIGHUP'] : [] }, async ({ err }) => {
      await close()
      if (err) reject(err)
      else resolve()
    })
  })
