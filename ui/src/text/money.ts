// Sums of money in the reader's language. A currency comes from Meta as three letters, and may be anything.

import { spoken } from "./spoken";

/** From here on nobody counts the digits. */
const HUGE = 1e15;
/** Of a currency that is none. */
const LONGEST = 12;

export function moneyText(amount: number, currency: string, locale: string): string {
  const notation = Math.abs(amount) < HUGE ? "standard" : "scientific";
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency, notation }).format(amount);
  } catch {
    const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2, notation } as const;
    return `${new Intl.NumberFormat(locale, digits).format(amount)} ${spoken(currency, LONGEST)}`.trim();
  }
}

export interface Priced {
  quantity: number;
  price: number;
  currency: string;
}

/** One total for each currency, in the order they first stand. */
export function totals(items: readonly Priced[]): { currency: string; amount: number }[] {
  const sums = new Map<string, number>();
  for (const { quantity, price, currency } of items)
    sums.set(currency, (sums.get(currency) ?? 0) + quantity * price);
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}
