/**
 * Lets the site work without internet after one visit: registers the service worker and tells it what this page
 * loaded. Not where data is being saved; the browser's own settings can forget it at any time.
 */
if ("serviceWorker" in navigator && !navigator.connection?.saveData && location.protocol !== "file:") {
  addEventListener("load", async () => {
    try {
      const engine = document.querySelector("plain-sentencing") && (await import("./engine.js")).engine;
      await atRest(engine);
      await navigator.serviceWorker.register(new URL("../sw.js", import.meta.url));
      const { active } = await navigator.serviceWorker.ready;
      const tell = () => active.postMessage({ seen: [location.href.split("#")[0], ...loaded()] });
      tell();
      engine?.addEventListener("kept", tell); // by now the calculator's files are here too
    } catch {
      // a private window, or no room: the site works as before
    }
  });
}

/** The page comes first, and an answer that is being waited for. */
async function atRest(engine) {
  await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
  while (engine?.state === "loading") {
    await new Promise((resolve) => engine.addEventListener("change", resolve, { once: true }));
  }
}

function loaded() {
  const own = performance.getEntriesByType("resource").map(({ name }) => name);
  return own.filter((url) => url.startsWith(location.origin) && !url.endsWith(".zst"));
}
