import closeWithGrace from 'close-with-grace'

/** Runs until the process is told to stop, then closes what runs. A second signal stops at once. */
export const untilStopped = (close: () => Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
      await close()
      if (err) reject(err)
      else resolve()
    })
  })
