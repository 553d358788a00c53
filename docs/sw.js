/**
 * Keeps the site for a place without internet. Pages come from the network first, so that law is never stale where
 * there is a line; files whose names carry a hash come from here first. `hooks/bundle.py` writes VERSION.
 *
 * To switch it off for everyone: set OFF to true and publish. Browsers ask for this file again at every visit.
 */
const OFF = false;
const VERSION = "development";
const OURS = "plain-sentencing-";
const CACHE = `${OURS}site-${VERSION}`;
const HASHED = /\/assets\/(runtime\/|(stylesheets|javascripts)\/[\w.-]+\.[0-9a-f]{8}\.)/;
const SLOW = 8_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (OFF || request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(HASHED.test(request.url) ? keptFirst(event, request) : networkFirst(event, request));
});
/** The page tells what it loaded before there was a worker to see it. */
self.addEventListener("message", (event) => {
  const add = async (url) => (await kept(url)) ?? (await keep(event, url, await fetch(url)));
  if (!OFF && event.data.seen) event.waitUntil(Promise.allSettled(event.data.seen.map(add)));
});

async function tidy() {
  const old = (name) => (OFF ? name.startsWith(OURS) : name.startsWith(`${OURS}site-`) && name !== CACHE);
  for (const name of await caches.keys()) if (old(name)) await caches.delete(name);
  await (OFF ? self.registration.unregister() : self.clients.claim());
}

/** Where nothing can be kept, or there is no room, the site works as it does without this file. */
const kept = (request, options) => caches.match(request, { ...options, cacheName: CACHE }).catch(() => undefined);

async function keep(event, request, response) {
  const copy = response.ok && response.clone();
  if (copy) event.waitUntil(caches.open(CACHE).then((cache) => cache.put(request, copy)).catch(() => {}));
  return response;
}

async function keptFirst(event, request) {
  return (await kept(request)) ?? keep(event, request, await fetch(request));
}

async function networkFirst(event, request) {
  const earlier = await kept(request, { ignoreSearch: true });
  const fresh = fetch(request).then((response) => keep(event, request, response));
  if (!earlier) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return Promise.race([fresh, new Promise((_, reject) => setTimeout(reject, SLOW))]).catch(() => earlier);
}
