/** Blocks in from Excel and WPS, and out to them. Decides where a block lands; the server reads its texts. */

import { oneLine, readBlock, writeBlock } from "./blocks.js";

export class Clipboard {
  /** onPaste({written, computed, locked, outside, rest, column}): what became of a pasted block, in cells; `rest` are its rows below the table. */
  constructor(cells, editor, selection, onPaste) {
    this.cells = cells;
    this.editor = editor;
    this.selection = selection;
    this.onPaste = onPaste;
    cells.table.addEventListener("copy", (event) => this.copy(event));
    cells.table.addEventListener("cut", (event) => this.cut(event));
    cells.table.addEventListener("paste", (event) => this.paste(event));
  }

  copy(event) {
    if (this.editor.isEditing || !this.selection.start) return false;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeBlock(this.selection.rows.map((row) => row.map((cell) => cell.text))));
    return true;
  }

  cut(event) {
    if (this.copy(event)) this.editor.write(this.selection.list.map((cell) => ({ cell, text: "" })));
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    const start = this.cells.holding(event.target);
    const isBlock = /[\t\r\n]/.test(text.replace(/(\r\n|\r|\n)$/, "")) || this.selection.isRange;
    if (!start || (this.editor.isEditing && !isBlock)) return;
    event.preventDefault();
    const rows = readBlock(text);
    const isOne = rows.length === 1 && rows[0].length === 1;
    if (isOne && this.selection.isRange) this.write(this.selection.list.map((cell) => ({ cell, text: oneLine(rows[0][0]) })), 0);
    else this.place(rows, this.selection.isRange ? this.selection.rows[0][0] : start);
  }

  /** The block from the start cell on. An empty cell of the block says nothing: what stands there stays. */
  place(rows, start) {
    const wanted = [];
    let outside = 0;
    const inside = this.cells.rows.length - start.row;
    rows.slice(0, inside).forEach((row, down) => row.forEach((text, right) => {
      const cell = this.cells.at(start.row + down, start.column + right);
      if (oneLine(text) === "") return;
      if (cell) wanted.push({ cell, text: oneLine(text) });
      else outside += 1;
    }));
    this.write(wanted, outside, rows.slice(inside), start.column);
  }

  write(wanted, outside, rest = [], column = 0) {
    const kept = wanted.filter(({ cell, text }) => !cell.isTyped && cell.text !== text);
    const locked = kept.filter(({ cell }) => cell.isLocked).length;
    this.editor.write(wanted.filter(({ cell }) => !cell.isLocked));
    const written = wanted.filter(({ cell }) => cell.isTyped).length;
    this.onPaste({ written, computed: kept.length - locked, locked, outside, rest, column });
  }
}
