/**
 * The calculator's own thread: fetches Pyodide and our wheel, then answers text with text.
 *
 * In:  {id, request}
 * Out: {progress: {loaded, total}} while starting, {ready: true} once, {failed: {kind, detail}} instead of it;
 *      {id, reply} or {id, failure} for each question.
 */
const RUNTIME = new URL("./runtime/", import.meta.url);
const download = self.fetch.bind(self);

class Fault extends Error {
  constructor(kind, detail) {
    super(detail);
    this.kind = kind;
  }
}

/** Fetches the listed runtime files, and nothing else, reporting bytes as they come. */
class Downloads {
  #loaded = 0;
  #reported = 0;
  #reject;
  /** Rejects with the first fault: Pyodide only logs some of them, and would wait for ever. */
  failed = new Promise((_, reject) => (this.#reject = reject));

  constructor(files) {
    this.files = files;
    this.total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
    this.failed.catch(() => {});
  }

  fetch = async (resource) => {
    const url = new URL(resource.url ?? resource, RUNTIME);
    const name = url.pathname.slice(RUNTIME.pathname.length);
    const file = url.origin === RUNTIME.origin && this.files[name];
    if (!file) throw this.#fault("blocked", url.href);
    let response;
    try {
      response = await download(new URL(file.file, RUNTIME));
    } catch (error) {
      throw this.#fault("network", `${name}: ${error.message}`);
    }
    if (!response.ok) throw this.#fault("network", `${name}: ${response.status}`);
    let body = this.#counted(name, response.body);
    if (file.file.endsWith(".gzip")) body = body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(body, { headers: { "Content-Type": name.endsWith(".wasm") ? "application/wasm" : "" } });
  };

  /** Counts a file that the browser loads as a script, which no stream of ours sees. */
  scriptLoaded(name) {
    this.#count(this.files[name].bytes);
  }

  #counted(name, body) {
    const reader = body.getReader();
    return new ReadableStream({
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          this.#count(value.length);
          controller.enqueue(value);
        } catch (error) {
          controller.error(this.#fault("network", `${name}: ${error.message}`));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  #count(bytes) {
    this.#loaded += bytes;
    const step = this.total / 100;
    if (this.#loaded - this.#reported < step && this.#loaded < this.total) return;
    this.#reported = this.#loaded;
    postMessage({ progress: { loaded: this.#loaded, total: this.total } });
  }

  #fault(kind, detail) {
    const fault = new Fault(kind, detail);
    this.#reject(fault);
    return fault;
  }
}

async function listing() {
  try {
    const response = await download(new URL("runtime.json", RUNTIME), { cache: "no-cache" });
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  } catch (error) {
    throw new Fault("network", `runtime.json: ${error.message}`);
  }
}

async function script(downloads, name) {
  try {
    const module = await import(new URL(downloads.files[name].file, RUNTIME));
    downloads.scriptLoaded(name);
    return module;
  } catch (error) {
    throw new Fault("network", `${name}: ${error.message}`);
  }
}

async function checkedWheel(downloads, name) {
  const bytes = await (await downloads.fetch(new URL(name, RUNTIME))).arrayBuffer();
  if (!crypto.subtle) return bytes; // only offered on https and localhost
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (sha256 !== downloads.files[name].sha256) throw new Fault("damaged", name);
  return bytes;
}

async function start() {
  const { wheel, files } = await listing();
  const downloads = new Downloads(files);
  self.fetch = downloads.fetch;
  const load = async () => {
    const [{ loadPyodide }] = await Promise.all([
      script(downloads, "pyodide.mjs"),
      script(downloads, "pyodide.asm.js"), // defines what Pyodide would otherwise import unseen
    ]);
    return loadPyodide({ indexURL: RUNTIME.href, packageBaseUrl: RUNTIME.href });
  };
  const answerer = async () => {
    const [pyodide, bytes] = await Promise.all([load(), checkedWheel(downloads, wheel)]);
    pyodide.unpackArchive(bytes, "wheel");
    return pyodide.runPython("from calculator.browser import answer; answer");
  };
  return Promise.race([answerer(), downloads.failed]);
}

const ready = start();
ready.then(
  () => postMessage({ ready: true }),
  (fault) => postMessage({ failed: { kind: fault.kind ?? "fault", detail: fault.message } }),
);

self.onmessage = async ({ data: { id, request } }) => {
  try {
    const answer = await ready;
    postMessage({ id, reply: answer(request) });
  } catch (error) {
    postMessage({ id, failure: { kind: error.kind ?? "fault", detail: error.message } });
  }
};
