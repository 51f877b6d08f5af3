// The clerk's page: saves what is typed by itself, keeps it on the device until the server has it, never overwrites
// what somebody else saved. Without this script the same forms work with their buttons.
(() => {
  const SAVE_AFTER = 700;
  const RETRY_EVERY = 3000;
  const ASK_EVERY = 4000;

  const page = document.querySelector("[data-problem], [data-overview]");
  if (!page) return;
  const { newKey, givenEarly } = window.autosave;
  const device = window.autosave.device(`bianmin.hearing.${page.dataset.hearing}.`);
  const server = window.autosave.connect({
    news: page.dataset.news,
    token: page.querySelector("[name=csrfmiddlewaretoken]")?.value || "",
  });
  const tell = window.autosave.stateLine(page.querySelector("[data-save-state]"));
  const list = page.querySelector("[data-entries]");
  const nextForm = page.querySelector("[data-new-entry]");
  const presence = page.querySelector("[data-presence]");
  const here = page.dataset.entryUrl;
  const items = new Map(); // what the server has not confirmed yet, by the key of the contribution
  let presencePending = false;
  let confirmed = 0; // how often the server has taken something from this page
  let asking = false;

  const entriesGivenEarly = [...page.querySelectorAll("form[data-entry]")].filter((form) => givenEarly(form).size);
  const presenceGivenEarly = presence && givenEarly(presence).size;
  window.autosave.prepare(document);

  function show() {
    const waiting = [...items.values()];
    const refused = waiting.find((item) => item.refused);
    if (!waiting.length && !presencePending) tell("saved");
    else if (server.loggedOut) tell("login");
    else if (server.lost) tell("lost");
    else if (waiting.some((item) => item.conflict && item.url === here)) tell("conflict");
    else if (waiting.some((item) => item.conflict)) tell("elsewhere");
    else if (refused) tell("refused", refused.refused);
    else tell("saving");
  }

  // Contributions

  const formOf = (key) => document.querySelector(`form[data-entry][data-key="${CSS.escape(key)}"]`);
  const rowOf = (key) => list?.querySelector(`[data-item="${CSS.escape(key)}"]`);
  const same = (one, other) => ["kind", "who", "speaker", "text"].every((name) => (one[name] || "") === (other[name] || ""));

  function valuesOf(form) {
    const data = new FormData(form);
    return Object.fromEntries(["kind", "who", "speaker", "text"].map((name) => [name, (data.get(name) || "").replace(/\r\n/g, "\n")]));
  }

  function fill(form, values) {
    form.elements.text.value = values.text;
    form.elements.who.value = values.who;
    form.elements.speaker.value = values.speaker;
    form.elements.kind.value = values.kind;
    offerName(form);
  }

  // A representative asks, an officer answers; a name is written only for somebody else.
  function offerName(form) {
    const { kind, who } = form.elements;
    const apart = { question: "o", answer: "r" }[kind.value];
    who.querySelectorAll("optgroup").forEach((group) => { group.disabled = group.dataset.group === apart; });
    if (who.value && who.value[0] === apart) who.value = "";
    const named = who.value !== "";
    form.querySelector(".speaker").hidden = named;
    if (named) form.elements.speaker.value = "";
  }

  function remember(item) {
    items.set(item.key, item);
    const { sending, timer, ...kept } = item;
    device.put(item.key, kept);
    show();
  }

  function forget(item) {
    clearTimeout(item.timer);
    items.delete(item.key);
    device.drop(item.key);
    show();
  }

  function typed(form) {
    const key = form.dataset.key;
    const values = valuesOf(form);
    const known = items.get(key);
    if (!known && !values.text.trim()) return;
    const item = known || { key, url: here, version: Number(form.elements.version.value), tried: [] };
    item.values = values;
    delete item.refused;
    remember(item);
    clearTimeout(item.timer);
    if (!item.conflict) item.timer = setTimeout(() => save(item), SAVE_AFTER);
  }

  async function save(item) {
    if (item.sending || item.conflict || item.refused || !items.has(item.key)) return;
    item.sending = true;
    const sent = { ...item.values };
    // An answer that got lost on the way must not look like somebody else's change.
    item.tried = [...item.tried, sent].slice(-5);
    remember(item);
    const body = new URLSearchParams({ key: item.key, version: item.version, ...sent });
    if (item.remove) body.set("remove", "1");
    const answer = await server.post(item.url, body);
    item.sending = false;
    if (answer) settle(item, sent, answer);
    show();
  }

  function settle(item, sent, { status, data }) {
    if (status === 200) return saved(item, sent, data.version);
    if (status === 409) {
      const mine = item.tried.some((values) => same(values, data)) && !data.removed;
      if (item.remove && data.removed) return saved(item, sent, data.version);
      if (mine) {
        item.version = data.version;
        if (same(item.values, data) && !item.remove) return saved(item, item.values, data.version);
        item.tried = [];
        remember(item);
        return save(item);
      }
      item.conflict = data;
      remember(item);
      return ask(item);
    }
    item.refused = (data.errors || [String(status)]).join(" ");
    remember(item);
  }

  function saved(item, sent, version) {
    confirmed += 1;
    const form = formOf(item.key);
    const row = rowOf(item.key);
    if (item.remove) {
      row?.remove();
      return forget(item);
    }
    item.version = version;
    item.tried = [];
    if (form) form.elements.version.value = version;
    if (row) {
      row.dataset.version = version;
      draw(row);
    }
    if (same(item.values, sent)) return forget(item);
    remember(item);
    item.timer = setTimeout(() => save(item), SAVE_AFTER);
  }

  // The contribution as text, from what its form holds.
  function draw(row) {
    const form = row.querySelector("form[data-entry]");
    if (!form) return;
    const chosen = form.elements.who.selectedOptions[0];
    row.querySelector("[data-shown=kind]").textContent = form.elements.kind.selectedOptions[0].textContent;
    row.querySelector("[data-shown=who]").textContent = form.elements.who.value ? chosen.textContent : form.elements.speaker.value;
    row.querySelector("[data-shown=text]").textContent = form.elements.text.value;
    row.className = `entry entry-${form.elements.kind.value}`;
  }

  function newRow(key, version, values) {
    const row = document.querySelector("[data-entry-template]").content.cloneNode(true).querySelector("li");
    const form = row.querySelector("form[data-entry]");
    row.id = `entry-${key}`;
    row.dataset.item = form.dataset.key = form.elements.key.value = key;
    row.dataset.version = form.elements.version.value = version;
    for (const name of ["kind", "who", "speaker", "text"]) {
      form.elements[name].id = `${name}-${key}`;
      form.querySelector(`label[for^="${name}-"]`).htmlFor = `${name}-${key}`;
    }
    window.autosave.prepare(row);
    fill(form, values);
    list.append(row);
    document.querySelector("[data-nothing-said]")?.remove();
    draw(row);
    return row;
  }

  function next() {
    const values = valuesOf(nextForm);
    if (!values.text.trim()) return nextForm.elements.text.focus();
    const key = nextForm.dataset.key;
    typed(nextForm);
    const item = items.get(key);
    newRow(key, nextForm.elements.version.value, values);
    if (item) save(item);
    nextForm.dataset.key = nextForm.elements.key.value = newKey();
    nextForm.elements.version.value = 0;
    fill(nextForm, { kind: values.kind === "question" ? "answer" : "discussion", who: "", speaker: "", text: "" });
    nextForm.elements.text.focus();
  }

  // Both texts, and the clerk decides.
  function ask(item) {
    const form = formOf(item.key);
    if (!form || form.querySelector(".conflict")) return;
    const box = document.querySelector("[data-conflict-template]").content.cloneNode(true).querySelector(".conflict");
    const theirs = item.conflict;
    const told = box.querySelector("[data-told]");
    told.textContent = theirs.removed ? told.dataset.removed : told.dataset.changed;
    box.querySelector("[data-theirs]").textContent = theirs.removed ? "—" : theirs.text;
    box.querySelector("[data-mine]").textContent = item.values.text;
    if (theirs.removed) box.querySelector("[data-choose=both]").remove();
    form.prepend(box);
    form.closest("details")?.setAttribute("open", "");
    box.addEventListener("click", (event) => {
      const choice = event.target.dataset.choose;
      if (choice) choose(item, form, box, choice);
    });
  }

  function choose(item, form, box, choice) {
    const theirs = item.conflict;
    box.remove();
    delete item.conflict;
    if (choice === "theirs") {
      forget(item);
      if (theirs.removed) return rowOf(item.key)?.remove();
      fill(form, theirs);
      form.elements.version.value = theirs.version;
      const row = rowOf(item.key);
      if (row) draw(row);
      return;
    }
    item.version = theirs.version;
    item.tried = [];
    if (choice === "both") {
      form.elements.text.value = `${theirs.text}\n${item.values.text}`;
      form.elements.text.focus();
    }
    item.values = valuesOf(form);
    remember(item);
    save(item);
  }

  // What the others wrote meanwhile.
  function merge(html) {
    const come = document.createElement("template");
    come.innerHTML = html;
    const keys = new Set();
    let before = null;
    for (const row of [...come.content.querySelectorAll("[data-item]")]) {
      const key = row.dataset.item;
      keys.add(key);
      if (nextForm?.dataset.key === key) continue;
      window.autosave.prepare(row);
      const old = rowOf(key);
      if (!old) {
        if (before) before.after(row);
        else list.prepend(row);
        prepare(row);
      } else if (old.dataset.version !== row.dataset.version && !items.has(key)) {
        row.querySelector("details")?.toggleAttribute("open", Boolean(old.querySelector("details[open]")));
        old.replaceWith(row);
        prepare(row);
      }
      before = rowOf(key);
    }
    for (const row of [...list.querySelectorAll("[data-item]")]) {
      if (!keys.has(row.dataset.item) && !items.has(row.dataset.item)) row.remove();
    }
    if (list.children.length) document.querySelector("[data-nothing-said]")?.remove();
  }

  function prepare(scope) {
    scope.querySelectorAll("form[data-entry]").forEach(offerName);
  }

  async function news() {
    if (document.hidden || asking) return;
    asking = true;
    const before = confirmed;
    const answer = await server.send(`${page.dataset.news}?since=${encodeURIComponent(page.dataset.version)}`);
    asking = false;
    // Written before the server took something from here, it would take that off the page again: asked anew next time.
    if (answer?.status === 200 && confirmed === before) {
      const { data } = answer;
      page.dataset.version = data.version;
      server.token = data.token;
      if (list) {
        merge(data.html);
        document.querySelector("[data-changed-elsewhere]").hidden = data.state === page.dataset.state;
      } else {
        document.querySelector("[data-problems]").innerHTML = data.html;
        if (!presencePending) tick(data.present);
      }
    }
    show();
  }

  // Attendance

  let presenceSending = false;
  const boxes = () => [...presence.querySelectorAll("[name=present]")];
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.value);

  function tick(present) {
    const now = new Set(present);
    boxes().forEach((box) => { box.checked = now.has(box.value); });
    presence.querySelectorAll("[name=was]").forEach((field) => field.remove());
    for (const value of now) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "was", value });
      presence.append(field);
    }
  }

  function attendanceChanged() {
    presencePending = true;
    const was = [...presence.querySelectorAll("[name=was]")].map((field) => field.value);
    device.put("attendance", { was, present: ticked() });
    show();
    saveAttendance();
  }

  async function saveAttendance() {
    if (!presencePending || presenceSending) return;
    presenceSending = true;
    const sent = ticked();
    const answer = await server.post(presence.action, new URLSearchParams(new FormData(presence)));
    presenceSending = false;
    if (answer?.status === 200) {
      confirmed += 1;
      const now = ticked();
      const changed = new Map(boxes().map((box) => [box.value, box.checked]));
      presencePending = sent.join() !== now.join();
      tick(answer.data.present);
      if (presencePending) {
        // Tapped while the answer was on its way.
        boxes().forEach((box) => {
          if (sent.includes(box.value) !== changed.get(box.value)) box.checked = changed.get(box.value);
        });
        saveAttendance();
      } else device.drop("attendance");
    } else if (answer?.data?.errors) {
      presencePending = false;
      device.drop("attendance");
      location.reload();
    }
    show();
  }

  function retry() {
    for (const item of items.values()) save(item);
    if (presence) saveAttendance();
  }

  // What an earlier page could not save any more.
  for (const [key, kept] of device.all()) {
    if (key === "attendance") {
      if (presence) {
        tick(kept.was);
        const now = new Set(kept.present);
        boxes().forEach((box) => { box.checked = now.has(box.value); });
        presencePending = true;
      }
      continue;
    }
    const item = { ...kept, tried: kept.tried || [] };
    items.set(key, item);
    if (item.url === here && list && nextForm) {
      const row = rowOf(key);
      if (row) fill(row.querySelector("form[data-entry]"), item.values);
      else newRow(key, item.version, item.values);
      if (row) draw(row);
      if (item.conflict) ask(item);
    }
  }

  if (list) {
    prepare(page);
    page.addEventListener("input", (event) => {
      const form = event.target.closest("form[data-entry]");
      if (!form) return;
      offerName(form);
      typed(form);
    });
    page.addEventListener("submit", (event) => {
      const form = event.target;
      if (!form.matches("[data-entry]")) return;
      event.preventDefault();
      if (form === nextForm) return next();
      const key = form.dataset.key;
      if (event.submitter?.matches("[data-remove]")) {
        const item = items.get(key) || { key, url: here, version: Number(form.elements.version.value), tried: [] };
        clearTimeout(item.timer);
        Object.assign(item, { values: valuesOf(form), remove: true });
        delete item.refused;
        remember(item);
        save(item);
      }
    });
  }
  if (presence) presence.addEventListener("change", attendanceChanged);
  entriesGivenEarly.forEach(typed);
  if (presenceGivenEarly) attendanceChanged();
  window.addEventListener("online", retry);
  setInterval(retry, RETRY_EVERY);
  setInterval(news, ASK_EVERY);
  retry();
  show();
})();
