import { setsLeft } from "./progress.js";

/** @import {Plan, SessionEvent} from "./types.js" */
/** @import {Words} from "./words.js" */

/**
 * The exercises of the session with their doses; what is done is ticked, the current one marked.
 *
 * @param {HTMLElement} list
 * @param {Plan} plan
 * @param {SessionEvent[]} events
 * @param {Words} words
 * @param {number} current place in the plan, -1 for none
 */
export function fillExerciseList(list, plan, events, words, current) {
  const items = plan.exercises.map((planned, index) => {
    const item = document.createElement("li");
    if (setsLeft(planned, events).length === 0) item.classList.add("done");
    if (index === current) item.setAttribute("aria-current", "step");
    item.append(span("name", words.title(planned.exercise_id)));
    for (const { side, dose } of planned.doses) {
      item.append(span("amount", [words.side(side), words.dose(dose)].filter(Boolean).join(" ")));
    }
    return item;
  });
  list.replaceChildren(...items);
}

/**
 * @param {string} name
 * @param {string} text
 */
function span(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}
