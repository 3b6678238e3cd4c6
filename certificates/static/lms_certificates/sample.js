// The sample follows what is typed. Without JavaScript the button draws it.
(() => {
  const button = document.querySelector("[data-sample]");
  const form = button?.form;
  if (!form) return;
  const draw = () => form.checkValidity() && form.requestSubmit(button);
  form.addEventListener("change", draw);
  draw();
})();
