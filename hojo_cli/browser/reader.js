// The reader of a ruleset that was written out as data (`nodes_as_data.py`): what each node comes to for one applicant.
//
// It says what `hojo_cli/engine` says, to the yen: exact, three-valued (a value that is null is unknown), with everything a value was
// made from. A node of a kind it was not taught is an error, never skipped.

import {
  ONE,
  ZERO,
  compare,
  equal,
  exact,
  floor,
  fromText,
  isZero,
  least,
  minus,
  most,
  plus,
  sum,
  through,
  times,
} from "./exact.js";

// --- what a node comes to -------------------------------------------------------------------------------------------

const KNOWN = new Set();
const LARGEST = exact(10n ** 15n);

/** The value of `node`, or the facts in `unknown` that stand in its way; `parts` are what it was made from. */
function derive(node, value, unknown = KNOWN, parts = [], more = {}) {
  return { node, value, unknown, parts, cost: null, rate: null, lost: ZERO, between: null, ...more };
}

function joined(sets) {
  const found = sets.filter((set) => set.size);
  return found.length === 0 ? KNOWN : found.length === 1 ? found[0] : new Set(found.flatMap((set) => [...set]));
}

const unknownIn = (derivations) => joined(derivations.map((derivation) => derivation.unknown));

function added(node, parts) {
  const unknown = unknownIn(parts);
  if (unknown.size) return derive(node, null, unknown, parts);
  return derive(node, sum(parts.map((part) => part.value)), KNOWN, parts);
}

function same(one, other) {
  return typeof one === "boolean" || typeof other === "boolean" ? one === other : equal(one, other);
}

/** かつ (`decisive` is false: one part that is false decides) or 又は (one that is true does). */
function decided(node, parts, decisive) {
  if (parts.some((part) => part.value === decisive)) return derive(node, decisive, KNOWN, parts);
  const unknown = unknownIn(parts);
  return unknown.size ? derive(node, null, unknown, parts) : derive(node, !decisive, KNOWN, parts);
}

// --- numbers of which only the bounds are known -----------------------------------------------------------------------

const exactly = (number) => ({ low: number, high: number });

/** Whether the comparison holds wherever in them both numbers lie; null where that makes a difference. */
function compared(one, op, other) {
  switch (op) {
    case "min":
      return compare(one.low, other.high) >= 0n ? true : compare(one.high, other.low) < 0n ? false : null;
    case "above":
      return compare(one.low, other.high) > 0n ? true : compare(one.high, other.low) <= 0n ? false : null;
    case "below":
    case "max": {
      const opposite = compared(one, op === "below" ? "min" : "above", other);
      return opposite === null ? null : !opposite;
    }
    case "eq": {
      const both = [compared(one, "min", other), compared(one, "max", other)];
      return both.includes(false) ? false : both.includes(null) ? null : true;
    }
    default:
      throw new Error(`no comparison ${op}`);
  }
}

const boundsOf = (number) => (number.value === null ? number.between : exactly(number.value));

// --- items --------------------------------------------------------------------------------------------------------------

function passes(item, tests) {
  let found = true;
  for (const { field, has, at_least } of tests) {
    const held = item.fields[field];
    if (held === undefined) found = null;
    else if (held.size < at_least || (has.length && !has.some((choice) => held.has(choice)))) return false;
  }
  return found;
}

/** Whether one of the picks takes an item (null where fields that are left out decide: `names`). */
function picked(item, picks, prefix) {
  const alternatives = picks.filter((pick) => pick.categories.includes(item.category)).map((pick) => pick.tests);
  let takes = false;
  for (const tests of alternatives) {
    const these = passes(item, tests);
    if (these) return { takes: true, names: KNOWN };
    if (these === null) takes = null;
  }
  const tested = takes === null ? alternatives.flat().map((test) => test.field) : [];
  const left = tested.filter((field) => item.fields[field] === undefined);
  return { takes, names: new Set(left.map((field) => askedOf(item, field, prefix))) };
}

export const askedOf = (item, field, prefix) => `${prefix}items[${item.place}].${field}`;

