import { expect, test } from "vitest";
import { channelName } from "./consent";

test.each([
  "counter_qr",
  "signature",
  "paper",
  "spoken",
  "whatsapp",
  "import",
  "meta",
  "staff",
  "practice",
  "erasure",
  "suppression",
])("the way %s has a name of its own", (channel) => {
  expect(channelName(channel)).not.toBe(channel);
});
