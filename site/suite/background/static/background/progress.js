// Moves the progress bar of background work; when it is finished, loads the page that says so.
(() => {
  const place = document.querySelector("[data-progress]");
  if (!place) return;
  const bar = place.querySelector("progress");
  const text = place.querySelector(".work-text");
  const pause = 2000;

  // Something that somebody chose or typed on this page and has not sent yet: loading it again would take it away.
  const begun = () => [...document.querySelectorAll("main input, main textarea")]
    .some((field) => (field.type === "file" ? field.files.length : field.value !== field.defaultValue));

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
      // Logged out, or the work is gone: the page itself says what to do.
      const gone = answer.redirected || answer.status === 404;
      const state = gone ? {} : await answer.json();
      if (!state.unfinished && !begun()) return location.reload();
      if (!gone) {
        // One without a total only shows that something happens.
        if (bar.hasAttribute("max")) bar.value = state.done;
        if (text.textContent !== state.text) text.textContent = state.text;
      }
    } catch {
      // The connection is away: asked again in a while.
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
})();
