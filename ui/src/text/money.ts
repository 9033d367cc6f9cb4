// Sums of money in the reader's language. A currency comes from Meta as three letters, and may be anything.

export function moneyText(amount: number, currency: string, locale: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
  } catch {
    const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return `${number.format(amount)} ${currency}`.trim();
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
