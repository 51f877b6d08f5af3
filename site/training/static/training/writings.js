// How long a text is, while it is typed: counted as domain/writings/texts.py does.
(() => {
  const COUNTED = /[A-Za-z0-9]+(?:[.,'’%-][A-Za-z0-9]+)*|[^\s\u3000]/gu;
  for (const line of document.querySelectorAll("[data-characters-of]")) {
    const field = document.getElementById(line.dataset.charactersOf);
    const shown = line.querySelector("[data-characters]");
    if (!field || !shown) continue;
    const count = () => { shown.textContent = String((field.value.match(COUNTED) || []).length); };
    field.addEventListener("input", count);
    field.form?.addEventListener("reset", () => setTimeout(count));
    field.form?.addEventListener("autosave:filled", count);
    setTimeout(count);
  }
})();
