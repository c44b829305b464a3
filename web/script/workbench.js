// Nothing here is needed: every page works without it.
;(() => {
  const print = document.querySelector('[data-wv="print"]')
  if (print) {
    print.hidden = false
    print.addEventListener('click', () => window.print())
  }

  // On paper nothing is folded.
  addEventListener('beforeprint', () => {
    for (const fold of document.querySelectorAll('details.wv-fold')) fold.open = true
  })

  // Text that is not sent yet is kept at the gateway for the same person, never here.
  const token = document.querySelector('meta[name="form-token"]')?.content
  const post = (path, fields) =>
    fetch(path, {
      method: 'POST',
      body: new URLSearchParams({ _form: token, ...fields }),
      credentials: 'same-origin',
      keepalive: true,
    })
  for (const form of document.querySelectorAll('form[data-wv="draft"]')) {
    let waiting
    const keep = () => {
      waiting = undefined
      post('/workbench/draft', Object.fromEntries(new FormData(form))).catch(() => {})
    }
    const stop = () => {
      clearTimeout(waiting)
      waiting = undefined
    }
    form.addEventListener('input', () => {
      stop()
      waiting = setTimeout(keep, 1500)
    })
    form.addEventListener('submit', stop)
    // Whoever leaves the page while they type leaves nothing behind.
    addEventListener('pagehide', () => {
      if (waiting === undefined) return
      stop()
      keep()
    })
  }

  // A warning before the session ends, with a way to stay.
  const ending = document.querySelector('[data-wv="ending"]')
  if (ending && token) {
    const idle = Number(ending.dataset.idle) * 60000
    const warn = Number(ending.dataset.warn) * 60000
    let timers = []
    const begin = () => {
      timers.forEach(clearTimeout)
      ending.hidden = true
      timers = [
        setTimeout(() => {
          ending.hidden = false
          ending.querySelector('button').focus()
        }, idle - warn),
        setTimeout(() => location.assign('/workbench/sign-in?ended'), idle),
      ]
    }
    ending.querySelector('button').addEventListener('click', () => post('/workbench/stay', {}).then(begin))
    begin()
  }
})()
