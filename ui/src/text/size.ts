// How large a file is, in the reader's language.

import { keeper } from "./kept";

const formatter = keeper<Intl.NumberFormat>();
const STEPS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** `840 kB`, `1.2 MB`; counted in steps of 1,024, as Meta states its limits. */
export function sizeText(bytes: number, locale: string): string {
  let step = 0;
  let amount = bytes;
  while (amount >= 1000 && step < STEPS.length - 1) {
    amount /= 1024;
    step++;
  }
  const digits = amount < 10 && step > 0 ? 1 : 0;
  const unitDisplay = step === 0 ? "long" : "short";
  const options = { style: "unit", unit: STEPS[step], unitDisplay, maximumFractionDigits: digits } as const;
  return formatter(`${locale} ${step} ${digits}`, () => new Intl.NumberFormat(locale, options)).format(
    amount,
  );
}
