/* Marks on a text that leave the text alone.
 *
 * No element is ever put around characters: that would cut the joining of Arabic letters and reorder mixed scripts.
 * Marks are CSS custom highlights over ranges; where a browser has none, boxes behind the text, measured from the same
 * ranges. Offsets count code points of the report, as everywhere in mithaq; the DOM counts UTF-16 units.
 */
"use strict";
const mithaqMarks = (() => {
  const native = typeof Highlight === "function" && typeof CSS !== "undefined" && "highlights" in CSS;
  if (!native) document.documentElement.classList.add("no-highlights");

  /* A text whose lines stand in elements with data-start (code points), each with one text node and nothing else. */
  class MarkedText {
    constructor(root) {
      this.root = root;
      root.classList.add("marked");
      const lines = root.matches("[data-start], [data-hits]") ? [root] : [...root.querySelectorAll("[data-start]")];
      this.lines = [];
      for (const element of lines) {
        element.normalize(); // parsers cut very long texts into several nodes
        const node = element.firstChild;
        if (!node || node.nodeType !== Node.TEXT_NODE) continue;
        // Only where a character takes two units do the two ways of counting differ.
        const places = /[\ud800-\udfff]/.test(node.data) ? codePoints(node.data) : null;
        const start = Number(element.dataset.start || 0);
        const length = places ? places.length - 1 : node.data.length;
        this.lines.push({ node, start, end: start + length, places });
      }
      this.byNode = new Map(this.lines.map((line) => [line.node, line]));
    }

    /* The ranges of the characters from start to end, one for each line that they touch. */
    ranges(start, end) {
      const found = [];
      for (let i = this._lineAt(start); i < this.lines.length && this.lines[i].start < end; i++) {
        const line = this.lines[i];
        const from = Math.max(start, line.start) - line.start;
        const to = Math.min(end, line.end) - line.start;
        if (from >= to) continue;
        const range = document.createRange();
        range.setStart(line.node, line.places ? line.places[from] : from);
        range.setEnd(line.node, line.places ? line.places[to] : to);
        found.push(range);
      }
      return found;
    }

    /* The offset of a place in the DOM (a text node and UTF-16 units), null if it is not in this text. */
    offset(node, units) {
      const line = this.byNode.get(node);
      if (!line) return null;
      if (!line.places) return line.start + units;
      let low = 0, high = line.places.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (line.places[middle] <= units) low = middle; else high = middle - 1;
      }
      return line.start + low;
    }

    /* The offset of the character under a point of the window, null if there is none. */
    at(x, y) {
      let node, units;
      if (document.caretPositionFromPoint) {
        const caret = document.caretPositionFromPoint(x, y);
        if (caret) [node, units] = [caret.offsetNode, caret.offset];
      } else if (document.caretRangeFromPoint) {
        const caret = document.caretRangeFromPoint(x, y);
        if (caret) [node, units] = [caret.startContainer, caret.startOffset];
      }
      const near = node ? this.offset(node, units) : null;
      if (near === null) return null;
      // A caret stands between two characters; the point is on one of them.
      for (const offset of [near, near - 1]) {
        for (const range of this.ranges(offset, offset + 1)) {
          for (const box of range.getClientRects()) {
            if (x >= box.left && x <= box.right && y >= box.top - 4 && y <= box.bottom + 4) return offset;
          }
        }
      }
      return null;
    }

    /* What the reader has selected of this text, as offsets; null if nothing. */
    selection() {
      const chosen = getSelection();
      if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
      const range = chosen.getRangeAt(0);
      let start = null, end = null;
      for (const line of this.lines) {
        if (!range.intersectsNode(line.node)) continue;
        const from = line.node === range.startContainer ? this.offset(line.node, range.startOffset) : line.start;
        const to = line.node === range.endContainer ? this.offset(line.node, range.endOffset) : line.end;
        if (from >= to) continue;
        if (start === null) start = from;
        end = to;
      }
      return start === null ? null : { start, end };
    }

    _lineAt(offset) {
      let low = 0, high = this.lines.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.lines[middle].end <= offset) low = middle + 1; else high = middle;
      }
      return low;
    }
  }

  /* UTF-16 index of each code point, and of the end. */
  function codePoints(text) {
    const places = [];
    for (let i = 0; i < text.length; i++) {
      places.push(i);
      if (text.codePointAt(i) > 0xffff) i++;
    }
    places.push(text.length);
    return places;
  }

  /* Spans ([start, end]) apart by lanes, so that lines under overlapping ones do not cover each other: the shortest
   * nearest to the letters, what holds it further away; the last lane takes all that is deeper. */
  function lanes(spans, most) {
    const order = [...spans].sort((a, b) => a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0]);
    const found = Array.from({ length: most }, () => []);
    for (const span of order) {
      const free = found.findIndex((lane) => lane.every((other) => other[1] < span[0] || other[0] > span[1]));
      found[free < 0 ? most - 1 : free].push(span);
    }
    return found;
  }

  /* "KIND:START-END ..." (or START-END, with commas or spaces between) as [kind, start, end] each. */
  function parse(spans) {
    return [...spans.matchAll(/(?:([a-z]+):)?(\d{1,9})-(\d{1,9})/g)]
      .map(([, kind, start, end]) => [kind || "", Number(start), Number(end)])
      .filter(([, start, end]) => start < end);
  }

  // For boxes only: name → ranges, and the names whose boxes are out of date.
  const painted = new Map();
  const stale = new Set();
  let drawing = 0;

  /* Show ranges as the marks of a name (::highlight(NAME) in reading.css); no ranges: take them off. */
  function paint(name, ranges, priority = 0) {
    if (native) {
      if (!ranges.length) return void CSS.highlights.delete(name);
      const highlight = new Highlight();
      for (const range of ranges) highlight.add(range);
      highlight.priority = priority;
      CSS.highlights.set(name, highlight);
      return;
    }
    if (!ranges.length && !painted.has(name)) return;
    if (!painted.size) watch();
    painted.set(name, { ranges, priority });
    redraw([name]);
  }

  function redraw(names) {
    for (const name of names) stale.add(name);
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(draw);
  }

  /* All is measured before any box is put in, so that the page is laid out once. */
  function draw() {
    performance.mark("mithaq-boxes-begin");
    const made = [];
    for (const name of stale) {
      const boxes = new Map();
      for (const range of painted.get(name).ranges) {
        const root = range.startContainer.parentElement.closest(".marked");
        if (!boxes.has(root)) boxes.set(root, { origin: root.getBoundingClientRect(), found: [] });
        const { origin, found } = boxes.get(root);
        for (const { left, top, width, height } of range.getClientRects()) {
          if (width) found.push([left - origin.left, top - origin.top, width, height]);
        }
      }
      made.push([name, boxes]);
    }
    stale.clear();
    for (const [name, boxes] of made) {
      for (const old of document.querySelectorAll(`.mark-layer[data-layer="${name}"]`)) old.remove();
      for (const [root, { found }] of boxes) root.append(layer(name, painted.get(name).priority, found));
    }
    performance.measure("mithaq-boxes", "mithaq-boxes-begin");
  }

  function layer(name, priority, places) {
    const [, kind, lane] = name.match(/^(.*?)(?:-(\d))?$/);
    const under = document.createElement("span");
    under.className = "mark-layer";
    under.dataset.layer = name;
    under.setAttribute("aria-hidden", "true");
    under.style.zIndex = String(priority - 1000);
    for (const [left, top, width, height] of places) {
      const box = document.createElement("span");
      box.className = `mark-box box-${kind}`;
      box.style.left = `${left}px`;
      box.style.top = `${top}px`;
      box.style.width = `${width}px`;
      box.style.height = `${height + 4 * Number(lane || 0)}px`;
      under.append(box);
    }
    return under;
  }

  function watch() {
    const all = () => redraw(painted.keys());
    const sizes = new ResizeObserver(all);
    for (const root of document.querySelectorAll(".marked")) sizes.observe(root);
    document.fonts.addEventListener("loadingdone", all);
  }

  return { MarkedText, lanes, paint, parse, native };
})();
