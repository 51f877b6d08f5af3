/* Titles offered while somebody types into a search box: a combobox as the ARIA Authoring Practices describe it.
   Without this script, or without an answer, it is the plain form that it was. Nothing is asked while an input method
   is composing: what stands in the box then is no text yet. */
(() => {
  const PAUSE = 180; // milliseconds after the last key
  const KEPT = 50; // answers
  const COMPOSING = 229; // the key code of what an input method has taken
  const answers = new Map();

  const enough = (text) => text.length > 1 || /\p{Script=Han}/u.test(text);

  function combobox(form, number) {
    const box = form.elements.q;
    const kind = form.elements.kind ? form.elements.kind.value : "";
    const list = document.createElement("ul");
    const said = document.createElement("p");
    let timer = 0;
    let asking = null;
    let composing = false;
    let active = -1;

    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestLabel);
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    form.append(list, said);

    function close() {
      clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      said.textContent = "";
      choose(-1);
      box.setAttribute("aria-expanded", "false");
    }

    function choose(place) {
      active = place;
      [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
      if (active < 0) return box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }

    function show(titles) {
      list.replaceChildren(...titles.map(({ title, url, kind: label }, i) => {
        const option = document.createElement("li");
        const about = document.createElement("span");
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.dataset.url = url;
        about.textContent = label;
        option.append(title, " ", about);
        return option;
      }));
      choose(-1);
      list.hidden = !titles.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = titles.length ? form.dataset.suggestCount.replace("{count}", titles.length) : "";
    }

    async function ask() {
      const text = box.value.trim();
      if (asking) asking.abort();
      if (composing || document.activeElement !== box) return;
      if (!enough(text)) return close();
      if (!answers.has(text + kind)) {
        asking = new AbortController();
        try {
          const query = new URLSearchParams(kind ? { q: text, kind } : { q: text });
          const answer = await fetch(`${form.dataset.suggest}?${query}`, { signal: asking.signal });
          if (!answer.ok) return close();
          answers.set(text + kind, (await answer.json()).titles);
        } catch (error) {
          if (error.name !== "AbortError") close(); // A dropped line: the form still searches.
          return;
        }
        if (answers.size > KEPT) answers.delete(answers.keys().next().value);
      }
      if (box.value.trim() === text && !composing && document.activeElement === box) show(answers.get(text + kind));
    }

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    };

    box.addEventListener("input", (event) => { if (!composing && !event.isComposing) later(); });
    box.addEventListener("compositionstart", () => {
      composing = true;
      close();
    });
    box.addEventListener("compositionend", () => {
      composing = false;
      later();
    });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (composing || event.isComposing || event.keyCode === COMPOSING) return;
      const last = list.children.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) return void ask();
        // One step beyond either end is the box itself.
        const down = event.key === "ArrowDown";
        choose(down ? (active === last ? -1 : active + 1) : (active < 0 ? last : active - 1));
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        location.assign(list.children[active].dataset.url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // the first Escape leaves what was typed
        close();
      }
    });
    // The box keeps the focus, and with it a phone its keyboard, until the finger is lifted on a title.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
    form.addEventListener("submit", close);
    addEventListener("pageshow", close); // come back to by the browser's button
  }

  document.querySelectorAll("form[data-suggest]").forEach(combobox);
})();
