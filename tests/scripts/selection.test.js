/** The selected rectangle: by Shift with arrows or clicks, by drawing with the mouse. */

import assert from "node:assert/strict";
import test from "node:test";

import { Cells } from "../../static/js/fill/cells.js";
import { Selection } from "../../static/js/fill/selection.js";
import { tableOf } from "./browser.js";

function world(rows = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]) {
  const table = tableOf(rows);
  const cells = new Cells(table);
  const selection = new Selection(cells);
  return { table, cells, selection, texts: () => selection.rows.map((row) => row.map((cell) => cell.text)) };
}

const picked = (cells) => cells.all.filter((cell) => cell.box.classList.contains("is-picked")).map((cell) => cell.text);

test("nothing is selected before a cell has the focus", () => {
  const { selection } = world();
  assert.deepEqual([selection.rows, selection.list, selection.isRange], [[], [], false]);
  selection.extend(1, 0, false);
  assert.equal(selection.start, null);
});

test("the focused cell alone is selected and not marked", () => {
  const { cells, selection, texts } = world();
  cells.at(1, 1).input.focus();
  assert.deepEqual(texts(), [["5"]]);
  assert.ok(!selection.isRange);
  assert.deepEqual(picked(cells), []);
});

test("Shift with arrows draws the rectangle and takes it back", () => {
  const { cells, selection, texts } = world();
  cells.at(0, 0).input.focus();
  selection.extend(0, 1, false);
  selection.extend(1, 0, false);
  assert.deepEqual(texts(), [["1", "2"], ["4", "5"]]);
  assert.deepEqual(picked(cells), ["1", "2", "4", "5"]);
  selection.extend(-1, 0, false);
  assert.deepEqual(picked(cells), ["1", "2"]);
  selection.extend(-1, 0, false); // beyond the edge
  assert.deepEqual(texts(), [["1", "2"]]);
});

test("with Ctrl to the end of the filled run", () => {
  const { cells, selection, texts } = world([["1", "2", "", "4"]]);
  cells.at(0, 0).input.focus();
  selection.extend(0, 1, true);
  assert.deepEqual(texts(), [["1", "2"]]);
});

test("all cells, computed ones too", () => {
  const { selection } = world([["1", null], ["3", "4"]]);
  selection.all();
  assert.equal(selection.list.length, 4);
});

test("all of no cell is nothing", () => {
  const { selection } = world([]);
  selection.all();
  assert.deepEqual(selection.list, []);
});

test("a click with Shift extends from where it began", () => {
  const { table, cells, texts } = world();
  cells.at(0, 0).input.focus();
  const event = table.fire("mousedown", { target: cells.at(1, 1).input, button: 0, shiftKey: true });
  assert.ok(event.prevented);
  assert.deepEqual(texts(), [["1", "2"], ["4", "5"]]);
});

test("the mouse draws while its button is down", () => {
  const { table, cells, selection, texts } = world();
  table.fire("mousedown", { target: cells.at(0, 1).input, button: 0 });
  assert.equal(document.activeElement, cells.at(0, 1).input);
  table.fire("mouseover", { target: cells.at(2, 2).input, buttons: 1 });
  assert.deepEqual(texts(), [["2", "3"], ["5", "6"], ["8", "9"]]);
  table.fire("mouseover", { target: cells.at(0, 2).input, buttons: 0 });
  assert.equal(selection.list.length, 6);
  document.listeners.filter(([kind]) => kind === "mouseup").forEach(([, act]) => act());
  table.fire("mouseover", { target: cells.at(0, 2).input, buttons: 1 });
  assert.equal(selection.list.length, 6);
});

test("another button, and a place that is no cell, select nothing", () => {
  const { table, cells, selection } = world();
  table.fire("mousedown", { target: cells.at(0, 1).input, button: 2 });
  table.fire("mousedown", { target: {}, button: 0 });
  assert.equal(selection.start, null);
});
