import { expect, test } from "vitest";
import { fillText, slotFault } from "./slots";

test.each([
  ["Ana", null],
  ["", "empty"],
  ["   ", "empty"],
  ["a\nb", "line_break"],
  ["a\r\nb", "line_break"],
  ["a\tb", "tab"],
  ["a    b", null],
  ["a     b", "spaces"],
])("the value %j meets %s", (value, fault) => expect(slotFault(value)).toBe(fault));

test("a filled slot shows its value, an open one its label", () => {
  expect(fillText("Hi {{1}}, on {{ due_day }}", "body", { "body:1": "$& Ana" })).toEqual([
    { text: "Hi ", open: false },
    { text: "$& Ana", open: false },
    { text: ", on ", open: false },
    { text: "due day", open: true },
  ]);
});
