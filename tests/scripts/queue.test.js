/** Jobs two at a time, in their order. */

import assert from "node:assert/strict";
import test from "node:test";

import { Queue } from "../../static/js/imports/queue.js";

const turn = () => new Promise((done) => { setImmediate(done); });

function world() {
  const begun = [];
  const ends = new Map();
  const queue = new Queue((job) => new Promise((done, failed) => {
    begun.push(job);
    ends.set(job, { done, failed });
  }), () => {});
  return { queue, begun, end: async (job) => { ends.get(job).done(); await turn(); } };
}

test("two at once, the next when one ends", async () => {
  const { queue, begun, end } = world();
  queue.add(["a", "b", "c"]);
  assert.deepEqual(begun, ["a", "b"]);
  assert.equal(queue.all, 3);
  await end("b");
  assert.deepEqual(begun, ["a", "b", "c"]);
  await end("a");
  await end("c");
  assert.deepEqual([queue.done, queue.isBusy], [3, false]);
});

test("held, nothing new begins and what is under way ends", async () => {
  const { queue, begun, end } = world();
  queue.add(["a", "b", "c"]);
  queue.hold();
  await end("a");
  await end("b");
  assert.deepEqual(begun, ["a", "b"]);
  assert.deepEqual([queue.isBusy, queue.all], [false, 3]);
});

test("tried once more, a job counts once", async () => {
  const { queue, end } = world();
  queue.add(["a"]);
  await end("a");
  queue.again("a");
  assert.deepEqual([queue.done, queue.all], [0, 1]);
  await end("a");
  assert.deepEqual([queue.done, queue.all], [1, 1]);
});
