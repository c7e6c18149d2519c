/* While the ledger follows what was said, pages stay as they were; this says when they can be loaded anew. */
"use strict";
(() => {
  const note = document.querySelector("[data-at-work]");
  const wait = async () => {
    try {
      const answer = await fetch("/working", { headers: { Accept: "application/json" } });
      if (answer.ok && !(await answer.json()).working) {
        const link = note.querySelector("a");
        link.hidden = false;
        link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
        note.querySelector("span").hidden = true;
        return;
      }
    } catch { /* the server is busy or away: ask again */ }
    setTimeout(wait, 1000);
  };
  setTimeout(wait, 500);
})();
