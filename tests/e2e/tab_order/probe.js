// Where the keyboard is, what it is called there, and whether that can be seen.
const ids = new Map();
const idOf = (element) => {
  if (!ids.has(element)) ids.set(element, ids.size + 1);
  return ids.get(element);
};
/** What is drawn around an element, around what holds it, or around what it holds. */
const drawn = (element) => {
  const around = [];
  const all = [...element.children].slice(0, 4);
  for (let at = element; at && all.length < 8; at = at.parentElement) all.push(at);
  for (const at of all) {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(at);
    around.push([outlineStyle, outlineStyle === "none" ? "" : outlineWidth + outlineColor, boxShadow, borderColor].join());
  }
  return around.join(" | ");
};
let last = null;
/** Where everything that scrolls stood at first: what follows is counted from there, wherever the keyboard led it. */
const stood = new Map();
for (const at of document.querySelectorAll("*")) if (at.scrollTop) stood.set(at, at.scrollTop);
const scrolled = (element) => {
  let by = 0;
  for (let at = element.parentElement; at; at = at.parentElement) by += at.scrollTop - (stood.get(at) ?? 0);
  return by;
};

window.tabOrder = {
  /** Of the element that has the keyboard; `null` where none has it. */
  stop() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    axe.setup(document.documentElement);
    const name = axe.commons.text.accessibleText(element);
    const role = axe.commons.aria.getRole(element) ?? "";
    axe.teardown();
    last = { element, drawn: drawn(element) };
    return {
      id: idOf(element),
      what: element.dataset.testid ?? `${element.tagName}.${element.className}`,
      name,
      role,
      inside: right > left && bottom > top && left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1,
      bounds: [left, top + scrolled(element), right, bottom + scrolled(element)],
    };
  },
  id: () => (document.activeElement === document.body ? 0 : idOf(document.activeElement)),
  /** Whether the last stop looked different while the keyboard was there. */
  wasSeen: () => last !== null && drawn(last.element) !== last.drawn,
};
