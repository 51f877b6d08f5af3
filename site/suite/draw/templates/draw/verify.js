// The draw computed again, as docs/draw.md describes it. The words are in the page; here is only the arithmetic.
const STEPS = ["list", "hash", "times", "seed", "tickets", "order", "outcome"];
const fail = (found) => { throw new Error(found); };

function parse(text) {
  const lines = text.split("\n");
  let at = 0;
  const take = (name, fields) => {
    const line = at < lines.length ? lines[at].split("\t") : [];
    at += 1;
    return line.shift() === name && line.length === fields ? line : fail(at);
  };
  const number = (digits) => (/^(0|[1-9][0-9]{0,8})$/.test(digits) ? Number(digits) : fail(at));
  const moment = (name) => {
    const [written] = take(name, 1);
    const when = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(written) ? Date.parse(written) : NaN;
    return Number.isNaN(when) ? fail(at) : when;
  };
  const next = () => (lines[at] || "").split("\t")[0];
  if (take("便民抽签名单", 1)[0] !== "1") fail(1);
  ["编号", "名称", "用途"].forEach((name) => take(name, 1));
  take("事项", 3);
  if (next() === "重抽") take("重抽", 2);
  const list = { total: number(take("名额", 1)[0]), seats: new Map(), candidates: [] };
  while (next() === "保底") { const [stratum, kept] = take("保底", 2); list.seats.set(stratum, number(kept)); }
  list.rest = number(take("轮休", 1)[0]);
  const mode = (lines[at] || "").split("\t")[1];
  if (mode === "公开结果") list.digits = number(take("种子", 4)[3]);
  else if (take("种子", 1)[0] === "多人暗号") list.digits = 0;
  else fail(at);
  list.due = moment("到期");
  list.frozen = moment("冻结");
  const count = number(take("人数", 1)[0]);
  for (let i = 0; i < count; i += 1) {
    const [key, stratum, last, label] = (lines[at] || "").split("\t");
    at += 1;
    if (label === undefined || lines[at - 1].split("\t").length !== 4 || !/^[A-Za-z0-9][A-Za-z0-9._:-]{0,59}$/.test(key)) fail(at);
    list.candidates.push({ key, stratum, last: number(last) });
  }
  if (lines.length !== at + 1 || lines[at] !== "") fail(at + 1);
  list.open = list.total - [...list.seats.values()].reduce((sum, kept) => sum + kept, 0);
  if (list.open < 0 || new Set(list.candidates.map((one) => one.key)).size !== count) fail("?");
  return list;
}

function times(file, list) {
  const pairs = [[list.frozen, list.due]];
  let known = list.frozen;
  if (list.digits && file.result) {
    known = Date.parse(file.result.entered_at);
    pairs.push([list.due, known]);
  }
  if (!list.digits) {
    const closed = file.hashes_closed_at ? Date.parse(file.hashes_closed_at) : list.due;
    for (const person of file.people) {
      const recorded = Date.parse(person.recorded_at);
      pairs.push([list.frozen, recorded], [recorded, closed]);
      if (person.shown_at) {
        const shown = Date.parse(person.shown_at);
        pairs.push([closed, shown], [shown, list.due]);
        known = Math.max(known, shown);
      }
    }
  }
  if (file.drawn_at) pairs.push([known, Date.parse(file.drawn_at)]);
  const wrong = pairs.find(([before, after]) => !(before <= after));
  return wrong ? [false, wrong.map((when) => new Date(when).toLocaleString()).join(" > ")] : [true, ""];
}

function strings(file, list) {
  if (list.digits) {
    if (!file.result) return null;
    return /^[0-9]+$/.test(file.result.value) && file.result.value.length === list.digits ? [file.result.value] : fail(file.result.value);
  }
  for (const person of file.people) {
    if (person.text !== undefined && (hashOf(person.text) !== person.sha256 || /[\n\r\t]/.test(person.text))) fail(person.name);
  }
  if (!file.people.length || file.people.some((person) => person.text === undefined)) return null;
  if (file.people.length < 3 || new Set(file.people.map((person) => person.sha256)).size < file.people.length) fail(file.people.length);
  return file.people.map((person) => person.text);
}

const seedKey = (file, texts) => hashOf(["便民抽签种子\t1", hashOf(file.list), ...texts, ""].join("\n"));

