// Amounts, counts, months and rates: read as people print them, shown as they are printed. What `hojo_cli/base/number.py` takes is
// taken, and what it refuses is refused with the same code.

import { compare, exact } from "./exact.js";

const LARGEST = exact(10n ** 15n);
const LONGEST = 40;

const WIDE = "０１２３４５６７８９，．／％￥\u3000";
const NARROW = "0123456789,./%¥ ";

const NUMBER = String.raw`([0-9][0-9,]*(?:\.[0-9]+)?)`;
const BIG = [
  ["兆", 10n ** 12n],
  ["億", 10n ** 8n],
  ["万", 10n ** 4n],
  ["", 1n],
];
const SMALL = { 千: 1000n, 百: 100n };
const SECTIONS = BIG.map(([big]) => `(?:${NUMBER}([千百])?${big})?`).join("");
const PIECES = "人|名|社|者|件|個|台|つ|本|枚|式|セット|種類|アカウント|ライセンス";
const MONTH_UNIT = "[かカヵケヶ箇]?月[間分]?";
const WHOLE = "([0-9][0-9,]*)";
const ZEROS = /(?<=[0-9])\.0{1,2}(?![0-9.兆億万千百%/])/gu;

const all = (pattern, flags = "u") => new RegExp(`^(?:${pattern})$`, flags);
const GRAMMARS = {
  yen: all(`¥?(?:${SECTIONS})円?`),
  count: all(`(?:${SECTIONS})(?:${PIECES})?`),
  months: all(`(?:${WHOLE}年)?${WHOLE}(?:${MONTH_UNIT})?|${WHOLE}年[間分]?`),
  years: all(`${WHOLE}(?:年[間分]?)?`),
};
const SHARE = all("([0-9]+)/([0-9]+)");
const PERCENT = all(`${NUMBER}%`);
const GROUPED = all("[0-9]{1,3}(?:,[0-9]{3})+");

class Problem extends Error {
  constructor(code, words) {
    super(code);
    this.code = code;
    this.words = words;
  }
}

const refused = (code, text, kind, words = {}) => new Problem(code, { text, kind, ...words });

/** `{value}`, or `{code, words}` where the text writes no number of this kind. */
export function readNumber(text, kind) {
  try {
    return { value: read(text, kind) };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return { code: problem.code, words: problem.words };
  }
}

function read(text, kind) {
  if ([...text].length > LONGEST) throw refused("HJ161", text, kind);
  let folded = [...text]
    .map((sign) => NARROW[WIDE.indexOf(sign)] ?? sign)
    .join("")
    .replace(/^ +| +$/gu, "");
  if (!folded) throw refused("HJ166", text, kind);
  if (kind !== "rate") folded = folded.replace(ZEROS, "");
  const value = valueOf(folded, kind);
  if (value === null) throw refusal(folded, text, kind);
  if (compare(value, LARGEST) > 0n) throw refused("HJ159", text, kind);
  return value;
}

function valueOf(text, kind) {
  if (kind === "rate") return rateOf(text);
  const match = GRAMMARS[kind].exec(text);
  if (match === null) return null;
  const groups = match.slice(1);
  switch (kind) {
    case "yen":
    case "count":
      return sumOfSections(groups, kind);
    case "months": {
      const [years, months, alone] = groups.map((group) => group ?? "0");
      return exact(wholeOf(years, 12n, kind) + wholeOf(months, 1n, kind) + wholeOf(alone, 12n, kind));
    }
    default:
      return exact(wholeOf(groups[0], 1n, kind));
  }
}

function rateOf(text) {
  const share = SHARE.exec(text);
  if (share !== null) {
    const [over, under] = share.slice(1).map((part) => digits(part, "rate"));
    if (under === 0n) throw refused("HJ165", text, "rate");
    return exact(over, under);
  }
  const percent = PERCENT.exec(text);
  if (percent !== null) {
    const [number, decimals = ""] = percent[1].split(".");
    return exact(BigInt(`${digits(number, "rate")}${decimals}`), 100n * 10n ** BigInt(decimals.length));
  }
  return text === "0" || text === "1" ? exact(BigInt(text)) : null;
}

/** The sum of the sections 兆・億・万・一; null where the text has no digit at all, or a section reaches the unit above it. */
function sumOfSections(groups, kind) {
  let total = 0n;
  let above = null;
  for (const [place, [unit, scale]] of BIG.entries()) {
    const [number, small] = groups.slice(2 * place, 2 * place + 2);
    if (number === undefined) continue;
    if (number.includes(".") && (!unit || kind !== "yen")) return null;
    const value = wholeOf(number, scale * (SMALL[small] ?? 1n), kind);
    if (above !== null && (value >= above || total % above)) return null;
    total += value;
    above = scale;
  }
  return above === null ? null : exact(total);
}

/** A number × its unit, which must come to a whole number. */
function wholeOf(number, scale, kind) {
  const [whole, decimals = ""] = number.split(".");
  const value = BigInt(`${digits(whole, kind)}${decimals}`) * scale;
  const down = 10n ** BigInt(decimals.length);
  if (value % down) throw refused("HJ163", number, kind);
  return value / down;
}

