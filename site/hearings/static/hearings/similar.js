/* While somebody types a problem: the topics near to it, fetched a moment after the last key. Without this script the
   same list comes once after sending. What was shown is noted in the field "seen", so that it is not asked again. */
(() => {
  const form = document.querySelector("form[data-similar]");
  if (!form) return;
  const place = form.querySelector(".similar-place");
  const seen = new Set(form.elements.seen.value.split(" ").filter(Boolean));
  const PAUSE = 400;
  let timer = 0;
  let asking = null;

  const show = async () => {
    const asked = new URLSearchParams({ title: form.elements.title.value, text: form.elements.text.value });
    if (asking) asking.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.similar}?${asked}`, { signal: asking.signal });
      if (!answer.ok || answer.redirected) return; // a login that has ended is answered with its page
      place.innerHTML = await answer.text();
      for (const line of place.querySelectorAll("[data-key]")) seen.add(line.dataset.key);
      form.elements.seen.value = [...seen].join(" ");
    } catch {
      // A dropped line: the list comes after sending.
    }
  };

  for (const name of ["title", "text"]) {
    form.elements[name].addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    });
  }
})();
