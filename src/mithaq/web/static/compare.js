/* The page of a comparison: marks on both texts of the reports that are open, rows that light up both, the language. */
"use strict";
(() => {
  const KINDS = { content: { lanes: 4, priority: 10 }, evidence: { lanes: 3, priority: 20 }, source: { lanes: 2, priority: 30 }, cue: { lanes: 2, priority: 40 } };
  const APART = 5;
  const LIT = 90;
  const SIDES = ["a", "b"];
  const { MarkedText, lanes, paint, parse } = mithaqMarks;
  const page = document.documentElement;

  /* A report is taken apart when it is opened first: pages hold many, and marks of closed ones show nowhere. */
  const known = new Map();
  function opened(element) {
    if (!known.has(element)) {
      const texts = {};
      for (const root of element.querySelectorAll("[data-side]")) texts[root.dataset.side] = new MarkedText(root);
      const rows = [...element.querySelectorAll("[data-a]")]
        .map((row) => ({ row, a: parse(row.dataset.a), b: parse(row.dataset.b) }));
      known.set(element, { texts, rows });
    }
    return known.get(element);
  }
  const shown = () => [...document.querySelectorAll("details.report[open]")].map(opened).filter(({ texts }) => texts.a);

  function show(kind, visible) {
    const { lanes: most, priority } = KINDS[kind] || { lanes: 1, priority: APART };
    const ranges = Array.from({ length: most }, () => []);
    for (const { texts, rows } of visible ? shown() : []) {
      for (const side of SIDES) {
        const seen = new Map(); // the same span stands in several rows: a source that says two things
        for (const row of rows) {
          for (const [of, start, end] of row[side]) if (of === kind) seen.set(`${start}-${end}`, [start, end]);
        }
        lanes([...seen.values()], most).forEach((lane, i) => {
          ranges[i].push(...lane.flatMap(([start, end]) => texts[side].ranges(start, end)));
        });
      }
    }
    ranges.forEach((found, i) => paint(i ? `${kind}-${i}` : kind, found, priority - i));
  }

  const boxes = [...document.querySelectorAll("input[data-kind]")];
  const showAll = () => { for (const box of boxes) show(box.dataset.kind, box.checked); };
  for (const box of boxes) box.addEventListener("change", () => show(box.dataset.kind, box.checked));
  for (const report of document.querySelectorAll("details.report")) report.addEventListener("toggle", showAll);

  function light(element) {
    const report = element && known.get(element.closest("details.report"));
    const row = report && report.rows.find((found) => found.row === element);
    for (const lit of document.querySelectorAll(".row.lit")) if (lit !== element) lit.classList.remove("lit");
    if (element) element.classList.add("lit");
    const spans = (side) => (row && report.texts[side] ? row[side].filter(([kind]) => kind !== "apart").flatMap(([, start, end]) => report.texts[side].ranges(start, end)) : []);
    paint("lit", SIDES.flatMap(spans), LIT);
  }
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") light(event.target.closest("[data-a]"));
  });
  document.addEventListener("focusin", (event) => light(event.target.closest("[data-a]")));

  /* A click on a row, or Enter, brings its characters into view. */
  function bringText(element) {
    const { texts, rows } = opened(element.closest("details.report"));
    const row = rows.find((found) => found.row === element);
    const side = SIDES.find((name) => texts[name] && row[name].length);
    if (!side) return;
    light(element);
    const [range] = texts[side].ranges(Math.min(...row[side].map(([, start]) => start)), Infinity);
    if (range) scrollTo({ top: scrollY + range.getBoundingClientRect().top - innerHeight * 0.25 });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-a]")) bringText(event.target);
  });

  /* A click on a text lights up the innermost row that the character belongs to, and brings it into view. */
  document.addEventListener("click", (event) => {
    const clicked = event.target.closest("[data-a]");
    if (clicked) return bringText(clicked);
    const root = event.target.closest("[data-side]");
    if (!root || !getSelection().isCollapsed) return;
    const { texts, rows } = opened(root.closest("details.report"));
    const side = root.dataset.side;
    const offset = texts[side].at(event.clientX, event.clientY);
    if (offset === null) return;
    const holding = rows
      .map((row) => [row.row, Math.min(...row[side].filter(([, start, end]) => start <= offset && offset < end).map(([, start, end]) => end - start))])
      .filter(([row, length]) => Number.isFinite(length) && row.offsetParent)
      .sort((one, other) => one[1] - other[1]);
    if (!holding.length) return;
    holding[0][0].scrollIntoView({ block: "nearest" });
    light(holding[0][0]);
  });

  document.querySelector("[data-agreeing]").addEventListener("change", (event) => {
    page.classList.toggle("with-agreeing", event.target.checked);
  });
  document.querySelector("[data-language]").addEventListener("click", () => {
    page.lang = page.lang === "ar" ? "en" : "ar";
    page.dir = page.lang === "ar" ? "rtl" : "ltr";
    showAll();
  });
  page.classList.add("ready");
  showAll();
})();
