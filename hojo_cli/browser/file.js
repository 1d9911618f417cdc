// The form as the file that `hojo estimate` reads, and such a file as the form again.

import { PRICES, applicantOf, emptyItem } from "./entry.js";

const PLAIN_NUMBER = /^(?:0|[1-9][0-9]*(?:,[0-9]{3})*)(?:(?:億|万|千|千万|百万)?円|人|か月|年)?$/u;
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0]/gu;
const PAIR_OF = 0x10000;
const KEPT = "# form: "; // what a saved file keeps of the form, for whoever opens it again

/** The units of UTF-16 a character is spelt with in JSON. */
const unit = (sign) =>
  [...Array(sign.length).keys()].map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");

/** A text in double quotes, with what nobody sees spelt out, halves of characters replaced. */
function quoted(text) {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  const spelt = (sign) => {
    const code = sign.codePointAt(0);
    return code < PAIR_OF ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
  };
  return `"${whole.replace(/["\\]/g, "\\$&").replace(UNSEEN, spelt)}"`;
}

const number = (text) => (PLAIN_NUMBER.test(text.trim()) ? text.trim() : quoted(text.trim()));
const list = (names, known) =>
  `[${Object.keys(known)
    .filter((name) => names.includes(name))
    .map(word)
    .join(", ")}]`;
const word = (name) =>
  /^[A-Za-z][A-Za-z0-9_]*$/u.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(name)
    ? name
    : quoted(name);

/** The file that says what counts of a form, for `hojo estimate`; `head` are lines of comment above it. */
export function fileOf(form, reader, head) {
  const { ruleset } = reader;
  const { applicant } = applicantOf(form, reader);
  const year = ruleset.shipped ? [`fiscal_year: ${ruleset.fiscal_year}`] : [];
  const members = form.members.map((member, at) => partLines(member, applicant.members[at], ruleset));
  return [
    ...head.map((line) => `# ${line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ")}`),
    ...year,
    ...partLines(form, applicant, ruleset),
    ...entries("members", members),
    `${KEPT}${JSON.stringify(form).replace(UNSEEN, unit)}`,
    "",
  ].join("\n");
}

/** What is written in a file without its comments: by it a file is known that was changed by hand. */
const body = (text) =>
  text
    .split(/\r?\n/u)
    .filter((line) => !line.startsWith("#"))
    .join("\n");

/** The form that a file was saved from; `{form: null}` where it holds none, `changed` where somebody wrote in it since. */
export function formOf(text, reader) {
  const line = text.split(/\r?\n/u).find((each) => each.startsWith(KEPT));
  try {
    const form = formFrom(JSON.parse(line.slice(KEPT.length)), reader.ruleset);
    return { form, changed: body(fileOf(form, reader, [])) !== body(text) };
  } catch {
    return { form: null, changed: false };
  }
}

const textOf = (value) => (typeof value === "string" ? value : "");
const listOf = (value) => (Array.isArray(value) ? value : []);
const known = (choices, value) => (Object.hasOwn(choices, value) ? value : "");
const chosen = (choices, value) => (Array.isArray(value) ? value.filter((each) => known(choices, each)) : null);

/** What JSON says, as a form of this ruleset whatever it holds. */
function formFrom(written, ruleset) {
  if (!Array.isArray(written.items)) throw new TypeError("no form");
  return { ...partFrom(written, ruleset), members: listOf(written.members).map((member) => partFrom(member, ruleset)) };
}

function partFrom({ name, facts, items }, ruleset) {
  const answer = (spec, value) => {
    if (spec.kind === "set") return chosen(spec.choices, value);
    return spec.kind === "choice" ? known(spec.choices, value) : textOf(value);
  };
  const answers = Object.entries(ruleset.facts).map(([fact, spec]) => [fact, answer(spec, facts?.[fact])]);
  const entries = listOf(items).map((item) => entryFrom(item, ruleset));
  return {
    name: textOf(name),
    facts: Object.fromEntries(answers.filter(([, value]) => value)),
    items: entries.length ? entries : [emptyItem()],
  };
}

function entryFrom(item, { categories, fields }) {
  const empty = emptyItem();
  const kept = Object.keys(empty).map((key) => [key, typeof item[key] === typeof empty[key] ? item[key] : empty[key]]);
  const held = Object.entries(fields).map(([name, spec]) => [name, chosen(spec.choices, item.fields?.[name])]);
  return {
    ...Object.fromEntries(kept),
    category: known(categories, item.category),
    form: known(PRICES, item.form) || empty.form,
    fields: Object.fromEntries(held.filter(([, choices]) => choices)),
  };
}

function partLines(written, read, ruleset) {
  const facts = Object.keys(ruleset.facts)
    .filter((name) => read.facts[name] !== undefined)
    .map((name) => `  ${name}: ${factText(written.facts[name], ruleset.facts[name])}`);
  const items = written.items.map((entry, place) => {
    const counts = read.discounts.includes(place) || read.items.some((item) => item.place === place);
    return counts ? itemLines(entry, ruleset) : null;
  });
  const name = read.name ? [`name: ${quoted(read.name)}`] : [];
  return [
    ...name,
    ...(facts.length ? ["facts:", ...facts] : []),
    ...entries(
      "items",
      items.filter((lines) => lines !== null),
    ),
  ];
}

function factText(written, spec) {
  if (spec.kind === "set") return list(written, spec.choices);
  if (spec.kind === "boolean") return written;
  return spec.kind === "choice" ? word(written) : number(written);
}

function itemLines(entry, ruleset) {
  const price = PRICES[entry.form];
  const discount = entry.form === "discount";
  const reads = ruleset.read_of[entry.category] ?? [];
  const said = Object.keys(ruleset.fields).filter((name) => entry.fields[name] && reads.includes(name));
  const lines = [
    entry.name.trim() && `name: ${quoted(entry.name.trim())}`,
    !discount && `category: ${word(entry.category)}`,
    `${entry.form}: ${number(entry.yen)}`,
    price.time !== null && entry.time.trim() && `${price.time}: ${number(entry.time)}`,
    entry.quantity.trim() && !discount && `quantity: ${number(entry.quantity)}`,
    entry.tax && !discount && "tax: included",
    discount && entry.of && `of: ${quoted(entry.of)}`,
    ...(discount ? [] : said.map((name) => `${name}: ${list(entry.fields[name], ruleset.fields[name].choices)}`)),
  ];
  return lines.filter(Boolean);
}

/** A block sequence of mappings under its key. */
function entries(key, all) {
  if (!all.length) return [];
  return [
    `${key}:`,
    ...all.flatMap((lines) => (lines.length ? lines : ["{}"]).map((line, at) => `  ${at ? "  " : "- "}${line}`)),
  ];
}
