// Pointing at a party or a pair of the network makes the others step back.
"use strict";
(() => {
  for (const drawn of document.querySelectorAll("svg.drawn")) {
    const links = [...drawn.querySelectorAll("a")];
    const pairs = links.filter((a) => a.getAttribute("href").startsWith("/pairs/"));
    const party = (a) => new URLSearchParams(a.getAttribute("href").split("?")[1]).get("party");
    const ends = (a) => a.getAttribute("href").slice("/pairs/".length).split("-");
    const show = (event) => {
      const at = event.target.closest("a");
      drawn.classList.toggle("pointed", Boolean(at));
      if (!at) return;
      const names = new Set(pairs.includes(at) ? ends(at) : [party(at)]);
      for (const a of links) {
        const near = pairs.includes(a)
          ? pairs.includes(at) ? a === at : ends(a).some((code) => names.has(code))
          : names.has(party(a)) || pairs.some((p) => (p === at || (!pairs.includes(at) && ends(p).includes(party(at)))) && ends(p).includes(party(a)));
        a.classList.toggle("near", near);
      }
    };
    for (const kind of ["mouseover", "focusin"]) drawn.addEventListener(kind, show);
    for (const kind of ["mouseleave", "focusout"]) drawn.addEventListener(kind, () => drawn.classList.remove("pointed"));
  }
})();