function draw(list, key) {
  const keyBytes = Uint8Array.from(key.match(/../g), (pair) => parseInt(pair, 16));
  const compare = (a, b) => (a < b ? -1 : Number(a > b));
  const people = list.candidates.map((one) => ({
    ...one,
    ticket: hex(hmac(keyBytes, bytesOf(one.key))),
    late: one.last > 0 && one.last <= list.rest ? list.rest + 1 - one.last : 0,
  }));
  people.sort((a, b) => a.late - b.late || compare(a.ticket, b.ticket) || compare(a.key, b.key));
  const kept = new Map(list.seats);
  let open = list.open;
  for (const one of people) {
    if (kept.get(one.stratum) > 0) { kept.set(one.stratum, kept.get(one.stratum) - 1); one.outcome = "kept"; }
    else if (open > 0) { open -= 1; one.outcome = "open"; }
    else one.outcome = "waiting";
  }
  return people;
}

function verify(file) {
  const found = {};
  let list, texts, people;
  const step = (name, work) => { try { found[name] = work(); } catch (error) { found[name] = [false, error.message]; } };
  step("list", () => {
    if (file.format !== "bianmin-draw 1") fail(file.format);
    list = parse(file.list);
    return [true, String(list.candidates.length)];
  });
  if (!list) return found;
  step("hash", () => [hashOf(file.list) === file.list_sha256, hashOf(file.list)]);
  step("times", () => times(file, list));
  step("seed", () => {
    texts = strings(file, list);
    if (!texts) return [file.seed_key || file.order ? false : null, ""];
    const key = seedKey(file, texts);
    return [key === file.seed_key, key];
  });
  const differing = (right, told) => {
    const wrong = [...new Set([...right.keys(), ...told.keys()])].filter((key) => right.get(key) !== told.get(key)).sort();
    return [!wrong.length, wrong.slice(0, 5).join("、")];
  };
  const compared = (work) => () => {
    if (!file.order) return [null, ""];
    people = people || draw(list, seedKey(file, texts || fail("")));
    return work();
  };
  step("tickets", compared(() => differing(new Map(people.map((one) => [one.key, one.ticket])), new Map(file.order.map((row) => [row[0], row[1]])))));
  step("order", compared(() => {
    const place = Array.from({ length: Math.max(people.length, file.order.length) }).findIndex((_, i) => (people[i] || {}).key !== (file.order[i] || [])[0]);
    return place < 0 ? [true, ""] : [false, `${place + 1}: ${(file.order[place] || [""])[0]} ≠ ${(people[place] || { key: "" }).key}`];
  }));
  step("outcome", compared(() => {
    const [agrees, wrong] = differing(new Map(people.map((one) => [one.key, one.outcome])), new Map(file.order.map((row) => [row[0], row[2]])));
    return [agrees, agrees ? people.filter((one) => one.outcome !== "waiting").map((one) => one.key).join("、") : wrong];
  }));
  return found;
}

function show(found) {
  const result = document.getElementById("result");
  result.hidden = false;
  const agreements = STEPS.map((name) => (found[name] || [null])[0]);
  for (const name of STEPS) {
    const [agrees, text] = found[name] || [null, ""];
    const row = document.querySelector(`[data-step="${name}"]`);
    row.className = agrees === null ? "later" : agrees ? "agrees" : "differs";
    row.querySelector(".found").textContent = text;
  }
  const sum = agreements.includes(false) ? "differs" : agreements.includes(null) ? "later" : "agrees";
  document.querySelectorAll("#result [data-sum]").forEach((line) => { line.hidden = line.dataset.sum !== sum; });
  document.body.dataset.sum = sum;
}

const chooser = document.getElementById("file");
const read = async () => {
  const [chosen] = chooser.files;
  document.getElementById("result").hidden = true;
  // What cannot be read, because it was moved meanwhile, is no file that differs.
  const text = chosen && await chosen.text().catch(() => null);
  // Of two files chosen one soon after the other, the second counts, whichever is read first.
  if (typeof text !== "string" || chooser.files[0] !== chosen) return;
  let file;
  try { file = JSON.parse(text); } catch { file = {}; }
  show(verify(file));
};
chooser.addEventListener("change", read);
// Coming back, a browser puts the file there again and says no change.
window.addEventListener("pageshow", read);
