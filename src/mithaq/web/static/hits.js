/* Marks the hits of a search: elements with data-hits ("START-END ...", code points of their own text). */
"use strict";
(() => {
  const ranges = [];
  for (const element of document.querySelectorAll("[data-hits]")) {
    const text = new mithaqMarks.MarkedText(element);
    for (const [, start, end] of mithaqMarks.parse(element.dataset.hits)) ranges.push(...text.ranges(start, end));
  }
  mithaqMarks.paint("hit", ranges);
})();