/** The cost of an item within the months its category allows. */
function counted(item, months) {
  const limit = months.find((each) => each.category === item.category);
  if (limit === undefined || item.months === null) return derive(item, item.cost, KNOWN, [], { cost: item.cost });
  const many = limit.limit.value;
  const whole = compare(item.months, many) <= 0n || (limit.recurring && item.atOnce);
  const cost = whole ? item.cost : through(times(item.cost, many), item.months);
  return derive(item, cost, KNOWN, [derive(limit, many)], { cost: item.cost, lost: minus(item.cost, cost) });
}

/** What items of these picks hold in a field, together, and the names of the fields that may add to it. */
function kindsHeld({ field, picks }, { items, prefix }) {
  const held = new Set();
  const names = new Set();
  for (const item of items) {
    const { takes, names: asked } = picked(item, picks, prefix);
    if (takes === false) continue;
    const said = item.fields[field];
    if (takes && said) said.forEach((choice) => held.add(choice));
    asked.forEach((name) => names.add(name));
    if (said === undefined) names.add(askedOf(item, field, prefix));
  }
  return { held, names };
}

// --- one applicant ----------------------------------------------------------------------------------------------------

/** An applicant or member as nodes see it. Each definition is worked out once, and each line is remembered for shares of it. */
function caseOf(applicant) {
  const members = applicant.members.map(caseOf);
  return { ...applicant, members, seen: new Map(), lines: new Map(), applicant };
}

// --- the reader -------------------------------------------------------------------------------------------------------

export class Reader {
  constructor(ruleset) {
    this.ruleset = ruleset;
    this.ceilings = new WeakMap();
  }

  /** What each frame comes to. */
  judge(applicant) {
    const subject = caseOf(applicant);
    return Object.values(this.ruleset.frames).map((frame) => this.frame(frame, subject));
  }

  /** What one of them comes to. */
  judgeFrame(frame, applicant) {
    return this.frame(frame, caseOf(applicant));
  }

  /** Whether a condition holds (null: unknown) for someone of whom these facts are known. */
  holds(node, facts) {
    return this.derivation(node, facts).value;
  }

  /** The same with what it was made from. */
  derivation(node, facts) {
    return this.condition(node, caseOf({ name: "", prefix: "", facts, items: [], members: [] }));
  }

  // --- conditions ---

  condition(node, subject) {
    switch (node.is) {
      case "Every":
        return decided(
          node,
          node.parts.map((part) => this.condition(part, subject)),
          false,
        );
      case "Some":
        return decided(
          node,
          node.parts.map((part) => this.condition(part, subject)),
          true,
        );
      case "Not": {
        const inner = this.condition(node.part, subject);
        return derive(node, inner.value === null ? null : !inner.value, inner.unknown, [inner]);
      }
      case "Is": {
        if (!subject.seen.has(node.name)) {
          const inner = this.condition(this.ruleset.definitions[node.name].condition, subject);
          subject.seen.set(node.name, derive(node, inner.value, inner.unknown, [inner]));
        }
        return subject.seen.get(node.name);
      }
      case "Compare": {
        const count = this.quantity(node.quantity, subject);
        const bounds = boundsOf(count);
        const value = bounds && compared(bounds, node.op, exactly(node.number.value));
        return derive(node, value, value === null ? count.unknown : KNOWN, [count]);
      }
      case "Against": {
        const sides = [this.quantity(node.left, subject), this.quantity(node.right, subject)];
        const [left, right] = sides.map(boundsOf);
        const value = left && right ? compared(left, node.op, right) : null;
        return derive(node, value, value === null ? unknownIn(sides) : KNOWN, sides);
      }
      case "SameKinds":
        return this.sameKinds(node, subject);
      case "Among":
        return this.ofFact(node, subject, (value) => node.choices.includes(value));
      case "Holds":
        return this.ofFact(node, subject, (value) => value === node.expected);
      case "HasItem":
        return this.hasItem(node, node.picks, subject);
      case "EveryMember":
        return decided(
          node,
          subject.members.map((member) => this.ofMember(node, member)),
          false,
        );
      case "Said": {
        const said = node.facts.some((fact) => subject.facts[fact] !== undefined);
        const inner = this.condition(said ? node.then : node.otherwise, subject);
        return derive(node, inner.value, inner.unknown, [inner]);
      }
      case "Table": {
        const row = (each) => [each, each.when, () => this.condition(each.test, subject)];
        return this.firstStanding(node, node.rows.map(row), subject);
      }
      default:
        throw new Error(`no condition of the kind ${node.is}`);
    }
  }

