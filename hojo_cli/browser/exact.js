// Exact numbers: fractions of BigInt in lowest terms. No other number ever holds yen, a count or a rate.

export class Exact {
  constructor(over, under = 1n) {
    this.over = over;
    this.under = under;
  }
}

export const ZERO = new Exact(0n);
export const ONE = new Exact(1n);

/** `over` / `under` in lowest terms. */
export function exact(over, under = 1n) {
  if (under === 1n) return new Exact(over);
  if (under === 0n) throw new RangeError("division by zero");
  const sign = under < 0n ? -1n : 1n;
  let [high, low] = [over < 0n ? -over : over, under < 0n ? -under : under];
  while (low) [high, low] = [low, high % low];
  return new Exact((sign * over) / high, (sign * under) / high);
}

/** `625000` or `2000000/3`, as machines write them. */
export function fromText(text) {
  const [over, under = "1"] = text.split("/");
  return exact(BigInt(over), BigInt(under));
}

export function toText(number) {
  return number.under === 1n ? `${number.over}` : `${number.over}/${number.under}`;
}

export const plus = (one, other) => exact(one.over * other.under + other.over * one.under, one.under * other.under);
export const minus = (one, other) => exact(one.over * other.under - other.over * one.under, one.under * other.under);
export const times = (one, other) => exact(one.over * other.over, one.under * other.under);
export const through = (one, other) => exact(one.over * other.under, one.under * other.over);
export const sum = (numbers) => numbers.reduce(plus, ZERO);

/** Below zero, 0n or above: how the first stands to the second. */
export const compare = (one, other) => one.over * other.under - other.over * one.under;
export const equal = (one, other) => one.over === other.over && one.under === other.under;
export const least = (one, other) => (compare(one, other) <= 0n ? one : other);
export const most = (one, other) => (compare(one, other) >= 0n ? one : other);
export const isZero = (number) => number.over === 0n;

/** The whole number at or below. */
export function floor(number) {
  const whole = number.over / number.under;
  return number.over < 0n && whole * number.under !== number.over ? whole - 1n : whole;
}
