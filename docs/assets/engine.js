/**
 * One worker for the tab: starts it when asked, pairs questions with replies, and replaces one that hangs.
 *
 * A page and its calculator are of one version or they do not work together: the worker says its own before it
 * loads anything, and where the two differ the page is loaded anew, once, unless something was typed into it.
 *
 * Events: "change" whenever `state`, `progress` or `failure` is new.
 */
const ANSWER_WITHIN = 20_000;
const PROGRESS_WITHIN = 60_000;
const RELOADED = "plain-sentencing-reloaded";
const KEPT = "plain-sentencing-";
/** Failures that the line can mend by coming back. */
const OF_THE_LINE = ["network", "stalled"];

class Engine extends EventTarget {
  state = "idle"; // idle → loading → live | failed
  progress = { loaded: 0, total: 0 };
  failure = null; // why the last start or question failed, until the next one
  typed = false; // the form holds what a reload would lose

  #worker = null;
  #distrusted = false; // what the device kept, after a start that failed
  #questions = new Map();
  #lastId = 0;
  #watchdog = 0;

  constructor() {
    super();
    addEventListener("online", () => {
      if (this.state === "failed" && OF_THE_LINE.includes(this.failure.kind)) this.start();
    });
  }

  start() {
    if (this.state === "loading" || this.state === "live") return;
    this.#become("loading", { progress: { loaded: 0, total: 0 }, failure: null });
    this.#startWorker();
  }

  #startWorker() {
    try {
      this.#worker = startWorker(this.#distrusted ? "plain" : "");
    } catch (error) {
      this.#fail({ kind: "unsupported", detail: error.message });
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#heard(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#missing(event.message);
    };
    this.#watch();
  }

  /**
   * Answers with {reply, id} or {failure}; never rejects. `shows` is the id of the answer on the page: the reply then
   * leaves out what the page shows already.
   */
  ask(request, shows = 0) {
    this.start();
    if (this.failure) this.#become(this.state, { failure: null });
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      if (!this.#worker) return resolve({ failure: this.failure });
      this.#questions.set(id, resolve);
      this.#worker.postMessage({ id, request, shows });
      this.#watch();
    });
  }

  #heard({ version, progress, ready, kept, failed, id, reply, failure }) {
    if (version) {
      if (page() && version !== page().version) return this.#outdated(`${page().version}, ${version}`);
    } else if (kept) this.dispatchEvent(new Event("kept"));
    else if (progress) this.#become("loading", { progress });
    else if (ready) this.#become("live", {});
    else if (failed?.kind === "outdated") return this.#outdated(failed.detail);
    else if (failed ?? failure) return this.#fail(failed ?? failure);
    else {
      this.#questions.get(id)?.({ reply, id });
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

  /**
   * Ends the worker and answers everything still open, so that nobody waits for a dead thread. After a calculation
   * that hung a new worker takes its place, for the next question; the reader is still told.
   */
  #fail(failure) {
    clearTimeout(this.#watchdog);
    this.#distrusted = this.state === "loading" && failure.kind !== "network";
    this.#worker?.terminate();
    this.#worker = null;
    this.#become("failed", { failure });
    for (const resolve of this.#questions.values()) resolve({ failure });
    this.#questions.clear();
    if (failure.kind !== "hung") return;
    this.#become("loading", { progress: { loaded: 0, total: 0 } });
    this.#startWorker();
  }

  /** The worker's script did not come: because there is no line, or because it is of an earlier build. */
  async #missing(detail) {
    const worker = this.#worker;
    if (!page()) return this.#fail({ kind: "fault", detail });
    const there = await fetch(workerUrl(), { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (worker !== this.#worker) return;
    if (there?.status === 404) this.#outdated(page().worker);
    else this.#fail({ kind: "network", detail: detail || page().worker });
  }

  /** Never a stale law silently: drop what was kept and load the page anew, once; the second time, say so. */
  async #outdated(detail) {
    this.#fail({ kind: "outdated", detail });
    await forgetKept();
    if (!this.typed && mayReload()) location.reload();
  }

  #become(state, details) {
    Object.assign(this, details, { state });
    this.dispatchEvent(new Event("change"));
  }
}

/** What the build wrote into the page: which worker it starts, and of which version. Not in the offline edition. */
function page() {
  return document.querySelector('meta[name="plain-sentencing"]')?.dataset;
}

const workerUrl = () => new URL(`./runtime/${page().worker}`, import.meta.url);

/** The offline edition brings its own worker, in the same file. */
function startWorker(name) {
  return self.plainSentencingWorker?.() ?? new Worker(workerUrl(), { type: "module", name });
}

/** True once a tab for each version of the page. Where nothing can be remembered, never: it could go on for ever. */
function mayReload() {
  try {
    if (sessionStorage.getItem(RELOADED) === page().version) return false;
    sessionStorage.setItem(RELOADED, page().version);
    return true;
  } catch {
    return false;
  }
}

async function forgetKept() {
  try {
    for (const name of await caches.keys()) if (name.startsWith(KEPT)) await caches.delete(name);
  } catch {
    // nothing was kept
  }
}

export const engine = new Engine();
