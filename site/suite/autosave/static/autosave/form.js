// One whole form that loses nothing: <form autocomplete=off data-autosave=KEY data-version=3 data-news=URL>. What is
// typed is kept on the device and saved about a second later; after a reload it is there again; what somebody else
// saved meanwhile is never overwritten. docs/plugins.md says what the template and the view have to give.
(() => {
  const SAVE_AFTER = 1000;
  const NOT_AGAIN_WITHIN = 3000; // 300 people typing at once are 100 requests a second at most
  const NOT_LATER_THAN = 10000;
  const RETRY_FIRST = 3000;
  const RETRY_LAST = 15000;
  const OWN = ["csrfmiddlewaretoken", "version", "writer", "turn"];
  const BUTTONS = ["submit", "button", "reset", "image", "file", "fieldset", "output"];
  const { newKey, grouped } = window.autosave;

  const pairsOf = (text) => [...new URLSearchParams(text)];
  const pairsIn = (values) => Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));

  function keep(form) {
    const page = newKey();
    const device = window.autosave.device(`bianmin.autosave.${form.dataset.autosave}/`);
    const line = form.querySelector("[data-save-state]");
    const tell = window.autosave.stateLine(line);
    const server = window.autosave.connect({
      news: form.dataset.news,
      token: form.querySelector("[name=csrfmiddlewaretoken]")?.value || "",
    });
    let version = Number(form.dataset.version);
    let writer = newKey(); // who writes, to the server
    let turn = 0; // how many times this writer has sent the form
    let pending = false; // something is typed that the server has not confirmed
    let kept = true; // the device holds it
    let conflict = null;
    let refused = "";
    let held = false; // handing in has to wait
    let filing = false;
    let letGo = false;
    let leaving = false; // the next page may have been made already, without what is saved from now on
    let sending = null;
    let timer = 0;
    let changedFirst = 0;
    let sentLast = 0;
    let retryAfter = RETRY_FIRST;

    window.autosave.prepare(form);
    const early = window.autosave.givenEarly(form);
    const rows = window.autosave.rows(form, changed);
    const earlier = device.all().sort(([, one], [, other]) => other.at - one.at);

    // The form's text

    function read() {
      const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.includes(name));
      return new URLSearchParams(pairs.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")])).toString();
    }

    function fill(pairs) {
      const values = grouped(pairs);
      rows.fit([...values.keys()]);
      const filled = new Set();
      for (const field of form.elements) {
        const { name, type } = field;
        if (!name || OWN.includes(name) || BUTTONS.includes(type) || field.disabled) continue;
        if (put(field, values.get(name) || [])) filled.add(name);
      }
      rows.number();
      leaveOver([...values].filter(([name]) => !filled.has(name)).flatMap(([, given]) => given).filter((value) => value.trim()));
      form.dispatchEvent(new CustomEvent("autosave:filled", { bubbles: true }));
    }

    // Whether the field could take its value. Fields of one name take one value each.
    function put(field, given) {
      const { type, options } = field;
      if (type === "checkbox" || type === "radio") {
        field.checked = given.includes(field.value);
        return field.checked || !given.length;
      }
      if (type === "select-multiple") {
        [...options].forEach((option) => { option.selected = given.includes(option.value); });
        return true;
      }
      const value = given.length > 1 ? given.shift() : given[0] ?? "";
      const possible = options ? [...options].some((option) => option.value === value) : type !== "hidden" || given.length;
      if (possible) field.value = value;
      return Boolean(possible) && field.value === value;
    }

    function leaveOver(texts) {
      if (!texts.length) return;
      const box = part("[data-leftover-template]", ".message");
      box.querySelector("[data-mine]").textContent = texts.join("\n");
      line.after(box);
    }

    const part = (template, inside) => document.querySelector(template).content.cloneNode(true).querySelector(inside);

    function fieldNamed(name) {
      const there = [...form.elements].find((field) => field.name === name);
      const numbered = name.match(/^(.+)-(\d+)-/);
      if (there || !numbered) return there;
      const row = rows.newRow(numbered[1], numbered[2]);
      row?.querySelectorAll("[data-row-number]").forEach((element) => { element.textContent = Number(numbered[2]) + 1; });
      return row?.querySelector(`[name="${CSS.escape(name)}"]`);
    }

    // [{label, theirs, mine}], where the two differ in what a person can see.
    function differing(theirPairs) {
      const theirs = grouped(theirPairs);
      const mine = grouped(pairsOf(read()));
      const found = [];
      for (const name of new Set([...mine.keys(), ...theirs.keys()])) {
        const field = fieldNamed(name);
        const [one, other] = [theirs, mine].map((values) => (values.get(name) || []).filter((value) => value.trim()));
        if (!field || field.type === "hidden" || one.join("\n").trim() === other.join("\n").trim()) continue;
        const shown = (values) => values.map((value) => shownAs(field, value)).join("、") || "—";
        found.push({ label: labelOf(field), theirs: shown(one), mine: shown(other) });
      }
      return found;
    }

    function shownAs(field, value) {
      const option = field.options && [...field.options].find((one) => one.value === value);
      if (option) return option.textContent.trim();
      if (field.type !== "checkbox" && field.type !== "radio") return value;
      const box = [...form.elements].find((one) => one.name === field.name && one.value === value);
      return box?.closest("label")?.textContent.trim() || "✔";
    }

    function labelOf(field) {
      const row = field.closest("[data-row]");
      const label = (row || form).querySelector(`label[for="${CSS.escape(field.id)}"]`) || field.closest("label");
      const title = row?.querySelector("legend, [data-row-title]");
      return [title, label].filter(Boolean).map((element) => element.textContent.trim().replace(/\s+/g, " ")).join(" ") || field.name;
    }

    // What is on the device

    function remember(confirmed = false) {
      kept = device.put(writer, { text: read(), version, turn, page, confirmed, at: Date.now() });
    }

    // Another window may have taken over what this one kept while it was asleep: then this is another writer.
    function standAlone() {
      if (!kept || device.get(writer)?.page === page) return;
      writer = newKey();
      turn = 0;
    }

    // What an earlier page could not save any more: it goes on as the same writer.
    function takeUp() {
      while (earlier.length) {
        const [name, seen] = earlier.shift();
        const left = device.get(name);
        if (left?.page !== seen.page) continue;
        const stale = left.confirmed && left.version <= version;
        if (stale || !differing(pairsOf(left.text)).length) {
          device.drop(name);
          continue;
        }
        ({ version, turn } = left);
        writer = name;
        fill(pairsOf(left.text));
        pending = true;
        remember();
        save();
        return;
      }
    }

    // Saving

    function own() {
      for (const [name, value] of Object.entries({ version, writer, turn })) {
        let field = form.querySelector(`input[name="${name}"]`);
        if (!field) {
          field = document.createElement("input");
          Object.assign(field, { type: "hidden", name });
          form.append(field);
        }
        field.value = value;
      }
    }

    function show() {
      const more = held ? line.dataset.held : "";
      if (!pending) tell("saved");
      else if (server.loggedOut) tell("login", more);
      else if (server.lost) tell("lost", more);
      else if (conflict) tell("conflict", more);
      else if (refused) tell("refused", refused);
      else tell("saving");
    }

    function changed() {
      if (!pending) changedFirst = Date.now();
      pending = true;
      refused = "";
      held = false;
      remember();
      if (conflict) drawConflict();
      else if (!server.lost || !timer) later();
      show();
    }

    function later() {
      const now = Date.now();
      if (timer && now - changedFirst > NOT_LATER_THAN) return;
      wait(Math.max(SAVE_AFTER, sentLast + NOT_AGAIN_WITHIN - now));
    }

    function wait(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(save, milliseconds);
    }

    function save(outlives = false) {
      if (sending) return sending;
      clearTimeout(timer);
      timer = 0;
      if (!pending || conflict || refused) return Promise.resolve();
      sending = attempt(outlives === true).finally(() => { sending = null; show(); });
      return sending;
    }

    async function attempt(outlives) {
      standAlone();
      const text = read();
      turn += 1;
      sentLast = Date.now();
      remember();
      show();
      const body = new URLSearchParams(text);
      for (const [name, value] of Object.entries({ version, writer, turn })) body.set(name, value);
      const answer = await server.post(form.dataset.saveUrl || form.getAttribute("action") || location.href, body, outlives);
      if (!answer) {
        wait(retryAfter * (0.75 + Math.random() / 2));
        retryAfter = Math.min(retryAfter * 2, RETRY_LAST);
        return;
      }
      retryAfter = RETRY_FIRST;
      const { status, data } = answer;
      if (status === 200 && Number.isInteger(data.version)) saved(text, data.version);
      else if (status === 409 && data.values) met(data);
      else refused = (data.errors || [`${line.dataset.answered} ${status}`]).join(" ");
    }

    function saved(text, now) {
      version = now;
      form.dataset.version = now;
      own();
      if (read() !== text) {
        changedFirst = Date.now();
        remember();
        return later();
      }
      settled();
    }

    function settled() {
      pending = false;
      held = false;
      if (leaving) remember(true);
      else device.drop(writer);
      form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: { version } }));
      takeUp();
    }

    // Two versions

    function met(data) {
      if (!differing(pairsIn(data.values)).length) return saved(read(), data.version);
      conflict = data;
      drawConflict();
    }

    function drawConflict() {
      let box = form.querySelector(".conflict");
      if (!box) {
        box = part("[data-conflict-template]", ".conflict");
        box.addEventListener("click", (event) => choose(event.target.dataset.choose, event.target));
        line.after(box);
      }
      const found = differing(pairsIn(conflict.values)).map((difference) => {
        const row = part("[data-difference-template]", "section");
        for (const [name, text] of Object.entries(difference)) row.querySelector(`[data-${name}]`).textContent = text;
        return row;
      });
      box.querySelector("[data-differing]").replaceChildren(...found);
    }

    async function choose(choice, button) {
      if (choice === "copy" && (await copy())) button.textContent = button.dataset.copied;
      if (choice !== "mine" && choice !== "theirs") return;
      form.querySelector(".conflict").remove();
      const theirs = conflict;
      conflict = null;
      held = false;
      version = theirs.version;
      form.dataset.version = version;
      own();
      if (choice === "mine") save();
      else {
        fill(pairsIn(theirs.values));
        settled();
      }
      show();
      form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    }

    // The clipboard is there on https only; the old way works everywhere.
    async function copy() {
      const text = differing(pairsIn(conflict.values)).map(({ label, mine }) => `${label}\n${mine}`).join("\n\n");
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        const field = document.createElement("textarea");
        field.value = text;
        form.append(field);
        field.select();
        const done = document.execCommand("copy");
        field.remove();
        return done;
      }
    }

    // Handing in: what is on its way arrives first.
    async function handIn(event) {
      if (letGo || event.defaultPrevented) return;
      event.preventDefault();
      if (filing) return;
      filing = true;
      refused = "";
      // Sent again while this event is still under way, as it is where nothing has to be saved, the form stays here.
      await new Promise((after) => { setTimeout(after); });
      do await save(); while (pending && !conflict && !refused && !server.lost && !server.loggedOut);
      if (pending && !refused) {
        filing = false;
        held = true;
        show();
        (form.querySelector(".conflict") || line).scrollIntoView({ block: "center" });
        return;
      }
      turn += 1;
      if (pending) remember();
      own();
      letGo = true;
      form.requestSubmit(event.submitter);
      letGo = false;
      setTimeout(() => { filing = false; }, NOT_LATER_THAN);
    }

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", handIn);
    window.addEventListener("online", save);
    window.addEventListener("pageshow", () => { filing = leaving = false; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
    window.addEventListener("beforeunload", (event) => {
      leaving = true;
      if (pending && !kept) event.preventDefault();
    });
    own();
    takeUp();
    show();
    if (early.size) {
      const values = new Map([...grouped(pairsOf(read())), ...early]);
      fill([...values].flatMap(([name, given]) => given.map((value) => [name, value])));
      changed();
    }
  }

  document.querySelectorAll("form[data-autosave]").forEach(keep);
})();