/** The integer of digits that may be grouped in threes by commas. */
function digits(number, kind) {
  if (number.includes(",") && !GROUPED.test(number)) throw refused("HJ160", number, kind);
  if (number[0] === "0" && number.length > 1) throw refused("HJ155", number, kind);
  return BigInt(number.replaceAll(",", ""));
}

const MISTAKES = [
  [".*[0-9].*(?:税込|税抜|税別|内税|外税).*|.*(?:税込|税抜|税別|内税|外税).*[0-9].*", "HJ178"],
  ["~|null", "HJ166"],
  ["true|false|yes|no|on|off|はい|いいえ", "HJ157"],
  ["[-−－ー‐–—△▲].*|\\([0-9,]+円?\\)", "HJ154"],
  ["[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}.*", "HJ158"],
  ["(?:令和|平成|昭和|[RHS])[0-9元].*|[0-9]+年[0-9]+月[0-9]+日", "HJ158"],
  ["0[xob][0-9a-f_]*", "HJ156"],
  ["[0-9]+(?:_[0-9]+)+", "HJ153"],
  ["\\.inf|\\.nan|[+]\\.inf|[0-9.]+e[-+]?[0-9]+", "HJ152"],
  [".*[¹²³⁴-⁹⁰①-⓿❶-➓Ⅰ-ⅿ½¼¾〇一二三四五六七八九十].*", "HJ164"],
].map(([pattern, code]) => [all(pattern, "iu"), code]);

const UNITS = [
  ["rate", "[0-9,.]+%|[0-9]+/[0-9]+|[0-9.]+割"],
  ["yen", "¥.*|[0-9,.兆億万千百]+円"],
  ["count", `[0-9,.万千百]+(?:${PIECES})`],
  ["years", "[0-9,.]+年[間分]?"],
  ["months", `([0-9,.]+年)?[0-9,.]+${MONTH_UNIT}`],
].map(([kind, pattern]) => [kind, all(pattern)]);

/** The most telling code for a text that no grammar takes. */
function refusal(folded, text, kind) {
  const plain = folded.replace(/\s/gu, "");
  if (plain !== folded) {
    try {
      if (valueOf(plain, kind) !== null) return refused("HJ170", text, kind, { plain });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }
  for (const [pattern, code] of MISTAKES) if (pattern.test(folded)) return refused(code, text, kind);
  for (const [found, pattern] of UNITS) {
    if (found !== kind && pattern.test(folded)) return refused("HJ162", text, kind, { found });
  }
  if (kind !== "rate" && /^¥?[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:円|人)?$/u.test(folded)) {
    return refused("HJ169", text, kind, { plain: folded.replaceAll(".", ",") });
  }
  if (/^(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:円|人)?$/u.test(folded)) return refused("HJ151", text, kind);
  if (kind === "rate" && /^[0-9,]+$/u.test(folded)) return refused("HJ167", text, kind);
  if (/^¥?[0-9][0-9.,兆億万千百]*円?$/u.test(folded)) return refused("HJ168", text, kind);
  return refused(/[^\P{N}0-9]/u.test(folded) ? "HJ164" : "HJ150", text, kind);
}

// --- shown ------------------------------------------------------------------------------------------------------------

const SUFFIX = { yen: ["円", " yen"], count: ["人", ""], months: ["か月", " months"], years: ["年", " years"] };
const PRINTED = new Set(["1/2", "1/3", "2/3", "1/4", "3/4", "4/5"]);

export const grouped = (whole) => `${whole}`.replace(/\B(?=(?:[0-9]{3})+$)/gu, ",");

/** `654,925 4/5`: the whole, grouped by three, and what is left of it. */
export function mixed(number) {
  const over = number.over < 0n ? -number.over : number.over;
  const [whole, rest] = [over / number.under, over % number.under];
  const parts = whole || !rest ? [grouped(whole)] : [];
  if (rest) parts.push(`${grouped(rest)}/${grouped(number.under)}`);
  return (number.over < 0n ? "-" : "") + parts.join(" ");
}

/** The number as people print it, in Japanese (0) or English (1). */
export function shown(number, kind, tongue) {
  if (kind === "count") return mixed(number);
  if (kind !== "rate") {
    const one = compare(number, exact(1n)) === 0n && (kind === "months" || kind === "years");
    const suffix = SUFFIX[kind][tongue];
    return mixed(number) + (tongue === 1 && one ? suffix.slice(0, -1) : suffix);
  }
  const printed = number.under === 1n ? `${number.over}` : `${number.over}/${number.under}`;
  if (PRINTED.has(printed) || 10_000n % number.under) return printed;
  const hundredths = (number.over * 10_000n) / number.under;
  const rest = `${hundredths % 100n}`.padStart(2, "0");
  return `${hundredths / 100n}.${rest}`.replace(/\.?0+$/u, "") + "%";
}
