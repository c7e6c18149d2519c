/* The queue: j and k move, Enter opens, and on pairs a, r, x judge. */
"use strict";
(() => {
  const items = [...document.querySelectorAll("[data-item]")];
  let at = -1;
  const go = (n) => {
    at = Math.max(0, Math.min(n, items.length - 1));
    (items[at]?.querySelector("h2 a") || items[at])?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const key = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
    if (key === "j") go(at + 1);
    else if (key === "k") go(at - 1);
    else {
      const button = key && items[at]?.querySelector(`[data-key="${key}"]`);
      if (!button) return;
      button.click();
    }
    event.preventDefault();
  });
  items.forEach((item, n) => item.addEventListener("focusin", () => { at = n; }));
})();
