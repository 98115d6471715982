import { Kept } from "../offline/kept.js";
import { html } from "./elements.js";
import { FigureView } from "./figure-view.js";
import { dayEnds_ms, recall, rememberIn } from "./memory.js";
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

const kept = await Kept.open();
await recall(kept, data);

const outbox = new Outbox(await openStore(), {
  csrf: () => csrfToken(data.csrf),
  changed: (state) => {
    player?.saved.show(state);
    player?.result.outboxChanged(state);
  },
  remember: rememberIn(kept),
  acknowledged: (event, answer) => {
    if (player && answer.next && event.kind === "stop") player.result.next_url = answer.next;
    player?.keptTrack.acknowledged(answer);
  },
});
await outbox.open();

const still = /** @type {HTMLImageElement} */ (html("still"));
const view = new StageView(new FigureView(html("figure"), still), data.exercises);
const ends_ms = await dayEnds_ms(kept, data, Date.now());
player = new Player(new Session(data, outbox, ends_ms), new Words(data, data.language), view);
player.open();
outbox.send(); // not before: a record acknowledged by now would be neither in the page nor in the outbox
