import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

class Element {}
Object.assign(globalThis, { HTMLElement: Element, customElements: { get: () => undefined, define: () => undefined } });
const { joined, settled } = await load("lib/keep.ts");

const kept = (body, version) => ({ kind: "reply", body, fields: {}, attachments: [], key: "k", version });

test("of two texts none is lost", () => {
  assert.equal(joined("Could you restart", "Could you"), "Could you restart");
  assert.equal(joined("Could you", "Could you restart"), "Could you restart");
  assert.equal(joined("Over there", "Over here"), "Over there\n\nOver here");
});

test("what only one side changed since they agreed is the newer one", () => {
  const agreed = { version: 2, body: "Could you" };
  assert.equal(settled("", kept("From the desk", 1), undefined), "From the desk", "another machine begins");
  assert.equal(settled("Could you", kept("Could we", 3), agreed), "Could we", "written on elsewhere");
  assert.equal(settled("Could you please", kept("Could you", 2), agreed), "Could you please", "written on here");
  assert.equal(settled("Mine", kept("Theirs", 3), agreed), "Theirs\n\nMine", "both wrote");
  assert.equal(settled("Could you", undefined, agreed), "", "sent or thrown away elsewhere");
  assert.equal(settled("Could you not", undefined, agreed), "Could you not", "but not what was written since");
  assert.equal(settled("Offline", undefined, undefined), "Offline");
});
