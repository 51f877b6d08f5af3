// What pages share that save by themselves what is typed: the store on the device, requests that may get lost, the
// line that says whether all is safe, and trying again.
window.autosave = (() => {
  const GIVE_UP_AFTER = 10000;
  const KEEP_ALIVE_UP_TO = 60000; // characters: browsers refuse more for a request that outlives its page
  const NOT_HERE = 500;
  const TOO_MANY = 429;

  // What stays on the device. A browser that forbids it still saves while the page is open.
  function device(prefix) {
    const store = {
      put(key, value) {
        try {
          localStorage.setItem(prefix + key, JSON.stringify(value));
          return true;
        } catch { return false; /* full or forbidden */ }
      },
      get(key) {
        try { return JSON.parse(localStorage.getItem(prefix + key)); } catch { return null; }
      },
      drop(key) {
        try { localStorage.removeItem(prefix + key); } catch { /* forbidden */ }
      },
      all() {
        let names = [];
        try { names = Object.keys(localStorage).filter((name) => name.startsWith(prefix)); } catch { /* forbidden */ }
        return names.map((name) => name.slice(prefix.length)).map((key) => [key, store.get(key)]).filter(([, value]) => value);
      },
    };
    return store;
  }

  // Random numbers are there on http too, randomUUID is not.
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // Requests to the server. `news` is an address that answers {token}, `token` the CSRF token the page came with.
  function connect({ news, token }) {
    const line = { token, lost: false, loggedOut: false };

    // One request; null where nobody answered, or only something on the way.
    // `keepalive`: to be sent although the page is being left.
    line.send = async (url, body, keepalive = false) => {
      const headers = { Accept: "application/json", "X-CSRFToken": line.token };
      const options = { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(GIVE_UP_AFTER) };
      if (body) Object.assign(options, { method: "POST", body });
      if (keepalive && String(body).length < KEEP_ALIVE_UP_TO) options.keepalive = true;
      try {
        const response = await fetch(url, options);
        line.loggedOut = response.type === "opaqueredirect";
        line.lost = response.status >= NOT_HERE || response.status === TOO_MANY;
        if (line.lost || line.loggedOut) return null;
        const json = response.headers.get("Content-Type")?.startsWith("application/json");
        return { status: response.status, data: json ? await response.json() : {} };
      } catch {
        line.lost = true;
        return null;
      }
    };

    // The same, once more with a new token where the old one has expired.
    line.post = async (url, body, keepalive = false) => {
      const answer = await line.send(url, body, keepalive);
      if (answer?.status !== 403) return answer;
      const renewed = await line.send(news);
      if (!renewed?.data.token) return renewed && answer;
      line.token = renewed.data.token;
      return line.send(url, body, keepalive);
    };
    return line;
  }

  // The line that says whether all is safe; its words are the data attributes of the element.
  function stateLine(element) {
    element.hidden = false;
    const shapes = { saved: "saved", saving: "saving" };
    let shown = "";
    return (kind, more = "") => {
      const words = element.dataset;
      const text = `${words[kind]} ${more}`.trim();
      if (text === shown) return; // said once, not at every try
      element.textContent = shown = text;
      element.className = `save-state save-state-${shapes[kind] || "lost"}`;
      if (kind !== "login") return;
      const link = document.createElement("a");
      link.href = words.loginUrl;
      link.textContent = " →";
      link.setAttribute("aria-label", words.login);
      element.append(link);
    };
  }

  // What has a button only for browsers without scripts goes; what works with scripts only is shown.
  function prepare(scope) {
    scope.querySelectorAll("[data-without-script]").forEach((element) => element.remove());
    scope.querySelectorAll("[data-with-script]").forEach((element) => { element.hidden = false; });
  }

  // name -> values; of fields that hold text, that is of all but files.
  function grouped(pairs) {
    const values = new Map();
    for (const [name, value] of pairs) {
      if (typeof value === "string") values.set(name, [...(values.get(name) || []), value.replace(/\r\n?/g, "\n")]);
    }
    return values;
  }

  // What was typed or chosen before the scripts had come: name -> values now. Browsers put no old input back into a
  // form with autocomplete="off", so that what differs from how it came was done by the person.
  function givenEarly(form) {
    const asItCame = form.cloneNode(true);
    asItCame.reset();
    const [now, before] = [form, asItCame].map((one) => grouped(new FormData(one)));
    const names = [...new Set([...now.keys(), ...before.keys()])];
    const differs = (name) => JSON.stringify(now.get(name)) !== JSON.stringify(before.get(name));
    return new Map(names.filter(differs).map((name) => [name, now.get(name) || []]));
  }

  return { device, newKey, connect, stateLine, prepare, grouped, givenEarly };
})();
