/** The matrix of cells: which is beside which, how far Ctrl with an arrow leaps. */

import assert from "node:assert/strict";
import test from "node:test";

import { Cells } from "../../static/js/fill/cells.js";
import { tableOf } from "./browser.js";

const place = (cell) => (cell ? [cell.row, cell.column] : null);

test("a computed cell is passed over", () => {
  const cells = new Cells(tableOf([["1", null, "3"], ["4", "5", "6"]]));
  assert.deepEqual(place(cells.beside(cells.at(0, 0), 0, 1)), [0, 2]);
  assert.deepEqual(place(cells.beside(cells.at(1, 1), -1, 0)), null);
  assert.equal(cells.typed.length, 5);
});

test("there is nothing beyond the edge", () => {
  const cells = new Cells(tableOf([["1"]]));
  for (const [down, right] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) assert.equal(cells.beside(cells.at(0, 0), down, right), null);
  assert.equal(cells.at(-1, 0), null);
});

const LEAPS = [
  ["to the end of the filled run", ["1", "2", "3", "", "5"], 0, 2],
  ["over the gap to the next filled cell", ["1", "", "", "4", "5"], 0, 3],
  ["to the edge where nothing more is filled", ["1", "", ""], 0, 2],
  ["to the edge where all is filled", ["1", "2", "3"], 0, 2],
  ["from an empty cell to the first filled one", ["", "", "3", "4"], 0, 2],
  ["a cell of spaces is empty", ["1", " ", "3"], 0, 2],
  ["over computed cells", ["1", null, "3", ""], 0, 2],
  ["nowhere from the last cell", ["1", "2"], 1, 1],
];

for (const [name, row, from, to] of LEAPS) {
  test(`leaps ${name}`, () => {
    const cells = new Cells(tableOf([row]));
    assert.equal(cells.leap(cells.at(0, from), 0, 1).column, to);
  });
}

test("the rectangle between two cells is the same from each of its corners", () => {
  const cells = new Cells(tableOf([["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]));
  const texts = (one, other) => cells.between(one, other).map((row) => row.map((cell) => cell.text));
  const wanted = [["2", "3"], ["5", "6"]];
  assert.deepEqual(texts(cells.at(0, 1), cells.at(1, 2)), wanted);
  assert.deepEqual(texts(cells.at(1, 1), cells.at(0, 2)), wanted);
});

test("a cell is known by its document and key, and by what happened in it", () => {
  const cells = new Cells(tableOf([["1", "2"], ["3", "4"]]));
  assert.deepEqual(place(cells.named("d1", "K0")), [1, 0]);
  assert.equal(cells.named("d9", "K0"), null);
  assert.deepEqual(cells.of("d0").map(place), [[0, 0], [0, 1]]);
  assert.equal(cells.holding(cells.at(1, 1).input), cells.at(1, 1));
  assert.equal(cells.holding({}), null);
});

test("a cell is clean as saved, and as the text that was read as what is saved", () => {
  const cells = new Cells(tableOf([["12"]]));
  const cell = cells.at(0, 0);
  assert.ok(cell.isClean);
  cell.text = "12人";
  assert.ok(!cell.isClean);
  cell.accepted = "12人";
  assert.ok(cell.isClean);
});
