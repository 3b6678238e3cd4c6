/* Answers a question, or keeps a reflection, without leaving the screen: what is typed
   beside it stays. While the network is away it is kept in the page, nowhere else, and
   sent once when the network is back. Without this file the forms send themselves. */
(() => {
  "use strict";

  const TRY_AGAIN = 10000;
  const waiting = new Map();

  const told = document.getElementById("waiting-note");
  const tell = (form) => {
    if (form.querySelector("[data-waiting]")) return;
    form.append(told.content.cloneNode(true));
  };

  const show = async (form, place, answer) => {
    const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const fresh = page && page.getElementById(place.id);
    if (!fresh) {
      form.submit();
      return;
    }
    if (fresh.querySelector("[data-kept]")) {
      location.reload(); // what is typed in other fields comes back, as after any form
      return;
    }
    place.replaceWith(fresh);
    const feedback = fresh.querySelector(".check__feedback");
    if (feedback) feedback.focus();
  };

  const send = async (form) => {
    if (waiting.get(form) === "sending") return;
    waiting.set(form, "sending");
    const place = form.closest(".check, .reflection");
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (!answer) {
      waiting.set(form, "waiting");
      tell(form);
      return;
    }
    waiting.delete(form);
    await show(form, place, answer);
  };

  const sendAll = () => {
    for (const [form, state] of waiting) if (state === "waiting") send(form);
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.check, .reflection form[data-keep]")) return;
    event.preventDefault();
    send(event.target);
  });
  window.addEventListener("online", sendAll);
  setInterval(sendAll, TRY_AGAIN);
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
})();
