// What is written in the form → an applicant, by the rules by which `hojo_cli/applicants` reads a file.
//
// A form holds texts as people wrote them: `{name, facts: {id: text}, items, members}`. Of several choices, and of the fields of items,
// it holds a list, or nothing where nobody said. What is wrong is told by its place, as `facts.employees` or `items.0.yen`.

import { ONE, compare, exact, floor, fromText, isZero, minus, sum, through, times } from "./exact.js";
import { readNumber, shown } from "./numbers.js";

/** The ways in which a price is written: the key of the yen, that of the time, the months of one such time, whether each is paid apart. */
export const PRICES = {
  amount: { time: "months", months: 1n, recurring: false, needed: false },
  monthly: { time: "months", months: 1n, recurring: true, needed: true },
  yearly: { time: "years", months: 12n, recurring: true, needed: true },
  discount: { time: null, months: 1n, recurring: false, needed: false },
};

export const emptyItem = () => ({
  name: "",
  category: "",
  form: "amount",
  yen: "",
  time: "",
  quantity: "",
  tax: false,
  of: "",
  fields: {},
});
export const emptyMember = () => ({ name: "", facts: {}, items: [emptyItem()] });
export const emptyForm = () => ({ ...emptyMember(), members: [] });

/** The applicant of a form, and what is wrong in it: a list of `{place, code, words}`. */
export function applicantOf(form, reader) {
  const problems = [];
  const members = form.members.map((member, at) => partOf(member, reader, `members.${at + 1}.`, problems));
  const applicant = { ...partOf(form, reader, "", problems), members };
  for (const [name, value] of Object.entries(applicant.facts)) {
    if (!reader.ruleset.facts[name].within || !members.length) continue;
    const most = exact(BigInt(members.length));
    if (compare(value, most) <= 0n) continue;
    problems.push({
      place: `facts.${name}`,
      code: "HJ217",
      words: { label: reader.ruleset.facts[name].label, most: shown(most, "count", 0) },
    });
    delete applicant.facts[name];
  }
  return { applicant, problems };
}

function partOf({ name, facts, items }, reader, prefix, problems) {
  const tell = (place, code, words) => problems.push({ place: prefix + place, code, words });
  return {
    name: name.trim(),
    prefix,
    facts: factsOf(facts, reader, prefix !== "", tell),
    ...itemsOf(items, reader.ruleset, tell),
    members: [],
  };
}

// --- facts ------------------------------------------------------------------------------------------------------------

function factsOf(written, reader, ofMember, tell) {
  const specs = reader.ruleset.facts;
  const facts = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = factOf(written[name], spec, (code, words) => tell(`facts.${name}`, code, words));
    if (value !== undefined) facts[name] = value;
  }
  for (const name of Object.keys(facts)) if (idle(specs[name], facts, ofMember)) delete facts[name];
  dropWhatIsNotAsked(facts, reader);
  for (const name of Object.keys(facts)) {
    const wrong = outOfBounds(specs[name], facts, specs) ?? impossible(specs[name], facts, reader);
    if (wrong === null) continue;
    tell(`facts.${name}`, ...wrong);
    delete facts[name];
  }
  return facts;
}

function factOf(written, spec, tell) {
  if (written === undefined || written === null || written === "") return undefined;
  if (spec.kind === "set") return new Set(written);
  if (spec.kind === "choice") return written;
  if (spec.kind === "boolean") return written === "true";
  if (!written.trim()) return undefined;
  const { value, code, words } = readNumber(written, spec.kind);
  if (code !== undefined) tell(code, words);
  return value;
}

/** Whether an answer is not this applicant's: it stands in for one that was given, or it is asked of members alone. */
const idle = (spec, facts, ofMember) => facts[spec.instead_of] !== undefined || (spec.of_members && !ofMember);

/** Whether a question is one for an applicant of whom these facts are known. */
export function asksOf(spec, facts, reader) {
  return spec.asked_if === null || reader.holds(spec.asked_if, facts) !== false;
}

/** Answers to questions that are not for this applicant, one after the other: what such an answer says asks nothing more. */
function dropWhatIsNotAsked(facts, reader) {
  const name = Object.keys(facts).find((each) => !asksOf(reader.ruleset.facts[each], facts, reader));
  if (name === undefined) return;
  delete facts[name];
  dropWhatIsNotAsked(facts, reader);
}

