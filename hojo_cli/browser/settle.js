// What can still come of a frame while facts are missing: every completion of a few facts, laid out.
//
// Three-valued logic says too much: it cannot see that both answers to a question run into the same cap. Where only facts of the applicant
// are missing, and few enough, each class of values that conditions can tell apart is tried; a fact stands in the way only if some of its classes
// come to something else. Beyond that (members, fields of items, numbers whose very value counts, too many) the three-valued answer stands.

import { compare, exact, floor, fromText, isZero, plus, toText } from "./exact.js";

const LARGEST = exact(10n ** 15n);
const FINEST = exact(1n, 10n ** 9n);
const ONE = exact(1n);
const NEVER = "never";
const MOST = 8; // so many facts are tried, and so often a frame is judged: an answer is there as one types
const BUDGET = 400;

class TooMany extends Error {}

/** How the conditions of a ruleset part the values of its facts. */
export class Classes {
  constructor(reader) {
    this.reader = reader;
    this.tested = new Map(); // choices: the sets they are tested for
    this.cuts = new Map(); // numbers: where comparisons part them
    this.counted = new Set(); // numbers whose very value counts
    this.gather(reader.ruleset);
    const specs = Object.values(reader.ruleset.facts);
    this.tied = specs.filter((spec) => spec.at_most !== null).flatMap((spec) => [spec.id, spec.at_most]); // say what others can be
    this.conditional = specs.filter((spec) => spec.only_if !== null);
  }

  gather(node) {
    if (Array.isArray(node)) node.forEach((part) => this.gather(part));
    if (node === null || typeof node !== "object" || Array.isArray(node)) return;
    switch (node.is) {
      case "Number":
        return;
      case "Among":
        this.listOf(this.tested, node.fact).push(node.choices);
        return;
      case "Compare":
        if (["Fact", "FactOr"].includes(node.quantity.is))
          this.listOf(this.cuts, node.quantity.name).push([node.op, node.number.value]);
        else this.gather(node.quantity);
        return;
      case "Fact":
      case "FactOr":
        this.counted.add(node.name);
        break;
      case "Apportion":
        this.counted.add(node.part).add(node.whole);
        break;
      default:
    }
    Object.values(node).forEach((part) => this.gather(part));
  }

  listOf(map, name) {
    if (!map.has(name)) map.set(name, []);
    return map.get(name);
  }

  /** One value for each class of a fact that is unknown beside these; TooMany where they cannot be told (not beside others that are `asked`). */
  of(name, facts, asked) {
    const spec = this.reader.ruleset.facts[name];
    if (spec.kind === "boolean") return [false, true];
    if (spec.kind === "choice") {
      const sets = this.tested.get(name) ?? [];
      const firsts = new Map();
      for (const choice of Object.keys(spec.choices)) {
        const key = sets.map((set) => set.includes(choice)).join();
        if (!firsts.has(key)) firsts.set(key, choice);
      }
      return [...firsts.values()];
    }
    const parts = Object.values(this.reader.ruleset.facts).filter((other) => other.at_most === name);
    const bound = [...parts.map((part) => part.id), spec.at_most].some(
      (other) => facts[other] === undefined && asked.has(other),
    );
    if (spec.kind === "set" || spec.within || this.counted.has(name) || bound) throw new TooMany();
    const lows = [fromText(spec.minimum), ...parts.map((part) => facts[part.id] ?? fromText(part.minimum))];
    const highs = [spec.maximum === null ? LARGEST : fromText(spec.maximum), facts[spec.at_most] ?? LARGEST];
    const low = lows.reduce((one, other) => (compare(one, other) >= 0n ? one : other));
    const high = highs.reduce((one, other) => (compare(one, other) <= 0n ? one : other));
    const starts = (this.cuts.get(name) ?? []).flatMap(([op, limit]) => startsOf(op, limit, spec.kind === "rate"));
    const within = starts.filter((start) => compare(start, low) > 0n && compare(start, high) <= 0n);
    return [low, ...within.sort((one, other) => (compare(one, other) < 0n ? -1 : 1))];
  }

  /** Whether facts stand beside each other that cannot. */
  impossible(facts) {
    return this.conditional.some(({ id, only_if }) => says(facts[id]) && this.reader.holds(only_if, facts) === false);
  }
}

/** Whether an answer says more than none (0, no, nothing chosen). */
function says(value) {
  return value !== undefined && value !== false && value.size !== 0 && (value.over === undefined || !isZero(value));
}

/** The least values of the parts that lie above a comparison's border. */
function startsOf(op, limit, fine) {
  const whole = floor(limit);
  const from = fine || limit.under === 1n ? limit : exact(whole + 1n);
  const beyond = fine ? plus(limit, FINEST) : plus(exact(whole), ONE);
  return { min: [from], below: [from], max: [beyond], above: [beyond], eq: [from, beyond] }[op];
}

/**
 * The judgement of a frame with no more in `unknown` than still stands in the way, and the least and greatest yen that may come
 * (`possible`). One that comes to the same whatever is answered is settled.
 */
