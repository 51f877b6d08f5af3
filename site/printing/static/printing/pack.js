// Moves the progress bar of a print pack; when the pack is finished, loads the page that says so.
(() => {
  const place = document.querySelector("[data-progress]");
  if (!place) return;
  const bar = place.querySelector("progress");
  const text = place.querySelector(".pack-text");
  const pause = 2000;

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
      // Logged out meanwhile, or no such pack any more: the page itself says what to do.
      if (answer.redirected || answer.status === 404) return location.reload();
      const state = await answer.json();
      if (!state.unfinished) return location.reload();
      bar.value = state.done;
      if (text.textContent !== state.text) text.textContent = state.text;
    } catch {
      // The connection is away: asked again in a while.
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
})();
