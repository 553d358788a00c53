/** Tells the search worker that the reader has turned to the search, so that the index comes while they type. */
const channel = new BroadcastChannel("plain-sentencing-search");
const box = document.querySelector("[data-md-component=search-query]");
box?.addEventListener("focus", () => channel.postMessage("wanted"));
if (box === document.activeElement) channel.postMessage("wanted");