  ofFact(node, subject, test) {
    const value = subject.facts[node.fact];
    if (value === undefined) return derive(node, null, new Set([subject.prefix + node.fact]));
    return derive(node, test(value));
  }

  /** Whether one of the picks takes anything that is bought (and, with `priced`, costs anything). */
  hasItem(node, picks, { items, prefix }, priced = false) {
    const open = [];
    for (const item of items) {
      if (priced && isZero(item.cost)) continue;
      const { takes, names } = picked(item, picks, prefix);
      if (takes) return derive(node, true);
      if (takes === null) open.push(names);
    }
    return open.length ? derive(node, null, joined(open)) : derive(node, false);
  }

  sameKinds(node, subject) {
    const count = this.quantity(node.kinds, subject);
    const { held } = kindsHeld(node.kinds, subject);
    const said = subject.facts[node.fact];
    const answer = (value, unknown = KNOWN) => derive(node, value, unknown, [count]);
    if (count.value !== null && isZero(count.value)) return answer(false);
    if (said === undefined) return answer(null, joined([new Set([subject.prefix + node.fact]), count.unknown]));
    const includes = [...held].every((choice) => said.has(choice));
    if (count.value !== null) return answer(includes && said.size === held.size);
    return said.size && includes ? answer(null, count.unknown) : answer(false);
  }

  /** Whether one member meets what is asked of those for whom `only` holds. */
  ofMember(node, member) {
    if (node.only === null) return this.condition(node.part, member);
    const asked = this.condition(node.only, member);
    if (asked.value === false) return derive(node.part, true, KNOWN, [asked]);
    const part = this.condition(node.part, member);
    if (asked.value === true || part.value === true) return part;
    return derive(node.part, null, unknownIn([asked, part]), [part]);
  }

  /** Reading from the top: what the first that stands comes to, or all that may still be the first, if they agree. */
  firstStanding(node, candidates, subject) {
    const possible = [];
    const doubt = [];
    for (const [record, condition, use] of candidates) {
      const when = condition === null ? null : this.condition(condition, subject);
      if (when !== null && when.value === false) continue;
      const used = use();
      possible.push(derive(record, used.value, used.unknown, when === null ? [used] : [used, when]));
      if (when === null || when.value === true) break;
      doubt.push(when.unknown);
    }
    if (!possible.length) return derive(node, false);
    const first = possible[0].value;
    const agree = first !== null && possible.every(({ value }) => value !== null && same(value, first));
    return agree
      ? derive(node, first, KNOWN, possible)
      : derive(node, null, joined([...doubt, unknownIn(possible)]), possible);
  }

  // --- quantities ---

  quantity(node, subject) {
    switch (node.is) {
      case "Fact": {
        const value = subject.facts[node.name];
        if (value === undefined) return derive(node, null, new Set([subject.prefix + node.name]));
        if (value.low === undefined) return derive(node, value);
        return derive(node, null, new Set([subject.prefix + node.name]), [], { between: value });
      }
      case "FactOr": {
        if (subject.facts[node.name] !== undefined) return this.quantity({ ...node, is: "Fact" }, subject);
        const inner = this.quantity(node.otherwise, subject);
        return derive(node, inner.value, inner.unknown, [inner], { between: inner.between });
      }
      case "Distinct": {
        const { held, names } = kindsHeld(node, subject);
        const count = exact(BigInt(held.size));
        if (!names.size) return derive(node, count);
        return derive(node, null, names, [], { between: { low: count, high: LARGEST } });
      }
      case "MemberCount": {
        if (node.only === null) return derive(node, exact(BigInt(subject.members.length)));
        const parts = subject.members.map((member) => this.condition(node.only, member));
        const low = exact(BigInt(parts.filter((part) => part.value === true).length));
        const high = exact(BigInt(parts.filter((part) => part.value !== false).length));
        if (equal(low, high)) return derive(node, low, KNOWN, parts);
        return derive(node, null, unknownIn(parts), parts, { between: { low, high } });
      }
      default:
        throw new Error(`no quantity of the kind ${node.is}`);
    }
  }

