// Moves the progress bar of background work; when it is finished, loads the page that says so.
(() => {
  const place = document.querySelector("[data-progress]");
  if (!place) return;
  const bar = place.querySelector("progress");
  const text = place.querySelector(".work-text");
  const pause = 2000;

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
      // Logged out, or the work is gone: the page itself says what to do.
      if (answer.redirected || answer.status === 404) return location.reload();
      const state = await answer.json();
      if (!state.unfinished) return location.reload();
      // One without a total only shows that something happens.
      if (bar.hasAttribute("max")) bar.value = state.done;
      if (text.textContent !== state.text) text.textContent = state.text;
    } catch {
      // The connection is away: asked again in a while.
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
})();
