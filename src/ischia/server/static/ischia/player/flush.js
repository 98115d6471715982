import { Kept } from "../offline/kept.js";
import { rememberIn } from "./memory.js";
import { csrfToken, Outbox } from "./outbox.js";
import { openStore } from "./outbox-store.js";

// For every page of the app: send what a closed player page left behind in this browser.
const outbox = new Outbox(await openStore(), { csrf: () => csrfToken(), remember: rememberIn(await Kept.open()) });
await outbox.open();
outbox.send();
