/** What stands beside the table: how far one is, and what the focused line means. Counts cells only. */

import { fill, make } from "../page/elements.js";

export class Beside {
  /** lines: {key: {name, unit, definition}}; titles: {doc: unit name, where several}. */
  constructor(cells, lines, titles, words) {
    this.cells = cells;
    this.lines = lines;
    this.titles = titles;
    this.words = words;
    this.done = document.getElementById("filled");
    this.bar = document.getElementById("filled-bar");
    this.next = document.getElementById("first-unfilled");
    this.title = document.getElementById("definition-title");
    this.text = document.getElementById("definition-text");
    this.shown = null;
    cells.table.addEventListener("focusin", (event) => this.explain(cells.holding(event.target)));
  }

  count() {
    const open = this.cells.typed.filter((cell) => !cell.isAnswered);
    const filled = this.cells.typed.length - open.length;
    this.done.textContent = fill(this.words.filled, { filled, all: this.cells.typed.length });
    if (this.bar) this.bar.setAttribute("width", this.cells.typed.length ? (100 * filled) / this.cells.typed.length + "%" : "100%");
    while (this.next.firstChild) this.next.removeChild(this.next.firstChild);
    if (open.length) this.next.append(this.words.firstUnfilled + " ", make("a", { href: "#" + open[0].input.id }, this.nameOf(open[0])));
    else this.next.append(this.words.allFilled);
  }

  nameOf(cell) {
    const line = this.lines[cell.key];
    return [this.titles[cell.doc], line ? line.name : cell.key].filter(Boolean).join(" ");
  }

  explain(cell) {
    if (!cell || cell === this.shown || !this.lines[cell.key]) return;
    this.shown = cell;
    const line = this.lines[cell.key];
    this.title.textContent = fill(this.words.definitionOf, { line: this.nameOf(cell) });
    this.text.textContent = line.definition || this.words.noDefinition;
    const before = cell.box.dataset.was;
    if (before !== undefined) this.text.textContent += "\n" + fill(this.words.before, { text: before || this.words.blank });
  }
}
