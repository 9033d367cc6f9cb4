import { expect, test } from "vitest";
import { livedIn } from "../backend/fake/template_shelf";
import type { TemplateView } from "../backend/generated/TemplateView";
import { draftFrom } from "../text/template_draft";
import { TemplateNews } from "./template_news";

const base = livedIn(0)[0] as TemplateView;
const inState = (status: string, body = base.parts.body): TemplateView => ({
  ...base,
  status,
  parts: { ...base.parts, body },
});
const written = { ...draftFrom(base, base.language), category: base.category };
const changed = { ...written, edits: base.id, body: "Hello {{1}}, your order {{2}} is here." };

/** What is told of each list in turn. */
const told = (news: TemplateNews, ...lists: TemplateView[]) =>
  lists.map((view) =>
    news
      .hear([view])
      .map(({ kind }) => kind)
      .join(),
  );

test.each<[string, TemplateView[], string[]]>([
  ["in review, then approved", [inState("PENDING"), inState("APPROVED")], ["", "approved"]],
  ["appealed, then rejected", [inState("IN_APPEAL"), inState("REJECTED")], ["", "rejected"]],
  ["approved all along", [inState("APPROVED"), inState("APPROVED")], ["", ""]],
  ["paused and on again", [inState("PAUSED"), inState("APPROVED")], ["", ""]],
])("%s", (_, lists, expected) => expect(told(new TemplateNews(), ...lists)).toEqual(expected));

test("a new one is heard of though no list has shown it waiting", () => {
  const news = new TemplateNews();
  news.handedIn(written, "PENDING", null);
  expect(told(news, inState("APPROVED"), inState("APPROVED"))).toEqual(["approved", ""]);
});

test.each<[string, string, TemplateView[], string[]]>([
  [
    "once the list says what was handed in",
    "APPROVED",
    [inState("APPROVED"), inState("APPROVED", changed.body), inState("APPROVED", changed.body)],
    ["", "approved", ""],
  ],
  [
    "once, though a list shows it waiting in between",
    "APPROVED",
    [inState("APPROVED"), inState("PENDING", changed.body), inState("APPROVED", changed.body)],
    ["", "", "approved"],
  ],
  ["when it is rejected, whatever it says", "APPROVED", [inState("REJECTED")], ["rejected"]],
  [
    "when it is rejected once more",
    "REJECTED",
    [inState("REJECTED"), inState("REJECTED", changed.body)],
    ["", "rejected"],
  ],
])("a changed one is heard of %s", (_, before, lists, expected) => {
  const news = new TemplateNews();
  news.hear([inState(before)]);
  news.handedIn(changed, "PENDING", inState(before));
  expect(told(news, ...lists)).toEqual(expected);
});

test("one handed in as it was is heard of by its state alone", () => {
  const news = new TemplateNews();
  news.handedIn({ ...written, edits: base.id }, "PENDING", base);
  expect(told(news, base, inState("PENDING"), base)).toEqual(["", "", "approved"]);
});
