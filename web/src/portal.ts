// What the portal and the pages before log-in run. Everything there works without it,
// and its weight is held by test/budget.test.mjs: what only the console needs stays out.
import { startClocks } from "./elements/clock.ts";
import { startLive } from "./elements/live.ts";
import { startToasts } from "./elements/toast.ts";
import { startUploads } from "./elements/upload.ts";
import { startCopy } from "./lib/copy.ts";
import { startDrafts } from "./lib/drafts.ts";
import { startFloating } from "./lib/float.ts";
import { startHtmx } from "./lib/htmx.ts";
import { startLook } from "./lib/look.ts";

startHtmx();
startLook();
startFloating();
startToasts();
startClocks();
startUploads();
startDrafts();
startCopy();
startLive();
