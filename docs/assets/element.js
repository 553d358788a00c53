/**
 * <plain-sentencing>: a form and an answer that the build already computed. This makes them live: it reads the
 * form, lets the worker's Python answer, and puts the returned fragments in place. Everything the calculator
 * says is made in Python; the few sentences here are about getting it to run.
 */
import { engine } from "./engine.js";
import { renew } from "./renew.js";

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

const WORDS = {
  starting: "Getting the calculator ready.",
  loading: ({ loaded, total }) =>
    `Getting the calculator ready: ${megabytes(loaded)} of ${megabytes(total)} MB, once.`,
  preparing: "Getting the calculator ready: everything has arrived, starting it.",
  stale: "This answer is for the earlier entries, not for what is typed now.",
  failed: {
    network: "The calculator could not be downloaded. Check your connection.",
    stalled: "The download of the calculator has stopped. Check your connection.",
    damaged: "A part of the calculator arrived damaged and was not used.",
    blocked: "The calculator asked for a file that is not its own and was stopped.",
    unsupported: "This browser cannot run the calculator. A current version of any browser can.",
    outdated:
      "This page and the calculator are of different versions, so no answer is given. Load the page anew; " +
      "if it says this again, come back in an hour.",
    hung: "The calculation took more than 20 seconds and was stopped. The calculator has been started again.",
    fault: "The calculator stopped because of a fault of its own, not because of what you typed.",
  },
  kept: "What you typed is still here.",
};

/** The last part of the element: where it is, everything is. */
const LAST = "cleared";

class PlainSentencing extends HTMLElement {
  #busy = false;
  #stale = false;
  #submitted = false;
  #touched = false;
  #waiting = false;
  #round = 0;
  #shows = 0; // the id of the answer on the page, when it came from the worker
  #aside = null; // its elements, while a stop stands in its place
  #soon = false;
  #listening;

