// Numbered groups of fields that can be added, moved and removed: `rows-0-work`, `rows-1-work`… in [data-row], within
// [data-rows=rows], made from <template data-row-template=rows> with __prefix__ for the number.
window.autosave.rows = (form, changed) => {
  const FAR = 1000000; // no row has such a number: two rows never bear one name while they are numbered anew
  const NUMBERED = ["name", "id", "for", "aria-describedby", "aria-labelledby", "aria-controls"];
  const removed = new Map();
  const boxes = () => [...form.querySelectorAll("[data-rows]")];
  const rowsIn = (box) => [...box.querySelectorAll("[data-row]")];
  const buttonFor = (kind, box) => form.querySelector(`[data-${kind}-row="${CSS.escape(box.dataset.rows)}"]`);

  // A new row, not yet in the form; null where the form has no template for it.
  function newRow(name, number) {
    const template = form.querySelector(`template[data-row-template="${CSS.escape(name)}"]`);
    if (!template) return null;
    const copy = document.createElement("template");
    copy.innerHTML = template.innerHTML.replaceAll("__prefix__", number);
    const row = copy.content.querySelector("[data-row]");
    window.autosave.prepare(row);
    return row;
  }

  function numberAs(row, name, number) {
    const group = new RegExp(`(^|[ _])(${name})-\\d+-`, "g");
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of NUMBERED) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(group, `$1$2-${number}-`));
      }
    }
    row.querySelectorAll("[data-row-number]").forEach((element) => { element.textContent = number + 1; });
  }

  // After each change of the order, and once at the start.
  function number() {
    for (const box of boxes()) {
      const name = box.dataset.rows;
      const rows = rowsIn(box);
      for (const away of [FAR, 0]) rows.forEach((row, index) => numberAs(row, name, away + index));
      const total = form.elements[`${name}-TOTAL_FORMS`];
      if (total) total.value = rows.length;
      const add = buttonFor("add", box);
      if (add) add.disabled = rows.length >= Number(box.dataset.most || FAR);
      const undo = buttonFor("undo", box);
      if (undo) undo.hidden = !removed.has(name);
    }
  }

  // As many rows as the fields with these names need.
  function fit(names) {
    for (const box of boxes()) {
      const start = `${box.dataset.rows}-`;
      const numbers = names.filter((name) => name.startsWith(start)).map((name) => parseInt(name.slice(start.length), 10));
      const wanted = Math.max(0, ...numbers.filter(Number.isInteger)) + 1;
      rowsIn(box).slice(wanted).forEach((row) => row.remove());
      for (let count = rowsIn(box).length; count < wanted; count += 1) {
        const row = newRow(box.dataset.rows, count);
        if (!row) break;
        box.append(row);
      }
    }
    number();
  }

  function add(name) {
    const box = boxes().find((one) => one.dataset.rows === name);
    const row = newRow(name, rowsIn(box).length);
    box.append(row);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  function remove(row) {
    const box = row.closest("[data-rows]");
    removed.set(box.dataset.rows, { row, before: row.nextElementSibling });
    row.remove();
  }

  function undo(name) {
    const { row, before } = removed.get(name);
    const box = boxes().find((one) => one.dataset.rows === name);
    box.insertBefore(row, before?.parentNode === box ? before : null);
    removed.delete(name);
  }

  function move(row, way) {
    const rows = rowsIn(row.closest("[data-rows]"));
    const other = rows[rows.indexOf(row) + (way === "up" ? -1 : 1)];
    if (way === "up") other?.before(row);
    else other?.after(row);
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = button?.closest("[data-row]");
    if (button?.matches("[data-add-row]")) add(button.dataset.addRow);
    else if (button?.matches("[data-undo-row]")) undo(button.dataset.undoRow);
    else if (row && button.matches("[data-remove-row]")) remove(row);
    else if (row && button.matches("[data-move-row]")) move(row, button.dataset.moveRow);
    else return;
    number();
    if (row?.isConnected) button.focus();
    else if (row) boxes().map((box) => buttonFor("undo", box)).find((undoing) => undoing && !undoing.hidden)?.focus();
    changed();
  });

  number();
  return { fit, newRow, number };
};
