/* Adding: files dropped on the page, and progress without a reload. */
"use strict";
(() => {
  const drop = document.querySelector("[data-drop]");
  if (drop) {
    const input = drop.querySelector("input[type=file]");
    const names = drop.querySelector("[data-names]");
    const show = () => { names.textContent = [...input.files].map((file) => file.name).join(" · "); };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      show();
    });
  }

  const job = document.querySelector("[data-job]");
  if (job && !job.hasAttribute("data-over")) {
    const poll = async () => {
      try {
        const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
        if (!answer.ok) return void location.reload();
        const now = await answer.json();
        if (now.over) return void location.reload();
        for (const [name, count] of Object.entries(now.counts)) {
          const cell = job.querySelector(`[data-count="${name}"]`);
          if (cell) cell.textContent = count.toLocaleString("en");
        }
        const state = job.querySelector("[data-state]");
        const word = job.querySelector(`[data-word="${now.state}"]`);
        if (word) state.textContent = word.textContent;
      } catch { /* the server is busy or away: ask again */ }
      setTimeout(poll, 700);
    };
    setTimeout(poll, 300);
  }
})();
