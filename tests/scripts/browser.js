/** As much of a browser as the scripts of a sheet ask for: a table of cells, the focus, what is kept. Knows no test. */

class Box {
  constructor(data = {}) {
    this.dataset = data;
    this.scrolled = 0;
    const names = new Set();
    this.classList = { add: (name) => names.add(name), remove: (name) => names.delete(name), contains: (name) => names.has(name) };
  }

  closest() {
    return this;
  }

  querySelector() {
    return this.input;
  }

  scrollIntoView() {
    this.scrolled += 1;
  }
}

class Input extends Box {
  constructor(box, table, value) {
    super();
    Object.assign(this, { box, table, value, readOnly: false, placeholder: "", selected: 0, caret: null });
  }

  closest() {
    return this.box;
  }

  focus() {
    if (document.activeElement === this) return;
    if (document.activeElement) this.table.fire("focusout", { target: document.activeElement });
    document.activeElement = this;
    this.table.fire("focusin", { target: this });
  }

  select() {
    this.selected += 1;
  }

  setSelectionRange(from, to) {
    this.caret = [from, to];
  }
}

class Table {
  constructor() {
    this.listeners = [];
  }

  addEventListener(kind, act) {
    this.listeners.push([kind, act]);
  }

  /** -> the event, which knows whether what the browser would have done was prevented. */
  fire(kind, given) {
    const event = { prevented: false, preventDefault() { this.prevented = true; }, ...given };
    this.listeners.filter(([of]) => of === kind).forEach(([, act]) => act(event));
    return event;
  }

  querySelectorAll() {
    return this.lines;
  }
}

/** Rows of texts -> the table of a sheet; null is a computed cell, which nobody types into. Every row is a document. */
export function tableOf(rows) {
  globalThis.Element = Box;
  globalThis.document = { activeElement: null, listeners: [], addEventListener: (kind, act) => document.listeners.push([kind, act]) };
  const table = new Table();
  table.lines = rows.map((texts, row) => {
    const boxes = texts.map((text, column) => {
      const box = new Box({ key: "K" + column });
      box.textContent = "computed";
      box.input = text === null ? null : new Input(box, table, text);
      return box;
    });
    return { dataset: { doc: "d" + row }, querySelectorAll: () => boxes };
  });
  return table;
}

/** As localStorage. `isFull`: nothing more can be kept. */
export function storage() {
  const held = new Map();
  return {
    isFull: false,
    getItem: (key) => (held.has(key) ? held.get(key) : null),
    setItem(key, text) {
      if (this.isFull) throw new Error("QuotaExceededError");
      held.set(key, text);
    },
    removeItem: (key) => held.delete(key),
    get size() {
      return held.size;
    },
  };
}
