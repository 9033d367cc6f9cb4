// A place copied from a map: `52.52, 13.40`, `52,52; 13,40`, or a pair within an address of a map.

/** Latitude and longitude with a point, as Meta takes them. */
export function readCoordinates(text: string): { latitude: string; longitude: string } | null {
  const trimmed = text.trim();
  const pair =
    /^\(?\s*([-+]?\d{1,2}(?:\.\d+)?)°?\s*[,; \t]\s*([-+]?\d{1,3}(?:\.\d+)?)°?\s*\)?$/u.exec(trimmed) ??
    /^([-+]?\d{1,2}(?:,\d+)?)\s*[; \t]\s*([-+]?\d{1,3}(?:,\d+)?)$/u.exec(trimmed) ??
    /[@=/]([-+]?\d{1,2}\.\d+),\s*([-+]?\d{1,3}\.\d+)/u.exec(trimmed);
  if (!pair) return null;
  const [latitude, longitude] = [pair[1], pair[2]].map((part) =>
    (part ?? "").replace(",", ".").replace("+", ""),
  );
  if (latitude === undefined || longitude === undefined) return null;
  return inRange("latitude", latitude) && inRange("longitude", longitude) ? { latitude, longitude } : null;
}

export function inRange(which: string, degrees: string): boolean {
  return Math.abs(Number(degrees)) <= (which === "latitude" ? 90 : 180);
}
