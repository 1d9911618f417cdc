// Which questions are asked: those that can still change what comes of some frame.
//
// What is asked is what `settle` leaves: exactly what matters where it lays everything out, else a superset, for three-valued logic is never sure
// without reason. Where something stands in for a fact that is left out, it is not missed and may still change the result: such a question is
// optional, and stays as long as some frame that pays for something reads it.

import { askedOf } from "./reader.js";
import { asksOf } from "./entry.js";

/** Not known and may decide; may be answered instead of another one; may be answered; makes no difference now; not for this applicant. */
export const NEEDED = "needed";
export const INSTEAD = "instead";
export const OPTIONAL = "optional";
export const IDLE = "idle";
export const GONE = "gone";

/** For each place of an applicant or member (`facts.employees`, `items.0.processes`), how it is asked. */
export function questionsOf(part, reader, judgements) {
  const missed = new Set(judgements.flatMap((judgement) => [...judgement.unknown]));
  const paying = judgements.filter((judgement) => judgement.status !== "no_cost").map((judgement) => judgement.frame);
  const found = new Map();
  for (const [name, spec] of Object.entries(reader.ruleset.facts)) {
    found.set(`facts.${name}`, howAsked(name, spec, part, reader, missed, paying));
  }
  for (const item of part.items) {
    for (const name of reader.ruleset.read_of[item.category] ?? []) {
      found.set(`items.${item.place}.${name}`, missed.has(askedOf(item, name, part.prefix)) ? NEEDED : IDLE);
    }
  }
  return found;
}

function howAsked(name, spec, part, reader, missed, paying) {
  const { facts, optional } = reader.ruleset;
  if (spec.of_members && !part.prefix) return GONE;
  if (spec.instead_of !== null && part.facts[spec.instead_of] !== undefined) return GONE;
  if (!asksOf(spec, part.facts, reader)) return GONE;
  if (missed.has(part.prefix + name)) return spec.instead_of === null ? NEEDED : INSTEAD;
  if (!optional.includes(name) || !paying.some((frame) => frame.reads.includes(name))) return IDLE;
  if (spec.instead_of === null) return OPTIONAL;
  const begun = Object.keys(part.facts).some((other) => facts[other].instead_of === spec.instead_of);
  return begun || missed.has(part.prefix + spec.instead_of) ? INSTEAD : IDLE;
}

/** The answers of an applicant without which everything would come to the same. */
export function idleAnswers(applicant, reader, judgements) {
  const before = outcome(judgements);
  return Object.keys(applicant.facts).filter((name) => {
    const facts = { ...applicant.facts };
    delete facts[name];
    return outcome(reader.judge({ ...applicant, facts })) === before;
  });
}

function outcome(judgements) {
  return judgements
    .map(({ status, subsidy, unknown }) => `${status} ${subsidy} ${[...unknown].sort().join()}`)
    .join(";");
}

/** The frame that pays most, the first of the ruleset among equals; null where none pays. */
export function bestOf(judgements) {
  return judgements
    .filter((judgement) => judgement.status === "payable")
    .reduce((best, each) => (best !== null && each.subsidy <= best.subsidy ? best : each), null);
}
