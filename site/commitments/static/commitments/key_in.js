// Rows that can be added, moved and taken out in a form that is sent once, from paper, and not saved while typing.
(() => {
  const form = document.querySelector("form[data-rows-form]");
  if (!form) return;
  window.autosave.prepare(form);
  window.autosave.rows(form, () => {});
})();
