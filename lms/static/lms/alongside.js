/* Small comforts. Every page works without this file. */
(() => {
  "use strict";

  /* Select all: a box that chooses every line, and a button that says how many. */
  for (const form of document.querySelectorAll("[data-select-all]")) {
    const holder = form.querySelector("[data-select-all-box]");
    const box = holder.querySelector("input");
    const lines = [...document.querySelectorAll(`input[type=checkbox][form="${form.id}"]`)];
    const button = document.querySelector(`button[form="${form.id}"]`);
    const text = button.querySelector("span");
    const initial = text.textContent;
    const tell = () => {
      const chosen = lines.filter((line) => line.checked).length;
      box.checked = chosen === lines.length;
      box.indeterminate = chosen > 0 && chosen < lines.length;
      text.textContent = chosen ? `${button.dataset.countLabel} ${chosen}` : initial;
    };
    holder.hidden = false;
    box.addEventListener("change", () => {
      for (const line of lines) line.checked = box.checked;
      tell();
    });
    for (const line of lines) line.addEventListener("change", tell);
    tell();
  }

  /* Nothing typed is lost by leaving a page unawares. */
  for (const form of document.querySelectorAll("form[data-guard]")) {
    let touched = false;
    form.addEventListener("input", () => { touched = true; });
    form.addEventListener("submit", () => { touched = false; });
    window.addEventListener("beforeunload", (event) => {
      if (touched) event.preventDefault();
    });
  }

  /* Search as you type. */
  for (const found of document.querySelectorAll("[data-search]")) {
    const input = document.getElementById(found.dataset.searchFor);
    let asked = 0;
    input.addEventListener("input", async () => {
      const turn = ++asked;
      const query = new URLSearchParams({ [input.name]: input.value });
      const answer = await fetch(`${found.dataset.search}?${query}`, { credentials: "same-origin" });
      if (turn === asked && answer.ok) found.innerHTML = await answer.text();
    });
    found.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-choose]");
      if (!choice) return;
      input.value = choice.dataset.choose;
      found.replaceChildren();
      input.focus();
    });
  }

  /* An open menu closes when one goes elsewhere, or presses Escape. */
  const menus = () => document.querySelectorAll(".menu[open], .you details[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* Links to a closed part of a page open it. */
  const open = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const part = target && target.querySelector(":scope > details");
    if (part) part.open = true;
  };
  window.addEventListener("hashchange", open);
  open();
})();