  // --- amounts ---

  amount(node, subject) {
    switch (node.is) {
      case "Number":
        return derive(node, node.value);
      case "Costs":
        return this.costs(node, subject);
      case "Apportion":
        return this.apportion(node, subject);
      case "Choose": {
        const branch = (each) => [each, each.when, () => this.amount(each.use, subject)];
        return this.firstStanding(node, node.branches.map(branch), subject);
      }
      case "Rated": {
        const parts = [this.amount(node.of, subject), this.amount(node.rate, subject)];
        const [cost, rate] = parts.map((part) => part.value);
        if (cost !== null && isZero(cost)) return derive(node, ZERO, KNOWN, parts, { cost: ZERO });
        if (cost === null || rate === null) return derive(node, null, unknownIn(parts), parts);
        return derive(node, times(cost, rate), KNOWN, parts, { cost, rate });
      }
      case "Tiered":
        return this.tiered(node, subject);
      case "Capped": {
        const parts = [this.amount(node.of, subject), this.amount(node.cap, subject)];
        const [asked, cap] = parts.map((part) => part.value);
        if (asked === null || cap === null) {
          const nothing = [asked, cap].some((value) => value !== null && isZero(value));
          return nothing ? derive(node, ZERO, KNOWN, parts) : derive(node, null, unknownIn(parts), parts);
        }
        const paid = least(asked, cap);
        return derive(node, paid, KNOWN, parts, { lost: minus(asked, paid) });
      }
      case "Rounded": {
        const limit = node.mode === "down" ? null : this.ceiling(node.of);
        return this.rounded(node, this.amount(node.of, subject), limit, subject);
      }
      case "Scaled": {
        const count = this.quantity(node.by, subject);
        if (count.value === null) return derive(node, null, count.unknown, [count]);
        const figure = node.number.value;
        return derive(node, times(figure, count.value), KNOWN, [count], { cost: figure, rate: count.value });
      }
      case "Share": {
        const product = node.rates.map((rate) => rate.value).reduce(times, ONE);
        const rate = node.itself ? through(product, minus(ONE, product)) : product;
        const base = added(
          node,
          node.costs.length
            ? node.costs.map((cost) => this.amount(cost, subject))
            : node.of.map((name) => subject.lines.get(name)),
        );
        if (base.value === null) return base;
        return derive(node, times(base.value, rate), KNOWN, base.parts, { cost: base.value, rate });
      }
      case "Sum":
        return added(
          node,
          node.parts.map((part) => this.amount(part, subject)),
        );
      case "Least": {
        const parts = node.parts.map((part) => this.amount(part, subject));
        if (parts.some(({ value }) => value !== null && isZero(value))) return derive(node, ZERO, KNOWN, parts);
        const unknown = unknownIn(parts);
        if (unknown.size) return derive(node, null, unknown, parts);
        return derive(node, parts.map((part) => part.value).reduce(least), KNOWN, parts);
      }
      case "PerMember":
        return added(
          node,
          subject.members.map((member) => this.brought(node, member)),
        );
      default:
        throw new Error(`no amount of the kind ${node.is}`);
    }
  }

  /** What is not limited as it is, and of each limited category no more than its limit. */
  costs(node, subject) {
    if (node.led_by.length) {
      const leader = this.hasItem(null, node.led_by, subject);
      if (leader.value !== true) return derive(node, leader.value === null ? null : ZERO, leader.unknown);
    }
    const items = [];
    const open = [];
    for (const item of subject.items) {
      const { takes, names } = picked(item, node.picks, subject.prefix);
      if (takes) items.push(counted(item, node.months));
      if (takes === null) {
        items.push(derive(item, null, names, [], { cost: item.cost }));
        open.push(names);
      }
    }
    if (open.length) return derive(node, null, joined(open), items);
    const sumOf = (category) =>
      sum(items.filter(({ node: item }) => item.category === category).map((part) => part.value));
    let total = sum(items.map((part) => part.value));
    const reached = [];
    for (const limit of node.limits) {
      const cost = sumOf(limit.category);
      if (isZero(cost)) continue;
      const lost = most(minus(cost, limit.limit.value), ZERO);
      total = minus(total, lost);
      reached.push(derive(limit, limit.limit.value, KNOWN, [], { cost, lost }));
    }
    return derive(node, total, KNOWN, [...items, ...reached]);
  }

