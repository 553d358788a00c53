/**
 * The calculator's own thread: unpacks Pyodide and our wheel, then answers text with text.
 *
 * In:  {id, request}
 * Out: {progress: {loaded, total}} while starting, {ready: true} once, {failed: {kind, detail}} instead of it;
 *      {id, reply} or {id, failure} for each question.
 *
 * `hooks/runtime.py` puts the unpacker and `self.PACK` (names, sizes, hashes, law) in front of this file; the offline
 * edition adds `self.PACKED`, the files themselves. Nothing but those files is ever fetched.
 *
 * The second time, parts and Python's memory come from the device: the memory is copied after the law was read and
 * before the first question, so it never holds what somebody typed.
 */
const { version, law, files } = self.PACK;
const { XzReadableStream } = self.XZ["xz-decompress"];
const HERE = self.PACKED ? "file:///packed/" : new URL("./", location.href).href; // only names, in the one file
const PROGRAM = "pyodide.asm.wasm";
const WHEEL = Object.keys(files.wheel.parts)[0];
const MEMORY = "memory";
const START = `
from calculator_start import door
answer = door("/lib/${WHEEL}", "${law}")
`;
const download = self.fetch.bind(self);

class Fault extends Error {
  constructor(kind, detail) {
    super(detail);
    this.kind = kind;
  }
}

