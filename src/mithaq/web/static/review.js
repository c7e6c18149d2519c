/* The review page: keys, marks, and spans set by selecting text. Everything works without this, by forms. */
"use strict";
(() => {
  const { MarkedText, lanes, paint, parse } = mithaqMarks;
  const LANES = { content: 4, evidence: 3, source: 2, cue: 2 };
  const text = new MarkedText(document.querySelector("[data-text]"));
  const rows = [...document.querySelectorAll("[data-row]")];
  const spansOf = (row) => parse(row.dataset.spans);
  const smooth = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  Object.entries(LANES).forEach(([kind, most], n) => {
    const seen = new Map();
    for (const row of rows) {
      if (row.classList.contains("rejected")) continue;
      for (const [of, start, end] of spansOf(row)) if (of === kind) seen.set(`${start}-${end}`, [start, end]);
    }
    lanes([...seen.values()], most).forEach((lane, i) => {
      paint(i ? `${kind}-${i}` : kind, lane.flatMap(([start, end]) => text.ranges(start, end)), 10 * (n + 1) - i);
    });
  });

  /* Light a row's spans, and bring them into view where text and rows stand side by side. */
  function light(row) {
    const spans = row ? spansOf(row) : [];
    const ranges = spans.flatMap(([, start, end]) => text.ranges(start, end));
    for (const other of rows) other.classList.toggle("lit", other === row);
    paint("lit", ranges, 90);
    if (!ranges.length || !matchMedia("(min-width: 60.01rem)").matches) return;
    const places = ranges.map((range) => range.getBoundingClientRect());
    const top = Math.min(...places.map((place) => place.top));
    if (top < 0 || Math.max(...places.map((place) => place.bottom)) > innerHeight) {
      scrollTo({ top: scrollY + top - innerHeight * 0.25, behavior: smooth() });
    }
  }

  /* --- keys -------------------------------------------------------------------------------------------------- */

  let at = -1;
  function go(n) {
    if (!rows.length) return;
    at = Math.max(0, Math.min(n, rows.length - 1));
    rows[at].focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest", behavior: smooth() });
    light(rows[at]);
  }
  const press = (key) => rows[at]?.querySelector(`[data-key="${key}"]`)?.click();
  const dialog = document.getElementById("keys");
  const help = () => { if (!dialog.open) dialog.showModal(); };
  const keys = {
    j: () => go(at + 1), k: () => go(at - 1), a: () => press("a"), r: () => press("r"), e: () => press("e"),
    u: () => press("u"), "?": help,
  };
  document.querySelector("[data-help]").addEventListener("click", help);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const inField = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && inField) return void document.querySelector("[data-cancel]")?.click();
    if (inField) return;
    // On an Arabic keyboard the same keys write other letters: then their place counts.
    const latin = /^[a-z?]$/i.test(event.key);
    const key = latin ? event.key.toLowerCase() : event.key === "؟" ? "?" : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
    if (!(key in keys)) return;
    event.preventDefault();
    keys[key]();
  });
  for (const row of rows) {
    row.addEventListener("focusin", () => { at = rows.indexOf(row); light(row); });
    row.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch" && !document.querySelector("[data-edit]")) light(row); });
  }
  text.root.addEventListener("click", (event) => {
    if (document.querySelector("[data-edit]") || text.selection()) return;
    const offset = text.at(event.clientX, event.clientY);
    if (offset === null) return;
    const lengths = rows.map((row) => Math.min(...spansOf(row).filter(([, s, e]) => s <= offset && offset < e).map(([, s, e]) => e - s)));
    const best = Math.min(...lengths);
    if (Number.isFinite(best)) go(lengths.indexOf(best));
  });

  /* The row named in the address; else, after a form came back with an error, the one that is open. */
  function follow() {
    let hash = location.hash;
    try { hash = decodeURIComponent(hash); } catch { /* as it is */ }
    const spans = hash.startsWith("#s=") ? parse(hash.slice(3)) : [];
    const n = spans.length
      ? rows.findIndex((row) => spansOf(row).some(([, start, end]) => start === spans[0][1] && end === spans[0][2]))
      : rows.findIndex((row) => `#${row.id}` === hash);
    const form = document.querySelector("[data-edit]");
    if (n >= 0) go(n);
    if (form) {
      const row = form.closest("[data-row]");
      if (row) go(rows.indexOf(row)); else form.scrollIntoView({ block: "nearest" });
      form.querySelector("textarea, select, input:not([type=hidden])").focus({ preventScroll: true });
    }
  }
  document.fonts.ready.then(follow);
  addEventListener("hashchange", follow);

  /* --- spans by selection -------------------------------------------------------------------------------------- */

  const fields = [...document.querySelectorAll("[data-span-field]")];
  let aimed = fields[0] || null;
  function aim(field) {
    aimed = field;
    for (const other of fields) other.classList.toggle("aimed", other === field);
  }
  if (aimed) aim(aimed);
  function take() {
    const chosen = aimed && text.selection();
    if (!chosen) return;
    // Blanks at the ends are never meant.
    const letters = [...text.ranges(chosen.start, chosen.end).map(String).join("\n")];
    let { start, end } = chosen;
    while (letters.length && !letters[0].trim()) { letters.shift(); start++; }
    while (letters.length && !letters[letters.length - 1].trim()) { letters.pop(); end--; }
    if (!letters.length) return;
    aimed.querySelector("textarea").value = letters.join("");
    aimed.querySelector("input[type=hidden]").value = `${start}-${end}`;
    paint("lit", text.ranges(start, end), 90);
  }
  for (const field of fields) {
    const words = field.querySelector("textarea");
    const place = field.querySelector("input[type=hidden]");
    words.addEventListener("focus", () => aim(field));
    words.addEventListener("input", () => { place.value = ""; }); // written by hand: the server finds the words
    field.querySelector(".take").addEventListener("click", () => { aim(field); take(); });
  }
  if (fields.length) {
    text.root.addEventListener("pointerup", () => setTimeout(take));
    document.addEventListener("keyup", (event) => { if (event.shiftKey && event.key.startsWith("Arrow")) take(); });
  }

  /* --- parties ------------------------------------------------------------------------------------------------- */

  for (const box of document.querySelectorAll("[data-parties]")) {
    const input = box.querySelector("input[name=more_parties]");
    const checks = box.querySelector(".checks");
    const choices = new Map([...document.querySelectorAll("#party-list option")].map((o) => [o.value, o.value]));
    const add = () => {
      const found = choices.get(input.value) && input.value.match(/^(.*) \(([A-Z]+)\)$/);
      if (!found) return false;
      let check = checks.querySelector(`input[value="${found[2]}"]`);
      if (!check) {
        const label = document.createElement("label");
        check = document.createElement("input");
        check.type = "checkbox";
        check.name = "parties";
        check.value = found[2];
        const name = document.createElement("bdi");
        name.textContent = found[1];
        label.append(check, " ", name);
        checks.append(label);
      }
      check.checked = true;
      input.value = "";
      return true;
    };
    input.addEventListener("input", add);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && add()) event.preventDefault(); });
  }

  document.documentElement.classList.add("ready");
})();