  apportion(node, subject) {
    const fact = (name) => this.quantity({ is: "Fact", name }, subject);
    const parts = [this.amount(node.of, subject), fact(node.part), fact(node.whole)];
    const cost = parts[0].value;
    if (cost !== null && isZero(cost)) return derive(node, ZERO, KNOWN, [parts[0]], { cost: ZERO });
    const unknown = unknownIn(parts);
    if (unknown.size) return derive(node, null, unknown, parts);
    const rate = through(parts[1].value, parts[2].value);
    const paid = times(cost, rate);
    return derive(node, paid, KNOWN, parts, { cost, rate, lost: minus(cost, paid) });
  }

  /** Each tier in turn yields what its width and the cost that is left allow; cost beyond the last tier yields nothing. */
  tiered(node, subject) {
    const cost = this.amount(node.of, subject);
    if (cost.value === null) return derive(node, null, cost.unknown, [cost]);
    let [left, below, total, rate] = [cost.value, ZERO, ZERO, ZERO];
    const steps = [cost];
    for (const [place, tier] of node.tiers.entries()) {
      if (isZero(left)) break;
      const chosen = this.amount(tier.rate, subject);
      if (chosen.value === null) {
        const further = node.tiers.slice(place + 1).map((each) => this.amount(each.rate, subject));
        return derive(node, null, chosen.unknown, [...steps, chosen, ...further]);
      }
      rate = chosen.value;
      let [used, paid] = [left, times(left, rate)];
      if (tier.up_to !== null) {
        const width = minus(tier.up_to.value, below);
        if (node.on_subsidy && compare(paid, width) > 0n) [used, paid] = [through(width, rate), width];
        else if (!node.on_subsidy && compare(left, width) > 0n) [used, paid] = [width, times(width, rate)];
        below = tier.up_to.value;
      }
      steps.push(derive(tier, paid, KNOWN, [chosen], { cost: used, rate }));
      [total, left] = [plus(total, paid), minus(left, used)];
    }
    return derive(node, total, KNOWN, steps, { cost: cost.value, lost: times(left, rate) });
  }

  /** Cut as declared; what would be rounded up beyond the limit is cut down. */
  rounded(node, inner, limit, subject) {
    if (inner.value === null) return derive(node, null, inner.unknown, [inner]);
    let paid = cut(inner.value, node.unit.value, node.mode);
    if (limit !== null) {
      const end = this.amount(limit, subject);
      if (end.value !== null) paid = least(paid, cut(end.value, node.unit.value, "down"));
      else if (compare(paid, inner.value) > 0n) return derive(node, null, end.unknown, [inner, end]);
    }
    return derive(node, paid, KNOWN, [inner], { lost: minus(inner.value, paid) });
  }

  /** What the borrowed lines come to for one member; nothing where the member does not qualify. */
  brought(node, member) {
    const total = added(
      member.applicant,
      node.lines.map((line) => this.line(line, member)),
    );
    if (node.only === null || (total.value !== null && isZero(total.value))) return total;
    const qualifies = this.condition(node.only, member);
    if (qualifies.value === true) return total;
    if (qualifies.value === false) return derive(member.applicant, ZERO, KNOWN, [qualifies]);
    return derive(member.applicant, null, unknownIn([qualifies, total]), [qualifies]);
  }

  line(line, subject) {
    const inner = this.amount(line.amount, subject);
    const derivation = derive(line, inner.value, inner.unknown, [inner]);
    subject.lines.set(line.id, derivation);
    return derivation;
  }

  /** The most an amount may be rounded up to: its caps, and nothing where it comes to nothing. */
  ceiling(node) {
    if (!this.ceilings.has(node)) this.ceilings.set(node, this.ceilingOf(node));
    return this.ceilings.get(node);
  }

