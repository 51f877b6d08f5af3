// Letters and digits that cannot be mistaken for one another on paper.
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const text = document.getElementById("text");
const hash = document.getElementById("hash");
const show = () => { hash.value = text.value ? hashOf(text.value) : ""; };
text.addEventListener("input", show);
document.getElementById("make").addEventListener("click", () => {
  const letters = [];
  while (letters.length < 20) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    // A byte beyond the last whole round of letters is thrown away, so that each letter comes equally often.
    if (byte < 256 - (256 % LETTERS.length)) letters.push(LETTERS[byte % LETTERS.length]);
  }
  text.value = letters.join("").match(/.{5}/g).join("-");
  show();
});
