/* The report page: marks by kind, rows and text that light each other up, keys, filters, citations. */
"use strict";
(() => {
  // How many lanes of lines each kind has (reading.css), and what lies over what.
  const KINDS = { content: { lanes: 4, priority: 10 }, evidence: { lanes: 3, priority: 20 }, source: { lanes: 2, priority: 30 }, cue: { lanes: 2, priority: 40 } };
  const LIT = 90;
  const KEPT = "mithaq-marks-off";
  const { MarkedText, lanes, paint, parse } = mithaqMarks;

  const text = new MarkedText(document.querySelector("[data-text]"));
  const record = document.querySelector("[data-record]");
  const said = record.querySelector("[data-said]");
  const rows = [...record.querySelectorAll("[data-spans]")].map((element) => ({ element, spans: parse(element.dataset.spans) }));
  const rowOf = new Map(rows.map((row) => [row.element, row]));

  /* --- marks ------------------------------------------------------------------------------------------------- */

  function show(kind, visible) {
    const { lanes: most, priority } = KINDS[kind];
    const seen = new Map(); // the same span stands in several rows: a source that says two things
    if (visible) {
      for (const { spans } of rows) {
        for (const [of, start, end] of spans) if (of === kind) seen.set(`${start}-${end}`, [start, end]);
      }
    }
    lanes([...seen.values()], most).forEach((lane, i) => {
      paint(i ? `${kind}-${i}` : kind, lane.flatMap(([start, end]) => text.ranges(start, end)), priority - i);
    });
  }

  const boxes = [...document.querySelectorAll("input[data-kind]")];
  let off = [];
  try { off = JSON.parse(localStorage.getItem(KEPT) || "[]"); } catch { /* nothing kept, or not allowed */ }
  performance.mark("mithaq-marks-begin");
  for (const box of boxes) {
    box.checked = !(Array.isArray(off) && off.includes(box.dataset.kind));
    show(box.dataset.kind, box.checked);
    box.addEventListener("change", () => {
      show(box.dataset.kind, box.checked);
      const hidden = boxes.filter((b) => !b.checked).map((b) => b.dataset.kind);
      try { localStorage.setItem(KEPT, JSON.stringify(hidden)); } catch { /* not allowed */ }
    });
  }
  performance.measure("mithaq-marks", "mithaq-marks-begin");

  /* --- lighting up ------------------------------------------------------------------------------------------- */

  let pinned = null; // what stays lit: { rows, spans }
  let shown = "";
  const both = (chosen) => ({ rows: chosen, spans: chosen.flatMap((row) => row.spans) });

  function light(what) {
    const lit = what || pinned || { rows: [], spans: [] };
    const key = lit.spans.join() + "/" + lit.rows.map((row) => row.element.id).join();
    if (key === shown) return;
    shown = key;
    performance.mark("mithaq-light-begin");
    const on = new Set(lit.rows);
    for (const row of rows) {
      row.element.classList.toggle("lit", on.has(row));
      if (on.has(row)) row.element.setAttribute("aria-current", "true"); else row.element.removeAttribute("aria-current");
    }
    paint("lit", lit.spans.flatMap(([, start, end]) => text.ranges(start, end)), LIT);
    performance.measure("mithaq-light", "mithaq-light-begin");
  }

  const smooth = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  /* Scroll the page until the spans are in view, clear of a record that is stuck to the bottom on narrow screens. */
  function bringText(spans) {
    const places = spans.flatMap(([, start, end]) => text.ranges(start, end)).map((range) => range.getBoundingClientRect());
    if (!places.length) return;
    const box = record.getBoundingClientRect();
    const own = text.root.getBoundingClientRect();
    const below = box.left < own.right && box.right > own.left;
    const bottom = below ? Math.min(innerHeight, box.top) : innerHeight;
    const top = Math.min(...places.map((place) => place.top));
    const end = Math.min(Math.max(...places.map((place) => place.bottom)), top + bottom * 0.7);
    if (top >= 0 && end <= bottom) return;
    scrollTo({ top: scrollY + top - bottom * 0.25, behavior: smooth() });
  }

  /* Scroll the record, never the page, until the row is in view. */
  function bringRow(row) {
    const box = record.getBoundingClientRect();
    const own = row.element.getBoundingClientRect();
    if (own.top >= box.top && own.bottom <= box.bottom) return;
    record.scrollTo({ top: record.scrollTop + own.top - box.top - box.height * 0.2, behavior: smooth() });
  }

  /* The rows whose spans hold a character, the shortest span first: the innermost of nested statements. */
  function rowsAt(offset) {
    const found = [];
    for (const row of rows) {
      const lengths = row.spans.filter(([, start, end]) => start <= offset && offset < end).map(([, start, end]) => end - start);
      if (lengths.length) found.push([Math.min(...lengths), row]);
    }
    return found.sort((a, b) => a[0] - b[0]).map(([, row]) => row);
  }

  /* --- pointing ---------------------------------------------------------------------------------------------- */

  // Scrolling moves the page under a pointer that rests, which browsers report as movement: only a new place counts.
  let last = "";
  const moved = (event) => {
    const place = `${event.clientX},${event.clientY}`;
    const news = place !== last;
    last = place;
    return news;
  };
  let waiting = 0;
  let frame = 0;

  record.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || !moved(event)) return;
    const row = rowOf.get(event.target.closest("[data-spans]"));
    light(row ? both([row]) : null);
    clearTimeout(waiting);
    if (row) waiting = setTimeout(() => bringText(row.spans), 250);
  });
  record.addEventListener("pointerleave", () => { clearTimeout(waiting); light(null); });
  text.root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons || !moved(event)) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const offset = text.at(event.clientX, event.clientY);
      const found = offset === null ? [] : rowsAt(offset);
      light(found.length ? both(found) : null);
      if (found.length) bringRow(found[0]);
    });
  });
  text.root.addEventListener("pointerleave", () => { cancelAnimationFrame(frame); light(null); });
  text.root.addEventListener("click", (event) => {
    if (text.selection()) return; // the end of a selection is no pointing
    const offset = text.at(event.clientX, event.clientY);
    const found = offset === null ? [] : rowsAt(offset);
    pinned = found.length ? both(found) : null;
    light(null);
    if (found.length) bringRow(found[0]);
  });
  record.addEventListener("click", (event) => {
    const row = rowOf.get(event.target.closest("[data-spans]"));
    if (!row || event.target.closest("a, button") || String(getSelection())) return;
    pin(row);
  });

  function pin(row) {
    pinned = both([row]);
    light(pinned);
    bringText(row.spans);
  }

  /* --- keys -------------------------------------------------------------------------------------------------- */

  rows.forEach((row, i) => { row.element.tabIndex = i ? -1 : 0; });
  function go(row) {
    if (!row) return;
    for (const other of rows) other.element.tabIndex = other === row ? 0 : -1;
    row.element.focus({ preventScroll: true });
    bringRow(row);
  }
  record.addEventListener("focusin", (event) => {
    const row = rowOf.get(event.target);
    if (!row || !row.element.matches(":focus-visible")) return;
    light(both([row]));
    bringText(row.spans);
  });
  record.addEventListener("focusout", () => light(null));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const at = rows.findIndex((row) => row.element.contains(document.activeElement));
    const inRows = at >= 0;
    // On an Arabic keyboard the keys j and k write other letters: there the key's place counts.
    const letter = /^[ -~]$/.test(event.key) ? event.key : event.code.replace("Key", "").toLowerCase();
    const next = letter === "j" || (inRows && event.key === "ArrowDown");
    const back = letter === "k" || (inRows && event.key === "ArrowUp");
    if (next) go(rows[Math.min(at + 1, rows.length - 1)]);
    else if (back) go(rows[Math.max(at - 1, 0)]);
    else if (inRows && event.key === "Home") go(rows[0]);
    else if (inRows && event.key === "End") go(rows[rows.length - 1]);
    else if (inRows && event.key === "Enter" && event.target === rows[at].element) pin(rows[at]);
    else if (event.key === "Escape") { pinned = null; light(null); }
    else return;
    event.preventDefault();
  });

  /* --- addresses: #s=START-END,... and #row-ID -------------------------------------------------------------------- */

  function follow() {
    let hash = location.hash;
    try { hash = decodeURIComponent(hash); } catch { /* as it is */ }
    const spans = hash.startsWith("#s=") ? parse(hash.slice(3)) : [];
    if (spans.length) {
      const asked = new Set(spans.map(([, start, end]) => `${start}-${end}`));
      let found = rows.filter((row) => row.spans.some(([kind, start, end]) => kind !== "detail" && asked.has(`${start}-${end}`)));
      if (!found.length) found = rowsAt(spans[0][1]);
      pinned = { rows: found, spans };
      light(null);
      bringText(spans);
      if (found.length) bringRow(found[0]);
    } else if (hash.startsWith("#row-")) {
      const row = rows.find(({ element }) => `#${element.id}` === hash);
      if (row) { bringRow(row); pin(row); }
    }
  }
  addEventListener("hashchange", follow);
  document.fonts.ready.then(follow);

  /* --- citations --------------------------------------------------------------------------------------------- */

  record.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-citation]");
    if (!button) return;
    const done = await copy(button.dataset.citation);
    said.textContent = done ? record.dataset.copied : record.dataset.notCopied;
    button.classList.toggle("done", done);
    setTimeout(() => { said.textContent = ""; button.classList.remove("done"); }, 4000);
  });

  /* Browsers give pages a clipboard only over HTTPS and on this machine; elsewhere the old command may still work. */
  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      area.className = "hidden";
      document.body.append(area);
      const before = document.activeElement;
      area.select();
      let done = false;
      try { done = document.execCommand("copy"); } catch { /* not allowed */ }
      area.remove();
      before?.focus({ preventScroll: true });
      return done;
    }
  }

  document.documentElement.classList.add("ready");
})();
