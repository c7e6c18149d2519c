// Lists narrow as one types: the form's list is fetched anew and put in place of the old one. Without this script, or
// where a fetch fails, the same form loads the whole page.
"use strict";
(() => {
  const more = document.querySelector("form.filters details.more");
  if (more && window.matchMedia("(max-width: 48rem)").matches) more.open = false;
  // An open list of choices closes when something else is chosen.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.checks[open]")) if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.checks[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  const form = document.querySelector("form[data-live]");
  const list = form && document.getElementById(form.dataset.live);
  if (!list) return;
  const PATIENCE = 200;
  let timer = 0;
  let running = null;

  function address() {
    const given = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) given.append(name, value);
    return given;
  }

  async function load(given, focus) {
    if (running) running.abort();
    const mine = (running = new AbortController());
    list.setAttribute("aria-busy", "true");
    const shown = new URLSearchParams(given);
    const asked = new URLSearchParams(given);
    asked.set("fragment", "1");
    const path = new URL(form.action).pathname;
    try {
      const answer = await fetch(`${path}?${asked}`, { signal: mine.signal, headers: { accept: "text/html" } });
      const html = await answer.text();
      if (mine !== running) return;
      const page = new DOMParser().parseFromString(html, "text/html");
      const error = page.querySelector("main .error");
      if (answer.ok) list.replaceChildren(...page.body.childNodes);
      else if (error) list.replaceChildren(error);
      history.replaceState(null, "", shown.size ? `${path}?${shown}` : path);
      if (focus) list.querySelector("[role=status]")?.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
      return;
    } finally {
      if (mine === running) list.removeAttribute("aria-busy");
    }
  }

  function later(event) {
    if (event.target.type === "date" && event.type === "input") return;
    clearTimeout(timer);
    timer = setTimeout(() => load(address(), false), event.type === "change" ? 0 : PATIENCE);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    load(address(), true);
  });
})();
