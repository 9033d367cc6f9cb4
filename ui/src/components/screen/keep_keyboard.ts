// Whoever works by keys must not lose their place when what they stand on goes away or can be pressed no longer: engines
// put the focus on nothing then, and Tab begins at the top of the window.

const CAN = "a[href], button, input, select, textarea, [tabindex]";

const gone = (element: HTMLElement) => !element.isConnected || element.matches(":disabled");
const able = (element: HTMLElement) =>
  !gone(element) &&
  element.tabIndex >= 0 &&
  (element.checkVisibility?.({ visibilityProperty: true, opacityProperty: false }) ?? true);

/** For `{@attach}`: from what went away to what stands beside it or stood before it; where all around it went, to the
    heading. */
export function keepKeyboard(root: HTMLElement): () => void {
  let stood: HTMLElement | null = null;
  let beside: Element | null = null;
  let before: HTMLElement[] = [];
  let after: HTMLElement[] = [];

  function remember({ target }: FocusEvent) {
    if (!(target instanceof HTMLElement)) return;
    stood = target;
    beside = target.parentElement;
    const all = [...root.querySelectorAll<HTMLElement>(CAN)];
    const at = all.indexOf(target);
    before = all.slice(0, Math.max(at, 0)).reverse();
    after = all.slice(at + 1);
  }

  function look() {
    if (stood === null || !gone(stood)) return;
    const now = document.activeElement;
    const lost = now === null || now === document.body || now === stood;
    if (!lost || document.querySelector("dialog[open]")) return;
    const within = [...before, ...after].find((one) => beside?.contains(one) && able(one));
    const near = beside?.isConnected ? (within ?? before.find(able)) : undefined;
    stood = null;
    (near ?? root.querySelector<HTMLElement>("h1"))?.focus({ preventScroll: near === undefined });
  }

  const observer = new MutationObserver(look);
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ["disabled"] });
  root.addEventListener("focusin", remember);
  return () => {
    observer.disconnect();
    root.removeEventListener("focusin", remember);
  };
}
