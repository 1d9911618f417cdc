// The form, generated from the ruleset: what is bought, the questions that still matter, the members of a group; and the file to save.

import { PRICES, applicantOf, emptyForm, emptyItem, emptyMember, fileOf, isBlank } from "./entry.js";
import { GONE, IDLE, INSTEAD, NEEDED, OPTIONAL, idleAnswers, questionsOf } from "./questions.js";
import { Classes, settle } from "./settle.js";
import { asked, by, page, reader, ruleset, word } from "./page.js";
import { button, checkbox, choicesField, el, selectField, textField } from "./elements.js";
import { showResult } from "./result.js";

// --- what is bought ---------------------------------------------------------------------------------------------------

function itemsOf(part, prefix) {
  const cards = part.items.map((entry, place) => itemCard(part, prefix, entry, place));
  const add = button(word("addItem"), () => { part.items.push(emptyItem()); page.rebuild(`${prefix}items.${part.items.length - 1}.name`); }, { class: "add" });
  return el("div", { class: "items" }, ...cards, add);
}

function itemCard(part, prefix, entry, place) {
  const id = (key) => `${prefix}items.${place}.${key}`;
  const set = (key) => (value) => { entry[key] = value; };
  const anew = (key) => (value) => { entry[key] = value; page.rebuild(id(key)); };
  const price = PRICES[entry.form];
  const discount = entry.form === "discount";
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  const categories = [["", word("choose")], ...Object.entries(ruleset.categories).map(([name, label]) => [name, label[page.tongue]])];
  const forms = Object.keys(PRICES).map((name) => [name, word(name)]);
  const waiting = el("p", { class: "waiting" });
  page.watched.push(({ counted, problems }) => {
    const open = !isBlank(entry) && !discount && !counted(prefix, place) && ![...problems.keys()].some((at) => at.startsWith(id("")));
    waiting.textContent = open ? word(price.needed && !entry.time.trim() && entry.category && entry.yen.trim() ? "waitingTime" : "waiting") : "";
  });
  const timed = price.needed || ruleset.timed.includes(entry.category) || entry.time.trim();
  const time = price.time === null || !timed ? null : textField(id("time"), word(price.needed ? price.time : "monthsAtOnce"), entry.time, set("time"), { kind: price.time });
  const fields = discount ? [] : (ruleset.read_of[entry.category] ?? []).map((name) => itemField(entry, name, id(name)));
  const remove = () => {
    part.items.splice(place, 1);
    if (!part.items.length) part.items.push(emptyItem());
    page.rebuild(`${prefix}items.${Math.min(place, part.items.length - 1)}.name`);
  };
  return el("fieldset", { class: "card" },
    el("legend", {}, word("item", `${place + 1}`)),
    el("div", { class: "grid" },
      textField(id("name"), word("itemName"), entry.name, set("name")),
      discount ? ofField(part, entry, id("of")) : selectField(id("category"), word("category"), entry.category, categories, anew("category")),
      selectField(id("form"), word("form"), entry.form, forms, anew("form")),
      textField(id("yen"), word(`yen${upper(entry.form)}`), entry.yen, set("yen"), { kind: "yen", hint: hintOf("yen") }),
      time,
      discount ? null : textField(id("quantity"), word("quantity"), entry.quantity, set("quantity"), { kind: "count" }),
    ),
    discount ? null : checkbox(id("tax"), word("tax"), entry.tax, (value) => { entry.tax = value; page.later(); }),
    ...fields,
    waiting,
    button(word("removeItem", `${place + 1}`), remove, { class: "remove" }),
  );
}

/** The item a discount is taken off, by its name; names change as one types. */
function ofField(part, entry, id) {
  const made = selectField(id, word("of"), entry.of, [], (value) => { entry.of = value; page.later(); });
  const select = made.querySelector("select");
  let before = null;
  page.watched.push(() => {
    const names = part.items.filter((each) => each.form !== "discount" && each.name.trim()).map((each) => each.name.trim());
    const known = [...new Set(names)].filter((name) => names.indexOf(name) === names.lastIndexOf(name));
    if (entry.of && !known.includes(entry.of)) entry.of = "";
    if (before === known.join("\n")) return;
    before = known.join("\n");
    select.replaceChildren(...[["", word("ofAll")], ...known.map((name) => [name, name])].map(([value, text]) =>
      el("option", { value, selected: value === entry.of }, text)));
  });
  return made;
}

