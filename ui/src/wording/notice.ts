// The words of notices on the desktop.

import type { Arrival } from "../backend/generated/Arrival";
import { m } from "../paraglide/messages.js";
import { locale } from "../state/locale.svelte";
import { spanText, timeOfDay } from "../text/moments";
import { nameText } from "../text/phone";
import { spoken } from "../text/spoken";
import { kindWord } from "./kind";

export interface Notice {
  title: string;
  body: string;
  threadId: number;
}

/** A thread whose time to answer ends, and nobody has answered. */
export interface Closing {
  threadId: number;
  name: string;
  closesAt: number;
}

/** From more than this many customers at once it is one notice, not one for each. */
const APART = 3;

function names(all: string[]): string {
  const [shown, rest] = [all.slice(0, APART), all.length - APART];
  return new Intl.ListFormat(locale.formats, { type: "unit" }).format(
    rest > 0 ? [...shown, `+${rest}`] : shown,
  );
}

/** What has arrived at once, as few notices as can be told apart. `showText`: what was written may be seen. */
export function arrivalNotices(arrivals: readonly Arrival[], showText: boolean): Notice[] {
  const threads = new Map<number, Arrival[]>();
  for (const one of arrivals) threads.set(one.thread_id, [...(threads.get(one.thread_id) ?? []), one]);
  const groups = [...threads.values()];
  const newest = arrivals.at(-1);
  if (!newest) return [];
  if (groups.length > APART) {
    const title = m.settings_alert_many({ count: arrivals.length, people: groups.length });
    const body = names(groups.map(([first]) => spoken(nameText(first?.name ?? ""))));
    return [{ title, body, threadId: newest.thread_id }];
  }
  return groups.flatMap((group) => {
    const last = group.at(-1);
    if (!last) return [];
    const { thread_id: threadId } = last;
    const name = spoken(nameText(last.name));
    const count = group.length;
    const written = spoken(last.text, 300) || kindWord(last.kind) || m.settings_alert_new({ count: 1 });
    if (!showText) return [{ title: name, body: m.settings_alert_new({ count }), threadId }];
    const title = count > 1 ? m.settings_alert_from({ count, name }) : name;
    return [{ title, body: written, threadId }];
  });
}

export function closingNotices(closing: readonly Closing[], now: number): Notice[] {
  const first = closing[0];
  if (!first) return [];
  if (closing.length > APART) {
    const title = m.settings_alert_close_many({ people: closing.length });
    return [{ title, body: names(closing.map(({ name }) => spoken(name))), threadId: first.threadId }];
  }
  return closing.map(({ name, threadId, closesAt }) => {
    const left = spanText(Math.floor((closesAt - now) / 60_000) * 60_000, locale.formats);
    const body = m.settings_alert_closes({ left, time: timeOfDay(closesAt, locale.formats) });
    return { title: spoken(name), body, threadId };
  });
}
