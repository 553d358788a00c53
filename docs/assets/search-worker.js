/**
 * Stands in for the theme's search worker until the reader turns to the search; then starts it with the whole index
 * and passes on what each says to the other. `hooks/search.py` names the theme's worker in this one's address.
 *
 * Messages are the theme's own, {type, data}: the page sends SETUP and QUERY and gets READY and RESULT.
 */
const [SETUP, READY, QUERY] = [0, 1, 2];
const THEME = new URL(`javascripts/workers/${location.search.slice(1)}`, location);
const INDEX = new URL("../search/index.json", location);

let setup;
let starting;
let asked;

onmessage = ({ data: message }) => {
  if (message.type === SETUP) {
    setup = message.data;
    postMessage({ type: READY });
  } else if (message.type === QUERY) {
    asked = message;
    if (starting || message.data) answer();
  }
};

/** The page says when its search box gets the focus: `search.js`. */
new BroadcastChannel("plain-sentencing-search").onmessage = () => setup && answer();

/** Only the newest question, once there is somebody to ask. */
async function answer() {
  const question = asked;
  try {
    const theme = await (starting ??= start());
    if (question && question === asked) theme.postMessage(question);
  } catch {
    starting = undefined; // the next key tries again
  }
}

async function start() {
  const response = await fetch(INDEX);
  if (!response.ok) throw new Error(`${INDEX.pathname}: ${response.status}`);
  const { docs } = await response.json();
  const theme = new Worker(THEME);
  await new Promise((resolve, reject) => {
    theme.onmessage = resolve;
    theme.onerror = reject;
    theme.postMessage({ type: SETUP, data: { ...setup, docs } });
  });
  theme.onmessage = ({ data }) => postMessage(data);
  return theme;
}
