/** The keys of a spreadsheet on the cells, with the editor and the selection they act on. */

import assert from "node:assert/strict";
import test from "node:test";

import { Cells } from "../../static/js/fill/cells.js";
import { Editor } from "../../static/js/fill/editor.js";
import { Keys } from "../../static/js/fill/keys.js";
import { Selection } from "../../static/js/fill/selection.js";
import { tableOf } from "./browser.js";

function world(rows = [["1", "2", "3"], ["4", null, "6"], ["7", "8", "9"]]) {
  const table = tableOf(rows);
  const cells = new Cells(table);
  const acts = [];
  const editor = new Editor(cells, (changed, settled) => acts.push(["changed", changed.length, settled]));
  const selection = new Selection(cells);
  new Keys(cells, editor, selection, {
    notApplicable: (list) => acts.push(["not applicable", list.length]),
    help: () => acts.push(["help"]),
  });
  const press = (key, more = {}) => table.fire("keydown", { key, target: document.activeElement, ...more });
  const at = () => {
    const cell = cells.holding(document.activeElement);
    return [cell.row, cell.column];
  };
  cells.at(0, 0).input.focus();
  return { table, cells, editor, selection, acts, press, at };
}

const MOVES = [
  ["ArrowRight", {}, [0, 1]],
  ["ArrowDown", {}, [1, 0]],
  ["ArrowUp", {}, [0, 0]],
  ["ArrowLeft", {}, [0, 0]],
  ["Enter", {}, [1, 0]],
  ["End", {}, [0, 2]],
  ["ArrowRight", { ctrlKey: true }, [0, 2]],
  ["ArrowDown", { metaKey: true }, [2, 0]],
  ["End", { ctrlKey: true }, [2, 2]],
];

for (const [key, more, wanted] of MOVES) {
  test(`${Object.keys(more).join()} ${key} goes to ${wanted}`, () => {
    const { press, at } = world();
    assert.ok(press(key, more).prevented);
    assert.deepEqual(at(), wanted);
  });
}

test("a computed cell is passed over", () => {
  const { press, at } = world();
  press("ArrowDown");
  press("ArrowRight");
  assert.deepEqual(at(), [1, 2]);
  press("Home");
  assert.deepEqual(at(), [1, 0]);
  press("Home", { ctrlKey: true });
  assert.deepEqual(at(), [0, 0]);
});

test("Home and End of a sheet of one column are those of the sheet", () => {
  const { press, at } = world([["1"], ["2"], ["3"]]);
  press("End");
  assert.deepEqual(at(), [2, 0]);
  press("Home");
  assert.deepEqual(at(), [0, 0]);
});

test("Shift and Enter goes up; at the edge Enter keeps what was typed", () => {
  const { press, at, cells, acts } = world();
  press("ArrowDown");
  press("Enter", { shiftKey: true });
  assert.deepEqual(at(), [0, 0]);
  cells.at(0, 0).text = "10";
  press("Enter", { shiftKey: true });
  assert.deepEqual(at(), [0, 0]);
  assert.deepEqual(acts, [["changed", 1, true]]);
});

test("Delete clears the selected cells, and Ctrl with Z and Y goes back and forth", () => {
  const { press, cells } = world();
  const texts = () => cells.rows[0].map((cell) => cell.text);
  press("ArrowRight", { shiftKey: true });
  press("Delete");
  assert.deepEqual(texts(), ["", "", "3"]);
  press("z", { ctrlKey: true });
  assert.deepEqual(texts(), ["1", "2", "3"]);
  press("y", { ctrlKey: true });
  assert.deepEqual(texts(), ["", "", "3"]);
  press("Z", { ctrlKey: true });
  press("Z", { ctrlKey: true, shiftKey: true });
  assert.deepEqual(texts(), ["", "", "3"]);
});

test("Backspace is the browser's in one cell, and clears a range", () => {
  const { press, cells } = world();
  assert.ok(!press("Backspace").prevented);
  press("ArrowDown", { shiftKey: true });
  assert.ok(press("Backspace").prevented);
  assert.deepEqual([cells.at(0, 0).text, cells.at(1, 0).text], ["", ""]);
});

test("while a text is edited, the keys that move inside it are the browser's", () => {
  const { press, at, editor, cells } = world();
  press("F2");
  assert.ok(editor.isEditing);
  assert.deepEqual(cells.at(0, 0).input.caret, [1, 1]);
  for (const key of ["ArrowRight", "ArrowLeft", "Home", "End", "Delete", "?"]) assert.ok(!press(key).prevented, key);
  assert.ok(!press("a", { ctrlKey: true }).prevented);
  assert.deepEqual(at(), [0, 0]);
  press("ArrowDown");
  assert.deepEqual(at(), [1, 0]);
  assert.ok(!editor.isEditing);
});

test("Escape puts back what stood there when the cell got the focus", () => {
  const { press, cells, acts, selection } = world();
  cells.at(0, 0).text = "99";
  press("Escape");
  assert.equal(cells.at(0, 0).text, "1");
  assert.deepEqual(acts, [["changed", 1, true]]);
  assert.ok(!selection.isRange);
});

test("all, help and not applicable", () => {
  const { press, acts, selection } = world();
  press("a", { ctrlKey: true });
  assert.equal(selection.list.length, 9);
  press("n", { altKey: true, code: "KeyN" });
  press("?");
  press("？");
  assert.deepEqual(acts, [["not applicable", 9], ["help"], ["help"]]);
});

test("what an input method composes is its own, and other keys are the browser's", () => {
  const { press, at } = world();
  for (const more of [{ isComposing: true }, { keyCode: 229 }]) assert.ok(!press("Enter", more).prevented);
  assert.ok(!press("ArrowDown", { altKey: true }).prevented);
  for (const key of ["1", "Tab", "党"]) assert.ok(!press(key).prevented, key);
  assert.ok(!press("c", { ctrlKey: true }).prevented);
  assert.deepEqual(at(), [0, 0]);
});
