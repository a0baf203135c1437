/** The table of files being sent: one row per file, and per file inside a zip. Draws what it is told; sends nothing. */

import { fill, make } from "../page/elements.js";

export class Rows {
  constructor(body, words) {
    this.body = body;
    this.words = words;
  }

  /** A row for a file that is still to go. */
  add(name) {
    const row = make("tr", {}, make("th", { scope: "row", class: "name" }, name), cell(), cell("said"), cell("num"), cell("num"), cell("num"), cell("acts"));
    this.body.append(row);
    this.wait(row);
    return row;
  }

  wait(row) {
    row.classList.remove("is-problem");
    this.say(row, "is-grey", this.words.waiting, "");
  }

  sending(row) {
    this.say(row, "is-blue", this.words.sending, "");
  }

  /** What the server said about one file. */
  answered(row, told) {
    this.say(row, told.colour, told.pill, told.said);
    if (told.subject) row.children[2].prepend(make("strong", {}, told.subject), make("br", {}));
    [told.units, told.changes, told.errors].forEach((count, place) => { row.children[place + 3].textContent = count ? String(count) : ""; });
    row.children[5].classList.toggle("is-red", told.errors > 0);
    row.classList.toggle("is-problem", Boolean(told.problem));
    if (told.url) row.children[6].append(link(told.url, told.act, told.file));
  }

  /** The files of a zip, each under it. */
  inside(row, tolds) {
    let last = row;
    return tolds.map((told) => {
      const inner = this.add(told.file);
      inner.classList.add("is-inside");
      last.after(inner);
      last = inner;
      this.answered(inner, told);
      return inner;
    });
  }

  /** The file did not arrive, or was not sent; `again`: what the button does. */
  failed(row, said, again) {
    this.say(row, "is-red", this.words.failed, said);
    row.classList.add("is-problem");
    if (!again) return;
    const button = make("button", { type: "button", class: "button is-small" }, this.words.again);
    button.addEventListener("click", () => { clear(row.children[6]); this.wait(row); again(); });
    row.children[6].append(button);
  }

  say(row, colour, words, said) {
    clear(row.children[1]);
    row.children[1].append(make("span", { class: "pill " + colour }, words));
    row.children[2].textContent = said;
    clear(row.children[6]);
  }

  /** "3 of 12" while there is something to do, the sum of all afterwards. */
  progress(bar, line, queue) {
    bar.setAttribute("width", (queue.all ? Math.round((100 * queue.done) / queue.all) : 0) + "%");
    line.textContent = fill(this.words.progress, { done: queue.done, all: queue.all });
  }
}

function cell(look = "") {
  return make("td", look ? { class: look } : {});
}

function link(url, words, file) {
  return make("a", { class: "button is-small", href: url }, words, make("span", { class: "unseen" }, " " + file));
}

function clear(element) {
  while (element.firstChild) element.removeChild(element.firstChild);
}
