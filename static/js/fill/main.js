/** Puts the parts of the fill page together: cells, keys, clipboard, saving, notes. */

import { Beside } from "./aside.js";
import { Cells } from "./cells.js";
import { Clipboard } from "./clipboard.js";
import { ConflictDialog } from "./conflict.js";
import { Editor } from "./editor.js";
import { Keys } from "./keys.js";
import * as goingOn from "./long_paste.js";
import { fill, given, make } from "../page/elements.js";
import { Notes } from "./notes.js";
import { Saver } from "./saver.js";
import { Selection } from "./selection.js";
import { StateLine } from "./state.js";
import { Submitting } from "./submission.js";
import { Unsent } from "./unsent.js";

class FillPage {
  constructor(form) {
    const { words, lines, documents, spelled } = given("sheet");
    this.words = words;
    this.cells = new Cells(form.querySelector("table[data-cells]"));
    this.unsent = new Unsent(form.dataset.user);
    this.titles = Object.fromEntries(documents.map((doc) => [doc.id, doc.title]));
    this.state = new StateLine(document.getElementById("state"), document.getElementById("announcement"), words);
    this.dialog = new ConflictDialog(words);
    this.asking = false;
    this.blocked = new Map(documents.map((doc) => [doc.id, doc.blocked]));
    this.savers = new Map(documents.map((doc) => [doc.id, new Saver(doc, this.forSaving(form))]));
    this.notes = new Notes(document.getElementById("findings"), this.forNotes(lines));
    this.editor = new Editor(this.cells, (cells, settled) => this.changed(cells, settled));
    this.selection = new Selection(this.cells);
    this.keys = new Keys(this.cells, this.editor, this.selection, {
      notApplicable: (cells) => this.notApplicable(cells),
      help: () => document.getElementById("keys-help").showModal(),
    });
    this.clipboard = new Clipboard(this.cells, this.editor, this.selection, (became) => this.pasted(became));
    this.beside = new Beside(this.cells, lines, this.titles, words);
    this.submitting = new Submitting(form, this);
    documents.forEach((doc) => this.notes.take(doc.id, doc.findings, {}, []));
    if (spelled) this.notes.showBlanks();
    documents.forEach((doc) => this.restore(doc.id));
    this.beside.count();
    this.listen();
    this.goOn();
  }

  forSaving(form) {
    return {
      token: form.querySelector("input[name=csrfmiddlewaretoken]").value,
      unsent: this.unsent,
      isHeld: () => this.asking,
      onBehalf: () => (form.elements.on_behalf ? form.elements.on_behalf.value : ""),
      stateChanged: (saver, answer, batch) => this.stateChanged(saver, answer, batch),
    };
  }

  forNotes(lines) {
    return {
      words: this.words,
      cells: this.cells,
      titles: this.titles,
      short: (key) => (lines[key] ? lines[key].code || lines[key].label : key),
      explain: (doc, check, text, settled) => this.savers.get(doc).note("explanations", check, text, settled),
      take: (cell, text) => { this.editor.write([{ cell, text }]); cell.input.focus(); },
    };
  }

  listen() {
    document.querySelectorAll("[data-script]").forEach((control) => { control.hidden = false; });
    this.cells.table.addEventListener("focusout", (event) => {
      const cell = this.cells.holding(event.target);
      if (cell && cell.isTyped && cell.isClean) cell.text = cell.saved; // 12人 stands as 12 once it is left
    });
    document.getElementById("not-applicable").addEventListener("click", () => this.notApplicable(this.selection.list));
    document.getElementById("show-keys").addEventListener("click", () => document.getElementById("keys-help").showModal());
    document.getElementById("print").addEventListener("click", () => window.print());
    window.addEventListener("beforeunload", (event) => {
      this.editor.settle();
      if (this.isClean || this.submitting.isLeaving) return;
      this.savers.forEach((saver) => saver.flush());
      event.preventDefault();
      event.returnValue = "";
    });
  }

  /** The texts in the cells, as the page without script would have loaded them: by key, or by submission and key on a grid. */
  loaded() {
    const texts = {};
    for (const doc of this.savers.keys()) {
      texts[doc] = Object.fromEntries(this.cells.of(doc).filter((cell) => cell.isTyped).map((cell) => [cell.key, cell.text]));
    }
    const docs = Object.keys(texts);
    return JSON.stringify(docs.length === 1 && !this.titles[docs[0]] ? texts[docs[0]] : texts);
  }

  get isClean() {
    return Array.from(this.savers.values()).every((saver) => saver.isClean);
  }

  changed(cells, settled) {
    for (const cell of cells) {
      this.notes.outdate(cell);
      const saver = this.savers.get(cell.doc);
      if (!cell.isClean || saver.cells.has(cell.key) || saver.batch) saver.note("cells", cell.key, cell.text, settled);
    }
    this.beside.count();
  }

  /** What this person typed here before and the server never took. */
  restore(doc) {
    const held = this.unsent.read(doc);
    const texts = { ...(held.batch || { changes: {} }).changes, ...held.cells };
    for (const key of Object.keys(texts)) {
      const cell = this.cells.named(doc, key);
      if (cell && cell.isTyped) cell.text = texts[key];
    }
    if (!held.batch && !Object.keys(held.cells).length && !Object.keys(held.explanations).length) return;
    this.savers.get(doc).resume(held);
    this.state.say(fill(this.words.restored, { count: Object.keys(texts).length }));
  }