  ceilingOf(node) {
    switch (node.is) {
      case "Capped":
        return { is: "Capped", of: this.ceiling(node.of), cap: node.cap };
      case "Rounded":
        return this.ceiling(node.of);
      case "PerMember":
        return { ...node, lines: node.lines.map((line) => ({ ...line, amount: this.ceiling(line.amount) })) };
      case "Tiered": {
        const top = node.tiers.at(-1).up_to;
        const endless = { is: "Rated", of: node, rate: ENDLESS };
        return node.on_subsidy && top !== null ? { is: "Capped", of: endless, cap: top } : endless;
      }
      default:
        return { is: "Rated", of: node, rate: ENDLESS };
    }
  }

  /** The most the total of a frame may be rounded up to, by the caps of its lines and subtotals. */
  ceilingOfTotal(frame) {
    const found = new Map(frame.lines.map((line) => [line.id, this.ceiling(line.amount)]));
    for (const subtotal of frame.subtotals) {
      const parts = subtotal.parts.map((name) => found.get(name));
      found.set(subtotal.id, { is: "Capped", of: { is: "Sum", parts }, cap: subtotal.cap });
    }
    return { is: "Sum", parts: outermost(frame).map((name) => found.get(name)) };
  }

  // --- frames ---

  frame(frame, subject) {
    const nothing = {
      frame,
      subsidy: 0n,
      unknown: KNOWN,
      requirements: [],
      lines: [],
      subtotals: [],
      total: null,
      bands: [],
      band: null,
    };
    const touched = decided(
      null,
      frame.lines.map((line) => this.paysFor(line.amount, subject)),
      true,
    );
    if (touched.value === false) return { ...nothing, status: "no_cost" };
    const required = this.requirements(frame.requires, subject);
    const left = new Left();
    const { lines, subtotals } = this.paid(frame, subject, left);
    const total = this.total(frame, subject);
    const bands = frame.bands.map((band) => this.band(band, frame.rounding, total, subject));
    const shown = { ...nothing, requirements: required.parts, lines, subtotals, total, bands };
    if (required.value === false) return { ...shown, status: "ineligible" };
    const { status, subsidy, doubt, band } = settled(total, bands);
    const unknown = joined([required.unknown, doubt, touched.unknown]);
    if (touched.value === null || (status !== "ineligible" && unknown.size)) {
      return { ...shown, status: "incomplete", subsidy: null, unknown };
    }
    const judgement = { ...shown, status, subsidy, band };
    return status === "ineligible" ? judgement : this.sharedOut(judgement, subject, left);
  }

  /** Whether a line pays for an item that costs anything. */
  paysFor(node, subject) {
    switch (node.is) {
      case "Costs": {
        const priced = this.hasItem(null, node.picks, subject, true);
        return node.led_by.length ? decided(null, [priced, this.hasItem(null, node.led_by, subject)], false) : priced;
      }
      case "PerMember": {
        const any = (member) =>
          decided(
            null,
            node.lines.map((line) => this.paysFor(line.amount, member)),
            true,
          );
        return decided(null, subject.members.map(any), true);
      }
      case "Apportion":
      case "Rated":
      case "Tiered":
      case "Capped":
      case "Rounded":
        return this.paysFor(node.of, subject);
      case "Number":
      case "Choose":
      case "Scaled":
      case "Share":
      case "Sum":
      case "Least":
        return derive(node, false);
      default:
        throw new Error(`no amount of the kind ${node.is}`);
    }
  }

  /** All of them together; each part is what becomes of one. */
  requirements(requirements, subject) {
    return decided(
      null,
      requirements.map((each) => {
        const inner = this.condition(each.holds, subject);
        return derive(each, inner.value, inner.unknown, [inner]);
      }),
      false,
    );
  }

  /** Lines in order; a subtotal is struck as soon as its last line is there, so that later lines may refer to it. */
  paid(frame, subject, left) {
    const lines = [];
    const subtotals = [];
    subject.lines.clear();
    for (const line of frame.lines) {
      const derivation = this.line(line, subject);
      lines.push({ line, derivation, paid: null, cuts: [] });
      if (derivation.value !== null) left.yen.set(line.id, derivation.value);
      for (const subtotal of frame.subtotals.filter((each) => each.lines.at(-1) === line.id)) {
        subtotals.push(this.struck(subtotal, subject, left));
      }
    }
    return { lines, subtotals };
  }

