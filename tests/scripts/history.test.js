/** What can be undone and done again. */

import assert from "node:assert/strict";
import test from "node:test";

import { History } from "../../static/js/fill/history.js";

const change = (cell, before, after) => ({ cell, before, after });

test("a paste is undone and done again as one", () => {
  const history = new History();
  history.remember([change("a", "1", "2"), change("b", "", "3")]);
  assert.deepEqual(history.undo(), [{ cell: "a", text: "1" }, { cell: "b", text: "" }]);
  assert.deepEqual(history.redo(), [{ cell: "a", text: "2" }, { cell: "b", text: "3" }]);
  assert.deepEqual(history.undo(), [{ cell: "a", text: "1" }, { cell: "b", text: "" }]);
});

test("the last act is undone first", () => {
  const history = new History();
  history.remember([change("a", "", "1")]);
  history.remember([change("a", "1", "2")]);
  assert.deepEqual(history.undo(), [{ cell: "a", text: "1" }]);
  assert.deepEqual(history.undo(), [{ cell: "a", text: "" }]);
  assert.deepEqual(history.redo(), [{ cell: "a", text: "1" }]);
});

test("nothing is left to undo or to do again", () => {
  const history = new History();
  assert.deepEqual([history.undo(), history.redo()], [[], []]);
  history.remember([]);
  assert.deepEqual(history.undo(), []);
});

test("a new act ends what could be done again; an empty one does not", () => {
  const history = new History();
  history.remember([change("a", "", "1")]);
  history.undo();
  history.remember([]);
  assert.equal(history.undone.length, 1);
  history.remember([change("b", "", "2")]);
  assert.deepEqual(history.redo(), []);
});

test("the two hundred newest acts are kept", () => {
  const history = new History();
  for (let n = 0; n < 201; n += 1) history.remember([change("a", String(n), String(n + 1))]);
  const texts = [];
  for (let undone = history.undo(); undone.length; undone = history.undo()) texts.push(undone[0].text);
  assert.equal(texts.length, 200);
  assert.equal(texts[texts.length - 1], "1");
});
