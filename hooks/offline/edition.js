/** What only the one file does. Nothing is to be downloaded, so the calculator starts at once. */
engine.start();

/** Keeps the parts of the answer that stand in the other views the same as the answer itself. */
function copyAnswer() {
  const result = document.querySelector('[data-part="result"]');
  const sentence = document.querySelector('[data-part="sentence"]').textContent;
  for (const copy of document.querySelectorAll(".ps-copy")) {
    if (result.dataset.stale) copy.dataset.stale = result.dataset.stale;
    else delete copy.dataset.stale;
    copy.querySelector("[data-copy-sentence]").textContent = sentence;
    const place = copy.querySelector("[data-copy]");
    const parts = place.dataset.copy.split(" ").map((id) => result.querySelector(`#${id}`)?.cloneNode(true));
    const found = parts.filter(Boolean);
    for (const part of found) part.removeAttribute("id");
    if (found.length) place.replaceChildren(...found);
    else place.textContent = place.dataset.none;
  }
}

new MutationObserver(copyAnswer).observe(document.querySelector('[data-part="result"]'), {
  attributes: true,
  characterData: true,
  childList: true,
  subtree: true,
});

/** Paper gets the part that is on the screen; "everything" is asked for by its own button. */
const views = Array.from(document.querySelectorAll(".ps-view"));
let everything = false;
addEventListener("beforeprint", () => {
  const middle = innerHeight / 2;
  const seen = views.findLast((view) => view.getBoundingClientRect().top < middle) ?? views[0];
  for (const view of views) view.toggleAttribute("data-unprinted", !everything && view !== seen);
});
document.querySelector('[data-action="print-everything"]')?.addEventListener("click", () => {
  everything = true;
  print();
  everything = false;
});

/** The policy stops every request but one kind: the page going elsewhere. This file has no reason to. */
self.navigation?.addEventListener("navigate", (event) => {
  if (!event.hashChange && event.navigationType !== "reload" && event.cancelable) event.preventDefault();
});
