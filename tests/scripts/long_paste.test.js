/** The rest of a pasted list waits for its own page, once. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { keep, take } from "../../static/js/fill/long_paste.js";
import { storage } from "./browser.js";

const ROWS = [["1", "2"], ["", "4"]];

beforeEach(() => {
  globalThis.sessionStorage = storage();
  globalThis.location = { pathname: "/fill/3/", search: "?page=2" };
});

test("nothing waits", () => {
  assert.equal(take(), null);
});

test("the rest is taken on its page, and only once", () => {
  keep("/fill/3/?page=2", ROWS, 4);
  assert.deepEqual(take(), { address: "/fill/3/?page=2", rows: ROWS, column: 4 });
  assert.equal(take(), null);
});

test("on another page it goes on waiting", () => {
  keep("/fill/3/?page=2", ROWS, 0);
  location.search = "?page=3";
  assert.equal(take(), null);
  location.search = "?page=2";
  assert.deepEqual(take().rows, ROWS);
});

test("a newer list takes the place of the older", () => {
  keep("/fill/3/?page=2", ROWS, 0);
  keep("/fill/3/?page=2", [["9"]], 1);
  assert.deepEqual(take(), { address: "/fill/3/?page=2", rows: [["9"]], column: 1 });
});
