// Counts what the window does to its page.
const frames = async (count) => {
  for (let n = 0; n < count; n++) await new Promise(requestAnimationFrame);
};
const box = () => document.querySelector("[data-testid=messages]");
const messages = () => [...box().querySelectorAll("[data-testid=message]")];
const onScreen = (elements, frame) => {
  const { top, bottom } = frame.getBoundingClientRect();
  return elements.filter((element) => {
    const rect = element.getBoundingClientRect();
    return rect.bottom > top && rect.top < bottom;
  });
};

window.counted = {
  /** Scrolls upwards by so many screens; what stood in the page at most, and what was put into it. */
  async scroll(screens) {
    const most = { messages: 0, nodes: 0, beside: 0 };
    let added = 0;
    const passed = new Set(messages().map((each) => each.dataset.messageId));
    const before = passed.size;
    const watch = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node instanceof Element)
            added += node.matches("[data-testid=message]") ? 1 : node.querySelectorAll("[data-testid=message]").length;
    });
    watch.observe(box(), { childList: true, subtree: true });
    for (let n = 0; n < screens; n++) {
      box().dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
      box().scrollTop -= box().clientHeight;
      await frames(3);
      for (const each of messages()) passed.add(each.dataset.messageId);
      most.messages = Math.max(most.messages, messages().length);
      most.beside = Math.max(most.beside, messages().length - onScreen(messages(), box()).length);
      most.nodes = Math.max(most.nodes, box().querySelectorAll("*").length);
    }
    watch.disconnect();
    return { ...most, added, passed: passed.size - before };
  },

  /** From now on: every change of the page, beside every text of a countdown that is another one than before. */
  watch() {
    const countdowns = () => [...document.querySelectorAll("[data-testid=countdown]")];
    const words = new Map(countdowns().map((each) => [each, each.textContent]));
    const told = { ticks: 0, writes: 0, texts: 0, else: [] };
    window.counted.watching?.disconnect();
    const watch = new MutationObserver((records) => {
      told.ticks++;
      for (const record of records) {
        const part = record.target.nodeType === Node.TEXT_NODE ? record.target.parentElement : record.target;
        const countdown = part?.closest("[data-testid=countdown]");
        const changed = record.type === "characterData" && record.oldValue !== record.target.data;
        if (countdown && changed) told.writes++;
        else if (told.else.length < 20)
          told.else.push(`${record.type} ${record.attributeName ?? ""} ${(part?.outerHTML ?? "").slice(0, 200)}`);
      }
      for (const each of countdowns()) {
        if (words.get(each) !== each.textContent) told.texts++;
        words.set(each, each.textContent);
      }
    });
    window.counted.watching = watch;
    watch.observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      characterDataOldValue: true,
      attributes: true,
    });
    window.counted.told = () => told;
  },

  /** Rows of the thread list: how many there are in the page, and how many of them on the screen. */
  rows() {
    const rows = [...document.querySelectorAll("[data-testid=thread-row]")];
    return [rows.length, onScreen(rows, rows[0].closest(".scroller")).length];
  },
};
