/* Notes that the end of a text came into sight. Without it the button at the end does the same. */
"use strict";
const form = document.querySelector("form[data-reading-end]");
if (form && "IntersectionObserver" in window) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    fetch(form.dataset.readingEnd, { method: "POST", body: new FormData(form), keepalive: true });
  });
  watch.observe(form);
}
