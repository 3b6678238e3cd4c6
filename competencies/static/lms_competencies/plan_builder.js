/* Comforts of the plan builder: dragging, and a preview that follows what is chosen.
   Every button works without this file. */
(() => {
  "use strict";

  const plan = document.querySelector("[data-builder]");
  if (plan) {
    let dragged = null;
    const topics = () => [...plan.querySelectorAll("[data-place]")];
    const clear = () => { for (const each of topics()) each.classList.remove("is-target", "is-dragged"); };

    const drop = async (list, before) => {
      const others = [...list.querySelectorAll("[data-place]")].filter((each) => each !== dragged);
      const position = before ? others.indexOf(before) : others.length;
      const body = new FormData();
      body.set("phase", list.dataset.phase);
      body.set("position", position);
      body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      await fetch(dragged.dataset.place, { method: "POST", body });
      location.reload();
    };

    for (const topic of topics()) {
      topic.draggable = true;
      topic.addEventListener("dragstart", (event) => {
        dragged = topic;
        event.dataTransfer.setData("text/plain", topic.id);
        topic.classList.add("is-dragged");
      });
      topic.addEventListener("dragend", clear);
    }
    for (const list of plan.querySelectorAll("[data-phase]")) {
      const under = (event) => event.target.closest("[data-place]");
      list.addEventListener("dragover", (event) => {
        if (!dragged) return;
        event.preventDefault();
        for (const each of topics()) each.classList.toggle("is-target", each === under(event) && each !== dragged);
      });
      list.addEventListener("drop", (event) => {
        event.preventDefault();
        const target = under(event);
        if (dragged && target !== dragged) drop(list, target);
      });
    }
  }

  const form = document.querySelector("[data-preview]");
  if (form) {
    const here = document.querySelector("[data-preview-here]");
    form.addEventListener("change", async () => {
      const asked = new URLSearchParams(new FormData(form));
      const answer = await fetch(`${form.dataset.preview}?${asked}`);
      if (answer.ok && !answer.redirected) here.innerHTML = await answer.text();
    });
  }
})();
