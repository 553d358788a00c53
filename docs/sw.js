/**
 * Keeps the site for a place without internet. Pages come from the network first, so that law is never stale where
 * there is a line; files whose names carry a hash come from here first. `hooks/bundle.py` writes VERSION.
 *
 * To switch it off for everyone: set OFF to true and publish. Browsers ask for this file again at every visit.
 */
const OFF = false;
const VERSION = "development";
const NAME = "plain-sentencing-site-";
const HASHED = /\/assets\/(runtime\/|(stylesheets|javascripts)\/[\w.-]+\.[0-9a-f]{8}\.)/;
const SLOW = 8_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (OFF || request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(HASHED.test(request.url) ? keptFirst(request) : networkFirst(request));
});
/** The page tells what it loaded before there was a worker to see it. */
self.addEventListener("message", ({ data }) => {
  const add = async (url) => (await caches.match(url)) ?? (await keep(url, await fetch(url)));
  if (!OFF && data.seen) Promise.allSettled(data.seen.map(add));
});

async function tidy() {
  const old = (name) => name.startsWith(NAME) && (OFF || name !== NAME + VERSION);
  for (const name of await caches.keys()) if (old(name)) await caches.delete(name);
  if (OFF) {
    for (const name of await caches.keys()) if (name.startsWith("plain-sentencing-")) await caches.delete(name);
    await self.registration.unregister();
  } else await self.clients.claim();
}

async function keep(request, response) {
  if (response.ok) await (await caches.open(NAME + VERSION)).put(request, response.clone());
  return response;
}

async function keptFirst(request) {
  return (await caches.match(request)) ?? keep(request, await fetch(request));
}

async function networkFirst(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  try {
    return await keep(request, await fetch(request, kept && { signal: AbortSignal.timeout(SLOW) }));
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