function itemField(entry, name, id) {
  const spec = ruleset.fields[name];
  const box = el("fieldset", { id, class: "question" },
    el("legend", {}, spec.label[page.tongue]),
    el("p", { class: "ask" }, asked(spec.ask)),
    choicesField(id, spec.choices, entry.fields[name], (held) => { entry.fields[name] = held; }),
  );
  page.watched.push(({ asked }) => {
    const how = asked.get(id) ?? IDLE;
    box.hidden = how === IDLE && !entry.fields[name] && !box.contains(document.activeElement);
    box.classList.toggle("needed", how === NEEDED);
  });
  return box;
}

const hintOf = (kind) => ruleset.kinds[kind].example[page.tongue].replaceAll("`", "");

// --- questions --------------------------------------------------------------------------------------------------------

function questionsFor(part, prefix) {
  const specs = Object.entries(ruleset.facts).filter(([, spec]) => prefix || !spec.of_members);
  const instead = (name) => specs.filter(([, spec]) => spec.instead_of === name);
  const box = ([name, spec]) => question(part, prefix, name, spec);
  const main = specs.filter(([name, spec]) => spec.instead_of === null && (!ruleset.optional.includes(name) || instead(name).length));
  const optional = specs.filter(([name, spec]) => spec.instead_of === null && ruleset.optional.includes(name) && !instead(name).length);
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
  const answered = () => { const value = part.facts[name]; return Array.isArray(value) || Boolean(value?.trim?.()); };
  const set = (value) => { part.facts[name] = value; };
  const title = spec.label[page.tongue];
  const note = el("p", { class: "note", hidden: true }, word("idle"));
  const lookUp = spec.look_up[page.tongue] ? el("p", { class: "look" }, word("lookUp", spec.look_up[page.tongue])) : null;
  const more = [el("p", { class: "ask" }, asked(spec.ask)), lookUp];
  let node;
  if (spec.kind === "boolean") {
    node = el("fieldset", { class: "question" }, el("legend", {}, title), ...more, radios(id, part.facts[name] ?? "", set), note);
  } else if (spec.kind === "set") {
    node = el("fieldset", { class: "question" }, el("legend", {}, title), ...more, choicesField(id, spec.choices, part.facts[name], set), note);
  } else if (spec.kind === "choice") {
    const options = [["", word("unknown")], ...Object.entries(spec.choices).map(([choice, label]) => [choice, label[page.tongue]])];
    const field = selectField(id, title, part.facts[name] ?? "", options, (value) => { set(value); page.later(); });
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
  const choices = [["true", word("yes")], ["false", word("no")], ["", word("unknown")]];
  return el("div", { class: "radios" }, ...choices.map(([choice, text]) => {
    const at = `${id}.${choice || "unknown"}`;
    const radio = el("input", { id: at, type: "radio", name: id, value: choice, checked: choice === value, onchange: () => { set(choice); page.later(); } });
    return el("span", { class: "check" }, radio, el("label", { for: at }, text));
  }));
}

// --- members ----------------------------------------------------------------------------------------------------------

function membersOf() {
  const cards = page.form.members.map((member, at) => {
    const prefix = `members.${at + 1}.`;
    const remove = () => { page.form.members.splice(at, 1); page.rebuild("add-member"); };
    return el("fieldset", { class: "card member" },
      el("legend", {}, word("member", `${at + 1}`)),
      textField(`${prefix}name`, word("memberName"), member.name, (value) => { member.name = value; }),
      itemsOf(member, prefix),
      questionsFor(member, prefix),
      button(word("removeMember", `${at + 1}`), remove, { class: "remove" }),
    );
  });
  const add = () => { page.form.members.push(emptyMember()); page.rebuild(`members.${page.form.members.length}.name`); };
  return [el("p", { class: "help" }, word("membersHelp")), ...cards, button(word("addMember"), add, { id: "add-member", class: "add" })];
}

// --- the file ---------------------------------------------------------------------------------------------------------

function file() {
  const waiting = page.form.items.map((entry, place) => [entry, place]).filter(([entry, place]) =>
    !isBlank(entry) && entry.form !== "discount" && !page.latest.counted("", place));
  const head = [word("fileHead", ruleset.title[page.tongue]), word(ruleset.shipped ? "fileUse" : "fileOwnRules")];
  if (waiting.length) head.push(word("fileWaiting", waiting.map(([entry, place]) => entry.name.trim() || `${place + 1}`).join(", ")));
  return fileOf(page.form, reader, head);
}

function save() {
  const name = page.form.name.trim().replace(/[\\/:*?"<>|\p{C}]/gu, "_").slice(0, 60) || "applicant";
  const link = el("a", { href: URL.createObjectURL(new Blob([file()], { type: "application/yaml" })), download: `${name}.yaml` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// --- as one types -----------------------------------------------------------------------------------------------------

const classes = new Classes(reader);
let waitingFor = 0;

page.later = (milliseconds = 60) => {
  clearTimeout(waitingFor);
  waitingFor = setTimeout(update, milliseconds);
};

function update() {
  const { applicant, problems } = applicantOf(page.form, reader);
  const judged = reader.judge(applicant);
  const judgements = judged.map((judgement) => settle(judgement, applicant, classes));
  const asked = new Map();
  for (const part of [applicant, ...applicant.members]) {
    for (const [place, how] of questionsOf(part, reader, judgements)) asked.set(part.prefix + place, how);
  }
  const nothing = judgements.every((judgement) => judgement.status === "no_cost");
  const names = nothing || applicant.members.length ? [] : idleAnswers(applicant, reader, judged).map((name) => `facts.${name}`);
  const partAt = (prefix) => [applicant, ...applicant.members].find((part) => part.prefix === prefix);
  page.latest = {
    applicant,
    judgements,
    asked,
    nothing,
    problems: new Map(problems.map((problem) => [problem.place, problem])),
    counted: (prefix, place) => partAt(prefix).items.some((item) => item.place === place),
    idle: { names: new Set(names), begun: (prefix, spec) => Object.keys(partAt(prefix).facts).some((name) => ruleset.facts[name].instead_of === spec.instead_of) },
  };
  for (const watch of page.watched) watch(page.latest);
  const left = new Set(judgements.flatMap((judgement) => [...judgement.unknown])).size;
  by("left").textContent = nothing ? word("first") : left === 0 ? word("noQuestions") : left === 1 ? word("leftOne") : word("left", `${left}`);
  by("next").hidden = firstNeeded() === undefined;
  showResult(page.latest);
  if (by("file").open) by("file-text").textContent = file();
}

/** Where the first question that is still open is answered. */
function firstNeeded() {
  const blocks = [...by("form").querySelectorAll(".needed")].filter((block) => block.closest("[hidden]") === null);
  return blocks.map((block) => block.querySelector("input, select")).find((field) => field !== null);
}

/** The whole form anew from what was written, with the focus where it belongs. */
function rebuild(focus = null) {
  page.watched = [];
  document.documentElement.lang = ["ja", "en"][page.tongue];
  document.title = word("heading", ruleset.title[page.tongue]);
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  by("heading").textContent = word("heading", ruleset.title[page.tongue]);
  by("basis").textContent = word("basis", ruleset.as_of);
  for (const [at, id] of ["ja", "en"].entries()) by(id).setAttribute("aria-pressed", at === page.tongue ? "true" : "false");
  by("applicant").replaceChildren(textField("name", word("name"), page.form.name, (value) => { page.form.name = value; }));
  by("items").replaceChildren(itemsOf(page.form, ""));
  by("questions").replaceChildren(questionsFor(page.form, ""));
  by("members").hidden = !ruleset.groups;
  by("members-list").replaceChildren(...(ruleset.groups ? membersOf() : []));
  by("duties-list").replaceChildren(...ruleset.reminders.map(({ label, frames }) =>
    el("li", {}, label[page.tongue], frames.length ? el("span", { class: "frames" }, ` （${frames.map((name) => ruleset.frames[name].label[page.tongue]).join("・")}）`) : null)));
  by("duties").hidden = !ruleset.reminders.length;
  update();
  if (focus !== null) by(focus)?.focus();
}

for (const [at, id] of ["ja", "en"].entries()) by(id).addEventListener("click", () => { page.tongue = at; rebuild(id); });
by("next").addEventListener("click", (event) => {
  event.preventDefault();
  firstNeeded()?.focus();
});
by("save").addEventListener("click", save);
by("print").addEventListener("click", () => window.print());
by("clear").addEventListener("click", () => {
  if (!window.confirm(word("clearSure"))) return;
  page.form = emptyForm();
  page.chosen = null;
  rebuild("name");
});
by("file").addEventListener("toggle", () => { if (by("file").open) by("file-text").textContent = file(); });
page.rebuild = rebuild;
rebuild();
