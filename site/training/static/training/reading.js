/* Notes that the end of a text came into sight, and what of a video was played: the page hands in that it was watched
   only once all of it was. Without this script the button at the end does both, after half of the video's length. */
"use strict";
(() => {
  const section = document.querySelector("[data-reading]");
  if (!section) return;
  const secret = section.querySelector("[name=csrfmiddlewaretoken]").value;

  function send(address, fields) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", secret);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return fetch(address, { method: "POST", body, keepalive: true });
  }

  if (section.dataset.end && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      send(section.dataset.note, { end: section.dataset.end }).catch(() => {});
    });
    watch.observe(section);
  }

  const box = section.querySelector("[data-watch]");
  const player = document.querySelector(".video video");
  if (!box || !player) return;
  const form = section.querySelector("form");
  const why = section.querySelector("[data-held]");
  const without = why && why.textContent;
  const elsewhere = `reading-elsewhere-${box.dataset.version}`;
  let told = 0;
  let later = 0;

  function hold(held, text) {
    if (!form || !form.elements.video) return;
    form.elements.video.disabled = held;
    form.querySelector("button").disabled = held;
    why.textContent = text || (held ? why.dataset.held : without);
  }

  function played() {
    const parts = player.played;
    return JSON.stringify(Array.from(parts, (_, n) => [parts.start(n), parts.end(n)]));
  }

  async function tell() {
    told = Date.now();
    try {
      const answer = await send(box.dataset.watch, { video: box.dataset.token, played: played() });
      if (!answer.ok) return;
      const far = await answer.json();
      box.querySelector("progress").value = far.percent;
      box.querySelector("p").textContent = far.said;
      clearTimeout(later);
      const wanting = section.querySelector("[data-wanting]");
      if (wanting && far.wanting) wanting.textContent = far.wanting;
      if (far.done) hold(false, far.said);
      else if (far.percent === 100) later = setTimeout(tell, far.wait * 1000);
    } catch {
      // The line is down: what was played is told the next time.
    }
  }

  function watchedElsewhere() {
    try {
      localStorage.setItem(elsewhere, "1");
    } catch {
      // A browser that keeps nothing asks for another tap the next time.
    }
    hold(false);
  }

  function wasWatchedElsewhere() {
    try {
      return localStorage.getItem(elsewhere) === "1";
    } catch {
      return false;
    }
  }

  player.closest("figure").after(box);
  box.hidden = false;
  hold(!wasWatchedElsewhere());
  // What this browser cannot play, or what was downloaded, is watched where no script sees it.
  player.addEventListener("error", () => hold(false));
  document.querySelector(".video figcaption a").addEventListener("click", watchedElsewhere);
  player.addEventListener("timeupdate", () => Date.now() - told > 10000 && tell());
  player.addEventListener("pause", tell);
  player.addEventListener("ended", tell);
  addEventListener("pagehide", tell);
  if (player.error) hold(false);
})();
