/** The plain line that says whether what was typed is safe, and its announcement for screen readers. */

import { fill } from "../page/elements.js";

const LOOKS = { saved: "is-green", waiting: "", saving: "", offline: "is-red", conflict: "is-red", refused: "is-red" };

export class StateLine {
  constructor(line, voice, words) {
    this.line = line;
    this.voice = voice;
    this.words = words;
    this.at = "";
  }

  /** savers: all of the page. The worst of them is what the line says. */
  draw(savers, unread, answer) {
    if (answer && answer.saved_at) this.at = answer.saved_at;
    const order = ["signed-out", "stale-page", "conflict", "refused", "offline", "saving", "waiting"];
    const state = order.find((name) => savers.some((saver) => saver.state === name)) || "saved";
    if (state === "saved" && !this.at) return;
    const count = savers.reduce((sum, saver) => sum + saver.waiting, 0);
    const sentence = this.sentence(state, count, answer);
    this.line.className = "state push " + (state in LOOKS ? LOOKS[state] : "is-red");
    this.line.textContent = state === "saved" && unread ? sentence + " " + fill(this.words.butUnread, { count: unread }) : sentence;
    if (state === "signed-out" || state === "stale-page") this.offerDoor(state, answer);
    if (state !== this.last && state !== "saving" && state !== "waiting") this.say(this.line.textContent);
    this.last = state;
  }

  sentence(state, count, answer) {
    if (state === "saved") return fill(this.words.saved, { time: this.at });
    const isPlainNo = state === "refused" || (state === "conflict" && answer && !(answer.differences || []).length);
    if (isPlainNo && answer && answer.said) return fill(this.words.refusedBecause, { said: answer.said });
    return fill(this.words[state], { count });
  }

  /** A way back in that ends on this page, where what was typed waits. */
  offerDoor(state, answer) {
    const here = location.pathname + location.search;
    const link = document.createElement("a");
    link.href = state === "signed-out" ? (answer && answer.login) || this.words.login + "?next=" + encodeURIComponent(here) : here;
    link.textContent = state === "signed-out" ? this.words.signIn : this.words.reload;
    this.line.append(" ", link);
  }

  say(sentence) {
    this.voice.textContent = sentence;
  }
}
