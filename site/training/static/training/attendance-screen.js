/* The trainer's screen without loading again: counts down, asks for the next code when it is due, shows who has come.
   The server says how long a code has left; this clock is never asked what time it is, only how much has passed. */
"use strict";

(() => {
  const ASK_EVERY = 4000;
  const TOO_MANY = 429;
  const root = document.querySelector("[data-code]");
  const find = (name) => root.querySelector(`[data-${name}]`);
  let ends = performance.now() + Number(root.dataset.left) * 1000;
  let asked = performance.now();
  let asking = false;

  function show(news) {
    find("open").hidden = !news.open;
    find("closed").hidden = news.open;
    find("present").textContent = news.present;
    if (!news.open) return;
    ends = performance.now() + news.left * 1000;
    if (find("digits").textContent !== news.digits) {
      find("digits").textContent = news.digits;
      find("qr").innerHTML = news.qr;
    }
  }

  async function ask() {
    asking = true;
    asked = performance.now();
    try {
      const answer = await fetch(root.dataset.news, { headers: { Accept: "application/json" } });
      // A login that has ended is answered with its page. A server that is busy or being restarted is no reason to
      // leave: its own page of that knows no way back here.
      if (answer.redirected || (answer.status >= 400 && answer.status < 500 && answer.status !== TOO_MANY)) location.reload();
      else if (answer.ok) show(await answer.json());
    } catch {
      // No connection: the old code stays until it comes back; it counts a step longer.
    }
    asking = false;
  }

  setInterval(() => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    find("left-shown").textContent = left;
    find("bar").value = left;
    const due = left === 0 && !find("open").hidden;
    if (!asking && (due || performance.now() - asked > ASK_EVERY)) ask();
  }, 250);
})();
