/** The red button and 零报告: nothing leaves the page before everything typed is with the server. */

import { fill, make } from "../page/elements.js";

export class Submitting {
  /** page: {savers, notes, state, words, editor}. */
  constructor(form, page) {
    this.form = form;
    this.page = page;
    this.isBusy = false;
    this.isLeaving = false;
    this.reason = document.getElementById("why-not");
    this.button = document.getElementById("send");
    document.querySelectorAll("button[data-act]").forEach((button) =>
      button.addEventListener("click", (event) => this.press(event, button)));
  }

  /** Why each report cannot go in, "" where it can: of one report its own sentence, of several how many are ready. */
  show(blocked) {
    const ready = Array.from(blocked.values()).filter((why) => !why).length;
    const isOne = Boolean(this.form.elements.revision);
    const [why] = blocked.values();
    const sentence = isOne ? why : fill(this.page.words.ready, { ready, open: blocked.size });
    this.button.setAttribute("aria-disabled", ready ? "false" : "true");
    this.button.title = sentence;
    this.reason.textContent = sentence;
  }

  async press(event, button) {
    event.preventDefault();
    if (this.isBusy) return; // a second click while the first is under way
    this.isBusy = true;
    this.isLeaving = await this.isReady(button);
    if (this.isLeaving) this.hand(button);
    else this.isBusy = false;
  }

  /** True when everything typed is with the server, nothing speaks against the act, and the person means it. */
  async isReady(button) {
    const { page } = this;
    page.editor.settle();
    const done = await Promise.all(Array.from(page.savers.values(), (saver) => saver.flush()));
    if (done.includes(false)) {
      page.state.say(page.words.notYet);
      return false;
    }
    if (button === this.button && this.isBlocked()) return false;
    return !button.dataset.confirm || confirmed(button.dataset.confirm);
  }

  /** The form as a page without script would send it, with nothing left to save: only the act and what was shown count. */
  hand(button) {
    const { form, page } = this;
    page.savers.forEach((saver) => {
      const field = form.elements["revision-" + saver.doc.id] || form.elements.revision;
      field.value = saver.doc.revision;
    });
    form.elements.loaded.value = page.loaded();
    form.append(make("input", { type: "hidden", name: "act", value: button.value }));
    form.action = button.dataset.act;
    form.submit();
  }

  /** Says why it cannot go in, and leads to the first thing to mend. */
  isBlocked() {
    const { page } = this;
    const unread = page.notes.unread;
    const why = unread ? fill(page.words.unreadLeft, { count: unread }) : this.reason.textContent;
    if (!unread && this.button.getAttribute("aria-disabled") !== "true") return false;
    this.reason.textContent = why;
    page.notes.showBlanks();
    page.state.say(why);
    if (!page.notes.first()) document.querySelector("#first-unfilled a, #state").focus();
    return true;
  }
}

function confirmed(question) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("p").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
