// Sends a video in parts: with progress, going on by itself after a broken line, and with the same file chosen again
// after the window was closed. The other side is views/video_parts.py; without this script the form sends it whole.
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const words = document.querySelector("[data-upload-words]").dataset;
  const refusal = document.querySelector("[data-upload-refusal]");
  const place = document.querySelector(".upload");
  const bar = place.querySelector("progress");
  const text = place.querySelector("#upload-text");
  const pause = place.querySelector("[data-upload-pause]");
  const go = place.querySelector("[data-upload-go]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const file = form.querySelector("[type=file]");
  const megabyte = 1024 * 1024;
  // A part takes a few seconds on any line: no more is lost, and no more of the server is held.
  const smallest = megabyte / 4;
  const largest = 4 * megabyte;
  const [quick, slow] = [1500, 5000];
  const longestWait = 30000;
  let paused = false;
  let sending = false;
  let wake = () => {};

  if (form.hasAttribute("data-with-script")) form.hidden = false;
  // The rest of the form is looked at by the server, as the whole is without this script.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!sending) send();
  });
  pause.addEventListener("click", () => hold(true));
  go.addEventListener("click", () => hold(false));
  addEventListener("online", () => wake());
  addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });

  function hold(on) {
    paused = on;
    pause.hidden = on;
    go.hidden = !on;
    (on ? go : pause).focus();
    wake();
  }

  function say(sentence, values = {}) {
    text.textContent = Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), sentence);
  }

  function refuse(message) {
    sending = false;
    place.hidden = true;
    form.hidden = false;
    refusal.textContent = message;
    refusal.hidden = false;
    refusal.scrollIntoView({ block: "center" });
  }

  const inMegabytes = (bytes) => Math.round(bytes / megabyte);

  async function message(answer) {
    try {
      return (await answer.json()).message;
    } catch {
      return words.failed.replace("{status}", answer.status);
    }
  }

  // Waits so many milliseconds, or until the line is back, or a button is pressed.
  const wait = (milliseconds) =>
    new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });

  // Only where the page came over https browsers offer it; else the line's own checksums have to do.
  async function checksum(part) {
    if (!crypto.subtle) return {};
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", part));
    return { "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...digest))}` };
  }

  async function begin(chosen) {
    const body = new FormData(form);
    body.delete("file");
    body.set("name", chosen.name);
    body.set("size", chosen.size);
    return fetch(form.dataset.begin, { method: "POST", body: new URLSearchParams(body) });
  }

  async function goOn(chosen) {
    const received = Number(form.dataset.received);
    const length = Math.min(Number(form.dataset.compared), received);
    const body = await new Blob([chosen.slice(0, length), chosen.slice(received - length, received)]).arrayBuffer();
    const headers = { "Upload-Length": chosen.size, "X-CSRFToken": token, "Content-Type": "application/octet-stream" };
    return fetch(form.dataset.goOn, { method: "POST", body, headers });
  }

  async function send() {
    const chosen = file.files[0];
    refusal.hidden = true;
    if (!chosen) return refuse(words.choose);
    if (!chosen.size) return refuse(words.empty);
    if (chosen.size > Number(form.dataset.most) * megabyte) {
      return refuse(words.tooLarge.replace("{size}", Math.ceil(chosen.size / megabyte)));
    }
    sending = true;
    let answer;
    try {
      answer = await (form.dataset.begin ? begin(chosen) : goOn(chosen));
    } catch (error) {
      return refuse(error.name === "NotReadableError" ? words.gone : words.notBegun);
    }
    if (!answer.ok) return refuse(await message(answer));
    const upload = await answer.json();
    form.hidden = true;
    place.hidden = false;
    // A reload now shows the page on which this upload is gone on with.
    history.replaceState(null, "", upload.page);
    await sendParts(chosen, upload);
  }

  async function sendParts(chosen, upload) {
    let at = upload.received;
    let length = smallest;
    let failures = 0;
    const began = performance.now();
    const first = at;
    while (at < chosen.size) {
      if (paused) {
        say(words.paused, { done: inMegabytes(at), size: inMegabytes(chosen.size) });
        await wait(longestWait);
        continue;
      }
      show(at, first, chosen.size, performance.now() - began);
      let part;
      try {
        part = await chosen.slice(at, at + length).arrayBuffer();
      } catch {
        return refuse(words.gone);
      }
      const started = performance.now();
      let answer;
      try {
        const headers = { "Upload-Offset": at, "Upload-Writer": upload.writer, "X-CSRFToken": token };
        headers["Content-Type"] = "application/offset+octet-stream";
        Object.assign(headers, await checksum(part));
        answer = await fetch(upload.part, { method: "PATCH", body: part, headers });
      } catch {
        // The part may have arrived and its answer not: the server says where it is.
        say(words.waiting);
        length = smallest;
        failures += 1;
        await wait(Math.min(longestWait, 500 * 2 ** failures));
        at = await where(upload.part, at);
        continue;
      }
      if (answer.ok || answer.status === 409) {
        const received = Number(answer.headers.get("Upload-Offset"));
        if (!answer.ok && !answer.headers.has("Upload-Offset")) return refuse(await message(answer));
        failures = 0;
        at = received;
        const took = performance.now() - started;
        if (took < quick) length = Math.min(largest, length * 2);
        if (took > slow) length = Math.max(smallest, length / 2);
      } else if (answer.status === 410) {
        break;
      } else if (answer.status >= 500 || answer.status === 460) {
        // The server is busy, being restarted, or full: what it says stands there, and this goes on trying.
        failures += 1;
        say(answer.status === 502 ? words.waiting : await message(answer));
        await wait(answer.headers.has("Retry-After") ? 1000 : Math.min(longestWait, 500 * 2 ** failures));
      } else if (answer.status === 401) {
        say(await message(answer));
        hold(true);
        await wait(longestWait * 120);
      } else {
        return refuse(await message(answer));
      }
    }
    sending = false;
    bar.value = 100;
    say(words.done);
    location.assign(upload.page);
  }

  async function where(address, known) {
    try {
      const answer = await fetch(address, { method: "HEAD", cache: "no-store" });
      return answer.ok ? Number(answer.headers.get("Upload-Offset")) : known;
    } catch {
      return known;
    }
  }

  function show(at, first, size, milliseconds) {
    bar.value = (100 * at) / size;
    const minutes = at > first ? Math.ceil(((size - at) * milliseconds) / (at - first) / 60000) : 0;
    const sentence = minutes > 1 ? words.left : words.progress;
    say(sentence, { done: inMegabytes(at), size: inMegabytes(size), minutes });
  }
})();
