// Watches a window that shows what nobody should trust. Every list here stays empty.
const FOREIGN =
  "script, iframe, frame, object, embed, link, style, base, meta, form:not(.composer), img, video, audio, details, marquee, plaintext, h1, use, a";
const DRAWN = new Set(["SPAN", "STRONG", "EM", "S", "CODE", "UL", "LI", "BLOCKQUOTE", "BUTTON"]);
const SAID = new Set(["class", "title", "dir", "type", "data-testid", "aria-hidden"]);
/** What nobody sees and what changes what is read, unless it is closed in itself. */
const UNSEEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/u;
const ISOLATED = /\u2068[^\u2066-\u2069]*\u2069/gu;
const TOLD = ["title", "aria-label", "placeholder", "alt"];

const found = {
  foreign: [],
  drawn: [],
  wide: [],
  high: [],
  piled: [],
  unseen: [],
  refused: [],
  dialogs: [],
  fetched: [],
};
const seen = new Map();
const lengths = new Map();
const unfolded = new Set();
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
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const box = () => document.querySelector("[data-testid=messages]");
const bounds = (element) => element.getBoundingClientRect();
const beyond = (inner, outer) => inner.left < outer.left - 1 || inner.right > outer.right + 1;
const above = (inner, outer) => inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;

const bad = (text) => UNSEEN.test(text.replace(ISOLATED, ""));
/** What stands in this part of the window and what is said of it, but not in `without`. */
function read(part, without = null) {
  const filter = (node) => (node === without ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, filter);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode())
    if (node instanceof Element)
      for (const name of TOLD) {
        const told = node.getAttribute(name) ?? "";
        if (bad(told)) note(found.unseen, `${name}: ${JSON.stringify(told)}`);
        if (told.length > 2000) note(found.wide, `${name}: ${told}`);
      }
    else if (bad(node.data) && !node.parentElement.closest(".twin, textarea"))
      note(found.unseen, `${node.parentElement.className}: ${JSON.stringify(node.data)}`);
}

function lookAtMessages() {
  if (!box()) return;
  const edge = bounds(box());
  if (box().scrollWidth > box().clientWidth) note(found.wide, "the conversation");
  for (const message of all("[data-testid=message]", box())) {
    const rich = message.querySelector(".rich");
    const words = message.textContent.length;
    if (lengths.get(message.dataset.messageId) !== words) read(message);
    lengths.set(message.dataset.messageId, words);
    seen.set(message.dataset.messageId, rich?.textContent ?? "");
    for (const part of [message, rich, ...all(".bubble, .foot", message)])
      if (part && beyond(bounds(part), edge)) note(found.wide, message.textContent);
    for (const bubble of all(".bubble", message)) {
      // A line of its own is over either side by its margins; the bubble's padding takes that up.
      if (bubble.scrollWidth > bubble.clientWidth + 1) note(found.wide, `bubble: ${message.textContent}`);
      for (const part of all(".foot, .words, .rich, strong, time", bubble))
        if (beyond(bounds(part), bounds(bubble))) note(found.wide, `in the bubble: ${message.textContent}`);
    }
    if (message.querySelector("[role=img].ticks") && message.dataset.direction === "in")
      note(found.drawn, "ticks of our own at a customer's text");
    for (const element of rich?.querySelectorAll("*") ?? [])
      if (!DRAWN.has(element.tagName) || element.getAttributeNames().some((name) => !SAID.has(name)))
        note(found.drawn, element.outerHTML);
  }
}

function lookAtRows() {
  const rows = all("[data-testid=thread-row]");
  const heights = new Set(rows.map((row) => Math.round(bounds(row).height)));
  if (heights.size > 1) note(found.high, `rows of ${[...heights].join(" and ")} pixels`);
  for (const row of rows) {
    const whole = bounds(row);
    const [name, time] = [row.querySelector(".name"), row.querySelector(".time")].map(bounds);
    if (row.scrollWidth > row.clientWidth + 1) note(found.wide, row.textContent);
    if (name.right > time.left + 1 || Math.abs(time.right - whole.right) > 16)
      note(found.wide, `the time's place: ${row.textContent}`);
    for (const part of all(".name, .preview, .marks, .chip, .badge, .time", row)) {
      if (beyond(bounds(part), whole)) note(found.wide, part.textContent);
      if (above(bounds(part), whole)) note(found.high, part.textContent);
    }
    const chip = row.querySelector(".marks .chip");
    if (chip && Math.abs(bounds(chip).left - name.left) > 16) note(found.wide, `the countdown's place: ${row.textContent}`);
  }
}

function look() {
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) note(found.wide, "the page");
  for (const part of all("header:not(.visually-hidden), .views, .composer, form, aside, dialog, .toast, [role=listbox]"))
    if (part.scrollWidth > part.clientWidth + 1 || beyond(bounds(part), bounds(page)))
      note(found.wide, `${part.tagName}.${part.className}: ${part.textContent}`);
  lookAtMessages();
  lookAtRows();
  read(document.body, box());
}

/** Messages lie one below the other, as soon as each has found its height. */
async function settle() {
  let piled = "";
  for (let n = 0; n < 60; n++) {
    await frames(2);
    const lines = all(".line:not(.sticky)", box())
      .map((line) => [bounds(line), line])
      .sort(([a], [b]) => a.top - b.top);
    const at = lines.findIndex(([rect], n) => n > 0 && rect.top < lines[n - 1][0].bottom - 1);
    if (at < 0) return;
    piled = lines[at][1].textContent;
  }
  note(found.piled, piled);
}

const onScreen = (selector) => {
  const { top, bottom } = bounds(box());
  return all(selector, box()).filter((element) => {
    const rect = bounds(element);
    return rect.bottom > top && rect.top < bottom;
  });
};

const scroll = (by) => {
  box().dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
  box().scrollTop += by;
};

const stand = () => ({ seen: seen.size, folded: onScreen("[data-testid=unfold]").length > 0 });

window.hostile = {
  /** Goes on by so many screens, from the top to the end, and looks at each; stops before a text that can be unfolded. */
  async walk(screens) {
    for (let n = 0; n < screens; n++) {
      await settle();
      look();
      if (stand().folded) break;
      const last = onScreen("[data-testid=message]").at(-1);
      const rest = last ? bounds(last).bottom - bounds(box()).top - 60 : 0;
      scroll(rest > 0 ? rest : innerHeight / 2);
    }
    return stand();
  },
  /** Opens the first folded text on the screen. */
  async unfold() {
    const button = onScreen("[data-testid=unfold]")[0];
    const message = button.closest("[data-testid=message]");
    button.click();
    await settle();
    look();
    unfolded.add(message.dataset.messageId);
    return { unfolded: unfolded.size };
  },
  /** Opens whatever says that there is more of it, on this screen. */
  async more() {
    for (const button of all("[data-testid^=more-]", box())) button.click();
    await settle();
    look();
  },
  /** Every row of the list of threads. */
  async list() {
    const list = document.querySelector("[data-testid=thread-row]").closest(".scroller");
    for (list.scrollTop = 0; ; list.scrollTop += list.clientHeight / 2) {
      await frames(4);
      look();
      if (list.scrollTop + list.clientHeight > list.scrollHeight - 2) break;
    }
    list.scrollTop = 0;
    await frames(4);
  },
  async look() {
    await frames(3);
    look();
  },
  found: () => found,
  texts: () => [...seen.values()],
};
