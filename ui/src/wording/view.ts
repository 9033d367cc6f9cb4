// What a part of the list is called, and its picture.

import Check from "@lucide/svelte/icons/check";
import Hash from "@lucide/svelte/icons/hash";
import Hourglass from "@lucide/svelte/icons/hourglass";
import Inbox from "@lucide/svelte/icons/inbox";
import Lock from "@lucide/svelte/icons/lock";
import Mail from "@lucide/svelte/icons/mail";
import AlarmClock from "@lucide/svelte/icons/alarm-clock";
import Reply from "@lucide/svelte/icons/reply";
import Send from "@lucide/svelte/icons/send";
import Tag from "@lucide/svelte/icons/tag";
import UserRound from "@lucide/svelte/icons/user-round";
import type { Component } from "svelte";
import { m } from "../paraglide/messages.js";
import type { View, ViewKind } from "../state/sections.svelte";
import { spoken } from "../text/spoken";
import { phoneText } from "../text/phone";

const NAMES: Record<ViewKind, () => string> = {
  all: m.list_view_all,
  closing_soon: m.list_view_closing_soon,
  waiting_for_us: m.list_view_waiting_for_us,
  waiting_for_them: m.list_view_waiting_for_them,
  closed: m.list_view_closed,
  snoozed: m.list_view_snoozed,
  done: m.list_view_done,
  mine: m.list_view_mine,
  unread: m.list_view_unread,
};

const ICONS: Record<ViewKind, Component> = {
  all: Inbox,
  closing_soon: Hourglass,
  waiting_for_us: Reply,
  waiting_for_them: Send,
  closed: Lock,
  snoozed: AlarmClock,
  done: Check,
  mine: UserRound,
  unread: Mail,
};

export function viewName(view: View): string {
  if (view.kind === "label") return view.label;
  return view.kind === "number" ? phoneText(view.number.display) : NAMES[view.kind]();
}

export function viewIcon(view: View): Component {
  if (view.kind === "label") return Tag;
  return view.kind === "number" ? Hash : ICONS[view.kind];
}

/** The core counts to 1,000. */
export function countText(count: number): string {
  return count > 999 ? "999+" : String(count);
}

/** What an empty part of the list says: what would stand here, and what brings it here. */
export function emptyText(view: View): { title: string; text: string } {
  switch (view.kind) {
    case "closing_soon":
      return { title: m.list_empty_soon_title(), text: m.list_empty_soon_text() };
    case "waiting_for_us":
      return { title: m.list_empty_us_title(), text: m.list_empty_us_text() };
    case "waiting_for_them":
      return { title: m.list_empty_them_title(), text: m.list_empty_them_text() };
    case "closed":
      return { title: m.list_empty_closed_title(), text: m.list_empty_closed_text() };
    case "snoozed":
      return { title: m.list_empty_snoozed_title(), text: m.list_empty_snoozed_text() };
    case "done":
      return { title: m.list_empty_done_title(), text: m.list_empty_done_text() };
    case "mine":
      return { title: m.list_empty_mine_title(), text: m.list_empty_mine_text() };
    case "unread":
      return { title: m.list_empty_unread_title(), text: m.list_empty_unread_text() };
    case "label":
      return {
        title: m.list_empty_label_title({ label: spoken(view.label) }),
        text: m.list_empty_label_text(),
      };
    default:
      return { title: m.list_empty_title(), text: m.list_empty_text() };
  }
}
