/** The table of files being sent: one row per file, and per file inside a zip. Shows the reports that it is given. */

import { fill, make } from "../page/elements.js";

export class Rows {
  constructor(body, words) {
    this.body = body;
    this.words = words;
  }

  /** A row for a file that is still to go. */
  add(name) {
    const row = make("tr", {}, make("th", { scope: "row", class: "name" }, name), cell(), cell("sentence"), cell("num"), cell("num"), cell("num"), cell("acts"));
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

  /** Shows the server's report of one file. */
  answered(row, report) {
    this.say(row, report.colour, report.pill, report.said);
    if (report.subject) row.children[2].prepend(make("strong", {}, report.subject), make("br", {}));
    [report.units, report.changes, report.errors].forEach((count, place) => { row.children[place + 3].textContent = count ? String(count) : ""; });
    row.children[5].classList.toggle("is-red", report.errors > 0);
    row.classList.toggle("is-problem", Boolean(report.problem));
    if (report.url) row.children[6].append(link(report.url, report.act, report.file));
  }

  /** The files of a zip, each under it. */
  inside(row, reports) {
    let last = row;
    return reports.map((report) => {
      const inner = this.add(report.file);
      inner.classList.add("is-inside");
      last.after(inner);
      last = inner;
      this.answered(inner, report);
      return inner;
    });
  }

  /** The file did not arrive, or was not sent; `again`: what the button does. */
  failed(row, sentence, again) {
    this.say(row, "is-red", this.words.failed, sentence);
    row.classList.add("is-problem");
    if (!again) return;
    const button = make("button", { type: "button", class: "button is-small" }, this.words.again);
    button.addEventListener("click", () => { clear(row.children[6]); this.wait(row); again(); });
    row.children[6].append(button);
  }

  say(row, colour, words, sentence) {
    clear(row.children[1]);
    row.children[1].append(make("span", { class: "pill " + colour }, words));
    row.children[2].textContent = sentence;
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