  /** Runs while the page still arrives, so that a touch starts the calculator at once; the rest waits for the whole. */
  connectedCallback() {
    this.#listening = new AbortController();
    this.#on(this, "focusin", (event) => {
      if (event.target.closest("form")) engine.start();
    });
    this.#on(this, "input", () => (engine.typed = true));
    if (this.#part(LAST)) return this.#arrived();
    const arriving = new MutationObserver(() => {
      if (!this.#part(LAST)) return;
      arriving.disconnect();
      this.#arrived();
    });
    arriving.observe(this, { childList: true });
  }

  #arrived() {
    const on = this.#on.bind(this);
    on(this, "submit", (event) => {
      event.preventDefault();
      this.#waiting = false;
      this.#answer({ submitted: true });
    });
    on(this, "change", ({ target }) => {
      unfoldFor(target);
      this.#changed();
    });
    on(this, "focusin", (event) => {
      if (this.#part("form").contains(event.target)) this.#keepClearOfBar(event.target);
    });
    on(this, "click", ({ target }) => {
      const link = target.closest('a[href^="#"]');
      if (link) unfold(document.getElementById(link.hash.slice(1)));
      this.#clicked(target.closest("button"));
    });
    on(engine, "change", () => this.#showEngine());
    this.#showEngine();
    if (engine.typed) this.#changed();
    startWhenIdle(this.#listening.signal);
  }

  #on(target, type, listener) {
    target.addEventListener(type, listener, { signal: this.#listening.signal });
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #clicked(button) {
    if (!button) return;
    const { part, action } = button.dataset;
    if (part === "retry") this.#retry();
    else if (action === "add-row") this.#addRow(button);
    else if (action === "remove-row") this.#removeRow(button);
    else if (action === "clear") this.#clear();
    else if (action === "print") window.print();
  }

  /**
   * A change is answered at once, without moving the focus. After a failure, and in a form that was
   * cleared, only on request: nobody wants to be told what is missing while they are still filling it in.
   */
  #changed() {
    this.#touched = true;
    if (this.#waiting || this.#soon) return;
    this.#soon = true;
    queueMicrotask(() => {
      this.#soon = false;
      if (engine.state !== "failed") this.#answer({ submitted: false });
    });
  }

  #retry() {
    if (engine.failure?.kind === "outdated") return location.reload();
    engine.start();
    if (this.#touched) this.#answer({ submitted: false });
  }

  /** One question at a time: a reply that comes after a newer change is dropped, and the form asked again. */
  async #answer({ submitted }) {
    this.#touched = true;
    this.#submitted ||= submitted;
    this.#stale = true;
    if (this.#busy) return;
    this.#setBusy(true);
    if (engine.state === "failed") engine.start();
    let round, request, outcome;
    while (this.#stale) {
      this.#stale = false;
      round = this.#round;
      if (request === (request = this.#request())) break; // Enter in a field is a change and then a submission
      outcome = await engine.ask(request, this.#shows);
      if (outcome.failure) break;
    }
    this.#setBusy(false);
    this.#stale = false;
    if (outcome.reply && round === this.#round && !this.#show(outcome, this.#submitted)) {
      this.#shows = 0;
      return this.#answer({ submitted: false });
    }
    this.#submitted = false;
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#part("result").ariaBusy = busy;
  }

  #request() {
    return JSON.stringify({ form: Array.from(new FormData(this.#part("form"))) });
  }

  /** False when this reply leaves out what the page does not show: the whole has to be asked for. */
  #show({ reply: text, id }, submitted) {
    const reply = JSON.parse(text);
    const isError = reply.kind === "error";
    const result = this.#part("result");
    if (!isError) {
      const isStop = reply.kind === "stop";
      if (isStop) this.#setAside(result);
      else this.#bringBack(result);
      if (!renew(result, reply.html)) return false;
      if (!isStop) this.#shows = id;
    }
    if (reply.sentence) this.#part("sentence").textContent = reply.sentence;
    this.#showEchoes(reply.echoes);
    this.#showErrors(reply, isError && submitted);
    if (isError) {
      result.dataset.stale = WORDS.stale;
    } else {
      delete result.dataset.stale;
      const bar = this.#part("bar");
      bar.textContent = reply.bar;
      bar.hidden = !reply.bar;
      if (submitted) this.#part("sentence").scrollIntoView({ block: "nearest" });
    }
    this.dispatchEvent(new CustomEvent("plain-sentencing:answer", { bubbles: true, detail: { reply } }));
    return true;
  }

  /** Keeps the answer for when a stop is mended: Python then sends what is new of it, as always. */
  #setAside(result) {
    if (!this.#shows || this.#aside) return;
    this.#aside = [...result.childNodes];
    result.replaceChildren();
  }

  #bringBack(result) {
    if (this.#aside) result.replaceChildren(...this.#aside);
    this.#aside = null;
  }

  #showEchoes(echoes) {
    for (const place of this.querySelectorAll("form [data-echo-for]")) {
      const echo = echoes[place.dataset.echoFor] ?? "";
      if (place.textContent === echo) continue;
      place.textContent = echo;
      place.hidden = !echo;
    }
  }

  #showErrors({ errors, errors_html }, takeFocus) {
    const messages = new Map(errors.map(({ field, message }) => [field, message]));
    for (const place of this.querySelectorAll("form [data-error-for]")) {
      const field = place.dataset.errorFor;
      const message = messages.get(field);
      if (!message && place.hidden) continue;
      place.textContent = message ?? "";
      place.hidden = !message;
      place.id ||= `error-${field}`;
      if (message) unfold(place);
      for (const control of this.querySelectorAll(`form [name="${CSS.escape(field)}"]`)) {
        markControl(control, place.id, Boolean(message));
      }
    }
    const summary = this.#part("errors");
    summary.innerHTML = errors_html;
    summary.hidden = !errors_html;
    if (takeFocus) summary.focus();
  }

  #showEngine() {
    const { state, progress, failure } = engine;
    this.dataset.state = state === "idle" ? "static" : state;
    this.#part("loading").hidden = state === "idle" || (state === "live" && !failure);
    this.#part("retry").hidden = state !== "failed";
    const bar = this.#part("progress");
    bar.hidden = state !== "loading";
    const status = this.#part("status");
    status.role = failure ? "alert" : null;
    if (failure) {
      const detail = failure.detail && ` (${failure.detail})`;
      status.textContent = `${WORDS.failed[failure.kind] ?? WORDS.failed.fault} ${WORDS.kept}${detail}`;
    } else if (state === "loading") {
      const { loaded, total } = progress;
      bar.max = total || 1;
      bar.value = loaded;
      if (!total) status.textContent = WORDS.starting;
      else status.textContent = loaded < total ? WORDS.loading(progress) : WORDS.preparing;
    }
  }

  #addRow(button) {
    const rows = this.querySelector(`[data-rows="${CSS.escape(button.dataset.for)}"]`);
    const row = this.#newRow(rows);
    const first = row.querySelector("input, select, textarea");
    rows.append(row);
    first?.focus();
    this.#changed();
  }

  #newRow(rows) {
    const template = this.querySelector(`template[data-row-template="${CSS.escape(rows.dataset.rows)}"]`);
    const row = template.content.cloneNode(true);
    number(row, nextIndex(rows));
    return row;
  }

  #removeRow(button) {
    const row = button.closest("[data-row]");
    const rows = row.parentElement;
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    const add = this.querySelector(`[data-action="add-row"][data-for="${CSS.escape(rows.dataset.rows)}"]`);
    (neighbour?.querySelector('[data-action="remove-row"]') ?? add)?.focus();
    this.#changed();
  }

  /** An empty form and no answer; what was typed, and the sample, are gone from this tab. */
  #clear() {
    this.#touched = false;
    engine.typed = false;
    this.#stale = false;
    this.#waiting = true;
    this.#round += 1;
    this.#shows = 0;
    this.#aside = null;
    const form = this.#part("form");
    for (const rows of form.querySelectorAll("[data-rows]")) {
      rows.replaceChildren();
      if ("blank" in rows.dataset) rows.append(this.#newRow(rows));
    }
    for (const control of form.elements) if (!control.closest("[data-row]")) blank(control);
    for (const fold of form.querySelectorAll("details[open]")) fold.open = false;
    this.#showErrors({ errors: [], errors_html: "" }, false);
    this.#showEchoes({});
    this.#part("sample-note")?.remove();
    this.#part("sample")?.remove();
    this.#part("bar").hidden = true;
    const cleared = this.#part("cleared");
    this.#part("sentence").textContent = cleared.dataset.sentence;
    const result = this.#part("result");
    result.replaceChildren(cleared.content.cloneNode(true));
    delete result.dataset.stale;
    form.querySelector("input, select")?.focus();
  }

  #keepClearOfBar(control) {
    const bar = this.#part("bar").getBoundingClientRect();
    if (bar.height && control.getBoundingClientRect().bottom > bar.top) control.scrollIntoView({ block: "center" });
  }
}

/** Puts a control back to what it says in an empty form, which Python marked. */
function blank(control) {
  if (control.type === "radio" || control.type === "checkbox") control.checked = "blank" in control.dataset;
  else if (control.type === "select-one") {
    control.selectedIndex = Math.max(0, [...control.options].findIndex((option) => "blank" in option.dataset));
  } else if (control.matches("input, textarea")) control.value = "";
}

/** Opens whatever is folded around an element. */
function unfold(element) {
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

/** How something is told ("history.how") unfolds the questions for that way ("ps-history-points"). */
function unfoldFor({ name, value }) {
  if (!name?.endsWith(".how")) return;
  const fold = document.getElementById(`ps-${name.replace(".how", "")}-${value}`);
  if (fold) fold.open = true;
}

function markControl(control, errorId, isWrong) {
  const described = new Set((control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  described[isWrong ? "add" : "delete"](errorId);
  control.toggleAttribute("aria-invalid", isWrong);
  if (isWrong) control.setAttribute("aria-invalid", "true");
  if (described.size) control.setAttribute("aria-describedby", [...described].join(" "));
  else control.removeAttribute("aria-describedby");
}

/** Names are "drugs.2.quantity"; a number once used is not used again while a later row stands. */
function nextIndex(rows) {
  const prefix = `${rows.dataset.rows}.`;
  const used = Array.from(rows.querySelectorAll("[name]"), ({ name }) =>
    name.startsWith(prefix) ? parseInt(name.slice(prefix.length), 10) : -1,
  );
  return Math.max(-1, ...used) + 1;
}

function number(row, index) {
  for (const element of row.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replaceAll("__i__", index);
    }
  }
}

/** Without being asked only where the connection is known to be good and nobody is saving data. */
function startWhenIdle(signal) {
  const { connection } = navigator;
  if (!connection || connection.saveData || connection.effectiveType !== "4g") return;
  const whenIdle = () => window.requestIdleCallback(() => signal.aborted || engine.state !== "idle" || engine.start());
  if (document.readyState === "complete") whenIdle();
  else window.addEventListener("load", whenIdle, { signal });
}

customElements.define("plain-sentencing", PlainSentencing);
