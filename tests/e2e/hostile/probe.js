// Watches a window that shows what nobody should trust. Every list here stays empty.
const FOREIGN =
  "script, iframe, frame, object, embed, link, style, base, meta, form:not(.composer), img, video, audio, details, marquee, plaintext, h1, use, a";
const DRAWN = new Set(["SPAN", "STRONG", "EM", "S", "CODE", "UL", "LI", "BLOCKQUOTE", "BUTTON"]);
const SAID = new Set(["class", "title", "dir", "type", "data-testid", "aria-hidden"]);

const found = { foreign: [], drawn: [], wide: [], piled: [], refused: [], dialogs: [], fetched: [] };
const seen = new Map();
const note = (list, what) => list.length < 20 && list.push(String(what).slice(0, 300));

const strange = (element) =>
  element.matches(FOREIGN) || element.getAttributeNames().some((name) => name.startsWith("on"));
new MutationObserver((records) => {
  for (const { addedNodes } of records)
    for (const node of addedNodes)
      if (node instanceof Element)
        for (const element of [node, ...node.querySelectorAll("*")])
          if (strange(element)) note(found.foreign, element.outerHTML);
}).observe(document, { childList: true, subtree: true });
document.addEventListener("securitypolicyviolation", (event) => note(found.refused, event.blockedURI));
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => note(found.dialogs, name);
new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) if (!/^(tauri|ipc|asset|blob|data):/.test(name)) note(found.fetched, name);
}).observe({ type: "resource", buffered: true });

const frames = async (count) => {
  for (let n = 0; n < count; n++) await new Promise(requestAnimationFrame);
};
const box = () => document.querySelector("[data-testid=messages]");
const beyond = (inner, outer) => inner.left < outer.left - 1 || inner.right > outer.right + 1;

function look() {
  const edge = box().getBoundingClientRect();
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) note(found.wide, "the page");
  if (box().scrollWidth > box().clientWidth) note(found.wide, "the conversation");
  for (const message of box().querySelectorAll("[data-testid=message]")) {
    const rich = message.querySelector(".rich");
    seen.set(message.dataset.messageId, rich?.textContent ?? "");
    for (const part of [message, rich, ...message.querySelectorAll(".bubble, .foot")])
      if (part && beyond(part.getBoundingClientRect(), edge)) note(found.wide, message.textContent);
    if (message.querySelector("[role=img].ticks")) note(found.drawn, "ticks of our own at a customer's text");
    for (const element of rich?.querySelectorAll("*") ?? [])
      if (!DRAWN.has(element.tagName) || element.getAttributeNames().some((name) => !SAID.has(name)))
        note(found.drawn, element.outerHTML);
  }
  for (const row of document.querySelectorAll("[data-testid=thread-row]")) {
    const bounds = row.getBoundingClientRect();
    for (const part of row.querySelectorAll(".name, .preview, .marks"))
      if (beyond(part.getBoundingClientRect(), bounds)) note(found.wide, part.textContent);
  }
}

/** Messages lie one below the other, as soon as each has found its height. */
async function settle() {
  let piled = "";
  for (let n = 0; n < 60; n++) {
    await frames(2);
    const lines = [...box().querySelectorAll(".line:not(.sticky)")]
      .map((line) => [line.getBoundingClientRect(), line])
      .sort(([a], [b]) => a.top - b.top);
    const at = lines.findIndex(([rect], n) => n > 0 && rect.top < lines[n - 1][0].bottom - 1);
    if (at < 0) return;
    piled = lines[at][1].textContent;
  }
  note(found.piled, piled);
}

const onScreen = () => {
  const { top, bottom } = box().getBoundingClientRect();
  return [...box().querySelectorAll("[data-testid=message]")].filter((message) => {
    const rect = message.getBoundingClientRect();
    return rect.bottom > top && rect.top < bottom;
  });
};

window.hostile = {
  /** Goes on by so many screens, from the top to the end, and looks at each. */
  async walk(screens) {
    for (let n = 0; n < screens; n++) {
      await settle();
      look();
      const last = onScreen().at(-1);
      if (last) {
        box().dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
        box().scrollTop += last.getBoundingClientRect().bottom - box().getBoundingClientRect().top - 60;
      }
    }
    await settle();
    look();
    return seen.size;
  },
  found: () => found,
  texts: () => [...seen.values()],
};
