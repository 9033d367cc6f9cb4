// How large a file is, in the reader's language.

const STEPS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** `840 kB`, `1.2 MB`; counted in steps of 1,024, as Meta states its limits. */
export function sizeText(bytes: number, locale: string): string {
  let step = 0;
  let amount = bytes;
  while (amount >= 1000 && step < STEPS.length - 1) {
    amount /= 1024;
    step++;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: STEPS[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0,
  }).format(amount);
}
