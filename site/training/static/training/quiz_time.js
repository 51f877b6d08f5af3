// The time that is left, counted from what the server said; when it is over, what was given is handed in.
(() => {
  const form = document.querySelector("form[data-seconds-left]");
  if (!form) return;
  const shown = form.querySelector("[data-time-left]");
  const said = form.querySelector("[data-time-said]");
  const SAY_AT = [10, 5, 1]; // minutes
  // A clock of its own: that of the device may be wrong, or be put right meanwhile.
  const end = performance.now() + Number(form.dataset.secondsLeft) * 1000;
  let last = -1;

  function tick() {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (left !== last) {
      last = left;
      shown.textContent = `${shown.dataset.words} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (left % 60 === 0 && SAY_AT.includes(left / 60)) said.textContent = `${said.dataset.words} ${left / 60}`;
    }
    if (left > 0) return;
    clearInterval(timer);
    const whole = document.createElement("input");
    Object.assign(whole, { type: "hidden", name: "incomplete", value: "1" });
    form.append(whole);
    form.requestSubmit(form.querySelector("button[name=finish]"));
  }

  const timer = setInterval(tick, 250);
  tick();
})();
