import { expect, test } from "vitest";
import type { SlotKind } from "../backend/generated/SlotKind";
import { addressPrefix, fillAddress, fillText, mended, openSlots, partOf, slotFault } from "./slots";

test.each<[SlotKind, string, string | null]>([
  ["text", "Ana", null],
  ["text", "", "empty"],
  ["text", "   ", "empty"],
  ["text", "a\nb", "line_break"],
  ["text", "a\r\nb", "line_break"],
  ["text", "a\tb", "tab"],
  ["text", "a    b", null],
  ["text", "a     b", "spaces"],
  ["text", "twenty characters!!!", null],
  ["text", "twenty-one characters", "too_long"],
  ["text", "🎂".repeat(20), null],
  ["url_suffix", "order/4711", null],
  ["url_suffix", "order 4711", "space_in_address"],
  ["number", "52.520008", null],
  ["number", "-13.4", null],
  ["number", "52,52", null],
  ["number", "181", "not_a_number"],
  ["number", "north", "not_a_number"],
  ["moment", "1795000000000", null],
  ["moment", "tomorrow", "not_a_moment"],
  ["image", "file-7", null],
  ["image", "", "empty"],
])("a %s slot with %j meets %s", (kind, value, fault) =>
  expect(slotFault(value, kind, 20)?.fault ?? null).toBe(fault),
);

test.each([
  ["header:latitude", "90", null],
  ["header:latitude", "-90,5", "not_a_number"],
  ["header:longitude", "-179.9", null],
])("%s takes %s: %s", (key, value, fault) =>
  expect(slotFault(value, "number", null, key)?.fault ?? null).toBe(fault),
);

test.each([
  ["one\n two \r\n\tthree ", "one two three"],
  ["a     b    c", "a b    c"],
])("%j is mended to %j", (value, whole) => {
  expect(mended(value)).toBe(whole);
  expect(slotFault(mended(value))).toBeNull();
});

test("a filled slot shows its value, an open one its label", () => {
  const filled = fillText("Hi {{1}}, on {{ due_day }}", "body", { "body:1": "$& Ana" });
  expect(openSlots(filled)).toEqual([
    { text: "Hi $& Ana, on ", open: false },
    { text: "due day", open: true },
  ]);
});

test("the values of one part do not fill another", () =>
  expect(fillText("{{1}}", "card:0:body", { "body:1": "no", "card:0:body:1": "yes" })).toBe("yes"));

test("an address is filled at its end", () => {
  expect(addressPrefix("https://shop.example/o/{{1}}")).toBe("https://shop.example/o/");
  expect(fillAddress("https://shop.example/o/{{1}}", "4711")).toBe("https://shop.example/o/4711");
});

test.each([
  ["body:1", "body"],
  ["card:2:header:media", "card:2:header"],
  ["button:0", "button"],
])("%s belongs to %s", (key, part) => expect(partOf(key)).toBe(part));
