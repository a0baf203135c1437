/** The one way a cell's text changes on this page, be it typed, pasted, cleared or undone. */

import { History } from "./history.js";

export class Editor {
  /** onChange(cells, settled): settled is false while somebody is still typing in the cell. */
  constructor(cells, onChange) {
    this.cells = cells;
    this.onChange = onChange;
    this.history = new History();
    this.typing = null; // {cell, before} of the cell that has the focus
    this.isEditing = false; // F2: the arrows move inside the text
    cells.table.addEventListener("focusin", (event) => this.enter(cells.holding(event.target)));
    cells.table.addEventListener("focusout", () => this.leave());
    cells.table.addEventListener("input", (event) => this.typed(cells.holding(event.target)));
    cells.table.addEventListener("dblclick", (event) => this.startEditing(cells.holding(event.target)));
  }

  enter(cell) {
    if (!cell || !cell.isTyped) return;
    this.typing = { cell, before: cell.text };
    this.isEditing = false;
    cell.input.select();
  }

  leave() {
    this.settle();
    this.typing = null;
    this.isEditing = false;
  }

  typed(cell) {
    if (cell) this.onChange([cell], false);
  }

  startEditing(cell) {
    if (!cell || !cell.isTyped) return;
    this.isEditing = true;
    cell.input.setSelectionRange(cell.text.length, cell.text.length);
  }

  /** What was typed in the focused cell becomes one step that can be undone. */
  settle() {
    if (!this.typing || this.typing.cell.text === this.typing.before) return;
    const { cell, before } = this.typing;
    this.history.remember([{ cell, before, after: cell.text }]);
    this.typing.before = cell.text;
    this.onChange([cell], true);
  }

  /** Escape: the cell is again as it was when it got the focus. */
  takeBack() {
    if (!this.typing) return;
    const { cell, before } = this.typing;
    this.isEditing = false;
    if (cell.text !== before) {
      cell.text = before;
      this.onChange([cell], true);
    }
    cell.input.select();
  }

  /** wanted: [{cell, text}]; one step that can be undone. */
  write(wanted) {
    this.settle();
    const changes = wanted
      .filter(({ cell, text }) => cell.isTyped && cell.text !== text)
      .map(({ cell, text }) => ({ cell, before: cell.text, after: text }));
    this.history.remember(changes);
    this.put(changes.map(({ cell, after }) => ({ cell, text: after })));
    return changes.length;
  }

  undo() {
    this.settle();
    this.put(this.history.undo());
  }

  redo() {
    this.settle();
    this.put(this.history.redo());
  }

  put(wanted) {
    if (!wanted.length) return;
    wanted.forEach(({ cell, text }) => { cell.text = text; });
    if (this.typing) this.typing.before = this.typing.cell.text;
    this.onChange(wanted.map(({ cell }) => cell), true);
    const last = wanted[wanted.length - 1].cell;
    if (wanted.length === 1) last.input.focus();
    if (document.activeElement === last.input) last.input.select();
  }
}
