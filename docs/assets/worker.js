/**
 * The calculator's own thread: unpacks Pyodide and our wheel, then answers text with text.
 *
 * In:  {id, request, shows}, the last of them the id of the answer on the page, or 0
 * Out: {version} at once; {progress: {loaded, total}} while starting, {ready: true} once, {failed: {kind, detail}}
 *      instead of it; {id, reply} or {id, failure} for each question; {kept: true} when the next visit is prepared.
 *
 * `hooks/runtime.py` puts `self.zstd` (the decoder) and `self.PACK` (names, sizes, hashes, law) in front of this file;
 * the offline edition adds `self.PACKED`, the files themselves. Nothing but those files is ever fetched.
 *
 * The second time, parts and Python's memory come from the device: the memory is copied after the law was read and
 * before the first question, so it never holds what somebody typed. A worker whose name is "plain" takes nothing from
 * the device: it is started after one that failed.
 */
const { version, law, files } = self.PACK;
const HERE = self.PACKED ? "file:///packed/" : new URL("./", location.href).href; // only names, in the one file
const PROGRAM = "pyodide.asm.wasm";
const WHEEL = Object.keys(files.wheel.parts)[0];
const PARTS = { ...files.runtime.parts, ...files.program.parts };
const MEMORY = "memory";
const download = self.fetch.bind(self);
const AGAIN_AFTER = 1_000;
const KEEP_AFTER = 1_000;
const REHEARSE_AFTER = 300;
const REHEARSE_WITHIN = 2_000;
const RESTORED_WITHIN = 10_000;
postMessage({ version });

class Fault extends Error {
  constructor(kind, detail) {
    super(detail);
    this.kind = kind;
  }
}

