// The questions about an applicant or a member, in the order of the ruleset: those that still matter are seen.

import { GONE, IDLE, INSTEAD, NEEDED, OPTIONAL } from "./questions.js";
import { questionOf, page, ruleset, word } from "./page.js";
import { choicesField, el, hintOf, selectField, textField } from "./elements.js";

export function questionsFor(part, prefix) {
  const specs = Object.entries(ruleset.facts).filter(([, spec]) => prefix || !spec.of_members);
  const instead = (name) => specs.filter(([, spec]) => spec.instead_of === name);
  const box = ([name, spec]) => question(part, prefix, name, spec);
  const main = specs.filter(
    ([name, spec]) => spec.instead_of === null && (!ruleset.optional.includes(name) || instead(name).length),
  );
  const optional = specs.filter(
    ([name, spec]) => spec.instead_of === null && ruleset.optional.includes(name) && !instead(name).length,
  );
  const fold = (title, some) => {
    const boxes = some.map(box);
    const made = el("details", { class: "fold" }, el("summary", {}, title), ...boxes.map(([node]) => node));
    page.watched.push(() => {
      made.hidden = boxes.every(([node]) => node.hidden);
      if (boxes.some(([node]) => !node.hidden && node.classList.contains("needed"))) made.open = true;
    });
    return made;
  };
  const blocks = main.flatMap((each) => {
    const [node] = box(each);
    return instead(each[0]).length ? [node, fold(word("instead"), instead(each[0]))] : [node];
  });
  if (optional.length) blocks.push(fold(word("optional"), optional));
  return el("div", { class: "questions" }, ...blocks);
}

function question(part, prefix, name, spec) {
  const id = `${prefix}facts.${name}`;
  const answered = () => {
    const value = part.facts[name];
    return Array.isArray(value) || Boolean(value?.trim?.());
  };
  const set = (value) => {
    part.facts[name] = value;
  };
  const title = spec.label[page.tongue];
  const note = el("p", { class: "note", hidden: true }, word("idle"));
  const lookUp = spec.look_up[page.tongue]
    ? el("p", { class: "look" }, word("lookUp", spec.look_up[page.tongue]))
    : null;
  const more = [el("p", { class: "ask" }, questionOf(spec.ask)), lookUp];
  let node;
  if (spec.kind === "boolean") {
    node = el(
      "fieldset",
      { class: "question" },
      el("legend", {}, title),
      ...more,
      radios(id, part.facts[name] ?? "", set),
      note,
    );
  } else if (spec.kind === "set") {
    node = el(
      "fieldset",
      { class: "question" },
      el("legend", {}, title),
      ...more,
      choicesField(id, spec.choices, part.facts[name], set),
      note,
    );
  } else if (spec.kind === "choice") {
    const options = [
      ["", word("unknown")],
      ...Object.entries(spec.choices).map(([choice, label]) => [choice, label[page.tongue]]),
    ];
    const field = selectField(id, title, part.facts[name] ?? "", options, (value) => {
      set(value);
      page.later();
    });
    field.querySelector("label").after(...more.filter(Boolean));
    node = el("div", { class: "question" }, field, note);
  } else {
    const field = textField(id, title, part.facts[name] ?? "", set, { kind: spec.kind, hint: hintOf(spec.kind) });
    field.querySelector("label").after(...more.filter(Boolean));
    node = el("div", { class: "question" }, field, note);
  }
  page.watched.push(({ asked, idle, nothing }) => {
    const how = asked.get(id) ?? IDLE;
    const matters = how === NEEDED || how === INSTEAD || how === OPTIONAL;
    node.hidden = how === GONE || (!matters && !answered() && !node.contains(document.activeElement));
    node.classList.toggle("needed", how === NEEDED || (how === INSTEAD && idle.begun(prefix, spec)));
    note.hidden = nothing || !answered() || !idle.names.has(id);
  });
  return [node];
}

function radios(id, value, set) {
  const choices = [
    ["true", word("yes")],
    ["false", word("no")],
    ["", word("unknown")],
  ];
  return el(
    "div",
    { class: "radios" },
    ...choices.map(([choice, text]) => {
      const at = `${id}.${choice || "unknown"}`;
      const radio = el("input", {
        id: at,
        type: "radio",
        name: id,
        value: choice,
        checked: choice === value,
        onchange: () => {
          set(choice);
          page.later();
        },
      });
      return el("span", { class: "check" }, radio, el("label", { for: at }, text));
    }),
  );
}