export function settle(judgement, applicant, classes) {
  if (judgement.status !== "incomplete" || judgement.unknown.size > MOST) return judgement;
  const walk = new Walk(judgement, applicant, classes);
  try {
    const root = walk.explore(applicant.facts, judgement);
    const outcomes = [...walk.leaves.values()];
    if (!outcomes.length) return judgement; // the answers that were given exclude each other
    const settled = sameForAll(outcomes);
    if (settled === null) {
      const yen = outcomes.map((leaf) => leaf.subsidy).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
      return { ...judgement, unknown: namesIn(root), possible: [yen[0], yen.at(-1)] };
    }
    const shown = settled.status === "ineligible" ? judgement : settled;
    return { ...shown, status: settled.status, subsidy: settled.subsidy, unknown: new Set() };
  } catch (problem) {
    if (!(problem instanceof TooMany)) throw problem;
    return judgement;
  }
}

/** What several outcomes come to, if they are one; who is ineligible if anything is bought at all is ineligible. */
function sameForAll(outcomes) {
  const some = outcomes.length > 1 ? outcomes.filter((leaf) => leaf.status !== "no_cost") : outcomes;
  if (some.length !== 1 || (outcomes.length > 1 && some[0].status !== "ineligible")) return null;
  return some[0];
}

/** A tree of forks: `{fact, branches, key}`, or a leaf, which is its own key. Two with the same key are the same. */
class Walk {
  constructor({ frame, unknown }, applicant, classes) {
    Object.assign(this, {
      frame,
      asked: unknown,
      applicant,
      classes,
      left: BUDGET,
      leaves: new Map(),
      met: new Map(),
      ids: new Map(),
    });
    this.names = Object.keys(classes.reader.ruleset.facts);
  }

  explore(facts, known = null) {
    if (this.classes.impossible(facts)) return NEVER;
    this.left -= 1;
    if (this.left < 0) throw new TooMany();
    const judgement = known ?? this.classes.reader.judgeFrame(this.frame, { ...this.applicant, facts });
    if (judgement.status !== "incomplete") {
      const leaf = `${judgement.status} ${judgement.subsidy}`;
      this.leaves.set(leaf, judgement);
      return leaf;
    }
    const open = this.names.filter((name) => judgement.unknown.has(name));
    if (open.length < judgement.unknown.size) throw new TooMany();
    const rest = this.rest(judgement, facts);
    if (!this.met.has(rest)) this.met.set(rest, this.fork(open[0], facts));
    return this.met.get(rest);
  }

  fork(fact, facts) {
    const branches = this.classes.of(fact, facts, this.asked).map((value) => this.explore({ ...facts, [fact]: value }));
    const possible = branches.filter((branch) => branch !== NEVER);
    if (new Set(possible.map(keyOf)).size < 2) return possible[0] ?? NEVER;
    return { fact, branches, key: this.id(`${fact}(${branches.map(keyOf).join("|")})`) };
  }

  /** All that what comes of a frame still depends on: what is decided of it, and the parts that are not, down to the facts they ask for. */
  rest(judgement, facts) {
    const seen = new Map();
    const left = (derivation) => {
      if (derivation.value !== null) return valueText(derivation.value);
      if (seen.has(derivation)) return seen.get(derivation);
      const chosen = ["Choose", "Table"].includes(derivation.node?.is); // of a branch that may stand it counts when it does
      const parts = chosen ? derivation.parts.flatMap((branch) => branch.parts) : derivation.parts;
      seen.set(derivation, this.id(`${this.nodeId(derivation.node)}(${parts.map(left).join()})`));
      return seen.get(derivation);
    };
    const bands = judgement.bands.flatMap((band) => [...band.requirements, ...(band.cap === null ? [] : [band.cap])]);
    const lines = [...judgement.lines, ...judgement.subtotals].map((each) => each.derivation);
    const { conditional, reader } = this.classes;
    const conditions = conditional.map((spec) => reader.derivation(spec.only_if, facts));
    const tied = this.classes.tied.map((name) => (facts[name] === undefined ? "" : valueText(facts[name])));
    const said = conditional.map((spec) => (facts[spec.id] === undefined ? "" : `${says(facts[spec.id])}`));
    return [
      ...[...judgement.requirements, ...lines, judgement.total, ...bands, ...conditions].map(left),
      ...tied,
      ...said,
    ].join(";");
  }

  nodeId(node) {
    return node?.is === "Fact" || node?.is === "FactOr" ? node.name : this.id(node);
  }

  /** A number for each thing that is told apart here: a node, or a text. */
  id(thing) {
    if (!this.ids.has(thing)) this.ids.set(thing, `#${this.ids.size}`);
    return this.ids.get(thing);
  }
}

const valueText = (value) => (value.over === undefined ? `${value}` : toText(value));

const keyOf = (tree) => tree.key ?? tree;

function namesIn(tree) {
  if (typeof tree === "string") return new Set();
  return new Set([tree.fact, ...tree.branches.flatMap((branch) => [...namesIn(branch)])]);
}
