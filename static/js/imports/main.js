/** The upload page with script: every file is a request of its own, rows say what became of each, one act takes all that is ready. */

import { fill, given } from "../page/elements.js";
import { post } from "../page/post.js";
import { Dropping } from "./drop_zone.js";
import { Queue } from "./queue.js";
import { Rows } from "./rows.js";

const PATIENCE = 120000; // ms: a slow line, then a reader that may take fifteen seconds
const TRIES = 3;
const PAUSE = 1500; // ms before the next try, doubled each time

class IntakePage {
  constructor(form) {
    const { words, limit, bytes, login } = given("intake");
    Object.assign(this, { form, words, limit, bytes, login });
    this.token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    this.part = document.getElementById("sending");
    this.rows = new Rows(this.part.querySelector("tbody"), words);
    this.sending = new Queue((job) => this.send(job), () => this.draw());
    this.accepting = new Queue((job) => this.accept(job), () => this.drawAccepting());
    this.files = new Map(); // row -> the server's report of its file; null while there is none, or where none came
    this.takeAll = document.getElementById("accept-all");
    this.dropping = new Dropping(form, (files) => this.put(files));
    this.takeAll.addEventListener("click", () => this.acceptAll());
    window.addEventListener("beforeunload", (event) => {
      if (!this.sending.isBusy && !this.accepting.isBusy) return;
      event.preventDefault();
      event.returnValue = "";
    });
    this.dropping.chosen(); // files that were chosen before this script was there
  }

  put(files) {
    this.part.hidden = false;
    document.getElementById("recent").hidden = Boolean(document.querySelector("#recent .empty"));
    const jobs = files.map((file) => ({ file, row: this.rows.add(file.name), tries: 0, fields: this.fields() }));
    jobs.forEach(({ row }) => this.files.set(row, null));
    this.sending.add(jobs.filter((job) => this.fits(job)));
    this.part.scrollIntoView({ block: "nearest" });
  }

  /** Where the files go is what was chosen when they were dropped. */
  fields() {
    const chosen = ["organization", "task"].map((name) => [name, this.form.elements[name]]);
    return chosen.filter((pair) => pair[1]).map(([name, control]) => [name, control.value]);
  }

  fits({ file, row }) {
    if (file.size > 0 && file.size <= this.bytes) return true;
    const sentence = file.size ? fill(this.words.tooLarge, { size: (file.size / 1048576).toFixed(1), limit: this.limit }) : this.words.empty;
    this.rows.failed(row, sentence);
    return false;
  }

  async send(job) {
    this.rows.sending(job.row);
    const body = new FormData();
    job.fields.forEach(([name, value]) => body.append(name, value));
    body.append("file", job.file, job.file.name);
    const { outcome, answer } = await post(this.form.action, this.token, body, { patience: PATIENCE });
    if (outcome === "saved") return this.take(job, answer);
    if (outcome === "unreachable" && job.tries < TRIES) return this.retry(job);
    if (outcome === "signed-out" || outcome === "stale-page") return this.stop(job, outcome);
    this.rows.failed(job.row, answer.said || this.words[outcome], () => { job.tries = 0; this.sending.again(job); });
    return null;
  }

  /** The same file again is the same upload, so a try whose answer was lost does no harm. */
  async retry(job) {
    job.tries += 1;
    this.rows.say(job.row, "is-amber", this.words.retrying, this.words.unreachable);
    await new Promise((resolve) => setTimeout(resolve, PAUSE * 2 ** (job.tries - 1)));
    return this.send(job);
  }

  /** Signed out, or a page from before: the rest would fare alike, so it waits. */
  stop(job, outcome) {
    this.sending.hold();
    this.rows.failed(job.row, this.words[outcome]);
    const way = document.getElementById("way-back");
    way.href = outcome === "signed-out" ? this.login : window.location.href;
    way.textContent = outcome === "signed-out" ? this.words.signIn : this.words.reload;
    way.hidden = false;
  }

  /** A zip's own row stands over those of its files and is none of them. */
  take({ row }, answer) {
    this.rows.answered(row, answer);
    this.files.set(row, answer);
    (answer.others || []).forEach((other) => this.renew(other));
    if (!answer.files) return;
    this.files.delete(row);
    this.rows.inside(row, answer.files).forEach((inner, place) => this.files.set(inner, answer.files[place]));
    answer.files.forEach((file) => (file.others || []).forEach((other) => this.renew(other)));
  }

  /** A file that the one just sent contradicts is no longer ready. */
  renew(report) {
    Array.from(this.files.entries()).filter(([, before]) => before && before.id === report.id).forEach(([row]) => {
      this.files.set(row, report);
      this.rows.answered(row, report);
    });
  }

  draw() {
    this.rows.progress(document.getElementById("sent-bar"), document.getElementById("sent-line"), this.sending);
    document.getElementById("summary").textContent = this.sending.isBusy ? "" : this.summary();
    this.takeAll.disabled = this.sending.isBusy || this.accepting.isBusy || !this.ready.length;
    this.takeAll.textContent = fill(this.words.acceptAll, { units: this.readyUnits });
  }

  get ready() {
    return Array.from(this.files.keys()).filter((row) => (this.files.get(row) || { ready: 0 }).ready > 0);
  }

  get readyUnits() {
    return this.ready.reduce((sum, row) => sum + this.files.get(row).ready, 0);
  }

  summary() {
    const problems = Array.from(this.files.values()).filter((report) => !report || report.problem).length;
    return fill(this.words.summary, { files: this.files.size, units: this.readyUnits, problems });
  }

  acceptAll() {
    this.takeAll.disabled = true;
    this.accepting.add(this.ready);
  }

  async accept(row) {
    const report = this.files.get(row);
    this.rows.sending(row);
    const body = new FormData();
    body.append("sha256", report.sha256);
    const { outcome, answer } = await post(report.accept, this.token, body, { patience: PATIENCE });
    const now = answer.pill ? answer : { pill: this.words.notTaken, colour: "is-red", said: answer.said || this.words[outcome] };
    this.files.set(row, { ...report, ...now });
    this.rows.answered(row, this.files.get(row));
  }

  drawAccepting() {
    if (this.accepting.isBusy) this.rows.progress(document.getElementById("sent-bar"), document.getElementById("sent-line"), this.accepting);
    else this.draw();
  }
}

const form = document.getElementById("put");
if (form) new IntakePage(form);