/** What the files unpack to, part by part, reporting bytes as they come. */
class Downloads {
  #loaded = 0;
  #reported = 0;
  #total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  #kept = {};
  #reject;
  /** Rejects with the first fault: Pyodide only logs some of them, and would wait for ever. */
  failed = new Promise((_, reject) => (this.#reject = reject));

  constructor() {
    this.failed.catch(() => {});
    for (const file of Object.values(files)) this.#open(file);
  }

  /** The program as a stream, to be compiled as it comes; every other part whole. */
  get = (name) => this.#kept[name];

  async #open(file) {
    const settle = {};
    for (const name of Object.keys(file.parts)) {
      this.#kept[name] = new Promise((resolve, reject) => (settle[name] = { resolve, reject }));
      this.#kept[name].catch(() => {});
    }
    try {
      const parts = unpacked(await this.#stream(file));
      for (const [name, size] of Object.entries(file.parts)) {
        settle[name].resolve(name === PROGRAM ? parts.rest(size) : await parts.whole(size));
      }
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault("damaged", `${file.file}: ${error.message}`);
      this.#reject(fault);
      for (const { reject } of Object.values(settle)) reject(fault);
    }
  }

  async #stream(file) {
    if (self.PACKED) return new Blob([await this.#checked(file, fromBase64(self.PACKED[file.file]))]).stream();
    let response;
    try {
      response = await download(HERE + file.file);
    } catch (error) {
      throw new Fault("network", `${file.file}: ${error.message}`);
    }
    if (!response.ok) throw new Fault("network", `${file.file}: ${response.status}`);
    const counted = this.#counted(file.file, response.body);
    if (file !== files.wheel) return counted;
    return new Blob([await this.#checked(file, await new Response(counted).arrayBuffer())]).stream();
  }

  async #checked(file, bytes) {
    if (!crypto.subtle) return bytes; // only offered on https, localhost and file:
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (sha256 !== file.sha256) throw new Fault("damaged", file.file);
    return bytes;
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
          const fault = new Fault("network", `${name}: ${error.message}`);
          this.#reject(fault);
          controller.error(fault);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  #count(bytes) {
    this.#loaded += bytes;
    if (this.#loaded - this.#reported < this.#total / 100 && this.#loaded < this.#total) return;
    this.#reported = this.#loaded;
    postMessage({ progress: { loaded: this.#loaded, total: this.#total } });
  }
}

/** Cuts what an xz stream unpacks to into its parts. */
function unpacked(packed) {
  const reader = new XzReadableStream(packed).getReader();
  let chunk = new Uint8Array();
  const next = async (most) => {
    while (!chunk.length) {
      const { done, value } = await reader.read();
      if (done) throw new Error("it ends too early");
      chunk = value;
    }
    const taken = chunk.subarray(0, most);
    chunk = chunk.subarray(taken.length);
    return taken;
  };
  return {
    async whole(size) {
      const part = new Uint8Array(size);
      for (let at = 0; at < size; ) {
        const taken = await next(size - at);
        part.set(taken, at);
        at += taken.length;
      }
      return part;
    },
    rest(size) {
      const program = new Uint8Array(size); // kept as well, for the next visit
      let at = 0;
      const stream = new ReadableStream({
        async pull(controller) {
          const taken = await next(size - at);
          program.set(taken, at);
          at += taken.length;
          controller.enqueue(taken);
          if (at === size) controller.close();
        },
      });
      return { stream, program };
    },
  };
}

function fromBase64(text) {
  return Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** What an earlier visit left on this device for exactly this version; anything else of ours is dropped. */
class Device {
  static NAME = "plain-sentencing-runtime-";

  static async open() {
    if (self.PACKED || !self.caches) return null;
    try {
      const device = new Device();
      device.has = await caches.has(Device.NAME + version);
      device.cache = device.has ? await caches.open(Device.NAME + version) : null;
      return device;
    } catch {
      return null; // a browser that keeps nothing
    }
  }

  async get(name) {
    const response = await this.cache?.match(HERE + name);
    return response && (name === PROGRAM ? response : new Uint8Array(await response.arrayBuffer()));
  }

  async keep(parts) {
    try {
      for (const name of await caches.keys()) if (name.startsWith(Device.NAME)) await caches.delete(name);
      const cache = await caches.open(Device.NAME + version);
      const type = (name) => ({ headers: { "Content-Type": name === PROGRAM ? "application/wasm" : "" } });
      // The memory last: where it is, everything is.
      for (const [name, part] of Object.entries(parts)) await cache.put(HERE + name, new Response(part, type(name)));
    } catch {
      await this.forget(); // no room
    }
  }

  forget = () => caches.delete(Device.NAME + version).catch(() => {});
}

const asResponse = (body) => new Response(body, { headers: { "Content-Type": "application/wasm" } });

/** Starts Pyodide from parts; `memory` is what `makeMemorySnapshot` once gave. */
async function load(part, { memory, snapshots }) {
  self.fetch = async (resource) => {
    const url = String(resource.url ?? resource);
    const name = url.slice(HERE.length);
    if (!url.startsWith(HERE) || !(name in files.runtime.parts)) throw new Fault("blocked", url);
    const found = await part(name);
    return found instanceof Response ? found : asResponse(found.stream ?? found);
  };
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
    ...(memory && { _loadSnapshot: memory }),
  });
  if (memory) return pyodide; // as it was once the calculator had started
  pyodide.FS.writeFile(`/lib/${WHEEL}`, await part(WHEEL));
  pyodide.runPython(START);
  return pyodide;
}

async function fromDevice(device) {
  if (!device?.has) return null;
  try {
    const memory = await device.get(MEMORY);
    if (!memory) throw new Error("nothing kept");
    return (await load((name) => device.get(name), { memory })).globals.get("answer");
  } catch {
    await device.forget();
    return null;
  }
}

async function fromNetwork(device) {
  const downloads = new Downloads();
  const snapshots = Boolean(device);
  const answerer = async () => {
    const pyodide = await load(downloads.get, { snapshots });
    if (snapshots) keepLater(device, downloads, copyOfMemory(pyodide));
    return pyodide.globals.get("answer");
  };
  return Promise.race([answerer(), downloads.failed]);
}

/** Experimental in Pyodide 0.29: without it the next visit starts as the first did, from what is kept. */
function copyOfMemory(pyodide) {
  try {
    return pyodide.makeMemorySnapshot();
  } catch {
    return null;
  }
}

async function keepLater(device, downloads, memory) {
  if (!memory) return;
  await new Promise((resolve) => setTimeout(resolve, 1000)); // the first answer comes first
  const parts = {};
  for (const { parts: names } of Object.values(files)) {
    for (const name of Object.keys(names)) {
      const part = await downloads.get(name);
      parts[name] = part.program ?? part;
    }
  }
  await device.keep({ ...parts, [MEMORY]: memory });
  postMessage({ kept: true });
}

async function start() {
  const device = await Device.open();
  return (await fromDevice(device)) ?? fromNetwork(device);
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