  stateChanged(saver, answer, batch) {
    const doc = saver.doc.id;
    if (answer && answer.figures) this.show(doc, answer, saver.state === "conflict" ? {} : batch.changes);
    else if (answer && answer.errors) this.notes.take(doc, null, errorsAsReadings(answer.errors), Object.keys(answer.errors));
    if (saver.state === "conflict" && answer) this.decide(saver, answer);
    this.state.draw(Array.from(this.savers.values()), this.notes.unread, answer);
    if (answer && answer.blocked !== undefined) {
      this.blocked.set(doc, answer.blocked);
      this.submitting.show(this.blocked);
    }
  }

  /** The server's texts go into every cell that is not being changed here. `sent`: texts that the server took in, by key. */
  show(doc, answer, sent) {
    const readings = answer.readings || {};
    for (const cell of this.cells.of(doc)) {
      const text = (cell.input ? answer.figures : answer.computed)[cell.key] || "";
      const isUnread = (readings[cell.key] || {}).error;
      const wasClean = cell.isClean || !cell.input;
      if (cell.saved !== text) cell.accepted = null;
      cell.saved = text;
      if (cell.key in sent && !isUnread) cell.accepted = sent[cell.key];
      if (cell.key in readings && cell.text !== sent[cell.key]) delete readings[cell.key]; // typed over meanwhile
      if ((wasClean || (cell.isClean && !isUnread)) && cell.text !== text && document.activeElement !== cell.input) cell.text = text;
    }
    this.showState(doc, answer.state);
    document.querySelectorAll("td[data-year]").forEach((box) => { box.textContent = (answer.years || {})[box.dataset.year] ?? box.textContent; });
    this.notes.take(doc, answer.findings, readings, Object.keys(sent));
    this.beside.count();
  }

  showState(doc, state) {
    const pill = document.querySelector('[data-state="' + doc + '"]');
    pill.className = "pill " + state.colour;
    pill.textContent = state.label;
  }

  async decide(saver, answer) {
    if (!answer.differences || !answer.differences.length) {
      if (answer.can_retry) saver.schedule(0);
      return;
    }
    this.asking = true;
    const taken = await this.dialog.ask(answer.said, answer.differences);
    this.asking = false;
    for (const difference of answer.differences) {
      const cell = this.cells.named(saver.doc.id, difference.key);
      if (!taken.has(difference.key)) continue;
      saver.drop(difference.key);
      if (cell) cell.text = cell.saved = difference.theirs;
    }
    this.beside.count();
    if (saver.isClean) saver.become("saved");
    else saver.schedule(0);
  }

  notApplicable(cells) {
    const wanted = cells.filter((cell) => cell.isTyped);
    const allowed = wanted.filter((cell) => cell.input.dataset.na !== "no");
    this.editor.write(allowed.map((cell) => ({ cell, text: this.words.notApplicable })));
    if (allowed.length < wanted.length) this.state.say(this.words.notHere);
    if (wanted.length === 1) wanted[0].input.focus();
  }

  pasted({ written, computed, locked, outside, rest, column }) {
    const words = this.words;
    const next = rest.length ? document.querySelector("#fill [data-next]") : null;
    const below = next ? 0 : rest.reduce((sum, row) => sum + row.filter((text) => text.trim()).length, 0);
    const sentences = [fill(words.pasted, { count: written })];
    if (computed) sentences.push(fill(words.pastedComputed, { count: computed }));
    if (locked) sentences.push(fill(words.pastedLocked, { count: locked }));
    if (outside + below) sentences.push(fill(words.pastedOutside, { count: outside + below }));
    const line = document.getElementById("pasted");
    line.textContent = sentences.join(" ");
    line.hidden = false;
    line.classList.toggle("is-amber", computed + locked + outside + below > 0);
    if (next) this.offerNext(line, next, rest, column);
    this.state.say(line.textContent);
  }

  /** The rows below this page go on at the top of the next one, when everything here is with the server. */
  offerNext(line, next, rest, column) {
    const button = make("button", { type: "button", class: "button is-small" }, fill(this.words.pasteOn, { count: rest.length }));
    button.addEventListener("click", async () => {
      const done = await Promise.all(Array.from(this.savers.values(), (saver) => saver.flush()));
      if (done.includes(false)) { this.state.say(this.words.notYet); return; }
      const address = new URL(next.dataset.next, location.href);
      goingOn.keep(address.pathname + address.search, rest, column);
      location.assign(address.href);
    });
    line.append(" ", button);
  }

  /** What a list pasted on the page before left for this one. */
  goOn() {
    const held = goingOn.take();
    const start = held && this.cells.at(0, held.column);
    if (start) this.clipboard.place(held.rows, start);
  }
}

function errorsAsReadings(errors) {
  return Object.fromEntries(Object.keys(errors).map((key) => [key, { error: errors[key], notice: "", suggestion: "" }]));
}

const form = document.getElementById("fill");
if (form) new FillPage(form);
