// Small comforts of ordinary pages. Everything works without this script, too.

// "None of these" and a tick on the same card exclude each other.
for (const card of document.querySelectorAll("[data-card]")) {
  card.addEventListener("change", (event) => {
    const changed = /** @type {HTMLInputElement} */ (event.target);
    if (changed.type !== "checkbox" || !changed.checked) return;
    const isNone = changed.hasAttribute("data-none");
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = card.querySelectorAll("input[type=checkbox]");
    for (const box of boxes) {
      if (box !== changed && box.hasAttribute("data-none") !== isNone) box.checked = false;
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
}

// A form is sent once, however often its button is pressed. Going back makes it usable again.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-sent")) event.preventDefault();
    form.setAttribute("data-sent", "");
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
});
