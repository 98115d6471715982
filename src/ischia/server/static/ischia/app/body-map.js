// The body map: the picture and the list are two ways to the same answers. Without this script both still work.

/** @param {Element} map */
function start(map) {
  const painWord = map.querySelector("[data-words]")?.getAttribute("data-pain") ?? "";

  map.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const zone = target.closest("a[data-place]");
    if (zone) {
      event.preventDefault();
      open(map, zone.getAttribute("data-place") ?? "");
    } else if (target.closest("[data-clear]")) {
      clear(target.closest("details"), painWord, map);
    }
  });
  map.addEventListener("change", (event) => {
    const place = /** @type {Element} */ (event.target).closest("details");
    if (place) show(place, painWord, map);
  });
  for (const place of map.querySelectorAll("details[data-place]")) {
    place.querySelector("[data-clear]")?.removeAttribute("hidden");
    show(place, painWord, map);
  }
}

/** @param {Element} map @param {string} key */
function open(map, key) {
  for (const place of map.querySelectorAll("details[data-place]")) {
    const chosen = place.getAttribute("data-place") === key;
    place.toggleAttribute("open", chosen);
    if (!chosen) continue;
    const input = /** @type {HTMLInputElement | null} */ (
      place.querySelector("input:checked") ?? place.querySelector("input")
    );
    input?.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  }
}

/** @param {Element | null} place @param {string} painWord @param {Element} map */
function clear(place, painWord, map) {
  if (!place) return;
  for (const input of place.querySelectorAll("input")) input.checked = false;
  show(place, painWord, map);
  place.querySelector("summary")?.focus();
}

/** @param {Element} place @param {string} painWord @param {Element} map */
function show(place, painWord, map) {
  const key = place.getAttribute("data-place");
  const pain = /** @type {HTMLInputElement | null} */ (place.querySelector(`input[name="${key}-pain"]:checked`))?.value;
  const feelings = [...place.querySelectorAll("input[data-feeling]:checked")].map((input) =>
    input.getAttribute("data-feeling"),
  );
  const words = [...(pain ? [`${painWord} ${pain}`] : []), ...feelings].join(", ");
  const told = place.querySelector("[data-told]");
  if (told) told.textContent = words;
  for (const zone of map.querySelectorAll(`a[data-place="${key}"]`)) {
    mark(zone, "data-pain", pain === undefined ? "" : level(Number(pain)));
    mark(zone, "data-other", feelings.length ? "yes" : "");
    const label = zone.getAttribute("data-label") ?? "";
    zone.setAttribute("aria-label", words ? `${label}: ${words}` : label);
    const number = zone.querySelector("text");
    if (number) number.textContent = pain ?? "";
  }
}

/** @param {Element} element @param {string} name @param {string} value */
function mark(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

/** @param {number} pain */
function level(pain) {
  if (pain === 0) return "0";
  return pain <= 3 ? "low" : pain <= 6 ? "middle" : "high";
}

for (const map of document.querySelectorAll("[data-body-map]")) start(map);
