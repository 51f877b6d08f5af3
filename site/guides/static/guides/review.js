// Keeps the longest way, the chart and the review in step with what is typed into a guide's form.
(() => {
  const panels = document.querySelectorAll("[data-guide-review]");
  const form = panels.length && panels[0].closest("form");
  if (!form) return;
  const pause = 1000;

  // Wagtail counts a tab's mistakes before the lists of rows, which come by script, have shown theirs.
  addEventListener("load", () => {
    for (const count of document.querySelectorAll(".w-tabs__errors")) count.dataset.action = "guides:recount@document->w-count#count";
    setTimeout(() => document.dispatchEvent(new CustomEvent("guides:recount")), 100);
  });

  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return new URLSearchParams(data);
  };

  // The name of a field leads to it, in whichever tab it is.
  const lead = (item) => {
    const field = form.querySelector(`[data-contentpath="${item.dataset.field}"]`);
    const panel = field || form.querySelector(`#id_${item.dataset.field}-FORMS`);
    const tab = panel && panel.closest("[role=tabpanel]");
    const name = item.querySelector("strong");
    if (!tab || !name) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name.textContent;
    button.addEventListener("click", () => {
      const handle = document.getElementById(tab.getAttribute("aria-labelledby"));
      handle.click();
      // Wagtail lets a tab appear slowly; until it is there, nothing in it takes the focus.
      const arrive = () => {
        if (handle.getAttribute("aria-selected") !== "true") return;
        if (!panel.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return void requestAnimationFrame(arrive);
        panel.scrollIntoView({ block: "center" });
        const control = panel.querySelector("input:not([type=hidden]), select, textarea, [contenteditable=true], button");
        if (control) control.focus({ preventScroll: true });
      };
      requestAnimationFrame(arrive);
    });
    name.replaceWith(button);
  };

  const show = (parts) => {
    for (const panel of panels) {
      const now = parts[panel.dataset.guideReview];
      if (panel.shown !== now) {
        const open = [...panel.querySelectorAll("details")].map((one) => one.open);
        panel.innerHTML = now;
        panel.querySelectorAll("details").forEach((one, i) => { if (i in open) one.open = open[i]; });
        panel.shown = now;
        panel.querySelectorAll("[data-field]").forEach(lead);
      }
    }
  };

  let asked = null;
  let before = null;
  const look = async () => {
    const data = typed();
    const now = data.toString();
    // Asked only when somebody has stopped typing for a moment.
    if (now === before && now !== asked && !document.hidden) {
      asked = now;
      try {
        const answer = await fetch(panels[0].dataset.address, { method: "POST", body: data });
        if (answer.ok && !answer.redirected) show(await answer.json());
      } catch {
        asked = null; // The connection is away: asked again.
      }
    }
    before = now;
    setTimeout(look, pause);
  };

  panels.forEach((panel) => panel.querySelectorAll("[data-field]").forEach(lead));
  window.addEventListener("load", () => setTimeout(look, pause));
})();
