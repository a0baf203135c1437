/** Takes files from the button and from what is dropped on the page, and hands them on as a list. */

export class Dropping {
  constructor(form, take) {
    this.zone = form.querySelector(".drop-zone");
    this.input = form.querySelector("input[type=file]");
    this.take = take;
    this.input.addEventListener("change", () => this.chosen());
    form.addEventListener("submit", (event) => { event.preventDefault(); this.chosen(); });
    document.addEventListener("dragover", (event) => this.over(event));
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) this.lit(false); });
    document.addEventListener("drop", (event) => this.dropped(event));
  }

  chosen() {
    const files = Array.from(this.input.files);
    this.input.value = ""; // so that the same file can be chosen again once it is mended
    if (files.length) this.take(files);
  }

  /** Anywhere on the page: a file dropped beside the zone must not replace the page. */
  over(event) {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.lit(true);
  }

  dropped(event) {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.lit(false);
    const files = Array.from(event.dataTransfer.files);
    if (files.length) this.take(files);
  }

  lit(isOver) {
    this.zone.classList.toggle("is-over", isOver);
  }
}

function carriesFiles(event) {
  return Array.from(event.dataTransfer ? event.dataTransfer.types : []).includes("Files");
}
