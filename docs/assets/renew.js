/**
 * Makes what stands in a place of the page what new HTML says, and leaves alone what is the same in both. An answer has
 * hundreds of elements and a change moves a few of them: the browser draws only those, and what the reader selected,
 * focused or unfolded elsewhere stays as it is.
 *
 * An element is known again by its id or by that of its first child, which parts and rows of an answer have.
 */
export function renew(place, html) {
  const template = document.createElement("template");
  template.innerHTML = html; // escaped where it is made, in Python
  const text = template.content.textContent;
  for (const fold of template.content.querySelectorAll("details[id]")) {
    const before = document.getElementById(fold.id);
    if (before && before.open !== fold.open) fold.open = before.open;
  }
  renewChildren(place, template.content);
  if (place.textContent !== text) place.innerHTML = html; // a wrong answer would be worse than a slow one
}

function renewChildren(old, fresh) {
  let next = old.firstChild;
  for (const node of [...fresh.childNodes]) {
    const same = first(next, (other) => other.isEqualNode(node));
    const before = same ?? earlier(node, next);
    if (!before) {
      old.insertBefore(node, next);
      continue;
    }
    while (next !== before && !isToCome(next, node)) next = removed(next);
    if (next === before) next = next.nextSibling;
    else old.insertBefore(before, next);
    if (!same) renewChildren(before, node);
  }
  while (next) next = removed(next);
}

/** The same element with other content: by its id, else the next one, unless that one is still to come. */
function earlier(node, next) {
  const id = idOf(node);
  const found = id ? first(next, (other) => idOf(other) === id) : next;
  if (!found?.cloneNode().isEqualNode(node.cloneNode())) return null;
  return id || !(idOf(next) || isToCome(next, node)) ? found : null;
}

/** Whether an old node stands after this new one in what is new, the same or by its id. */
function isToCome(old, node) {
  const id = idOf(old);
  return first(node.nextSibling, (other) => other.isEqualNode(old) || (id && idOf(other) === id));
}

const idOf = (node) => node.id || node.firstElementChild?.id;

function first(node, is) {
  while (node && !is(node)) node = node.nextSibling;
  return node;
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
