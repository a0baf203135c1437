/** What was typed and not yet taken, kept in the browser. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Unsent } from "../../static/js/fill/unsent.js";
import { storage } from "./browser.js";

const NOTHING = { cells: {}, explanations: {}, batch: null, revision: null };

beforeEach(() => { globalThis.localStorage = storage(); });

test("what is kept is read again, each person's own", () => {
  new Unsent("1").keep("d", "cells", "A", "12", 3);
  assert.deepEqual(new Unsent("1").read("d"), { ...NOTHING, cells: { A: "12" }, revision: 3 });
  assert.deepEqual(new Unsent("2").read("d"), NOTHING);
  assert.deepEqual(new Unsent("1").read("other"), NOTHING);
});

test("the revision is that of the first text until somebody has seen another", () => {
  const unsent = new Unsent("1");
  unsent.keep("d", "cells", "A", "12", 3);
  unsent.keep("d", "explanations", "7", "why", 4);
  assert.equal(unsent.read("d").revision, 3);
  unsent.rebase("d", 5);
  assert.equal(unsent.read("d").revision, 5);
});

test("a text newer than the one taken stays", () => {
  const unsent = new Unsent("1");
  unsent.keep("d", "cells", "A", "12", 3);
  unsent.keep("d", "cells", "A", "13", 3);
  unsent.forget("d", "cells", "A", "12");
  assert.deepEqual(unsent.read("d").cells, { A: "13" });
  unsent.forget("d", "cells", "A", "13");
  assert.equal(localStorage.size, 0);
});

test("a batch under way is kept though all its texts are forgotten", () => {
  const unsent = new Unsent("1");
  unsent.keepBatch("d", { key: "k" });
  assert.equal(localStorage.size, 1);
  unsent.keepBatch("d", null);
  assert.equal(localStorage.size, 0);
});

test("what cannot be read is nothing, and a full store does no harm", () => {
  localStorage.setItem("unsent/1/d", "{broken");
  assert.deepEqual(new Unsent("1").read("d"), NOTHING);
  localStorage.isFull = true;
  new Unsent("1").keep("d", "cells", "A", "12", 3);
  assert.equal(localStorage.size, 1);
});
