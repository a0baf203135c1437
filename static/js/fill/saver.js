/** Saves one submission: one batch at a time, the same key on every try, nothing forgotten before the server's 200. */

import { newKey, send } from "../page/post.js";

const AFTER_TYPING = 2000; // ms of quiet while somebody is still in the cell
const AFTER_SETTLING = 300;
const LONGEST_WAIT = 30000;

export class Saver {
  /** doc: {id, url, revision}. page: {token, unsent, isHeld(), onBehalf(), stateChanged(saver, answer, batch)}; stateChanged is called at every change of state. */
  constructor(doc, page) {
    this.doc = doc;
    this.page = page;
    this.cells = new Map(); // key -> text, waiting
    this.explanations = new Map();
    this.batch = null; // under way
    this.state = "saved";
    this.tries = 0;
    this.isRunning = false;
    this.timer = null;
    this.wake = null; // ends the wait before the next try
    this.tellTrouble = () => {};
    window.addEventListener("online", () => this.hurry());
  }

  get isClean() {
    return !this.batch && !this.cells.size && !this.explanations.size;
  }

  get waiting() {
    return new Set([...this.cells.keys(), ...this.explanations.keys(), ...Object.keys((this.batch || { changes: {} }).changes)]).size;
  }

  note(part, key, text, settled) {
    this[part].set(key, text);
    this.page.unsent.keep(this.doc.id, part, key, text, this.doc.revision);
    if (this.state === "saved" || this.state === "refused") this.become("waiting");
    this.schedule(settled ? AFTER_SETTLING : AFTER_TYPING);
  }

  /** What an earlier page of the same person left behind: first the batch without an answer, then the rest. */
  resume(held) {
    this.batch = held.batch;
    // Typed upon an older state: whoever changed the same cells since then is asked about, not overwritten.
    if (held.revision !== null) this.doc.revision = held.revision;
    const { changes, explanations } = held.batch || { changes: {}, explanations: {} };
    for (const [part, underWay] of [["cells", changes], ["explanations", explanations]]) {
      for (const [key, text] of Object.entries(held[part])) if (underWay[key] !== text) this[part].set(key, text);
    }
    this.become("waiting");
    this.schedule(0);
  }

  schedule(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), after);
  }

  hurry() {
    if (this.wake) this.wake();
  }

  /** Sends everything now; true when the server has it all, false as soon as it is clear that it has not. */
  async flush() {
    clearTimeout(this.timer);
    const trouble = new Promise((resolve) => { this.tellTrouble = resolve; });
    this.hurry();
    await Promise.race([this.run(), trouble]);
    return this.isClean;
  }

  run() {
    if (!this.isRunning && !this.page.isHeld()) this.running = this.work();
    return this.running || Promise.resolve();
  }

  async work() {
    this.isRunning = true;
    let goesOn = true;
    while (goesOn && !this.isClean) goesOn = await this.once();
    this.isRunning = false;
  }

  async once() {
    if (!this.batch) this.pack();
    this.become("saving");
    const { outcome, answer } = await send(this.doc.url, this.page.token, this.batch);
    if (outcome === "unreachable") return this.waitAndRetry();
    this.tries = 0;
    if (outcome === "saved") return this.accept(answer);
    const batch = this.batch;
    if (outcome !== "signed-out" && outcome !== "stale-page") this.unpack(); // those keep the batch for after the sign-in
    if (answer.revision !== undefined) this.see(answer.revision);
    this.become(outcome, answer, batch);
    return false;
  }

  pack() {
    this.batch = {
      revision: this.doc.revision,
      key: newKey(),
      changes: Object.fromEntries(this.cells),
      explanations: Object.fromEntries(this.explanations),
      on_behalf: this.page.onBehalf(),
    };
    this.cells.clear();
    this.explanations.clear();
    this.page.unsent.keepBatch(this.doc.id, this.batch);
  }

  /** The batch was answered with no: its texts wait again, newer ones win. */
  unpack() {
    const { changes, explanations } = this.batch;
    this.cells = new Map([...Object.entries(changes), ...this.cells]);
    this.explanations = new Map([...Object.entries(explanations), ...this.explanations]);
    this.batch = null;
    this.page.unsent.keepBatch(this.doc.id, null);
  }

  accept(answer) {
    const batch = this.batch;
    const readings = answer.readings || {};
    this.batch = null;
    this.see(answer.revision);
    for (const [key, text] of Object.entries(batch.changes)) {
      // What could not be read is not on the server: it stays kept here until it is corrected.
      if (!(readings[key] || {}).error) this.page.unsent.forget(this.doc.id, "cells", key, text);
    }
    for (const [check, text] of Object.entries(batch.explanations)) this.page.unsent.forget(this.doc.id, "explanations", check, text);
    this.page.unsent.keepBatch(this.doc.id, null);
    this.become(this.isClean ? "saved" : "waiting", answer, batch);
    return true;
  }

  see(revision) {
    this.doc.revision = revision;
    this.page.unsent.rebase(this.doc.id, revision);
  }

  /** No answer: the same batch again under the same key, later and later, at once when the network comes back. */
  async waitAndRetry() {
    this.become("offline");
    this.tellTrouble();
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.tries);
    this.tries += 1;
    await new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, wait);
    });
    this.wake = null;
    return true;
  }

  /** The person decided on a cell after a conflict: `theirs` gives the text up, otherwise it is sent again. */
  drop(key) {
    const text = this.cells.get(key);
    this.cells.delete(key);
    this.page.unsent.forget(this.doc.id, "cells", key, text);
  }

  become(state, answer = null, batch = null) {
    this.state = state;
    this.page.stateChanged(this, answer, batch);
  }
}