  /** The least of the sum of the parts and the shared cap; later shares count what is left of each line. */
  struck(subtotal, subject, left) {
    const parts = [...subtotal.parts.map((name) => subject.lines.get(name)), this.amount(subtotal.cap, subject)];
    const unknown = unknownIn(parts);
    let derivation = derive(subtotal, null, unknown, parts);
    if (!unknown.size) {
      const asked = sum(parts.slice(0, -1).map((part) => part.value));
      const paid = least(asked, parts.at(-1).value);
      derivation = derive(subtotal, paid, KNOWN, parts, { cost: asked, lost: minus(asked, paid) });
      left.take({ subtotal, derivation }, minus(asked, paid), subtotal.lines);
    }
    subject.lines.set(subtotal.id, derivation);
    for (const name of subtotal.lines) {
      const value = unknown.size ? null : left.yen.get(name);
      subject.lines.set(name, { ...subject.lines.get(name), value, unknown });
    }
    return { subtotal, derivation };
  }

  /** Lines outside subtotals and the subtotals, added; cut once here where the ruleset rounds totals. */
  total(frame, subject) {
    const { unit, mode, at } = frame.rounding;
    const total = added(
      frame,
      outermost(frame).map((name) => subject.lines.get(name)),
    );
    if (total.value !== null) total.cost = total.value;
    if (at === "line") return total;
    const limit = mode === "down" ? null : this.ceilingOfTotal(frame);
    return this.rounded({ is: "Rounded", of: unit, unit, mode }, total, limit, subject);
  }

  /** What the band would grant of the total. */
  band(band, rounding, total, subject) {
    const required = this.requirements(band.requires, subject);
    const cap = band.cap === null ? null : this.amount(band.cap, subject);
    const found = { band, requirements: required.parts, holds: required.value, reached: true, grant: ZERO, cap };
    const unknown = joined([required.unknown, cap === null ? KNOWN : cap.unknown]);
    if (total.value === null || (cap !== null && cap.value === null)) {
      return { ...found, unknown: joined([unknown, total.unknown]) };
    }
    let grant = total.value;
    const reached = band.floor === null || compare(grant, band.floor.value) >= 0n;
    if (cap !== null) grant = least(grant, cap.value);
    if (band.below !== null) grant = least(grant, minus(band.below.value, rounding.unit.value));
    return { ...found, reached, grant, unknown };
  }

  /** What rounding and the band take as well, from the last lines first: then the lines add up to the subsidy. */
  sharedOut(judgement, subject, left) {
    const { total, band, frame } = judgement;
    const names = [...left.yen.keys()];
    if (total.node.is === "Rounded") {
      if (total.lost.over > 0n) left.take(total.node, total.lost, names);
      else if (total.lost.over < 0n) this.roundedUp(judgement, minus(ZERO, total.lost), subject, left);
    }
    let granted = null;
    if (judgement.status === "payable") {
      const grant = band === null ? total.value : band.grant;
      if (band !== null) left.take(band, minus(total.value, grant), names);
      const yen = exact(floor(grant));
      const node = {
        is: "Rounded",
        of: frame.rounding.unit,
        unit: { ...frame.rounding.unit, value: ONE },
        mode: "down",
      };
      granted = derive(node, yen, KNOWN, [], { lost: minus(grant, yen) });
      left.take(node, granted.lost, names);
    }
    const lines = judgement.lines.map((line) => ({
      ...line,
      paid: granted === null ? ZERO : left.yen.get(line.line.id),
      cuts: left.cuts.get(line.line.id) ?? [],
    }));
    return { ...judgement, lines, granted };
  }

  /** What rounding up adds goes to the last lines that stay within every cap over them. */
  roundedUp({ frame, total, subtotals }, more, subject, left) {
    for (const line of [...frame.lines].reverse()) {
      const over = subtotals.filter(({ subtotal }) => subtotal.lines.includes(line.id));
      const rooms = over.map(({ subtotal, derivation }) =>
        minus(derivation.parts.at(-1).value, sum(subtotal.lines.map((name) => left.yen.get(name)))),
      );
      const room = minus(this.amount(this.ceiling(line.amount), subject).value, left.yen.get(line.id));
      const onTop = [more, room, ...rooms].reduce(least);
      left.cut(total.node, line.id, minus(ZERO, onTop));
      more = minus(more, onTop);
    }
  }
}

