/* Checks the words of a module while somebody writes it. Without this file the report
   over all modules says the same. */
(() => {
  "use strict";

  const EVERY = 2000;
  const start = (place) => {
    const form = place.closest("form");
    const token = form.elements.csrfmiddlewaretoken.value;
    let last = "";

    const post = (address, body) => fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body });
    const asSent = () => {
      const sent = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") sent.append(name, value);
      return sent;
    };
    const isBusy = () => place.contains(document.activeElement);
    const look = async () => {
      const sent = asSent();
      if (String(sent) === last || isBusy()) return;
      last = String(sent);
      const answer = await post(place.dataset.check, sent).catch(() => null);
      if (answer && answer.ok && !isBusy()) place.innerHTML = await answer.text();
    };

    const fieldOf = (item) => form.elements[item.dataset.field];
    const replaceInRichText = (field, found, say) => {
      const editor = field.draftailEditor;
      const state = editor.getEditorState();
      let content = state.getCurrentContent();
      const block = content.getBlocksAsArray().find((each) => each.getText().includes(found));
      if (!block) return;
      const at = block.getText().indexOf(found);
      const styles = block.getCharacterList();
      const style = styles.get(at);
      const changed = block.merge({
        text: block.getText().slice(0, at) + say + block.getText().slice(at + found.length),
        characterList: styles.splice(at, found.length, ...Array(say.length).fill(style)),
      });
      content = content.merge({ blockMap: content.getBlockMap().set(block.getKey(), changed) });
      editor.onChange(state.constructor.push(state, content, "insert-characters"));
    };
    const replace = (field, found, say) => {
      if (field.draftailEditor) return replaceInRichText(field, found, say);
      field.value = field.value.replace(found, say);
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return undefined;
    };

    place.addEventListener("click", async (event) => {
      const item = event.target.closest("li[data-field]");
      const button = event.target.closest("button");
      if (!item || !button) return;
      const field = fieldOf(item);
      if (button.dataset.say) {
        replace(field, item.dataset.found, button.dataset.say);
        item.remove();
      } else if ("go" in button.dataset) {
        const shown = field.draftailEditor ? field.closest("[data-field]") || field.parentElement : field;
        shown.scrollIntoView({ block: "center" });
        if (field.draftailEditor) field.draftailEditor.focus(); else field.focus();
      } else if ("keep" in button.dataset) {
        const reason = item.querySelector("[data-reason]");
        const body = new URLSearchParams({ module: place.dataset.module, word: item.dataset.found, reason: reason.value });
        const answer = await post(place.dataset.keep, body);
        if (answer.ok) item.remove(); else reason.focus();
      }
      button.blur();
      last = "";
    });
    look();
    setInterval(look, EVERY);
  };
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".writing").forEach(start));
})();
