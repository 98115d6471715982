import { html } from "./elements.js";
import { FigureView } from "./figure-view.js";
import { csrfToken, Outbox } from "./outbox.js";
import { openStore } from "./outbox-store.js";
import { Player } from "./player.js";
import { Session } from "./session.js";
import { StageView } from "./stage-view.js";
import { Words } from "./words.js";

/** @import {SessionData} from "./types.js" */

/** @type {SessionData} */
const data = JSON.parse(html("session-data").textContent ?? "");
/** @type {Player | null} */
let player = null;

const outbox = new Outbox(await openStore(), {
  csrf: () => csrfToken(data.csrf),
  changed: (state) => {
    player?.saved.show(state);
    player?.result.outboxChanged(state);
  },
  acknowledged: (event, { next }) => {
    if (player && next && event.kind === "stop") player.result.next_url = next;
  },
});
await outbox.open();

const still = /** @type {HTMLImageElement} */ (html("still"));
const view = new StageView(new FigureView(html("figure"), still), data.exercises);
player = new Player(new Session(data, outbox), new Words(data, data.language), view);
player.open();
outbox.send();
