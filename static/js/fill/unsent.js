/** What was typed and not yet taken by the server, kept in this browser per person and submission. */

export class Unsent {
  constructor(user) {
    this.prefix = "unsent/" + user + "/";
  }

  /** -> {cells: {key: text}, explanations: {check: text}, batch: a batch under way or null, revision: what they were typed upon}. */
  read(doc) {
    try {
      return { ...nothing(), ...JSON.parse(localStorage.getItem(this.prefix + doc) || "{}") };
    } catch (unreadable) {
      return nothing();
    }
  }

  keep(doc, part, key, text, revision) {
    this.change(doc, (held) => {
      held[part][key] = text;
      if (held.revision === null) held.revision = revision;
    });
  }

  /** What is still unsent was typed by somebody who has seen this revision. */
  rebase(doc, revision) {
    this.change(doc, (held) => { held.revision = revision; });
  }

  keepBatch(doc, batch) {
    this.change(doc, (held) => { held.batch = batch; });
  }

  /** A text newer than the one taken stays, whichever tab typed it. */
  forget(doc, part, key, text) {
    this.change(doc, (held) => { if (held[part][key] === text) delete held[part][key]; });
  }

  change(doc, act) {
    const held = this.read(doc);
    act(held);
    const isEmpty = !held.batch && !Object.keys(held.cells).length && !Object.keys(held.explanations).length;
    try {
      if (isEmpty) localStorage.removeItem(this.prefix + doc);
      else localStorage.setItem(this.prefix + doc, JSON.stringify(held));
    } catch (full) {
      return; // the page still holds it, and warns before it is left
    }
  }
}

function nothing() {
  return { cells: {}, explanations: {}, batch: null, revision: null };
}
