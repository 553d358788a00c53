
// Light or dark as the device is, before the first paint.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => (document.documentElement.dataset.mdColorScheme = dark.matches ? "slate" : "default");
follow();
dark.addEventListener("change", follow);
