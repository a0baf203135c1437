/** Blocks as Excel and WPS put them on the clipboard, in and out. */

import assert from "node:assert/strict";
import test from "node:test";

import { oneLine, readBlock, writeBlock } from "../../static/js/fill/blocks.js";

const READ = [
  ["one cell", "12", [["12"]]],
  ["nothing at all", "", [[""]]],
  ["two columns", "1\t2", [["1", "2"]]],
  ["rows as Excel ends them", "1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]],
  ["rows as LibreOffice ends them", "1\n2\n", [["1"], ["2"]]],
  ["rows as an old Mac ends them", "1\r2", [["1"], ["2"]]],
  ["an empty row between", "1\r\n\r\n2", [["1"], [""], ["2"]]],
  ["empty cells at both ends", "\t1\t", [["", "1", ""]]],
  ["an empty first row", "\r\n1", [[""], ["1"]]],
  ["a tab in quotes", '"a\tb"\tc', [["a\tb", "c"]]],
  ["a line end in quotes", '"a\r\nb"\r\nc', [["a\r\nb"], ["c"]]],
  ["a quote in quotes", '"say ""yes"""', [['say "yes"']]],
  ["letters after the closing quote", '"a"b\tc', [["ab", "c"]]],
  ["a quote inside a text", '5" pipe\t1', [['5" pipe', "1"]]],
  ["a quote that nobody closes", '"12\t3\r\n4', [['"12', "3"], ["4"]]],
  ["an empty text in quotes", '""\t1', [["", "1"]]],
];

for (const [name, text, rows] of READ) test(`reads ${name}`, () => assert.deepEqual(readBlock(text), rows));

const KEPT = [
  [["1", "2"], ["3", "4"]],
  [["a\tb", 'c"d'], ["e\r\nf", ""]],
  [["", ""], ["", "x"]],
  [["党员\n人数", "１２"]],
  [['"']],
];

for (const rows of KEPT) test(`writes what it reads back: ${JSON.stringify(rows)}`, () => assert.deepEqual(readBlock(writeBlock(rows)), rows));

test("writes quotes only where they are needed", () => assert.equal(writeBlock([["1", "a b", "c,d"]]), "1\ta b\tc,d"));

test("a cell is one line without spaces around", () => {
  assert.equal(oneLine(" 1\r\n\t2 "), "1 2");
  assert.equal(oneLine("\n"), "");
});
