// What a frame pays, line by line: the items a line counts, the steps from their cost to its subsidy, what is not paid, and why.
// Each is in one language (`tongue`: 0 Japanese, 1 English), with where its figure stands.

import { ZERO, exact, isZero, minus, sum } from "./exact.js";
import { mixed, shown } from "./numbers.js";
import { own } from "./reader.js";

const ROUNDED = {
  down: ["{0}未満切捨て", "rounded down to {0}"],
  up: ["{0}未満切上げ", "rounded up to {0}"],
  half_up: ["{0}未満四捨五入", "rounded to {0}"],
};

/** A sentence in one language, filled in. */
export const say = (texts, tongue, ...words) =>
  quoting(texts, tongue).replace(/\{([0-9])\}/gu, (_, place) => words[place]);

/** What stands between backquotes in the catalogue stands between the quotation marks of the language. */
export const quoting = (texts, tongue) =>
  tongue ? texts[1].replace(/`([^`]*)`/gu, "“$1”") : texts[0].replace(/ ?`([^`]*)` ?/gu, "「$1」");

export class Breakdown {
  constructor(ruleset, tongue) {
    this.ruleset = ruleset;
    this.tongue = tongue;
  }

  say(texts, ...words) {
    return say(texts, this.tongue, ...words);
  }

  figure(value, kind = "yen") {
    return shown(value, kind, this.tongue);
  }

  /** Each line: its label, the cost it looks at, what is paid, and how that came about. */
  lines(judgement) {
    const costs = new Map(judgement.lines.map((line) => [line, costOf(line.derivation)]));
    const used = judgement.lines.filter((line) => costs.get(line) === null || !isZero(costs.get(line)));
    return used.map((line) => {
      const amount = line.derivation.parts[0];
      const cost = costs.get(line);
      const paid = judgement.status === "incomplete" ? null : (line.paid ?? ZERO);
      const steps = amount.value === null ? [] : this.steps(amount);
      if (amount.value !== null && paid !== null) {
        steps.push(...line.cuts.map((cut) => this.cut(cut, judgement)));
        const unpaid = minus(minus(amount.value, sum(line.cuts.map((cut) => cut.yen))), paid);
        if (!isZero(unpaid)) steps.push(this.unpaid(unpaid, judgement));
      }
      return { label: line.line.label[this.tongue], cost, paid, items: this.items(amount), steps };
    });
  }

  /** Each item as a line counts it, then what a limit for a category takes; inside a sum over members with whose it is. */
  items(derivation, whose = "") {
    if (derivation.node.is === "Share") return [];
    const member = derivation.node.members === undefined ? whose : `${this.member(derivation.node)}: `;
    if (derivation.node.is !== "Costs")
      return derivation.parts.filter((part) => part.node !== null).flatMap((part) => this.items(part, member));
    const told = derivation.parts.filter((part) =>
      part.node.limit === undefined ? part.value !== null : !isZero(part.lost),
    );
    return told.map((part) => {
      const found = part.node.limit === undefined ? this.item(part) : this.limited(part);
      return { ...found, label: member + found.label };
    });
  }

  limited({ node, lost }) {
    const category = this.ruleset.categories[node.category][this.tongue];
    const label = this.say(["{0}：{1}まで", "{0}: at most {1}"], category, this.figure(node.limit.value));
    return { label, cost: minus(ZERO, lost), from: node.limit.from };
  }

  item({ node, value, lost, parts }) {
    const label = this.itemLabel(node);
    if (isZero(lost)) return { label, cost: value, from: null };
    const [limit] = parts;
    return {
      label: this.say(["{0}のうち{1}分", "{0}, of which {1}"], label, this.figure(limit.value, "months")),
      cost: value,
      from: limit.node.limit.from,
    };
  }

  /** Name, category, and how the price is quoted. */
  itemLabel(item) {
    const category = this.ruleset.categories[item.category][this.tongue];
    const parts = [item.name ? this.say(["{0}（{1}）", "{0} ({1})"], item.name, category) : category];
    if (item.unit !== undefined) {
      const many = item.quantity.over > 1n;
      const factors = item.per || many ? [this.figure(item.unit)] : [];
      if (many) factors.push(mixed(item.quantity));
      if (item.per === 12) factors.push(this.figure(exact(item.months.over, 12n), "years"));
      else if (item.per) factors.push(this.figure(item.months, "months"));
      if (factors.length) parts.push(factors.join(this.tongue ? " × " : "×"));
      if (!item.per && item.months !== null)
        parts.push(this.say(["{0}分", "for {0}"], this.figure(item.months, "months")));
      if (!isZero(item.tax))
        parts.push(this.say(["（消費税{0}を除く）", "(without {0} of tax)"], this.figure(item.tax)));
      for (const { name, yen } of item.discounts) {
        parts.push(
          this.say(["−{0}（{1}）", "-{0} ({1})"], this.figure(yen), name || ["値引き", "discount"][this.tongue]),
        );
      }
    }
    return parts.join(" ");
  }

  /** From costs to yen; the yen of all steps add up to the value. */
  steps(derivation) {
    const { node, parts } = derivation;
    switch (node.is) {
      case "Rounded": {
        const before = this.steps(parts[0]);
        return isZero(derivation.lost) ? before : [...before, this.rounding(node, derivation.lost)];
      }
      case "Capped": {
        const before = this.steps(parts[0]);
        if (parts[1].value === null) return before;
        const label = this.say(["上限 {0}", "cap {0}"], this.used(parts[1]));
        return [
          ...before,
          { label, cost: null, rate: null, yen: minus(ZERO, derivation.lost), from: citedOf(parts[1]), limit: true },
        ];
      }
      case "Rated": {
        const share = this.apportioned(parts[0]);
        if (derivation.rate === null) return share;
        const label = this.say(["補助率 {0}", "rate {0}"], this.used(parts[1], "rate"));
        return [
          ...share,
          { label, cost: derivation.cost, rate: derivation.rate, yen: derivation.value, from: citedOf(parts[1]) },
        ];
      }
      case "Tiered":
        return [...this.apportioned(parts[0]), ...this.tiers(node, parts)];
      case "PerMember":
        return parts.flatMap((member) => this.ofMember(member));
      case "Costs":
      case "Apportion":
        return isZero(derivation.value)
          ? []
          : [
              {
                label: ["経費", "costs"][this.tongue],
                cost: null,
                rate: null,
                yen: derivation.value,
                from: node.from ?? null,
              },
            ];
      default:
        return isZero(derivation.value)
          ? []
          : [
              {
                label: this.reckoned(derivation),
                cost: null,
                rate: null,
                yen: derivation.value,
                from: citedOf(derivation),
              },
            ];
    }
  }

  tiers(node, parts) {
    let below = null;
    const found = [];
    for (const part of parts) {
      if (part.node.rate === undefined || part.node.is !== undefined) continue;
      const label = this.tier(part.node, below);
      found.push({
        label: node.on_subsidy ? this.say(["補助額{0}", "subsidy: {0}"], label) : label,
        cost: part.cost,
        rate: part.rate,
        yen: part.value,
        from: citedOf(part.parts[0]),
      });
      below = part.node;
    }
    return found;
  }

  tier({ up_to }, below) {
    if (up_to === null) return ["これを超える部分", "the part above"][this.tongue];
    const top = this.figure(up_to.value, up_to.kind);
    if (below === null || below.up_to === null) return this.say(["{0}までの部分", "the part up to {0}"], top);
    return this.say(["{0}超～{1}の部分", "the part from {0} to {1}"], this.figure(below.up_to.value, up_to.kind), top);
  }

  apportioned({ node, cost, rate }) {
    if (node.is !== "Apportion" || rate === null) return [];
    const names = [node.part, node.whole].map((name) => this.ruleset.facts[name].label[this.tongue]);
    return [
      { label: this.say(["按分：{0} ÷ {1}", "share: {0} / {1}"], ...names), cost, rate, yen: null, from: node.from },
    ];
  }

  /** The lines of a member that have a cost; or that the member is left out. */
  ofMember(member) {
    const whose = this.member(member.node);
    return member.parts.flatMap((part) => {
      if (part.node.amount === undefined) {
        return [
          { label: `${whose}: ${["対象外", "left out"][this.tongue]}`, cost: null, rate: null, yen: ZERO, from: null },
        ];
      }
      if (isZero(costOf(part))) return [];
      const named = (step) => ({ ...step, label: `${whose}: ${part.node.label[this.tongue]}: ${step.label}` });
      return this.steps(part.parts[0]).map(named);
    });
  }

  member({ prefix, name }) {
    const number = prefix.split(".")[1];
    return this.say(["構成員{0}", "member {0}"], number) + (name ? ` ${name}` : "");
  }

  rounding(node, yen) {
    const label = this.say(ROUNDED[node.mode], this.figure(node.unit.value));
    return { label, cost: null, rate: null, yen: minus(ZERO, yen), from: node.unit.from };
  }

  /** What a shared cap, a rounding or a band takes of a line. */
  cut({ by, yen }, { frame }) {
    if (by.is === "Rounded") return this.rounding(by, yen);
    const [name, limit, from] =
      by.subtotal !== undefined
        ? [by.subtotal.label, this.used(by.derivation.parts.at(-1)), citedOf(by.derivation.parts.at(-1))]
        : [by.band.label, ...this.upperLimit(by, frame.rounding.unit.value)];
    const label = this.say(["「{0}」{1}に収めます", "kept within `{0}`: {1}"], name[this.tongue], limit);
    return { label, cost: null, rate: null, yen: minus(ZERO, yen), from };
  }

  upperLimit({ band, cap }, unit) {
    if (cap !== null) return [this.used(cap), citedOf(cap)];
    const limits = [minus(band.below.value, unit), band.below.value].map((each) => this.figure(each));
    return [this.say(["{0}（{1}未満）", "{0} (less than {1})"], ...limits), band.below.from];
  }

  unpaid(yen, judgement) {
    const below = judgement.status === "below_floor";
    const label = below
      ? ["下限に届かないため支払われません", "not paid: under the lower limit"]
      : ["要件を満たさないため支払われません", "not paid: a requirement is not met"];
    return { label: label[this.tongue], cost: null, rate: null, yen: minus(ZERO, yen), from: null };
  }

  /** A limit or a rate as it was used; where it does not stand as it is, how it was reckoned. */
  used(derivation, kind = kindOf(derivation)) {
    const figure = this.figure(derivation.value, kind);
    const taken = throughChoices(derivation);
    if (!["Scaled", "Share", "Sum", "Least"].includes(taken.node.is)) return figure;
    return this.say(["{0}（{1}）", "{0} ({1})"], figure, this.reckoned(taken));
  }

  reckoned(derivation) {
    const taken = throughChoices(derivation);
    const parts = () =>
      taken.parts.filter((part) => part.value !== null).map((part) => this.figure(part.value, kindOf(part)));
    switch (taken.node.is) {
      case "Scaled":
        return `${this.figure(taken.cost, taken.node.number.kind)} × ${mixed(taken.rate)}`;
      case "Share":
        return this.say(
          taken.node.costs.length
            ? ["ほかの行の経費 {0} × {1}", "cost {0} of other lines × {1}"]
            : ["ほかの行の補助額 {0} × {1}", "{0} of other lines × {1}"],
          this.figure(taken.cost),
          this.figure(taken.rate, "rate"),
        );
      case "Sum":
        return parts().join(" + ");
      case "Least":
        return this.say(["{0}のうち最も小さいもの", "the least of {0}"], parts().join(["、", ", "][this.tongue]));
      default:
        return ["決まった額", "a fixed amount"][this.tongue];
    }
  }

  /** The items no line of the frame counts. */
  leftOut(judgement, applicant) {
    const counted = new Set();
    for (const { derivation } of judgement.lines) for (const step of own(derivation)) counted.add(step.node);
    const items = [applicant, ...applicant.members].flatMap((part) => part.items);
    return items
      .filter((item) => !counted.has(item) && !isZero(item.cost))
      .map((item) => ({ label: this.itemLabel(item), cost: item.cost }));
  }

  /** The requirements of the frame, then those of the band granted, or where none is, of the bands that stand in the way. */
  requirements(judgement) {
    const found = judgement.requirements.map((part) => ({
      label: part.node.label[this.tongue],
      holds: part.value,
      from: part.node.from,
    }));
    const bands = judgement.band === null ? judgement.bands.filter((band) => band.holds !== true) : [judgement.band];
    for (const band of bands) {
      for (const part of band.requirements) {
        found.push({
          label: `${band.band.label[this.tongue]}: ${part.node.label[this.tongue]}`,
          holds: part.value,
          from: part.node.from,
        });
      }
    }
    return found;
  }

  /** The labels of the questions that stand in the way, by the names they are missed by (`members.3.items[0].processes`), in the order of asking. */
  missing(judgement) {
    const order = [...Object.keys(this.ruleset.facts), ...Object.keys(this.ruleset.fields)];
    const found = [...judgement.unknown].map((name) => {
      const [, member, item, fact] = /^(?:members\.(\d+)\.)?(?:items\[(\d+)\]\.)?(.+)$/u.exec(name);
      return { member: Number(member ?? 0), item: Number(item ?? -1), fact };
    });
    found.sort(
      (one, other) =>
        one.member - other.member || one.item - other.item || order.indexOf(one.fact) - order.indexOf(other.fact),
    );
    return found.map(({ member, item, fact }) => {
      const label = (item < 0 ? this.ruleset.facts : this.ruleset.fields)[fact].label[this.tongue];
      const ofItem = item < 0 ? label : this.say(["明細{0}の{1}", "item {0}: {1}"], `${item + 1}`, label);
      return member ? this.say(["構成員{0}の{1}", "member {0}: {1}"], `${member}`, ofItem) : ofItem;
    });
  }
}

/** The cost a line looks at; null where fields left out decide it. */
function costOf(derivation) {
  let total = ZERO;
  for (const step of own(derivation)) {
    if (step.node.is !== "Costs") continue;
    if (step.value === null) return null;
    total = sum([total, step.value]);
  }
  return total;
}

function throughChoices(derivation) {
  let found = derivation;
  while ((found.node.is === "Choose" || found.node.use !== undefined) && found.parts.length) [found] = found.parts;
  return found;
}

function kindOf(derivation) {
  const { node, parts } = throughChoices(derivation);
  if (node.is === "Number") return node.kind;
  if (node.is === "Scaled") return node.number.kind;
  if (["Sum", "Least"].includes(node.is) && parts.length) return kindOf(parts[0]);
  return "yen";
}

/** Where the figure stands that was used in the end. */
function citedOf(derivation) {
  const { node, parts } = throughChoices(derivation);
  if (node.is === "Number") return node.from;
  if (node.is === "Scaled") return node.number.from;
  if (node.is === "Share") return node.rates[0].from;
  if (node.is === "Least" || node.is === "Sum") {
    const known = parts.filter((part) => part.value !== null);
    const pick =
      node.is === "Least"
        ? (one, other) => (minus(one.value, other.value).over <= 0n ? one : other)
        : (one, other) => (minus(one.value, other.value).over >= 0n ? one : other);
    return known.length ? citedOf(known.reduce(pick)) : null;
  }
  return null;
}
