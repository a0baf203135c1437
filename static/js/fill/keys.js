/** The keys of a spreadsheet on the cells. Maps keys to acts of the editor and the selection. */

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Keys {
  /** acts: {notApplicable(cells), help()} of the page. */
  constructor(cells, editor, selection, acts) {
    this.cells = cells;
    this.editor = editor;
    this.selection = selection;
    this.acts = acts;
    cells.table.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const cell = this.cells.holding(event.target);
    // While an input method composes, Enter and the arrows belong to it.
    if (!cell || !cell.isTyped || event.isComposing || event.keyCode === 229) return;
    const did = event.key in ARROWS ? this.arrow(event, cell) : this.other(event, cell);
    if (did) event.preventDefault();
  }

  arrow(event, cell) {
    const [down, right] = ARROWS[event.key];
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey || (this.editor.isEditing && right)) return false;
    if (event.shiftKey) this.selection.extend(down, right, control);
    else this.go(control ? this.cells.leap(cell, down, right) : this.cells.beside(cell, down, right));
    return true;
  }

  other(event, cell) {
    if (event.ctrlKey || event.metaKey) return this.withControl(event);
    if (event.altKey) return event.code === "KeyN" ? this.done(() => this.acts.notApplicable(this.selection.list)) : false;
    switch (event.key) {
      case "Enter": return this.done(() => this.enter(event, cell));
      case "F2": return this.done(() => this.editor.startEditing(cell));
      case "Escape": return this.done(() => this.escape(cell));
      case "Delete": return this.editor.isEditing ? false : this.done(() => this.clear());
      case "Backspace": return this.selection.isRange ? this.done(() => this.clear()) : false;
      case "Home": return this.editor.isEditing ? false : this.done(() => this.go(this.edge(cell, -1)));
      case "End": return this.editor.isEditing ? false : this.done(() => this.go(this.edge(cell, 1)));
      case "?": case "？": return this.editor.isEditing ? false : this.done(() => this.acts.help());
      default: return false;
    }
  }

  withControl(event) {
    switch (event.key.toLowerCase()) {
      case "z": return this.done(() => (event.shiftKey ? this.editor.redo() : this.editor.undo()));
      case "y": return this.done(() => this.editor.redo());
      case "a": return this.editor.isEditing ? false : this.done(() => this.selection.all());
      case "home": return this.done(() => this.go(this.cells.typed[0]));
      case "end": return this.done(() => this.go(this.cells.typed[this.cells.typed.length - 1]));
      default: return false;
    }
  }

  done(act) {
    act();
    return true;
  }

  enter(event, cell) {
    const next = this.cells.beside(cell, event.shiftKey ? -1 : 1, 0);
    if (next) this.go(next);
    else this.editor.settle();
  }

  escape(cell) {
    this.selection.set(cell, cell);
    this.editor.takeBack();
  }

  clear() {
    this.editor.write(this.selection.list.map((cell) => ({ cell, text: "" })));
  }

  /** The first or last cell of the row; of the sheet where the row has but one. */
  edge(cell, towards) {
    const row = this.cells.rows[cell.row].filter((other) => other.isTyped);
    const line = row.length > 1 ? row : this.cells.typed;
    return towards < 0 ? line[0] : line[line.length - 1];
  }

  go(cell) {
    if (!cell) return;
    cell.input.focus();
    cell.box.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
