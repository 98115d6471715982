/**
 * One key for each thing: every button that names a key in ``data-key`` is pressed by it. An open dialog takes all
 * keys; typing into a field and pressing a focused button stay what they are.
 *
 * @param {() => void} stop Escape, whatever is open
 */
export function listenToKeys(stop) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const scope = document.querySelector("dialog[open]") ?? document.body;
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.key === "Escape") {
      event.preventDefault();
      const own = scope instanceof HTMLDialogElement ? keyButton(scope, "Escape") : null;
      if (own) own.click();
      else stop();
      return;
    }
    if (target.matches("input:not([type=radio], [type=checkbox]), select, textarea")) return;
    const pressesFocused = event.key === " " || event.key === "Enter";
    if (pressesFocused && target.matches("button, a[href], input, summary")) return;
    const wanted = keyButton(scope, event.key.toLowerCase());
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
  });
}

/**
 * @param {Element} scope
 * @param {string} key
 * @returns {HTMLButtonElement | null}
 */
function keyButton(scope, key) {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = scope.querySelectorAll("button[data-key]");
  return [...buttons].find((button) => button.dataset.key === key && !button.disabled && button.checkVisibility()) ?? null;
}
