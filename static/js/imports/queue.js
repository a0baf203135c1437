/** Works through jobs, two at a time, in order; a job that fails stops no other. */

const AT_ONCE = 2; // an office's line and the server's reader are shared with everybody else

export class Queue {
  /** work(job) -> Promise; onChange() is called whenever a job begins or ends. */
  constructor(work, onChange) {
    this.work = work;
    this.onChange = onChange;
    this.waiting = [];
    this.running = 0;
    this.done = 0;
    this.isHeld = false;
  }

  get all() {
    return this.done + this.running + this.waiting.length;
  }

  get isBusy() {
    return this.running > 0 || (this.waiting.length > 0 && !this.isHeld);
  }

  add(jobs) {
    this.waiting.push(...jobs);
    this.onChange();
    this.start();
  }

  /** A job that is tried once more is no longer counted as done. */
  again(job) {
    this.done -= 1;
    this.add([job]);
  }

  /** Nothing new begins; what is under way ends. */
  hold() {
    this.isHeld = true;
    this.onChange();
  }

  start() {
    while (!this.isHeld && this.running < AT_ONCE && this.waiting.length) this.run(this.waiting.shift());
  }

  async run(job) {
    this.running += 1;
    try {
      await this.work(job);
    } finally {
      this.running -= 1;
      this.done += 1;
      this.onChange();
      this.start();
    }
  }
}