function outOfBounds(spec, facts, specs) {
  const value = facts[spec.id];
  if (value.over === undefined) return null;
  if (compare(value, fromText(spec.minimum)) < 0n) return ["HJ214", { label: spec.label, least: spec.minimum }];
  if (spec.maximum !== null && compare(value, fromText(spec.maximum)) > 0n) {
    const most = fromText(spec.maximum);
    return ["HJ217", { label: spec.label, most: [shown(most, spec.kind, 0), shown(most, spec.kind, 1)] }];
  }
  const whole = facts[spec.at_most];
  if (whole === undefined || compare(value, whole) <= 0n) return null;
  return ["HJ213", { label: spec.label, whole: specs[spec.at_most].label }];
}

function impossible(spec, facts, reader) {
  const value = facts[spec.id];
  const none = value === false || value.size === 0 || (value.over !== undefined && isZero(value));
  if (spec.only_if === null || none || reader.holds(spec.only_if, facts) !== false) return null;
  return ["HJ231", { label: spec.label, needs: spec.needs, none: spec.none }];
}

// --- items ------------------------------------------------------------------------------------------------------------

/** The items that say enough to count, at what they cost when the discounts of the list are taken off; and the places of those discounts. */
function itemsOf(entries, ruleset, tell) {
  const read = entries.map((entry, place) =>
    entryOf(entry, place, ruleset, (key, code, words) => tell(`items.${place}.${key}`, code, words)),
  );
  let items = read.filter((each) => each !== null && each.discount === undefined);
  const discounts = read.filter((each) => each !== null && each.discount !== undefined);
  const taken = [];
  for (const lowering of [...discounts.filter((each) => each.of), ...discounts.filter((each) => !each.of)]) {
    const lowered = items.filter((item) => !lowering.of || item.name === lowering.of);
    const cost = sum(lowered.map((item) => item.cost));
    if (lowering.of && lowered.length !== 1) {
      tell(`items.${lowering.place}.of`, "HJ225", { name: lowering.of, count: `${lowered.length}`, near: "" });
    } else if (compare(lowering.discount, cost) > 0n) {
      const yen = (value) => [shown(value, "yen", 0), shown(value, "yen", 1)];
      tell(`items.${lowering.place}.yen`, "HJ226", { discount: yen(lowering.discount), cost: yen(cost) });
    } else {
      items = items.map((item) => (lowered.includes(item) ? loweredBy(lowering, item, cost) : item));
      taken.push(lowering.place);
    }
  }
  return { items, discounts: taken };
}

function loweredBy({ name, discount }, item, cost) {
  if (isZero(discount) || isZero(item.cost)) return item;
  const taken = through(times(discount, item.cost), cost);
  return { ...item, cost: minus(item.cost, taken), discounts: [...item.discounts, { name, yen: taken }] };
}

/** Whether nothing at all is written in an entry. */
export const isBlank = (entry) => !entry.name.trim() && !entry.category && !entry.yen.trim() && !entry.time.trim();

/** An item or a discount; null while it does not say enough to count, or something in it is wrong. */
function entryOf(entry, place, ruleset, tell) {
  const price = PRICES[entry.form];
  let whole = true;
  const number = (key, kind, lowest, label) => {
    const text = entry[key].trim();
    const { value, code, words } = text ? readNumber(text, kind) : {};
    if (code !== undefined) tell(key, code === "HJ154" ? "HJ221" : code, words);
    else if (value !== undefined && compare(value, exact(lowest)) < 0n)
      tell(key, "HJ214", { label, least: `${lowest}` });
    else if (value !== undefined) return value;
    whole = whole && !text;
    return null;
  };
  const yen = number("yen", "yen", 0n);
  if (entry.form === "discount") {
    return yen === null ? null : { name: entry.name.trim(), place, of: entry.of, discount: yen };
  }
  const time =
    price.time === null
      ? null
      : number("time", price.time, price.recurring ? 0n : 1n, [
          "一括で払う値段の月数",
          "the months of a sum paid at once",
        ]);
  const quantity = number("quantity", "count", 1n, ["数量", "the quantity"]);
  if (!whole || yen === null || !entry.category || (price.needed && time === null)) return null;
  const rate = entry.tax ? ruleset.tax_included.value : ONE;
  const unit = exact(floor(times(yen, rate)));
  const pieces = times(quantity ?? ONE, price.recurring ? time : ONE);
  const reads = ruleset.read_of[entry.category] ?? [];
  return {
    name: entry.name.trim(),
    category: entry.category,
    cost: times(unit, pieces),
    months: time === null ? null : times(time, exact(price.months)),
    atOnce: !price.recurring,
    fields: Object.fromEntries(
      Object.entries(entry.fields)
        .filter(([name, held]) => held && reads.includes(name))
        .map(([name, held]) => [name, new Set(held)]),
    ),
    place,
    unit,
    quantity: quantity ?? ONE,
    per: price.recurring ? Number(price.months) : 0,
    tax: times(minus(yen, unit), pieces),
    discounts: [],
  };
}
