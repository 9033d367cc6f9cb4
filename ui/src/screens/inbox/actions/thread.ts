// What is done with threads: those picked, else the one the keyboard stands on, else the open one.

import AlarmClock from "@lucide/svelte/icons/alarm-clock";
import ArchiveRestore from "@lucide/svelte/icons/archive-restore";
import Check from "@lucide/svelte/icons/check";
import ListChecks from "@lucide/svelte/icons/list-checks";
import Mail from "@lucide/svelte/icons/mail";
import Pin from "@lucide/svelte/icons/pin";
import SquareCheck from "@lucide/svelte/icons/square-check";
import Tag from "@lucide/svelte/icons/tag";
import UserRoundPlus from "@lucide/svelte/icons/user-round-plus";
import { m } from "../../../paraglide/messages.js";
import type { Action, Stage } from "../action";

const ids = ({ session }: Stage) => session.triage.targets;
const some = (stage: Stage) => ids(stage).length > 0;

/** As far as they are known; a thread opened from a search has its head. */
function sections({ session }: Stage): string[] {
  const { inbox, conversation, triage } = session;
  return triage.targets.flatMap((id) => {
    const head = conversation.head?.thread_id === id ? conversation.head : undefined;
    return inbox.get(id)?.section ?? head?.section ?? [];
  });
}

function pinned({ session }: Stage): boolean {
  const { inbox, conversation, triage } = session;
  const all = triage.targets.map((id) => inbox.get(id)?.pinned ?? conversation.head?.pinned ?? false);
  return all.length > 0 && all.every(Boolean);
}

const allDone = (stage: Stage) => some(stage) && sections(stage).every((section) => section === "done");

export const done: Action = {
  id: "done",
  title: (stage) => (allDone(stage) ? m.palette_reopen() : m.palette_done()),
  icon: Check,
  group: "thread",
  keys: ["e", "mod+e"],
  whileWriting: true,
  offered: some,
  run(stage) {
    const { session, focus } = stage;
    const which = ids(stage);
    void session.guard(allDone(stage) ? session.triage.reopen(which) : session.triage.done(which));
    focus.go("list");
  },
};

export const wake: Action = {
  id: "wake",
  title: () => m.palette_wake(),
  icon: ArchiveRestore,
  group: "thread",
  keys: [],
  offered: (stage) => sections(stage).includes("snoozed"),
  run: (stage) => void stage.session.guard(stage.session.triage.reopen(ids(stage))),
};

export const snooze: Action = {
  id: "snooze",
  title: () => m.palette_snooze(),
  icon: AlarmClock,
  group: "thread",
  keys: ["s"],
  offered: some,
  run: (stage) => stage.focus.ask("snooze", ids(stage)),
};

export const assign: Action = {
  id: "assign",
  title: () => m.palette_assign(),
  icon: UserRoundPlus,
  group: "thread",
  keys: ["a"],
  offered: some,
  run: (stage) => stage.focus.ask("assign", ids(stage)),
};

export const label: Action = {
  id: "label",
  title: () => m.palette_label(),
  icon: Tag,
  group: "thread",
  keys: ["l"],
  offered: some,
  run: (stage) => stage.focus.ask("labels", ids(stage)),
};

export const pin: Action = {
  id: "pin",
  title: (stage) => (pinned(stage) ? m.palette_unpin() : m.palette_pin()),
  icon: Pin,
  group: "thread",
  keys: ["p"],
  offered: some,
  run: (stage) => void stage.session.guard(stage.session.triage.pin(ids(stage))),
};

export const unread: Action = {
  id: "unread",
  title: () => m.palette_unread(),
  icon: Mail,
  group: "thread",
  keys: ["u"],
  offered: some,
  run(stage) {
    const { session, focus } = stage;
    void session.guard(session.triage.unread(ids(stage)));
    focus.go("list");
  },
};

export const pick: Action = {
  id: "pick",
  title: () => m.palette_pick(),
  icon: SquareCheck,
  group: "thread",
  keys: ["x"],
  silent: true,
  offered: ({ session }) => (session.selection.cursor ?? session.opening.selected) !== null,
  run({ session }) {
    const one = session.selection.cursor ?? session.opening.selected;
    if (one !== null) session.selection.toggle(one);
  },
};

export const pickAll: Action = {
  id: "pick-all",
  title: () => m.palette_pick_all(),
  icon: ListChecks,
  group: "thread",
  keys: ["mod+a"],
  offered: ({ session }) => session.inbox.rows.length > 0,
  run: ({ session }) => session.selection.all(session.inbox.rows),
};
