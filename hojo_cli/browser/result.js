// What comes of the form: all frames compared, one of them line by line, its requirements, and where each figure stands.

import { exact, floor, minus, sum } from "./exact.js";
import { eligibleCost } from "./reader.js";
import { mixed, shown } from "./numbers.js";
import { bestOf } from "./questions.js";
import { Breakdown } from "./breakdown.js";
import { by, page, ruleset, word, yen } from "./page.js";
import { button, el } from "./elements.js";

export function showResult({ applicant, judgements }) {
  const best = bestOf(judgements);
  const looked = judgements.filter((judgement) => judgement.status !== "no_cost");
  const open = looked.filter((judgement) => judgement.status === "incomplete");
  const shownFrame =
    judgements.find((judgement) => judgement.frame.id === page.chosen) ??
    best ??
    (open.length ? mostPromising(open) : null) ??
    looked[0] ??
    null;
  const cost = sum([applicant, ...applicant.members].flatMap((part) => part.items).map((item) => item.cost));
  const words = verdict(best, open, looked, cost);
  if (by("verdict").textContent !== words) by("verdict").textContent = words;
  by("bar").textContent = best ? `${word("subsidy")} ${yen(exact(best.subsidy))} · ${word("jump")}` : word("jump");
  const focused = document.activeElement?.id;
  by("comparison").replaceChildren(...(looked.length ? [comparison(judgements, best, shownFrame, cost)] : []));
  by("breakdown").replaceChildren(...(looked.length && shownFrame ? breakdown(shownFrame, applicant, judgements) : []));
  if (focused && document.activeElement?.id !== focused) by(focused)?.focus();
}

function verdict(best, open, looked, cost) {
  if (!looked.length) return word("nothing");
  if (best !== null) {
    const own = minus(exact(floor(cost)), exact(best.subsidy));
    const mayPayMore = open.some((judgement) => !judgement.possible || judgement.possible[1] > best.subsidy);
    const also = mayPayMore ? word("alsoOpen") : "";
    return `${word("pays", best.frame.label[page.tongue], yen(exact(best.subsidy)), yen(own))}${page.tongue && also ? " " : ""}${also}`;
  }
  if (!open.length) return word("paysNothing");
  const first = mostPromising(open);
  const many = first.unknown.size;
  const [low, high] = (first.possible ?? []).map((each) => yen(exact(each)));
  const range = low === undefined ? "" : low === high ? word("exactly", low) : word("range", low, high);
  return word(many === 1 ? "awaitsOne" : "awaits", first.frame.label[page.tongue], `${many}`, range);
}

/** The open frame that may pay most; where that is not known, the one with the fewest questions left. */
function mostPromising(open) {
  const most = (judgement) => judgement.possible?.[1] ?? -1n;
  const better = (one, other) =>
    most(one) > most(other) || (most(one) === most(other) && one.unknown.size < other.unknown.size);
  return open.reduce((best, each) => (better(each, best) ? each : best));
}

function comparison(judgements, best, shownFrame, cost) {
  const head = ["frame", "subsidy", "own", "eligible"].map((key) => el("th", { scope: "col", class: key }, word(key)));
  const rows = judgements.map((judgement) => {
    const { frame, status, subsidy, unknown } = judgement;
    const label =
      status === "incomplete"
        ? word(unknown.size === 1 ? "incompleteOne" : "incomplete", `${unknown.size}`)
        : word(status);
    const settled = subsidy !== null && status !== "no_cost";
    const eligible = status === "no_cost" ? null : eligibleCost(judgement);
    const name =
      status === "no_cost"
        ? el("span", {}, frame.label[page.tongue])
        : button(
            frame.label[page.tongue],
            () => {
              page.chosen = frame.id;
              page.later(0);
            },
            {
              id: `frame-${frame.id}`,
              class: "frame-name",
              "aria-pressed": shownFrame === judgement ? "true" : "false",
              title: word("show"),
            },
          );
    return el(
      "tr",
      { class: judgement === best ? "best" : status },
      el(
        "th",
        { scope: "row" },
        name,
        el(
          "span",
          { class: `status ${status}` },
          judgement === best ? `${label}${page.tongue ? ", " : "・"}${word("best")}` : label,
        ),
      ),
      el(
        "td",
        {},
        settled
          ? mixed(exact(subsidy))
          : judgement.possible
            ? [...new Set(judgement.possible)].map((each) => mixed(exact(each))).join("～")
            : "–",
      ),
      el("td", {}, settled ? mixed(minus(exact(floor(cost)), exact(subsidy))) : "–"),
      el("td", { class: "eligible" }, eligible === null ? "–" : mixed(eligible)),
    );
  });
  return el(
    "table",
    { class: "comparison" },
    el("caption", {}, word("compared")),
    el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...rows),
  );
}

