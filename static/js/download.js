/**
 * A form[data-download] whose POST makes a file: says that it is being made and for how long, and saves it when it is whole.
 * Its sentences stand in the form's .download-status (templates/reports/_parts/download_status.html). Without script
 * the form is posted as any other.
 */

const MEGABYTE = 1024 * 1024;
const KEPT = 60000; // ms until a saved file is given up: the browser reads it by itself meanwhile

/** One file of one form, from the click until it is saved or not. */
class Download {
  constructor(form, button) {
    this.form = form;
    this.button = button;
    this.note = form.querySelector(".download-status");
    this.buttons = Array.from(form.elements).filter((element) => element.type === "submit");
    this.begun = Date.now();
  }

  async run() {
    const body = new FormData(this.form);
    if (this.button && this.button.name) body.append(this.button.name, this.button.value);
    this.begin();
    try {
      const response = await fetch(this.form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (isFile(response)) {
        const blob = await this.receive(response);
        save(blob, nameOf(response));
        this.end("is-green", `${this.note.dataset.saved} ${nameOf(response)}, ${sizeOf(blob.size)}, ${this.seconds()}`);
      } else if (response.type === "opaqueredirect" || response.status === 401) {
        this.end("is-amber", this.note.dataset.signedOut);
      } else if (response.status >= 500) {
        this.end("is-red", this.note.dataset.lost);
      } else {
        this.showAnswer();
      }
    } catch (lost) {
      this.end("is-red", this.note.dataset.lost); // an answer that breaks off is no file
    }
  }

  /** The pieces as they come; fails where fewer come than were announced. */
  async receive(response) {
    const total = Number(response.headers.get("Content-Length"));
    const reader = response.body.getReader();
    const pieces = [];
    let received = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      received += piece.value.length;
      this.saying = `${this.note.dataset.receiving} ${sizeOf(received)}${total ? ` / ${sizeOf(total)}` : ""}`;
    }
    return new Blob(pieces, { type: response.headers.get("Content-Type") });
  }

  begin() {
    this.form.dataset.making = "1";
    this.saying = this.note.dataset.making;
    this.buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    this.say("is-blue", this.saying);
    this.clock = setInterval(() => this.say("is-blue", `${this.saying} ${this.seconds()}`), 1000);
  }

  end(look, text) {
    clearInterval(this.clock);
    delete this.form.dataset.making;
    this.buttons.forEach((button) => button.removeAttribute("aria-disabled"));
    this.say(look, text);
  }

  say(look, text) {
    this.note.className = `note download-status ${look}`;
    this.note.textContent = text;
    this.note.hidden = false;
  }

  seconds() {
    return `${Math.round((Date.now() - this.begun) / 1000)} ${this.note.dataset.seconds}`;
  }

  /** What is no file is a page that says why: posted once more in the plain way, it is shown. */
  showAnswer() {
    this.end("is-blue", "");
    this.note.hidden = true;
    this.form.dataset.plain = "1";
    if (this.button) this.button.click();
    else this.form.submit();
  }
}

function isFile(response) {
  return response.ok && (response.headers.get("Content-Disposition") || "").startsWith("attachment");
}

function nameOf(response) {
  const head = response.headers.get("Content-Disposition");
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(head);
  const plain = /filename="([^"]+)"/.exec(head);
  return encoded ? decodeURIComponent(encoded[1]) : plain ? plain[1] : "";
}

function sizeOf(bytes) {
  return bytes < MEGABYTE / 10 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

function attach(form) {
  let pressed = null; // event.submitter is younger than our browsers
  Array.from(form.elements).forEach((element) => {
    if (element.type === "submit") element.addEventListener("click", () => (pressed = element));
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.plain) {
      delete form.dataset.plain;
      return;
    }
    event.preventDefault();
    if (!form.dataset.making) new Download(form, pressed).run();
  });
}

document.querySelectorAll("form[data-download]").forEach(attach);
