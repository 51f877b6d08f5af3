"""What browser tests share: how Chromium is started, where the pages seem to be, what is too small for a finger."""

HOST = "http://township.test"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Links inside a sentence are excepted (WCAG 2.5.8); the skip link is out of sight until it has the focus.
SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => e.checkVisibility() && !e.matches('.skip-link') && !(e.matches('p a, li a') && e.closest('.running')))
    .filter(e => !(e.matches('p a') && !e.matches('.button')))
    .filter(e => e.getBoundingClientRect().height < 44)
    .map(e => (e.textContent || e.name) + ' ' + e.getBoundingClientRect().height)"""
