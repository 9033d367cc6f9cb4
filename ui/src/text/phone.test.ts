import { expect, test } from "vitest";
import { nameText, numberBeside, phoneText } from "./phone";

test.each([
  ["+4930231250117", "+49 30 231 250 117"],
  ["4915550100117", "+49 155 501 001 17"],
  ["+43664555012", "+43 664 555 012"],
  ["+41791234567", "+41 79 123 45 67"],
  ["5511955501234", "+55 11 95550-1234"],
  ["551155501234", "+55 11 5550-1234"],
  ["+351912345678", "+351 912 345 678"],
  ["+34612345678", "+34 612 345 678"],
  ["+33612345678", "+33 6 12 34 56 78"],
  ["+390612345678", "+39 06 123 456 78"],
  ["+31612345678", "+31 6 1234 5678"],
  ["+442079460123", "+44 20 7946 0123"],
  ["+447700900123", "+44 7700 900123"],
  ["+15550100143", "+1 555 010 0143"],
  ["+905321234567", "+90 532 123 45 67"],
  ["+525512345678", "+52 55 1234 5678"],
  ["+5215512345678", "+52 1 55 1234 5678"],
  ["+5491123456789", "+54 9 11 2345-6789"],
  ["+233201234567", "+233 201 234 567"],
  ["+49 30 23125042", "+49 30 231 250 42"],
  ["+1 (555) 010-0143", "+1 555 010 0143"],
  ["not a number", "not a number"],
])("%s is written %s", (number, text) => expect(phoneText(number)).toBe(text));

test("who has no name is called by the number as it is written; a name of digits stays one", () => {
  expect(nameText("+4930231250")).toBe("+49 30 231 250");
  expect(nameText("4711")).toBe("4711");
  expect(nameText("123456789")).toBe("123456789");
});

test("a number stands beside a name, never beside itself", () => {
  expect(numberBeside({ text: "Marta", phone: "+4930231250" })).toBe("+49 30 231 250");
  expect(numberBeside({ text: "+4930231250", phone: "+4930231250" })).toBeUndefined();
  expect(numberBeside({ text: "@marta", phone: null })).toBeUndefined();
});