/** What the files unpack to, part by part, reporting bytes as they come. Each is used only when it proved to be ours. */
class Downloads {
  #loaded = 0;
  #reported = 0;
  #total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  #parts = {};
  #unpacker = unpacker();
  #reject;
  /** Rejects with the first fault: Pyodide only logs some of them, and would wait for ever. */
  failed = new Promise((_, reject) => (this.#reject = reject));

  constructor() {
    this.failed.catch(() => {});
    const all = Object.values(files).map((file) => {
      const parts = this.#open(file);
      parts.catch(this.#reject);
      for (const name of Object.keys(file.parts)) {
        this.#parts[name] = parts.then((found) => found[name]);
        this.#parts[name].catch(() => {});
      }
      return parts;
    });
    Promise.all(all).then(() => (this.#unpacker = null), () => {}); // it holds as much memory as what it unpacked
  }

  get = (name) => this.#parts[name];

  async #open(file) {
    const packed = await this.#bytes(file);
    await prove(file, packed);
    const size = Object.values(file.parts).reduce((sum, part) => sum + part);
    const whole = (await this.#unpacker)(packed, size);
    if (whole.length !== size) throw new Fault("damaged", file.file);
    let at = 0;
    const cut = ([name, length]) => [name, whole.subarray(at, (at += length))];
    return Object.fromEntries(Object.entries(file.parts).map(cut));
  }

  async #bytes(file) {
    if (self.PACKED) return fromBase64(self.PACKED[file.file]);
    const response = await patient(HERE + file.file);
    // Files of an earlier build are not kept on the host: this page is from then.
    if (response.status === 404) throw new Fault("outdated", file.file);
    if (!response.ok) throw new Fault("network", `${file.file}: ${response.status}`);
    const pieces = [];
    try {
      const reader = response.body.getReader();
      for (let piece; !(piece = await reader.read()).done; ) {
        pieces.push(piece.value);
        this.#count(piece.value.length);
      }
    } catch (error) {
      throw new Fault("network", `${file.file}: ${error.message}`);
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  }

  #count(bytes) {
    this.#loaded += bytes;
    if (this.#loaded - this.#reported < this.#total / 100 && this.#loaded < this.#total) return;
    this.#reported = this.#loaded;
    postMessage({ progress: { loaded: this.#loaded, total: this.#total } });
  }
}

/** Asks twice: a line that was gone for a moment is no reason to trouble the reader. */
async function patient(url) {
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await download(url);
      if (response.status < 500 || tries === 2) return response;
    } catch (error) {
      if (tries === 2) throw new Fault("network", `${url}: ${error.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
  }
}

/** Throws unless these are the bytes that were built. Browsers hash on https, on localhost and from a disk. */
async function prove(file, bytes) {
  if (!crypto.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (sha256 !== file.sha256) throw new Fault("damaged", file.file);
}

/** The decoder brings its program as a data address, which the page's policy lets nobody fetch. */
async function unpacker() {
  const decoder = self.zstd(async (url) => new Response(fromBase64(url.split(",")[1])));
  await decoder.init();
  return (packed, size) => decoder.decode(packed, size);
}

function fromBase64(text) {
  return Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** What an earlier visit left on this device for exactly this version. Without it everything works, only slower. */
class Device {
  static NAME = "plain-sentencing-runtime-";
  static OWN = Device.NAME + version;

  static async open() {
    if (self.PACKED) return null;
    try {
      const device = new Device();
      device.cache = (await caches.has(Device.OWN)) ? await caches.open(Device.OWN) : null;
      return device;
    } catch {
      return null; // a private window, or a browser that keeps nothing
    }
  }

  async get(name) {
    const response = await this.cache.match(HERE + name);
    if (!response) throw new Error(`${name} was not kept`);
    return name === PROGRAM ? response : new Uint8Array(await response.arrayBuffer());
  }

  /** Drops what earlier versions left, then keeps these, the last one last: where it is, everything is. */
  async keep(parts) {
    try {
      for (const name of await caches.keys()) {
        if (name.startsWith(Device.NAME) && name !== Device.OWN) await caches.delete(name);
      }
      const cache = await caches.open(Device.OWN);
      const type = (name) => ({ headers: { "Content-Type": name === PROGRAM ? "application/wasm" : "" } });
      for (const [name, part] of Object.entries(parts)) {
        await quiet(KEEP_AFTER);
        await cache.put(HERE + name, new Response(part, type(name)));
      }
      return true;
    } catch {
      await this.forget(); // no room
      return false;
    }
  }

  async forget() {
    this.cache = null;
    await caches.delete(Device.OWN).catch(() => {});
  }
}

const asResponse = (body) => new Response(body, { headers: { "Content-Type": "application/wasm" } });

/**
 * Starts Pyodide from parts and gives it the calculator. `memory` is a promise of what `makeMemorySnapshot` once gave:
 * Python with the calculator already in it.
 */
async function load(part, { memory, snapshots }) {
  self.fetch = async (resource) => {
    const url = String(resource.url ?? resource);
    const name = url.slice(HERE.length);
    if (!url.startsWith(HERE) || !(name in PARTS)) throw new Fault("blocked", url);
    return asResponse(name === PROGRAM ? null : await part(name));
  };
  compileNow(part(PROGRAM));
  memory?.catch(() => {}); // told where it is awaited
  const run = async (name) => {
    const url = URL.createObjectURL(new Blob([await part(name)], { type: "text/javascript" }));
    try {
      return await import(url);
    } finally {
      URL.revokeObjectURL(url);
    }
  };
  const [{ loadPyodide }] = await Promise.all([run("pyodide.mjs"), run("pyodide.asm.js")]);
  const pyodide = await loadPyodide({
    indexURL: HERE,
    packageBaseUrl: HERE,
    _makeSnapshot: snapshots && !memory,
    ...(memory && { _loadSnapshot: await memory }),
  });
  if (memory) return pyodide;
  pyodide.FS.writeFile(`/lib/${WHEEL}`, await part(WHEEL));
  // Called and not run as text: Python's compiler would first have to be compiled by the browser.
  const start = pyodide.pyimport("calculator_start");
  start.door(`/lib/${WHEEL}`, law).destroy();
  start.destroy();
  return pyodide;
}

/** Compiles the program while the scripts are read: Pyodide would begin only after them. */
function compileNow(program) {
  const compiled = program.then((found) =>
    WebAssembly.compileStreaming(found instanceof Response ? found : asResponse(found)),
  );
  compiled.catch(() => {});
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

const calculator = (pyodide) => ({
  answer: pyodide.globals.get("answer"),
  rehearse: pyodide.globals.get("rehearse"),
});

/** The second visit: from the memory that was kept, else from the parts that were kept, else not at all. */
async function fromDevice(device) {
  if (!device?.cache) return null;
  const part = (name) => device.get(name);
  try {
    return calculator(await inTime(load(part, { memory: part(MEMORY) })));
  } catch {
    try {
      return calculator(await load(part, {}));
    } catch {
      await device.forget();
      return null;
    }
  }
}

/** Given a memory that does not fit, Pyodide logs it and waits for ever. */
const inTime = (restored) =>
  Promise.race([restored, new Promise((_, reject) => setTimeout(reject, RESTORED_WITHIN))]);

async function fromNetwork(device) {
  const downloads = new Downloads();
  const started = async () => {
    const pyodide = await load(downloads.get, { snapshots: Boolean(device) });
    if (device) keepLater(device, downloads, copyOfMemory(pyodide));
    return calculator(pyodide);
  };
  return Promise.race([started(), downloads.failed]);
}

/** Experimental in Pyodide 0.29: without it the next visit starts from the parts. */
function copyOfMemory(pyodide) {
  try {
    return { [MEMORY]: pyodide.makeMemorySnapshot() };
  } catch {
    return {};
  }
}

/** Keeping takes as long as some answers do: it waits until nobody asks. */
async function keepLater(device, downloads, memory) {
  await quiet(KEEP_AFTER);
  const parts = {};
  for (const { parts: names } of Object.values(files)) {
    for (const name of Object.keys(names)) parts[name] = await downloads.get(name);
  }
  if (await device.keep({ ...parts, ...memory })) postMessage({ kept: true });
}

async function start() {
  const device = await Device.open();
  if (device && self.name === "plain") await device.forget();
  return (await fromDevice(device)) ?? fromNetwork(device);
}

let lastAsked = performance.now();
const ready = start();
ready.then(
  ({ rehearse }) => {
    postMessage({ ready: true });
    lastAsked = performance.now();
    rehearseWhenQuiet(rehearse);
  },
  (fault) => postMessage({ failed: { kind: fault.kind ?? "fault", detail: fault.message } }),
);

/** Until no question has come for so long; in any case after those that wait. */
async function quiet(time) {
  const rest = () => lastAsked + time - performance.now();
  do await new Promise((resolve) => setTimeout(resolve, rest()));
  while (rest() > 0);
}

/** While the reader reads: an invented case is answered bit by bit, so that the first change is answered fast. */
async function rehearseWhenQuiet(rehearse) {
  let left = REHEARSE_WITHIN;
  for (let more = true; more && left > 0; ) {
    await quiet(REHEARSE_AFTER);
    const start = performance.now();
    more = rehearse();
    left -= performance.now() - start;
  }
}

/** Python's bytes as text: the browser reads them in half the time that Pyodide takes for a text of Python's. */
function text(bytes) {
  const buffer = bytes.getBuffer();
  const read = new TextDecoder().decode(buffer.data);
  buffer.release();
  bytes.destroy();
  return read;
}

self.onmessage = async ({ data: { id, request, shows } }) => {
  try {
    const { answer } = await ready;
    postMessage({ id, reply: text(answer(request, id, shows)) });
  } catch (error) {
    postMessage({ id, failure: { kind: error.kind ?? "fault", detail: error.message } });
  }
  lastAsked = performance.now();
};