function breakdown(judgement, applicant, judgements) {
  const told = new Breakdown(ruleset, page.tongue);
  const notes = new Map();
  const made = [el("h3", {}, word("broken", judgement.frame.label[page.tongue]))];
  if (judgement.unknown.size) {
    const names = told.missing(judgement).map((label) => el("li", {}, label));
    made.push(el("h4", {}, word("missing")), el("ul", { class: "missing" }, ...names));
  }
  const lines = told.lines(judgement);
  if (lines.length) made.push(lineTable(lines, judgement, notes));
  const out = told.leftOut(judgement, applicant);
  if (out.length)
    made.push(
      el("h4", {}, word("leftOut")),
      el("ul", {}, ...out.map(({ label, cost }) => el("li", {}, `${label} ${yen(cost)}`))),
    );
  made.push(
    el("h4", {}, word("requirements")),
    el(
      "ul",
      { class: "requirements" },
      ...told.requirements(judgement).map(({ label, holds, from }) => {
        const how = holds === null ? "open" : holds ? "met" : "unmet";
        const mark = { open: "？", met: "○", unmet: "×" }[how];
        return el(
          "li",
          { class: how },
          el("span", { class: "mark", "aria-hidden": "true" }, mark),
          el("span", { class: "sr" }, `${word(how)}: `),
          label,
          noteLink(from, notes),
        );
      }),
    ),
  );
  made.push(...besideIt(judgement, judgements));
  if (notes.size)
    made.push(
      el("h4", {}, word("notes")),
      el("ol", { class: "notes" }, ...[...notes.values()].map(({ text, id }) => el("li", { id }, text))),
    );
  return made;
}

function lineTable(lines, judgement, notes) {
  const rows = lines.flatMap(({ label, cost, paid, items, steps }) => [
    el(
      "tr",
      { class: "line" },
      el("th", { scope: "rowgroup" }, label),
      el("td", {}, cost === null ? "–" : mixed(cost)),
      el("td", {}, paid === null ? "–" : mixed(paid)),
    ),
    ...items.map((item) =>
      el(
        "tr",
        { class: "counted" },
        el("td", { class: "what" }, item.label, noteLink(item.from, notes)),
        el("td", {}, mixed(item.cost)),
        el("td", {}),
      ),
    ),
    ...steps.map((step) => {
      const rate =
        step.rate === null || step.cost === null
          ? ""
          : ` ${mixed(step.cost)} × ${shown(step.rate, "rate", page.tongue)}`;
      const idle = step.limit && step.yen.over === 0n;
      return el(
        "tr",
        { class: idle ? "step idle" : "step" },
        el(
          "td",
          { class: "what" },
          step.label,
          rate ? el("span", { class: "rate" }, rate) : null,
          noteLink(step.from, notes),
        ),
        el("td", {}),
        el("td", {}, step.yen === null ? "" : idle ? word("notReached") : mixed(step.yen)),
      );
    }),
  ]);
  const costs = lines.map((line) => line.cost);
  const total = el(
    "tr",
    { class: "total" },
    el("th", { scope: "row" }, word("total")),
    el("td", {}, costs.includes(null) ? "–" : mixed(sum(costs))),
    el("td", {}, judgement.subsidy === null ? "–" : mixed(exact(judgement.subsidy))),
  );
  const head = el(
    "thead",
    {},
    el(
      "tr",
      {},
      el("th", { scope: "col" }, word("what")),
      el("th", { scope: "col" }, word("cost")),
      el("th", { scope: "col" }, word("subsidy")),
    ),
  );
  return el("table", { class: "lines" }, head, el("tbody", {}, ...rows), el("tfoot", {}, total));
}

/** A mark that leads to where a figure stands; each place is listed once. */
function noteLink(from, notes) {
  if (from === null || from === undefined) return null;
  const key = from.join("\n");
  if (!notes.has(key)) {
    const [source, at, printed, assume] = from;
    const parts = [
      ruleset.sources[source]?.title,
      at,
      printed && `「${printed}」`,
      assume && word("assumed", ruleset.assumptions[assume]?.[page.tongue] ?? assume),
    ];
    notes.set(key, { id: `note-${notes.size + 1}`, text: parts.filter(Boolean).join(" ") });
  }
  const { id } = notes.get(key);
  return el("a", { class: "note-link", href: `#${id}` }, `[${id.slice(5)}]`);
}

/** What the ruleset says of holding this frame beside the other ones that pay. */
function besideIt(judgement, judgements) {
  if (judgement.status !== "payable") return [];
  const paying = judgements
    .filter((each) => each.status === "payable" && each !== judgement)
    .map((each) => each.frame.id);
  const told = ruleset.combinations.flatMap(({ frames, allowed }) => {
    const other = frames.includes(judgement.frame.id) ? frames.find((name) => paying.includes(name)) : undefined;
    return other === undefined
      ? []
      : [
          word(
            allowed ? "together" : "apart",
            judgement.frame.label[page.tongue],
            ruleset.frames[other].label[page.tongue],
          ),
        ];
  });
  return told.length ? [el("ul", {}, ...told.map((text) => el("li", {}, text)))] : [];
}
