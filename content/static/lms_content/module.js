/* Answers a question without leaving the screen: what is typed beside it stays. */
(() => {
  "use strict";

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form.check")) return;
    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    const page = answer && answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const fresh = page && page.getElementById(form.id);
    if (!fresh) {
      form.submit();
      return;
    }
    form.replaceWith(fresh);
    const feedback = fresh.querySelector(".check__feedback");
    if (feedback) feedback.focus();
  });
})();
