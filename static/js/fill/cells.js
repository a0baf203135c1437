/** The cells of a sheet as a matrix, in the order they stand on the page. */

export class Cell {
  constructor(box, row, column, doc) {
    this.box = box;
    this.row = row;
    this.column = column;
    this.doc = doc; // id of the submission it belongs to
    this.key = box.dataset.key;
    this.input = box.querySelector("input");
    this.saved = this.text; // what the server has, as far as this page knows
    this.accepted = null; // the text that was sent and read as `saved`: "12人" for "12"
  }

  get text() {
    return this.input ? this.input.value : this.box.textContent.trim();
  }

  set text(text) {
    if (this.input) this.input.value = text;
    else this.box.textContent = text;
  }

  get isTyped() {
    return this.input !== null && !this.input.readOnly;
  }

  get isFilled() {
    return this.text.trim() !== "";
  }

  /** Typed, or answered by a declared nil report, whose 0 stands as the placeholder. */
  get isAnswered() {
    return this.isFilled || Boolean(this.input && this.input.placeholder);
  }

  get isLocked() {
    return this.box.classList.contains("is-locked");
  }

  get isClean() {
    return this.text === this.saved || this.text === this.accepted;
  }
}

export class Cells {
  constructor(table) {
    this.table = table;
    this.rows = Array.from(table.querySelectorAll("tr[data-row]"), (line, row) =>
      Array.from(line.querySelectorAll("td[data-key]"), (box, column) => new Cell(box, row, column, line.dataset.doc)));
    this.all = [].concat(...this.rows);
    this.typed = this.all.filter((cell) => cell.isTyped);
    this.byBox = new Map(this.all.map((cell) => [cell.box, cell]));
    this.byName = new Map(this.all.map((cell) => [cell.doc + " " + cell.key, cell]));
  }

  at(row, column) {
    return (this.rows[row] || [])[column] || null;
  }

  named(doc, key) {
    return this.byName.get(doc + " " + key) || null;
  }

  of(doc) {
    return this.all.filter((cell) => cell.doc === doc);
  }

  /** The cell in which an event happened, or null. */
  holding(target) {
    const box = target instanceof Element ? target.closest("td[data-key]") : null;
    return this.byBox.get(box) || null;
  }

  /** The next cell that can be typed into, going by (down, right); null at the edge. */
  beside(cell, down, right) {
    let next = this.at(cell.row + down, cell.column + right);
    while (next && !next.isTyped) next = this.at(next.row + down, next.column + right);
    return next;
  }

  /** As Ctrl with an arrow in Excel: to the end of the filled run, or over the gap to the next filled cell, or to the edge. */
  leap(cell, down, right) {
    let here = cell;
    let next = this.beside(here, down, right);
    const inside = cell.isFilled && next !== null && next.isFilled;
    while (next !== null) {
      if (inside && !next.isFilled) return here;
      here = next;
      if (!inside && next.isFilled) return here;
      next = this.beside(here, down, right);
    }
    return here;
  }

  /** The rectangle between two cells, row by row. */
  between(one, other) {
    const top = Math.min(one.row, other.row);
    const left = Math.min(one.column, other.column);
    const right = Math.max(one.column, other.column);
    return this.rows.slice(top, Math.max(one.row, other.row) + 1).map((row) => row.slice(left, right + 1));
  }
}
