/** What can be undone: groups of changes, a paste being one group. */

const DEEPEST = 200;

export class History {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  /** changes: [{cell, before, after}], all of one act. */
  remember(changes) {
    if (!changes.length) return;
    this.done.push(changes);
    if (this.done.length > DEEPEST) this.done.shift();
    this.undone = [];
  }

  /** -> [{cell, text}] to put back, or []. */
  undo() {
    const changes = this.done.pop();
    if (!changes) return [];
    this.undone.push(changes);
    return changes.map((change) => ({ cell: change.cell, text: change.before }));
  }

  /** -> [{cell, text}] to do again, or []. */
  redo() {
    const changes = this.undone.pop();
    if (!changes) return [];
    this.done.push(changes);
    return changes.map((change) => ({ cell: change.cell, text: change.after }));
  }
}
