/** Two people on the same cells: shows both values, lets the person decide cell by cell. */

import { fill, make } from "../page/elements.js";

export class ConflictDialog {
  constructor(words) {
    this.words = words;
  }

  /** differences: [{key, label, yours, theirs, by, at}] -> Promise of the set of keys where theirs is taken. */
  ask(sentence, differences) {
    const words = this.words;
    const choices = [];
    const body = make("tbody");
    differences.forEach((difference, number) => {
      const mine = make("input", { type: "radio", name: "take-" + number, checked: true });
      const theirs = make("input", { type: "radio", name: "take-" + number });
      choices.push({ key: difference.key, theirs, mine });
      body.append(make("tr", {},
        make("th", { scope: "row" }, difference.label),
        make("td", {}, make("label", {}, mine, " ", difference.yours || words.blank)),
        make("td", {}, make("label", {}, theirs, " ", difference.theirs || words.blank)),
        make("td", { class: "quiet" }, fill(words.byAt, { by: difference.by, at: difference.at }))));
    });
    const all = (name) => choices.forEach((choice) => { choice[name].checked = true; });
    const allMine = make("button", { type: "button", class: "button" }, words.allMine);
    const allTheirs = make("button", { type: "button", class: "button" }, words.allTheirs);
    allMine.addEventListener("click", () => all("mine"));
    allTheirs.addEventListener("click", () => all("theirs"));
    const dialog = make("dialog", { class: "conflict", "aria-labelledby": "conflict-title" },
      make("h2", { id: "conflict-title" }, words.conflictTitle),
      make("p", {}, sentence),
      make("form", { method: "dialog" },
        make("table", { class: "table" },
          make("thead", {}, make("tr", {}, ...[words.line, words.yours, words.theirs, words.who].map((text) => make("th", { scope: "col" }, text)))),
          body),
        make("p", { class: "actions" }, make("button", { class: "button is-main" }, words.decide), allMine, allTheirs)));
    return new Promise((resolve) => {
      dialog.addEventListener("cancel", (event) => event.preventDefault()); // without a decision there is no way on
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(new Set(choices.filter((choice) => choice.theirs.checked).map((choice) => choice.key)));
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }
}
