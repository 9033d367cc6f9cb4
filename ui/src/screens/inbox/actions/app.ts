// The app itself, and the sections of the rail by their digits.

import BookCheck from "@lucide/svelte/icons/book-check";
import Command from "@lucide/svelte/icons/command";
import Keyboard from "@lucide/svelte/icons/keyboard";
import LayoutTemplate from "@lucide/svelte/icons/layout-template";
import PanelLeft from "@lucide/svelte/icons/panel-left";
import ScanQrCode from "@lucide/svelte/icons/scan-qr-code";
import ShieldCheck from "@lucide/svelte/icons/shield-check";
import Settings from "@lucide/svelte/icons/settings";
import UsersRound from "@lucide/svelte/icons/users-round";
import ArrowDownWideNarrow from "@lucide/svelte/icons/arrow-down-wide-narrow";
import { m } from "../../../paraglide/messages.js";
import type { ViewKind } from "../../../state/sections.svelte";
import { viewIcon, viewName } from "../../../wording/view";
import type { Action } from "../action";

export const palette: Action = {
  id: "palette",
  anywhere: true,
  title: () => m.palette_title(),
  icon: Command,
  group: "app",
  keys: ["mod+k", "mod+p"],
  whileWriting: true,
  silent: true,
  run: ({ focus }) => focus.ask("palette"),
};

export const help: Action = {
  id: "help",
  anywhere: true,
  title: () => m.shortcut_help(),
  icon: Keyboard,
  group: "app",
  keys: ["?"],
  run: ({ focus }) => focus.ask("shortcuts"),
};

export const settings: Action = {
  id: "settings",
  anywhere: true,
  title: () => m.settings_title(),
  icon: Settings,
  group: "app",
  keys: ["mod+,"],
  whileWriting: true,
  run: ({ focus }) => focus.ask("settings"),
};

/** Where opt-ins are taken down. */
export const counter: Action = {
  id: "counter",
  anywhere: true,
  title: () => m.counter_open(),
  icon: ScanQrCode,
  group: "app",
  keys: ["mod+o"],
  whileWriting: true,
  run({ session }) {
    const { open } = session.counter;
    session.goBack();
    if (!open) session.counter.show();
  },
};

/** Who agreed to what, for whoever answers for it. */
export const consents: Action = {
  id: "consents",
  anywhere: true,
  title: () => m.consents_open(),
  icon: BookCheck,
  group: "app",
  keys: ["mod+l"],
  whileWriting: true,
  run({ session }) {
    const { open } = session.consents;
    session.goBack();
    if (!open) session.consents.show();
  },
};

/** What the guard said, and what became of it. */
export const guard: Action = {
  id: "guard",
  anywhere: true,
  title: () => m.guard_open(),
  icon: ShieldCheck,
  group: "app",
  keys: ["mod+g"],
  whileWriting: true,
  run({ session }) {
    const { open } = session.watch;
    session.goBack();
    if (!open) session.watch.show();
  },
};

/** The templates of the shop: to write new ones, and to look after those there are. */
export const templates: Action = {
  id: "templates",
  anywhere: true,
  title: () => m.review_open(),
  icon: LayoutTemplate,
  group: "app",
  keys: ["mod+t"],
  whileWriting: true,
  run({ session }) {
    const { open } = session.review;
    session.goBack();
    if (!open) session.review.show();
  },
};

/** A template to many. */
export const batches: Action = {
  id: "batches",
  anywhere: true,
  title: () => m.batches_open(),
  icon: UsersRound,
  group: "app",
  keys: ["mod+b"],
  whileWriting: true,
  run({ session }) {
    const { open } = session.batches;
    session.goBack();
    if (!open) session.batches.show();
  },
};

export const rail: Action = {
  id: "rail",
  anywhere: true,
  title: ({ focus }) => (focus.folded ? m.palette_rail_show() : m.palette_rail_fold()),
  icon: PanelLeft,
  group: "app",
  keys: [],
  run: ({ focus }) => focus.fold(!focus.folded),
};

export const order: Action = {
  id: "order",
  title: ({ session }) =>
    session.sections.sort === "newest" ? m.palette_sort_closing() : m.palette_sort_newest(),
  icon: ArrowDownWideNarrow,
  group: "app",
  keys: ["o"],
  run: ({ session }) => session.sections.order(session.sections.sort === "newest" ? "closing" : "newest"),
};

/** In the order of their digits; a digit means the same whether its section is shown or not. */
export const DIGITS: readonly ViewKind[] = [
  "all",
  "closing_soon",
  "waiting_for_us",
  "waiting_for_them",
  "closed",
  "snoozed",
  "done",
  "mine",
  "unread",
];

export const views: readonly Action[] = DIGITS.map((kind, at) => ({
  id: `view-${kind}`,
  title: () => viewName({ kind }),
  icon: viewIcon({ kind }),
  group: "move",
  keys: [String(at + 1)],
  offered: ({ session }) => kind !== "mine" || session.sections.me !== "",
  run({ session, focus }) {
    focus.search = "";
    session.sections.show({ kind });
  },
}));
