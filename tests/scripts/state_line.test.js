/** The line that says whether what was typed is safe: the worst of all savers, announced once, with a door where one must sign in. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { StateLine } from "../../static/js/fill/state.js";
import { fill } from "../../static/js/page/elements.js";

const WORDS = {
  saved: "Saved %(time)s", butUnread: "%(count)s unread", waiting: "%(count)s to save", saving: "Saving %(count)s", offline: "Offline: %(count)s",
  conflict: "Somebody else: %(count)s", refused: "Refused", refusedBecause: "Refused: %(said)s", "signed-out": "Signed out", "stale-page": "Old page",
  login: "/login/", signIn: "Sign in", reload: "Load again",
};
const ORDER = ["signed-out", "stale-page", "conflict", "refused", "offline", "saving", "waiting", "saved"];

beforeEach(() => {
  globalThis.location = { pathname: "/fill/3/", search: "?page=2" };
  globalThis.document = { createElement: () => ({}) };
});

function world() {
  const line = { added: [], append(...parts) { this.added.push(...parts); } };
  const voice = { textContent: "" };
  const state = new StateLine(line, voice, WORDS);
  const draw = (names, { unread = 0, answer = null, waiting = 1 } = {}) => state.draw(names.map((name) => ({ state: name, waiting })), unread, answer);
  return { line, voice, draw };
}

test("gaps of a sentence are filled, unknown ones stay", () => {
  assert.equal(fill("%(n)s of %(all)s, %(n)s", { n: 3, all: 0 }), "3 of 0, 3");
  assert.equal(fill("%(n)s %(m)s", { n: 3 }), "3 %(m)s");
});

test("the worst of all savers is shown", () => {
  ORDER.slice(0, -1).forEach((worst, at) => {
    const { line, draw } = world();
    draw(ORDER.slice(at));
    assert.ok(line.textContent.startsWith(WORDS[worst].split("%")[0]), worst);
  });
});

test("nothing is shown before anything was saved", () => {
  const { line, draw } = world();
  draw(["saved"]);
  assert.equal(line.textContent, undefined);
});

test("saved at the hour of the last answer, with what could not be read", () => {
  const { line, voice, draw } = world();
  draw(["saved", "saved"], { answer: { saved_at: "10:32" } });
  assert.deepEqual([line.textContent, line.className], ["Saved 10:32", "state push is-green"]);
  draw(["saved"], { unread: 2 });
  assert.equal(line.textContent, "Saved 10:32 2 unread");
  assert.equal(voice.textContent, "Saved 10:32"); // the same state is not spoken again
});

test("cells that wait are counted over all reports, and not spoken", () => {
  const { line, voice, draw } = world();
  draw(["waiting", "saved", "waiting"], { waiting: 3 });
  assert.deepEqual([line.textContent, line.className, voice.textContent], ["9 to save", "state push ", ""]);
});

test("a refusal says why; a conflict with differences asks by itself", () => {
  const lineOf = (name, answer) => {
    const { line, draw } = world();
    draw([name], { answer });
    return line.textContent;
  };
  assert.equal(lineOf("refused", { said: "locked" }), "Refused: locked");
  assert.equal(lineOf("refused", {}), "Refused");
  assert.equal(lineOf("conflict", { said: "returned", differences: [] }), "Refused: returned");
  assert.equal(lineOf("conflict", { said: "x", differences: [1] }), "Somebody else: 1");
});

test("the doors lead back to this page", () => {
  const door = (name, answer = {}) => {
    const { line, draw } = world();
    draw([name], { answer });
    return [line.added[1].href, line.added[1].textContent, line.className];
  };
  assert.deepEqual(door("signed-out"), ["/login/?next=%2Ffill%2F3%2F%3Fpage%3D2", "Sign in", "state push is-red"]);
  assert.deepEqual(door("signed-out", { login: "/elsewhere/" }), ["/elsewhere/", "Sign in", "state push is-red"]);
  assert.deepEqual(door("stale-page"), ["/fill/3/?page=2", "Load again", "state push is-red"]);
});
