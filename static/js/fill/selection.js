/** The selected rectangle of cells: by Shift with arrows or clicks, by dragging with the mouse. */

export class Selection {
  constructor(cells) {
    this.cells = cells;
    this.start = null;
    this.end = null;
    this.isDrawing = false;
    cells.table.addEventListener("focusin", (event) => this.follow(cells.holding(event.target)));
    cells.table.addEventListener("mousedown", (event) => this.press(event));
    cells.table.addEventListener("mouseover", (event) => this.draw(event));
    document.addEventListener("mouseup", () => { this.isDrawing = false; });
  }

  get isRange() {
    return this.start !== null && this.start !== this.end;
  }

  /** Rows of cells; the focused cell alone where nothing more is selected. */
  get rows() {
    return this.start ? this.cells.between(this.start, this.end) : [];
  }

  get list() {
    return [].concat(...this.rows);
  }

  follow(cell) {
    if (cell && cell.isTyped && !this.isDrawing) this.set(cell, cell);
  }

  extend(down, right, leap) {
    if (!this.start) return;
    const next = leap ? this.cells.leap(this.end, down, right) : this.cells.at(this.end.row + down, this.end.column + right);
    if (next) this.set(this.start, next);
  }

  all() {
    const rows = this.cells.rows;
    if (rows.length) this.set(rows[0][0], rows[rows.length - 1][rows[rows.length - 1].length - 1]);
  }

  set(start, end) {
    const before = this.isRange ? this.list : [];
    this.start = start;
    this.end = end;
    before.forEach((cell) => cell.box.classList.remove("is-picked"));
    if (this.isRange) this.list.forEach((cell) => cell.box.classList.add("is-picked"));
    if (this.isRange) end.box.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  press(event) {
    const cell = this.cells.holding(event.target);
    if (!cell || event.button !== 0) return;
    if (event.shiftKey && this.start) {
      event.preventDefault();
      this.set(this.start, cell);
    } else if (cell.isTyped && document.activeElement !== cell.input) {
      event.preventDefault(); // the focus selects the whole text; the caret of the click would undo that
      cell.input.focus();
      this.isDrawing = true;
    } else if (cell.isTyped) {
      this.set(cell, cell);
      this.isDrawing = true;
    }
  }

  draw(event) {
    const cell = this.isDrawing && event.buttons === 1 ? this.cells.holding(event.target) : null;
    if (cell && cell !== this.end) this.set(this.start, cell);
  }
}
