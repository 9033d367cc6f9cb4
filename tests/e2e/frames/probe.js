// Logs when frames come, and what was done to the page meanwhile.
const frame = () => new Promise(requestAnimationFrame);
const after = (ms) => new Promise((done) => setTimeout(done, ms));

/** Frames, records of changes and elements while `work` runs; `each` is called at the beginning of every frame. */
async function logged(work, each = () => {}) {
  const times = [];
  let changes = 0;
  let batches = 0;
  const watch = new MutationObserver((records) => {
    batches++;
    changes += records.length;
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  // Where a frame's time goes: what runs before it is drawn, and drawing it (style, layout, paint).
  const scripts = [];
  const drawing = [];
  const probing = [];
  let running = true;
  let scrolled = 0;
  const onscroll = () => (scrolled ||= performance.now());
  addEventListener("scroll", onscroll, { capture: true });
  const drawn = new MessageChannel();
  let left = 0;
  drawn.port1.onmessage = () => drawing.push(performance.now() - left);
  const tick = (now) => {
    if (!running) return;
    times.push(now);
    if (scrolled) scripts.push(performance.now() - scrolled);
    scrolled = 0;
    const begun = performance.now();
    each(now);
    probing.push(performance.now() - begun);
    requestAnimationFrame(tick);
    left = performance.now();
    drawn.port2.postMessage(0);
  };
  requestAnimationFrame(tick);
  const more = (await work()) ?? {};
  running = false;
  removeEventListener("scroll", onscroll, { capture: true });
  watch.disconnect();
  const gaps = times.slice(1).map((time, n) => time - times[n]);
  return { gaps, changes, batches, scripts, drawing, probing, nodes: document.querySelectorAll("*").length, ...more };
}

const box = () => document.querySelector("[data-testid=messages]");
const shown = () => document.querySelectorAll("[data-testid=message]").length;
const press = (key) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
/** The selected row's name stands above the messages, and others than before are there. */
const arrived = (before) => {
  const row = document.querySelector("[data-testid=thread-row][aria-current=true]");
  const name = row?.querySelector(".name .words")?.textContent;
  const above = document.querySelector("main h2")?.textContent ?? "";
  const message = document.querySelector("[data-testid=message]")?.dataset.messageId;
  const here = name && above.includes(name) && message && { thread: row.dataset.threadId, message };
  return here && here.thread !== before?.thread && here.message !== before?.message ? here : null;
};
async function until(found, most = 5000) {
  const begin = performance.now();
  for (;;) {
    const value = found();
    if (value || performance.now() - begin > most) return value;
    await frame();
  }
}

window.frames_ = {
  still: (ms) => logged(() => after(ms)),

  /** What is read in the messages on the screen, for a page that has nothing but such text. */
  texts: () => [...document.querySelectorAll("[data-testid=message]")].map((message) => message.innerText),

  /** So many screens a second through plain paragraphs that stand there from the beginning: the floor of this engine. */
  plain: (texts, screens, ms) => {
    const page = document.createElement("div");
    page.style.cssText = "position: fixed; inset: 70px 320px 150px 360px; overflow-y: auto; contain: strict; font: 15px sans-serif";
    for (let n = 0; n < 1500; n++) {
      const line = document.createElement("p");
      line.textContent = texts[n % texts.length];
      line.style.cssText = "margin: 8px; padding: 8px 13px; width: fit-content; max-width: 30rem; border-radius: 16px; background: #dde";
      page.append(line);
    }
    document.body.append(page);
    page.scrollTop = page.scrollHeight;
    let last = null;
    return logged(
      () => after(ms).then(() => page.remove()),
      (now) => {
        page.scrollTop -= last === null ? 0 : (Math.min(now - last, 100) / 1000) * screens * page.clientHeight;
        last = now;
      },
    );
  },

  /** Upwards, five screens a second. */
  scroll: (ms) => {
    let last = null;
    const told = { blank: 0, edge: 0, mostMessages: 0, screens: 0 };
    let bare = 0;
    const each = (now) => {
      const step = last === null ? 0 : (Math.min(now - last, 100) / 1000) * 5 * box().clientHeight;
      last = now;
      const { top, bottom } = box().getBoundingClientRect();
      const lines = [...box().querySelectorAll(".line:not(.sticky)")].map((line) => line.getBoundingClientRect());
      const covered = Math.min(...lines.map((r) => r.top)) <= top + 60 && Math.max(...lines.map((r) => r.bottom)) >= bottom - 60;
      bare = covered ? 0 : bare + 1;
      if (bare > 2) told.blank++;
      told.mostMessages = Math.max(told.mostMessages, shown());
      box().dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
      const before = box().scrollTop;
      box().scrollTop -= step;
      if (step > 0 && box().scrollTop === before) told.edge++;
      told.screens += Math.max(0, before - box().scrollTop) / box().clientHeight;
    };
    return logged(() => after(ms).then(() => told), each);
  },

  /** The key held down, thirty times a second; then once at a time. */
  hold: (times) =>
    logged(async () => {
      for (let n = 0; n < times; n++) {
        press("j");
        await after(33);
      }
      const last = performance.now();
      await until(() => arrived(null));
      await frame();
      return { settled: performance.now() - last };
    }),
  switches: async (times) => {
    const painted = [];
    for (let n = 0; n < times; n++) {
      const before = arrived(null);
      const begin = performance.now();
      press("j");
      await until(() => arrived(before));
      await frame();
      painted.push(performance.now() - begin);
      await after(150);
    }
    return { painted };
  },

  /** A query letter by letter, eight letters a second. */
  type: (text) =>
    logged(async () => {
      const field = document.querySelector("input[data-testid=search]");
      const answered = () =>
        document.querySelector("[data-testid=search-hit]") && !document.querySelector("[data-testid=search-state] .working");
      const painted = [];
      field.focus();
      for (let n = 1; n <= text.length; n++) {
        const begin = performance.now();
        field.value = text.slice(0, n);
        field.dispatchEvent(new InputEvent("input", { bubbles: true, data: text[n - 1] }));
        await frame();
        if (await until(answered, 1000)) {
          await frame();
          painted.push(performance.now() - begin);
        }
        await after(Math.max(0, 125 - (performance.now() - begin)));
      }
      field.value = "";
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return { painted };
    }),
};
