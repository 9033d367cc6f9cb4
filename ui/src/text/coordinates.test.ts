import { expect, test } from "vitest";
import { readCoordinates } from "./coordinates";

test.each([
  ["52.52, 13.40", "52.52", "13.40"],
  ["52.520008,13.404954", "52.520008", "13.404954"],
  [" (-23.5505, -46.6333) ", "-23.5505", "-46.6333"],
  ["52,52; 13,40", "52.52", "13.40"],
  ["52,52 13,40", "52.52", "13.40"],
  ["52.52° 13.40°", "52.52", "13.40"],
  ["https://maps.example/@52.52,13.40,15z", "52.52", "13.40"],
])("%j is a place", (text, latitude, longitude) =>
  expect(readCoordinates(text)).toEqual({ latitude, longitude }),
);

test.each(["52.52", "Marktplatz 4, 10178 Berlin", "91.0, 13.4", "52.5, 181.0", ""])("%j is none", (text) =>
  expect(readCoordinates(text)).toBeNull(),
);
