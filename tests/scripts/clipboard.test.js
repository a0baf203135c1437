/** Where a pasted block lands, what stays, and what is reported about it. */

import assert from "node:assert/strict";
import test from "node:test";

import { Cells } from "../../static/js/fill/cells.js";
import { Clipboard } from "../../static/js/fill/clipboard.js";
import { Editor } from "../../static/js/fill/editor.js";
import { Selection } from "../../static/js/fill/selection.js";
import { tableOf } from "./browser.js";

function world(rows = [["1", "2", "3"], ["4", null, "6"], ["7", "8", "9"]]) {
  const table = tableOf(rows);
  const cells = new Cells(table);
  const reports = [];
  const editor = new Editor(cells, () => {});
  const selection = new Selection(cells);
  new Clipboard(cells, editor, selection, (what) => reports.push(what));
  const board = { text: "", setData(_kind, text) { this.text = text; }, getData() { return this.text; } };
  const act = (kind, text = board.text) => {
    board.text = text;
    return table.fire(kind, { target: document.activeElement, clipboardData: board });
  };
  return { cells, editor, selection, reports, act, board, texts: () => cells.rows.map((row) => row.map((cell) => cell.text)) };
}

test("a block lands from the focused cell on and says how much was written", () => {
  const { cells, reports, act, texts } = world();
  cells.at(0, 1).input.focus();
  assert.ok(act("paste", "a\tb\r\nc\td\r\n").prevented);
  assert.deepEqual(texts(), [["1", "a", "b"], ["4", "computed", "d"], ["7", "8", "9"]]);
  assert.deepEqual(reports, [{ written: 3, computed: 1, locked: 0, outside: 0, rest: [], column: 1 }]);
});

test("a computed cell that says the same already is no loss", () => {
  const { cells, reports, act } = world();
  cells.at(1, 0).input.focus();
  act("paste", "4\tcomputed");
  assert.deepEqual([reports[0].written, reports[0].computed], [1, 0]);
});

test("a locked cell keeps what stands and is counted apart", () => {
  const { cells, reports, act, texts } = world();
  cells.at(0, 1).box.classList.add("is-locked");
  cells.at(0, 1).input.readOnly = true;
  cells.at(0, 0).input.focus();
  act("paste", "a\tb\tc");
  assert.deepEqual(texts()[0], ["a", "2", "c"]);
  assert.deepEqual([reports[0].written, reports[0].computed, reports[0].locked], [2, 0, 1]);
});

test("an empty cell of the block says nothing", () => {
  const { cells, reports, act, texts } = world();
  cells.at(0, 0).input.focus();
  act("paste", "a\t\tc");
  assert.deepEqual(texts()[0], ["a", "2", "c"]);
  assert.equal(reports[0].written, 2);
});

test("what does not fit: columns are counted, rows wait with their column", () => {
  const { cells, reports, act, texts } = world();
  cells.at(2, 1).input.focus();
  act("paste", "a\tb\tc\nd\te\nf");
  assert.deepEqual(texts()[2], ["7", "a", "b"]);
  assert.deepEqual(reports, [{ written: 2, computed: 0, locked: 0, outside: 1, rest: [["d", "e"], ["f"]], column: 1 }]);
});

test("one text fills a whole selection", () => {
  const { cells, selection, act, texts, reports } = world();
  cells.at(0, 0).input.focus();
  selection.extend(1, 0, false);
  act("paste", " 5 ");
  assert.deepEqual(texts().map((row) => row[0]), ["5", "5", "7"]);
  assert.equal(reports[0].written, 2);
});

test("a block goes to the upper left corner of a selection, from wherever it was begun", () => {
  const { cells, selection, act, texts } = world();
  cells.at(2, 2).input.focus();
  selection.extend(-2, -2, false);
  selection.extend(0, -1, false);
  act("paste", "a\tb");
  const [row, column] = [selection.rows[0][0].row, selection.rows[0][0].column];
  assert.equal(texts()[row][column], "a");
});

test("one text inside a cell that is being edited is the browser's own matter, a block is not", () => {
  const { cells, editor, act, reports } = world();
  cells.at(0, 0).input.focus();
  editor.startEditing(cells.at(0, 0));
  assert.ok(!act("paste", "5").prevented);
  assert.ok(!act("paste", "5\r\n").prevented);
  assert.deepEqual(reports, []);
  assert.ok(act("paste", "5\t6").prevented);
});

test("a copy is the selection, a cut takes it away, and both can be undone", () => {
  const { cells, editor, selection, act, board, texts } = world();
  cells.at(0, 0).input.focus();
  selection.extend(0, 1, false);
  assert.ok(act("copy").prevented);
  assert.equal(board.text.trim(), "1\t2");
  assert.deepEqual(texts()[0], ["1", "2", "3"]);
  act("cut");
  assert.equal(board.text.trim(), "1\t2");
  assert.deepEqual(texts()[0], ["", "", "3"]);
  editor.undo();
  assert.deepEqual(texts()[0], ["1", "2", "3"]);
});

test("nothing is copied where nothing is selected or the text is being edited", () => {
  const { cells, editor, act } = world();
  assert.ok(!act("copy").prevented);
  cells.at(0, 0).input.focus();
  editor.startEditing(cells.at(0, 0));
  assert.ok(!act("copy").prevented);
});
