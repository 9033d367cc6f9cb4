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
  let running = true;
  const tick = (now) => {
    if (!running) return;
    times.push(now);
    each(now);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const more = (await work()) ?? {};
  running = false;
  watch.disconnect();
  const gaps = times.slice(1).map((time, n) => time - times[n]);
  return { gaps, changes, batches, nodes: document.querySelectorAll("*").length, ...more };
}

const box = () => document.querySelector("[data-testid=messages]");
const shown = () => document.querySelectorAll("[data-testid=message]").length;
const press = (key) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
/** The selected row's name stands above the messages, and some are there. */
const arrived = (before) => {
  const name = document.querySelector("[data-testid=thread-row][aria-current=true] .name .words")?.textContent;
  const above = document.querySelector("main h2")?.textContent ?? "";
  return name && name !== before && above.includes(name) && shown() > 0 ? name : null;
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
