// Parts of a form: each with its label, what is wrong with it, and how it is read. All text goes in as text, whatever it holds.

import { by, page, ruleset, word } from "./page.js";
import { quoting } from "./breakdown.js";
import { readNumber, shown } from "./numbers.js";

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function button(text, onclick, more = {}) {
  return el("button", { type: "button", onclick, ...more }, text);
}

/** A text input with its label; what is wrong and how it is read stand below. */
export function textField(id, label, value, set, { hint = "", kind = null } = {}) {
  const told = el("p", { id: `${id}-told`, class: "told" });
  const input = el("input", {
    id,
    type: "text",
    value,
    autocomplete: "off",
    "aria-describedby": `${id}-told`,
    oninput: () => {
      set(input.value);
      page.later();
    },
  });
  page.watched.push(({ problems }) => {
    const problem = problems.get(id);
    input.setAttribute("aria-invalid", problem ? "true" : "false");
    told.className = problem ? "told wrong" : "told";
    told.textContent = problem ? messageOf(problem) : readAs(input.value, kind) || hint;
  });
  return el("div", { class: "field" }, el("label", { for: id }, label), input, told);
}

/** How a number is read, where it is written in words. */
function readAs(text, kind) {
  if (kind === null) return "";
  const { value } = readNumber(text.trim(), kind);
  const read = value === undefined ? "" : shown(value, kind, page.tongue);
  return !read || read.replaceAll(",", "") === text.trim() ? "" : word("read", read);
}

function messageOf({ code, words }) {
  const filled = { ...words };
  if (words.kind !== undefined)
    Object.assign(filled, { asked: ruleset.kinds[words.kind].name, example: ruleset.kinds[words.kind].example });
  if (words.found !== undefined) filled.found = ruleset.kinds[words.found].name;
  const said = (texts) => (Array.isArray(texts) ? quoting(texts, page.tongue) : (texts ?? ""));
  const fill = (texts) => said(texts).replace(/\{([a-z]+)\}/gu, (_, name) => said(filled[name]));
  const sentences = ruleset.messages[code].map(fill);
  return page.tongue ? sentences.join(" ").trim() : sentences.join("").replaceAll("」 ", "」");
}

export function selectField(id, label, value, options, set) {
  const choices = options.map(([name, text]) => el("option", { value: name, selected: name === value }, text));
  const select = el("select", { id, onchange: () => set(select.value) }, ...choices);
  return el("div", { class: "field" }, el("label", { for: id }, label), select);
}

export function checkbox(id, label, checked, set) {
  const box = el("input", { id, type: "checkbox", checked, onchange: () => set(box.checked) });
  return el("div", { class: "check" }, box, el("label", { for: id }, label));
}

/** Several choices: none said, some, or none of them. */
export function choicesField(id, choices, held, set) {
  const name = (choice) => `${id}.${choice}`;
  const boxes = Object.entries(choices).map(([choice, label]) =>
    checkbox(name(choice), label[page.tongue], Boolean(held?.includes(choice)), () => change(choice)),
  );
  const none = checkbox(name(" none"), word("noneOf"), held?.length === 0, () => change(null));
  const box = (choice) => by(name(choice));
  function change(choice) {
    if (choice === null) for (const other of Object.keys(choices)) box(other).checked = false;
    else box(" none").checked = false;
    const chosenNow = Object.keys(choices).filter((each) => box(each).checked);
    set(chosenNow.length || box(" none").checked ? chosenNow : null);
    page.later();
  }
  return el("div", { class: "choices" }, ...boxes, none);
}

/** How a number of a kind may be written. */
export const hintOf = (kind) => ruleset.kinds[kind].example[page.tongue].replaceAll("`", "");
