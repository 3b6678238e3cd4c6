/* Small comforts. Every page works without this file. */
(() => {
  "use strict";

  /* Select all: a box that chooses every line, and a button that says how many. */
  for (const form of document.querySelectorAll("[data-select-all]")) {
    const holder = form.querySelector("[data-select-all-box]");
    const box = holder.querySelector("input");
    const lines = [...document.querySelectorAll(`input[type=checkbox][form="${form.id}"]`)];
    const button = document.querySelector(`button[form="${form.id}"][data-count-label]`);
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
      if (touched && !document.body.dataset.hiding) event.preventDefault();
    });
  }

  /* What is typed outlives a time-out: kept in this tab alone (sessionStorage), under
     the account that typed it, until the form is accepted, one signs out, or a working
     day is over. Passwords and files are never kept. */
  const KEPT = "lms-draft ";
  const LONGEST = 12 * 3600 * 1000;
  const account = document.body.dataset.account;
  const draftKeys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT));
  const forget = (keys) => { for (const key of keys) sessionStorage.removeItem(key); };
  const pathOf = (form) => new URL(form.getAttribute("action") || location.pathname, location).pathname;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name
    && !["button", "fieldset", "file", "hidden", "output", "password", "submit"].includes(field.type));
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const sameField = ([name, value], field) => field.name === name && (!isChoice(field) || field.value === value);

  const fill = (form, draft) => {
    let changed = false;
    for (const kept of draft.fields) {
      const field = fieldsOf(form).find((each) => sameField(kept, each));
      if (!field) continue;
      const [property, value] = isChoice(field) ? ["checked", kept[2]] : ["value", kept[1]];
      if (field[property] === value) continue;
      field[property] = value;
      const folded = field.closest("details");
      if (folded) folded.open = true;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      changed = true;
    }
    return changed;
  };

  const tellRestored = (form, key) => {
    const note = document.getElementById("draft-note").content.cloneNode(true).firstElementChild;
    note.querySelector("button").addEventListener("click", () => {
      form.reset();
      forget([key]);
      note.remove();
    });
    form.prepend(note);
    const part = form.closest("details");
    if (part) part.open = true;
  };

  const keepTyped = (form) => {
    const [first] = fieldsOf(form);
    if (!first) return;
    const key = `${KEPT}${account} ${pathOf(form)} ${first.name}`;
    const keep = (isSent, button) => {
      const fields = fieldsOf(form).map((field) => [field.name, field.value, field.checked]);
      const elsewhere = button && button.hasAttribute("formaction");
      const sentTo = elsewhere ? new URL(button.formAction).pathname : pathOf(form);
      sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), isSent, sentTo, fields }));
    };
    const draft = JSON.parse(sessionStorage.getItem(key));
    if (draft) {
      if (fill(form, draft)) tellRestored(form, key);
      keep(false);
    }
    for (const field of fieldsOf(form)) {
      field.addEventListener("input", () => keep(false));
      field.addEventListener("change", () => keep(false));
    }
    form.addEventListener("submit", (event) => { if (sessionStorage.getItem(key)) keep(true, event.submitter); });
  };

  if (account) {
    const accepted = document.cookie.match(/(?:^|; )((?:__Host-)?lms_accepted)=([^;]*)/);
    const isOver = (key) => {
      const [owner] = key.slice(KEPT.length).split(" ");
      const draft = JSON.parse(sessionStorage.getItem(key));
      const isAccepted = draft.isSent && accepted && draft.sentTo === decodeURIComponent(accepted[2]);
      return owner !== account || isAccepted || Date.now() - draft.at > LONGEST;
    };
    forget(draftKeys().filter(isOver));
    if (accepted) document.cookie = `${accepted[1]}=; path=/; max-age=0; samesite=strict; ${location.protocol === "https:" ? "secure" : ""}`;
    for (const form of document.querySelectorAll("form[data-guard], form[data-draft]")) keepTyped(form);
  }
  for (const form of document.querySelectorAll("form[data-forget]")) {
    form.addEventListener("submit", () => forget(draftKeys()));
  }

  /* Hide this page: at once, without a question, and Back does not lead here again. */
  for (const link of document.querySelectorAll("a[data-hide]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.body.dataset.hiding = "yes";
      forget(draftKeys());
      location.replace(link.href);
    });
  }

  /* A column of fields: Enter and the arrows go from line to line. */
  for (const form of document.querySelectorAll("form[data-keyboard-grid]")) {
    const fields = [...form.querySelectorAll("input[type=text]")];
    form.addEventListener("keydown", (event) => {
      const at = fields.indexOf(event.target);
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      const next = fields[at + step];
      if (at < 0 || !next) return;
      event.preventDefault();
      next.focus();
      next.select();
    });
  }

  /* Passkeys: their buttons need this file, and a refusal is said in a sentence. */
  for (const button of document.querySelectorAll("[data-needs-script]")) button.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const trouble of document.querySelectorAll("[data-passkey-trouble]")) trouble.hidden = false;
  });

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
      input.dispatchEvent(new Event("change", { bubbles: true }));
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
