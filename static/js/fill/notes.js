/** Findings and readings: beside the table as notes, at the cells as marks, as the server reports them. */

import { fill, make } from "../page/elements.js";

const COLOUR = { mandatory: "is-red", verify: "is-amber", hint: "is-blue" };
const MARKS = ["is-red", "is-amber", "is-blue"];

export class Notes {
  /** page: {words, cells, titles: {doc: unit name, where several}, short(key): a line's code or label, explain(doc, check, text, settled), take(cell, text)}. */
  constructor(list, page) {
    this.list = list;
    this.page = page;
    this.findings = new Map(); // doc -> findings
    this.readings = new Map(); // doc -> {key: reading}
    this.shown = new Map(); // identity -> element
    this.none = document.getElementById("no-findings");
    this.hidesBlanks = true; // empty required cells are only counted until somebody tries to send
    this.list.addEventListener("input", (event) => this.explained(event, false));
    this.list.addEventListener("change", (event) => this.explained(event, true));
  }

  /** Shows what an answer reports about one submission. Readings of cells that were not sent stand as they were. */
  take(doc, findings, readings, sent) {
    if (findings) this.findings.set(doc, findings);
    const held = this.readings.get(doc) || {};
    for (const key of sent) delete held[key];
    this.readings.set(doc, { ...held, ...readings });
    this.draw();
  }

  /** The cell is being typed in anew: the reading of its last text no longer holds. */
  outdate(cell) {
    const held = this.readings.get(cell.doc);
    if (held && held[cell.key]) {
      delete held[cell.key];
      this.draw();
    }
  }

  /** Texts that could not be read, in all submissions of the page. */
  get unread() {
    return [].concat(...Array.from(this.readings.values(), (held) => Object.values(held).filter((reading) => reading.error))).length;
  }

  showBlanks() {
    this.hidesBlanks = false;
    this.draw();
  }

  /** The findings of a submission that are spelled out now. */
  of(doc) {
    return (this.findings.get(doc) || []).filter((finding) => !(finding.blank && this.hidesBlanks));
  }

  first() {
    const link = this.list.querySelector("a, textarea");
    if (link) link.focus();
    return link !== null;
  }

  draw() {
    const wanted = [];
    for (const [doc, held] of this.readings) {
      for (const key of Object.keys(held)) {
        if (held[key].error || held[key].notice) wanted.push(["read " + doc + " " + key, () => this.reading(doc, key, held[key])]);
      }
    }
    for (const doc of this.findings.keys()) {
      for (const finding of this.of(doc)) wanted.push([[doc, finding.check, ...finding.keys].join(" "), () => this.finding(doc, finding)]);
    }
    this.arrange(wanted);
    this.mark();
  }

  /** Notes that are there already stay the same elements, so that nobody loses the place in a box being typed in. */
  arrange(wanted) {
    const before = this.shown;
    this.shown = new Map();
    let place = this.list.firstElementChild;
    for (const [name, build] of wanted) {
      const fresh = build();
      const old = before.get(name);
      const note = old ? this.renew(old, fresh) : fresh;
      this.shown.set(name, note);
      if (note === place) place = place.nextElementSibling;
      else this.list.insertBefore(note, place);
    }
    while (place) {
      const next = place.nextElementSibling;
      place.remove();
      place = next;
    }
    this.list.hidden = wanted.length === 0;
    this.none.hidden = wanted.length > 0;
  }

  renew(old, fresh) {
    old.className = fresh.className;
    const box = old.querySelector("textarea");
    const newBox = fresh.querySelector("textarea");
    if (!box || !newBox) {
      refill(old, fresh);
    } else {
      old.querySelector(".sentence").textContent = fresh.querySelector(".sentence").textContent;
      if (box.value === box.dataset.kept) box.value = newBox.value;
      box.dataset.kept = newBox.dataset.kept;
    }
    return old;
  }

