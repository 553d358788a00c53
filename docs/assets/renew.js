/**
 * Makes what stands in a place of the page what new HTML says, and leaves alone what is the same in both. An answer has
 * hundreds of elements and a change moves a few of them: the browser draws only those, and what the reader selected,
 * focused or unfolded elsewhere stays as it is.
 *
 * An element is known again by its id or by that of its first child, which parts and rows of an answer have. Where
 * nothing changed Python sends a mark with that id: the element that stands there stays. False when it does not, or
 * when the text came out otherwise: then the whole has to be asked for.
 */
export function renew(place, html) {
  const template = document.createElement("template");
  template.innerHTML = html; // escaped where it is made, in Python
  const marks = template.content.querySelectorAll("[data-same]");
  const meant = new Map();
  for (const mark of marks) {
    const found = document.getElementById(mark.dataset.same);
    const element = found?.localName === mark.localName ? found : found?.parentElement;
    if (element?.localName !== mark.localName || !place.contains(element)) return false;
    meant.set(mark, element);
    mark.textContent = element.textContent;
  }
  const text = template.content.textContent;
  for (const fold of template.content.querySelectorAll("details[id]")) {
    const before = document.getElementById(fold.id);
    if (before && before.open !== fold.open) fold.open = before.open;
  }
  renewChildren(place, template.content, meant);
  if (place.textContent === text) return true;
  if (marks.length) return false;
  place.innerHTML = html; // a wrong answer would be worse than a slow one
  return true;
}

function renewChildren(old, fresh, meant) {
  const isSame = (other, node) => (meant.has(node) ? meant.get(node) === other : other.isEqualNode(node));
  /** Whether an old node stands after this new one in what is new, the same or by its id. */
  const isToCome = (other, node) => {
    const id = idOf(other);
    return first(node.nextSibling, (later) => isSame(other, later) || (id && idOf(later) === id));
  };
  /** The same element with other content: by its id, else the next one, unless that one is still to come. */
  const earlier = (node) => {
    const id = idOf(node);
    const found = id ? first(next, (other) => idOf(other) === id) : next;
    if (!found?.cloneNode().isEqualNode(node.cloneNode())) return null;
    return id || !(idOf(next) || isToCome(next, node)) ? found : null;
  };
  let next = old.firstChild;
  for (const node of [...fresh.childNodes]) {
    const same = first(next, (other) => isSame(other, node));
    const before = same ?? meant.get(node) ?? earlier(node);
    if (!before) {
      old.insertBefore(node, next);
      continue;
    }
    while (next && next !== before && !isToCome(next, node)) next = removed(next);
    if (next === before) next = next.nextSibling;
    else old.insertBefore(before, next);
    if (!same && !meant.has(node)) renewChildren(before, node, meant);
  }
  while (next) next = removed(next);
}

const idOf = (node) => node.dataset?.same || node.id || node.firstElementChild?.id;

function first(node, is) {
  while (node && !is(node)) node = node.nextSibling;
  return node;
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
