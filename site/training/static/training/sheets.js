// The arrow keys turn the sheets of a material; without this file the links do.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, summary");
  if (typing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = { ArrowRight: "next", ArrowLeft: "prev" }[event.key];
  const link = way && document.querySelector(`.sheet-ways a[rel="${way}"]`);
  if (link) link.click();
});