  reading(doc, key, reading) {
    const words = this.page.words;
    const cell = this.page.cells.named(doc, key);
    const offer = reading.error && reading.suggestion && cell
      ? make("button", { type: "button", class: "button is-small" }, fill(words.take, { text: reading.suggestion }))
      : null;
    if (offer) offer.addEventListener("click", () => this.page.take(cell, reading.suggestion));
    return make("li", { id: noteId("read", doc, key), class: "note " + (reading.error ? "is-red" : "is-blue") },
      make("strong", {}, reading.error ? words.unread : words.readAs), " ", this.link(doc, key), " ",
      make("span", { class: "sentence" }, reading.error || reading.notice), " ", offer);
  }

  finding(doc, finding) {
    const note = make("li", { id: noteId("find", doc, finding.check), class: "note " + (COLOUR[finding.severity] || "is-blue") },
      make("strong", {}, finding.label), " ");
    finding.keys.forEach((key) => note.append(this.link(doc, key), " "));
    note.append(make("span", { class: "sentence" }, [finding.said, finding.cure].filter(Boolean).join(" ")));
    if (finding.explainable) note.append(this.box(doc, finding));
    return note;
  }

  box(doc, finding) {
    const box = make("textarea", {
      rows: 2, maxlength: 500, form: "fill", name: "explain-" + finding.check, "data-doc": doc, "data-check": finding.check,
      "data-kept": finding.explanation || "",
      class: "control explain", "aria-label": fill(this.page.words.explain, { said: finding.said }), placeholder: this.page.words.explainHere,
    });
    box.value = finding.explanation || "";
    return box;
  }

  link(doc, key) {
    const cell = this.page.cells.named(doc, key);
    const unit = this.page.titles[doc];
    const text = unit ? unit + " " + this.page.short(key) : this.page.short(key);
    return cell && cell.input ? make("a", { href: "#" + cell.input.id }, text) : make("b", {}, text);
  }

  explained(event, settled) {
    const box = event.target;
    if (box.dataset.check) this.page.explain(box.dataset.doc, box.dataset.check, box.value, settled);
  }

  mark() {
    const worst = new Map(); // cell -> [rank, ids of notes]
    const add = (doc, key, rank, id) => {
      const cell = this.page.cells.named(doc, key);
      if (!cell) return;
      const [was, ids] = worst.get(cell) || [9, []];
      worst.set(cell, [Math.min(was, rank), [...ids, id]]);
    };
    for (const [doc, held] of this.readings) {
      for (const key of Object.keys(held)) if (held[key].error || held[key].notice) add(doc, key, held[key].error ? 0 : 2, noteId("read", doc, key));
    }
    for (const doc of this.findings.keys()) {
      for (const finding of this.of(doc)) {
        const rank = Math.max(0, MARKS.indexOf(COLOUR[finding.severity]));
        finding.keys.forEach((key) => add(doc, key, rank, noteId("find", doc, finding.check)));
      }
    }
    this.page.cells.all.forEach((cell) => this.markCell(cell, ...(worst.get(cell) || [9, []])));
  }

  markCell(cell, rank, ids) {
    const mark = MARKS[rank];
    if (!mark && !cell.isMarked) return;
    cell.isMarked = Boolean(mark);
    MARKS.forEach((name) => cell.box.classList.toggle(name, name === mark));
    if (!cell.input) return;
    const all = [cell.input.dataset.notes || "", ...ids].join(" ").trim();
    if (all) cell.input.setAttribute("aria-describedby", all);
    else cell.input.removeAttribute("aria-describedby");
    if (rank === 0) cell.input.setAttribute("aria-invalid", "true");
    else cell.input.removeAttribute("aria-invalid");
  }
}

function noteId(kind, doc, name) {
  return [kind, doc, name.replace(/[^A-Za-z0-9-]/g, (letter) => "_" + letter.charCodeAt(0).toString(16))].join("-");
}

function refill(old, fresh) {
  while (old.firstChild) old.removeChild(old.firstChild);
  while (fresh.firstChild) old.appendChild(fresh.firstChild);
}
