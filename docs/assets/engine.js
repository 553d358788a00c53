/**
 * One worker for the tab: starts it when asked, pairs questions with replies, and gives up on one that hangs.
 *
 * Events: "change" whenever `state`, `progress` or `failure` is new.
 */
const ANSWER_WITHIN = 20_000;
const PROGRESS_WITHIN = 60_000;

class Engine extends EventTarget {
  state = "idle"; // idle → loading → live | failed
  progress = { loaded: 0, total: 0 };
  failure = null;

  #worker = null;
  #questions = new Map();
  #lastId = 0;
  #watchdog = 0;

  start() {
    if (this.state === "loading" || this.state === "live") return;
    this.#become("loading", { progress: { loaded: 0, total: 0 }, failure: null });
    try {
      this.#worker = startWorker();
    } catch (error) {
      this.#fail({ kind: "unsupported", detail: error.message });
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#heard(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail({ kind: "network", detail: event.message || "worker.js" });
    };
    this.#watch();
  }

  /** Answers with {reply} or {failure}; never rejects. */
  ask(request) {
    this.start();
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      if (!this.#worker) return resolve({ failure: this.failure });
      this.#questions.set(id, resolve);
      this.#worker.postMessage({ id, request });
      this.#watch();
    });
  }

  #heard({ progress, ready, kept, failed, id, reply, failure }) {
    if (kept) this.dispatchEvent(new Event("kept"));
    else if (progress) this.#become("loading", { progress });
    else if (ready) this.#become("live", {});
    else if (failed ?? failure) return this.#fail(failed ?? failure);
    else {
      this.#questions.get(id)?.({ reply });
      this.#questions.delete(id);
    }
    this.#watch();
  }

  /** After each sign of life the clock starts anew, and rests when nothing is awaited. */
  #watch() {
    clearTimeout(this.#watchdog);
    const loading = this.state === "loading";
    if (!loading && !this.#questions.size) return;
    this.#watchdog = setTimeout(
      () => this.#fail({ kind: loading ? "stalled" : "hung", detail: "" }),
      loading ? PROGRESS_WITHIN : ANSWER_WITHIN,
    );
  }

  /** Ends the worker and answers everything still open, so that nobody waits for a dead thread. */
  #fail(failure) {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    this.#become("failed", { failure });
    for (const resolve of this.#questions.values()) resolve({ failure });
    this.#questions.clear();
  }

  #become(state, details) {
    Object.assign(this, details, { state });
    this.dispatchEvent(new Event("change"));
  }
}

/** The page names the worker it was built with; the offline edition brings its own. */
function startWorker() {
  if (self.plainSentencingWorker) return self.plainSentencingWorker();
  const { content } = document.querySelector('meta[name="plain-sentencing-worker"]');
  return new Worker(new URL(`./runtime/${content}`, import.meta.url), { type: "module" });
}

export const engine = new Engine();
