// Applicants as the tests in Python write them down, judged by the reader.

import { fromText, toText } from "../../hojo_cli/browser/exact.js";
import { Reader, eligibleCost, ready } from "../../hojo_cli/browser/reader.js";

export function rulesetsOf(written) {
  return Object.fromEntries(Object.entries(written).map(([name, data]) => [name, new Reader(ready(data))]));
}

/** Of each frame its status, yen, eligible cost, the facts that stand in the way, and the yen of its lines. */
export function answersOf(judgements) {
  return judgements.map((judgement) => {
    const cost = eligibleCost(judgement);
    const yen = judgement.subsidy === null ? null : `${judgement.subsidy}`;
    return [
      judgement.status,
      yen,
      cost === null ? null : toText(cost),
      [...judgement.unknown].sort(),
      paidOf(judgement),
    ];
  });
}

function paidOf(judgement) {
  return judgement.lines.map(({ line, paid }) => [line.id, paid === null ? null : toText(paid)]);
}

export function applicantOf(written) {
  return {
    name: "",
    prefix: written.prefix,
    facts: Object.fromEntries(Object.entries(written.facts).map(([name, value]) => [name, factOf(value)])),
    items: written.items.map((item) => ({
      ...item,
      cost: fromText(item.cost),
      months: item.months === null ? null : fromText(item.months),
      fields: Object.fromEntries(Object.entries(item.fields).map(([name, held]) => [name, new Set(held)])),
    })),
    members: written.members.map(applicantOf),
  };
}

function factOf(value) {
  if (Array.isArray(value)) return new Set(value);
  return value.number === undefined ? value : fromText(value.number);
}
