/**
 * The element with this id. The template and the modules are made for each other: a missing one is a fault of ours.
 *
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${type.name} with the id ${id}`);
  return element;
}

/**
 * @param {string} id
 * @returns {SVGElement}
 */
export function svgById(id) {
  const element = document.getElementById(id);
  if (!(element instanceof SVGElement)) throw new Error(`the page has no drawing with the id ${id}`);
  return element;
}

/**
 * @param {string} id
 */
export function html(id) {
  return byId(id, HTMLElement);
}

/**
 * @param {string} id
 */
export function button(id) {
  return byId(id, HTMLButtonElement);
}

/**
 * Text that changes often, written only where it changed.
 *
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