/** What is paid at all and has no cap may be rounded up however coarse the unit is. */
const ENDLESS = { is: "Number", value: exact(10n ** 60n), kind: "rate", from: null };

/** As a whole multiple of the unit, in the declared direction. */
function cut(number, unit, mode) {
  const over = number.over;
  const under = number.under * unit.over;
  const whole = (top, bottom) => exact(floor(exact(top, bottom)) * unit.over);
  if (mode === "up") return exact(-floor(exact(-over, under)) * unit.over);
  if (mode === "half_up") return whole(2n * over + under, 2n * under);
  return whole(over, under);
}

/** What the total of a frame adds up: subtotals that lie in no other, and lines that lie in none, in the order they are struck. */
function outermost(frame) {
  const inside = new Set(frame.subtotals.flatMap((subtotal) => subtotal.parts));
  const struck = frame.lines.flatMap((line) => [
    line.id,
    ...frame.subtotals.filter((subtotal) => subtotal.lines.at(-1) === line.id).map((subtotal) => subtotal.id),
  ]);
  return struck.filter((name) => !inside.has(name));
}

/** Status, yen and band from the total and the bands, or the facts that stand in the way. */
function settled(total, bands) {
  const answer = (status, subsidy, doubt = KNOWN, band = null) => ({ status, subsidy, doubt, band });
  if (!bands.length) return answer("payable", total.value === null ? null : floor(total.value), total.unknown);
  const standing = bands.filter((band) => band.holds !== false);
  const all = (some) => joined(some.map((band) => band.unknown));
  if (!standing.length) return answer("ineligible", 0n);
  if (total.value === null) return answer("incomplete", null, all(standing));
  const sure = standing.filter((band) => band.holds && band.reached && !band.unknown.size);
  const best = sure.reduce((found, band) => (found && compare(band.grant, found.grant) <= 0n ? found : band), null);
  const mayPayMore = (band) => best === null || band.holds === true || compare(band.grant, best.grant) > 0n;
  const open = standing.filter((band) => band.unknown.size && band.reached && mayPayMore(band));
  if (open.length || !standing.some((band) => band.holds))
    return answer("incomplete", null, all(open.length ? open : standing));
  return best === null ? answer("below_floor", 0n) : answer("payable", floor(best.grant), KNOWN, best);
}

/** What is left of each line while caps are struck, and what each of them took. */
class Left {
  constructor() {
    this.yen = new Map();
    this.cuts = new Map();
  }

  /** From the last of these lines first. */
  take(by, lost, names) {
    for (const name of [...names].reverse()) {
      const taken = least(lost, this.yen.get(name));
      this.cut(by, name, taken);
      lost = minus(lost, taken);
    }
  }

  /** So much of one line (below zero: on top of it). */
  cut(by, name, yen) {
    if (isZero(yen)) return;
    this.yen.set(name, minus(this.yen.get(name), yen));
    this.cuts.set(name, [...(this.cuts.get(name) ?? []), { by, yen }]);
  }
}

// --- costs ----------------------------------------------------------------------------------------------------------------

const NO_MONEY = new Set(
  "Share Every Some Not Is Compare Against SameKinds Among Holds HasItem EveryMember Said Table".split(" "),
);

/** The money of a line in reading order; what a share is a share of is another line's, and conditions hold no money. */
export function* own(derivation) {
  yield derivation;
  if (NO_MONEY.has(derivation.node.is)) return;
  for (const part of derivation.parts) yield* own(part);
}

/** The cost a frame looks at, after month and category limits; null where fields left out decide it. */
export function eligibleCost(judgement) {
  let total = ZERO;
  for (const { derivation } of judgement.lines) {
    for (const step of own(derivation)) {
      if (step.node.is !== "Costs") continue;
      if (step.value === null) return null;
      total = plus(total, step.value);
    }
  }
  return total;
}

/** A ruleset written out as data, made ready: figures are numbers. */
export function ready(data) {
  if (Array.isArray(data)) data.forEach(ready);
  else if (data !== null && typeof data === "object") {
    if (data.is === "Number") data.value = fromText(data.value);
    else Object.values(data).forEach(ready);
  }
  return data;
}
