/** Saving of one submission over a network that fails: nothing typed is lost, nothing is sent twice as two. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Saver } from "../../static/js/fill/saver.js";
import { Unsent } from "../../static/js/fill/unsent.js";
import { storage } from "./browser.js";

let answers; // what the network does next: [status, answer], or null for no answer
let sent; // batches that went out
let window_;

beforeEach(() => {
  answers = [];
  sent = [];
  globalThis.localStorage = storage();
  window_ = { listeners: {}, addEventListener(kind, act) { this.listeners[kind] = act; } };
  globalThis.window = window_;
  globalThis.fetch = async (url, { body }) => {
    sent.push({ url, ...JSON.parse(body) });
    const next = answers.shift();
    if (!next) throw new TypeError("no network");
    const [status, answer] = next;
    return new Response(JSON.stringify(answer), { status, headers: { "Content-Type": "application/json" } });
  };
});

function world({ isHeld = () => false } = {}) {
  const states = [];
  const unsent = new Unsent("zhang");
  const page = { token: "t", unsent, isHeld, onBehalf: () => false, stateChanged: (saver, answer, batch) => states.push([saver.state, answer, batch]) };
  const saver = new Saver({ id: "7", url: "/save/7/", revision: 4 }, page);
  return { saver, unsent, states, names: () => states.map(([state]) => state) };
}

test("what is typed goes out in one batch, and nothing is kept after the 200", async () => {
  const { saver, unsent, names } = world();
  answers = [[200, { revision: 5 }]];
  saver.note("cells", "A", "1", false);
  saver.note("cells", "A", "12", true);
  saver.note("explanations", "part:B", "why", true);
  assert.equal(saver.waiting, 2);
  assert.ok(await saver.flush());
  assert.equal(sent.length, 1);
  assert.deepEqual([sent[0].url, sent[0].revision, sent[0].changes, sent[0].explanations], ["/save/7/", 4, { A: "12" }, { "part:B": "why" }]);
  assert.equal(saver.doc.revision, 5);
  assert.deepEqual(names(), ["waiting", "saving", "saved"]);
  assert.deepEqual([saver.isClean, saver.waiting, localStorage.size], [true, 0, 0]);
  assert.equal(unsent.read("7").batch, null);
});

test("typed while a batch is under way: sent next, upon the new revision", async () => {
  const { saver } = world();
  answers = [[200, { revision: 5 }], [200, { revision: 6 }]];
  saver.note("cells", "A", "1", true);
  const running = saver.run();
  saver.note("cells", "A", "2", true);
  await running;
  assert.deepEqual(sent.map((batch) => [batch.revision, batch.changes.A]), [[4, "1"], [5, "2"]]);
  assert.notEqual(sent[0].key, sent[1].key);
  assert.ok(saver.isClean);
  clearTimeout(saver.timer);
});

test("without an answer the same batch goes again under the same key, later and later, at once when the network is back", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, states } = world();
  saver.note("cells", "A", "1", true);
  const flushed = saver.flush();
  assert.equal(await flushed, false);
  assert.equal(states[states.length - 1][0], "offline");
  const turn = () => new Promise((done) => { setImmediate(done); });
  for (const wait of [1000, 2000, 4000, 8000, 16000, 30000, 30000]) {
    const before = sent.length;
    mock.timers.tick(wait - 1);
    await turn();
    assert.equal(sent.length, before, `before ${wait} ms`);
    mock.timers.tick(1);
    for (let times = 0; times < 5; times += 1) await turn();
    assert.equal(sent.length, before + 1, `after ${wait} ms`);
  }
  answers = [[200, { revision: 5 }]];
  window_.listeners.online();
  for (let times = 0; times < 5; times += 1) await turn();
  assert.equal(new Set(sent.map((batch) => batch.key)).size, 1);
  assert.ok(saver.isClean);
  mock.timers.reset();
});

test("a no gives the texts back: they wait, newer ones win, and the page gets the answer", async () => {
  const { saver, unsent, states } = world();
  answers = [[409, { revision: 9, differences: [{ key: "A" }] }]];
  saver.note("cells", "A", "1", true);
  saver.note("cells", "B", "2", true);
  const running = saver.run();
  saver.note("cells", "B", "3", true);
  await running;
  clearTimeout(saver.timer);
  const [state, answer, batch] = states[states.length - 1];
  assert.deepEqual([state, answer.differences.length, batch.changes], ["conflict", 1, { A: "1", B: "2" }]);
  assert.deepEqual(Object.fromEntries(saver.cells), { A: "1", B: "3" });
  assert.equal(saver.doc.revision, 9);
  assert.deepEqual(unsent.read("7").cells, { A: "1", B: "3" });
  assert.equal(saver.isClean, false);
  saver.drop("A");
  assert.deepEqual([Object.fromEntries(saver.cells), unsent.read("7").cells], [{ B: "3" }, { B: "3" }]);
});

test("signed out, the batch stays whole for after the sign-in", async () => {
  const { saver, unsent, names } = world();
  answers = [[401, {}]];
  saver.note("cells", "A", "1", true);
  assert.equal(await saver.flush(), false);
  assert.deepEqual(names(), ["waiting", "saving", "signed-out"]);
  assert.deepEqual(unsent.read("7").batch.changes, { A: "1" });
  const { saver: later } = world();
  later.resume(unsent.read("7"));
  answers = [[200, { revision: 5 }]];
  assert.ok(await later.flush()); // with what was in the batch alone: its texts do not wait a second time
  assert.deepEqual(sent.map((batch) => batch.key), [sent[0].key, sent[0].key]);
});

test("what an earlier page left is sent upon what it was typed upon", async () => {
  const { saver } = world();
  saver.resume({ cells: { A: "1" }, explanations: { "part:B": "why" }, batch: null, revision: 2 });
  answers = [[200, { revision: 5 }]];
  assert.ok(await saver.flush());
  assert.deepEqual([sent[0].revision, sent[0].changes, sent[0].explanations], [2, { A: "1" }, { "part:B": "why" }]);
});

test("what was typed after the batch of an earlier page goes out after it", async () => {
  const { saver } = world();
  const batch = { key: "k", revision: 2, changes: { A: "1", B: "2" }, explanations: { c: "x" }, on_behalf: false };
  saver.resume({ cells: { A: "1", B: "3" }, explanations: { c: "y" }, batch, revision: 2 });
  answers = [[200, { revision: 3 }], [200, { revision: 4 }]];
  assert.ok(await saver.flush());
  assert.deepEqual(sent.map((one) => [one.revision, one.changes, one.explanations]), [
    [2, { A: "1", B: "2" }, { c: "x" }],
    [3, { B: "3" }, { c: "y" }],
  ]);
});

test("a text that could not be read stays kept, though the server has the rest", async () => {
  const { saver, unsent } = world();
  answers = [[200, { revision: 5, readings: { A: { error: "no number" }, B: { notice: "read as 12" } } }]];
  saver.note("cells", "A", "x", true);
  saver.note("cells", "B", "12人", true);
  assert.ok(await saver.flush());
  assert.deepEqual(unsent.read("7").cells, { A: "x" });
  assert.equal(unsent.read("7").revision, 5);
});

test("nothing goes out while the page is held", async () => {
  const { saver } = world({ isHeld: () => true });
  saver.note("cells", "A", "1", true);
  assert.equal(await saver.flush(), false);
  assert.deepEqual(sent, []);
});
