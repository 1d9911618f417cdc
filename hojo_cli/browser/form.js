// The page: a form generated from the ruleset, and what comes of it as one types. All text goes in as text, whatever it holds.

import { exact, floor, minus, sum } from "./exact.js";
import { Reader, eligibleCost, ready } from "./reader.js";
import { mixed, readNumber, shown } from "./numbers.js";
import { PRICES, applicantOf, emptyForm, emptyItem, emptyMember, fileOf, isBlank } from "./entry.js";
import { GONE, IDLE, INSTEAD, NEEDED, OPTIONAL, bestOf, idleAnswers, questionsOf } from "./questions.js";
import { Breakdown, say } from "./breakdown.js";
import { WORDS } from "./words.js";

const by = (id) => document.getElementById(id);
const ruleset = ready(JSON.parse(by("ruleset").textContent));
const reader = new Reader(ruleset);

let tongue = document.documentElement.lang === "en" ? 1 : 0;
let form = emptyForm();
let chosen = null; // the frame to break down; the best one while nobody chose
let watched = []; // what changes as one types: functions of what came of it

const word = (key, ...words) => say(WORDS[key][tongue], ...words);
const yen = (number) => shown(number, "yen", tongue);

// --- elements ---------------------------------------------------------------------------------------------------------

function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function button(text, onclick, more = {}) {
  return el("button", { type: "button", onclick, ...more }, text);
}

/** A text input with its label; what is wrong and how it is read stand below. */
function textField(id, label, value, set, { hint = "", kind = null } = {}) {
  const told = el("p", { id: `${id}-told`, class: "told" });
  const input = el("input", { id, type: "text", value, autocomplete: "off", "aria-describedby": `${id}-told`, oninput: () => { set(input.value); later(); } });
  watched.push(({ problems }) => {
    const problem = problems.get(id);
    input.setAttribute("aria-invalid", problem ? "true" : "false");
    told.className = problem ? "told wrong" : "told";
    told.textContent = problem ? messageOf(problem) : readAs(input.value, kind) || hint;
  });
  return el("div", { class: "field" }, el("label", { for: id }, label), input, told);
}

/** How a number is read, where it is written in words. */
function readAs(text, kind) {
  if (kind === null || /^\s*[0-9]*\s*$/u.test(text)) return "";
  const { value } = readNumber(text.trim(), kind);
  return value === undefined ? "" : word("read", kind === "rate" ? shown(value, kind, tongue) : kind === "count" ? mixed(value) : shown(value, kind, tongue));
}

function messageOf({ code, words }) {
  const filled = { ...words };
  if (words.kind !== undefined) Object.assign(filled, { asked: ruleset.kinds[words.kind].name, example: ruleset.kinds[words.kind].example });
  if (words.found !== undefined) filled.found = ruleset.kinds[words.found].name;
  const fill = (texts) => texts[tongue].replace(/\{([a-z]+)\}/gu, (_, name) => (Array.isArray(filled[name]) ? filled[name][tongue] : filled[name] ?? ""));
  return ruleset.messages[code].map(fill).join(" ").trim();
}

function selectField(id, label, value, options, set) {
  const choices = options.map(([name, text]) => el("option", { value: name, selected: name === value }, text));
  const select = el("select", { id, onchange: () => set(select.value) }, ...choices);
  return el("div", { class: "field" }, el("label", { for: id }, label), select);
}

function checkbox(id, label, checked, set) {
  const box = el("input", { id, type: "checkbox", checked, onchange: () => set(box.checked) });
  return el("div", { class: "check" }, box, el("label", { for: id }, label));
}

/** Several choices: none said, some, or none of them. */
function choicesField(id, choices, held, set) {
  const name = (choice) => `${id}.${choice}`;
  const boxes = Object.entries(choices).map(([choice, label]) =>
    checkbox(name(choice), label[tongue], Boolean(held?.includes(choice)), () => change(choice)));
  const none = checkbox(name(" none"), word("noneOf"), held?.length === 0, () => change(null));
  const box = (choice) => by(name(choice));
  function change(choice) {
    if (choice === null) for (const other of Object.keys(choices)) box(other).checked = false;
    else box(" none").checked = false;
    const chosenNow = Object.keys(choices).filter((each) => box(each).checked);
    set(chosenNow.length || box(" none").checked ? chosenNow : null);
    later();
  }
  return el("div", { class: "choices" }, ...boxes, none);
}

// --- what is bought ---------------------------------------------------------------------------------------------------

function itemsOf(part, prefix) {
  const cards = part.items.map((entry, place) => itemCard(part, prefix, entry, place));
  const add = button(word("addItem"), () => { part.items.push(emptyItem()); rebuild(`${prefix}items.${part.items.length - 1}.name`); }, { class: "add" });
  return el("div", { class: "items" }, ...cards, add);
}

function itemCard(part, prefix, entry, place) {
  const id = (key) => `${prefix}items.${place}.${key}`;
  const set = (key) => (value) => { entry[key] = value; };
  const anew = (key) => (value) => { entry[key] = value; rebuild(id(key)); };
  const price = PRICES[entry.form];
  const discount = entry.form === "discount";
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  const categories = [["", word("choose")], ...Object.entries(ruleset.categories).map(([name, label]) => [name, label[tongue]])];
  const forms = Object.keys(PRICES).map((name) => [name, word(name)]);
  const waiting = el("p", { class: "waiting" });
  watched.push(({ counted, problems }) => {
    const open = !isBlank(entry) && !discount && !counted(prefix, place) && ![...problems.keys()].some((at) => at.startsWith(id("")));
    waiting.textContent = open ? word(price.needed && !entry.time.trim() && entry.category && entry.yen.trim() ? "waitingTime" : "waiting") : "";
  });
  const time = price.time === null ? null : textField(id("time"), word(price.needed ? price.time : "monthsAtOnce"), entry.time, set("time"), { kind: price.time });
  const fields = discount ? [] : (ruleset.read_of[entry.category] ?? []).map((name) => itemField(entry, name, id(name)));
  const remove = () => {
    part.items.splice(place, 1);
    if (!part.items.length) part.items.push(emptyItem());
    rebuild(`${prefix}items.${Math.min(place, part.items.length - 1)}.name`);
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
    discount ? null : checkbox(id("tax"), word("tax"), entry.tax, (value) => { entry.tax = value; later(); }),
    ...fields,
    waiting,
    button(word("removeItem", `${place + 1}`), remove, { class: "remove" }),
  );
}

/** The item a discount is taken off, by its name; names change as one types. */
function ofField(part, entry, id) {
  const made = selectField(id, word("of"), entry.of, [], (value) => { entry.of = value; later(); });
  const select = made.querySelector("select");
  let before = null;
  watched.push(() => {
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
    el("legend", {}, spec.label[tongue]),
    el("p", { class: "ask" }, spec.ask[tongue]),
    choicesField(id, spec.choices, entry.fields[name], (held) => { entry.fields[name] = held; }),
  );
  watched.push(({ asked }) => {
    const how = asked.get(id) ?? IDLE;
    box.hidden = how === IDLE && !entry.fields[name] && !box.contains(document.activeElement);
    box.classList.toggle("needed", how === NEEDED);
  });
  return box;
}

const hintOf = (kind) => ruleset.kinds[kind].example[tongue].replaceAll("`", "");

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
    watched.push(() => {
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
  const title = spec.label[tongue];
  const note = el("p", { class: "note", hidden: true }, word("idle"));
  const lookUp = spec.look_up[tongue] ? el("p", { class: "look" }, word("lookUp", spec.look_up[tongue])) : null;
  const more = [el("p", { class: "ask" }, spec.ask[tongue]), lookUp];
  let node;
  if (spec.kind === "boolean") {
    node = el("fieldset", { class: "question" }, el("legend", {}, title), ...more, radios(id, part.facts[name] ?? "", set), note);
  } else if (spec.kind === "set") {
    node = el("fieldset", { class: "question" }, el("legend", {}, title), ...more, choicesField(id, spec.choices, part.facts[name], set), note);
  } else if (spec.kind === "choice") {
    const options = [["", word("unknown")], ...Object.entries(spec.choices).map(([choice, label]) => [choice, label[tongue]])];
    const field = selectField(id, title, part.facts[name] ?? "", options, (value) => { set(value); later(); });
    field.querySelector("label").after(...more.filter(Boolean));
    node = el("div", { class: "question" }, field, note);
  } else {
    const field = textField(id, title, part.facts[name] ?? "", set, { kind: spec.kind, hint: hintOf(spec.kind) });
    field.querySelector("label").after(...more.filter(Boolean));
    node = el("div", { class: "question" }, field, note);
  }
  watched.push(({ asked, idle, nothing }) => {
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
    const radio = el("input", { id: at, type: "radio", name: id, value: choice, checked: choice === value, onchange: () => { set(choice); later(); } });
    return el("span", { class: "check" }, radio, el("label", { for: at }, text));
  }));
}

// --- members ----------------------------------------------------------------------------------------------------------

function membersOf() {
  const cards = form.members.map((member, at) => {
    const prefix = `members.${at + 1}.`;
    const remove = () => { form.members.splice(at, 1); rebuild("add-member"); };
    return el("fieldset", { class: "card member" },
      el("legend", {}, word("member", `${at + 1}`)),
      textField(`${prefix}name`, word("memberName"), member.name, (value) => { member.name = value; }),
      itemsOf(member, prefix),
      questionsFor(member, prefix),
      button(word("removeMember", `${at + 1}`), remove, { class: "remove" }),
    );
  });
  const add = () => { form.members.push(emptyMember()); rebuild(`members.${form.members.length}.name`); };
  return [el("p", { class: "help" }, word("membersHelp")), ...cards, button(word("addMember"), add, { id: "add-member", class: "add" })];
}

// --- the result -------------------------------------------------------------------------------------------------------

function showResult({ applicant, judgements }) {
  const best = bestOf(judgements);
  const looked = judgements.filter((judgement) => judgement.status !== "no_cost");
  const open = looked.filter((judgement) => judgement.status === "incomplete");
  const shownFrame = judgements.find((judgement) => judgement.frame.id === chosen) ?? best ?? open[0] ?? looked[0] ?? null;
  const cost = sum([applicant, ...applicant.members].flatMap((part) => part.items).map((item) => item.cost));
  const words = verdict(best, open, looked, cost);
  if (by("verdict").textContent !== words) by("verdict").textContent = words;
  by("bar").textContent = best ? `${word("subsidy")} ${yen(exact(best.subsidy))} · ${word("jump")}` : word("jump");
  by("comparison").replaceChildren(...(looked.length ? [comparison(judgements, best, shownFrame, cost)] : []));
  by("breakdown").replaceChildren(...(looked.length && shownFrame ? breakdown(shownFrame, applicant, judgements) : []));
}

function verdict(best, open, looked, cost) {
  if (!looked.length) return word("nothing");
  if (best !== null) {
    const own = minus(exact(floor(cost)), exact(best.subsidy));
    const also = open.length ? word("alsoOpen") : "";
    return `${word("pays", best.frame.label[tongue], yen(exact(best.subsidy)), yen(own))}${tongue && also ? " " : ""}${also}`;
  }
  if (!open.length) return word("paysNothing");
  const [first] = [...open].sort((one, other) => one.unknown.size - other.unknown.size);
  const many = first.unknown.size;
  return word(many === 1 ? "awaitsOne" : "awaits", first.frame.label[tongue], `${many}`);
}

function comparison(judgements, best, shownFrame, cost) {
  const head = ["frame", "subsidy", "own", "eligible"].map((key) => el("th", { scope: "col", class: key }, word(key)));
  const rows = judgements.map((judgement) => {
    const { frame, status, subsidy, unknown } = judgement;
    const label = status === "incomplete" ? word(unknown.size === 1 ? "incompleteOne" : "incomplete", `${unknown.size}`) : word(status);
    const settled = subsidy !== null && status !== "no_cost";
    const eligible = status === "no_cost" ? null : eligibleCost(judgement);
    const name = status === "no_cost"
      ? el("span", {}, frame.label[tongue])
      : button(frame.label[tongue], () => { chosen = frame.id; update(); by(`frame-${frame.id}`)?.focus(); },
        { id: `frame-${frame.id}`, class: "frame-name", "aria-pressed": shownFrame === judgement ? "true" : "false", title: word("show") });
    return el("tr", { class: judgement === best ? "best" : status },
      el("th", { scope: "row" }, name, el("span", { class: `status ${status}` }, judgement === best ? `${label}・${word("best")}`.replace("・", tongue ? ", " : "・") : label)),
      el("td", {}, settled ? mixed(exact(subsidy)) : "–"),
      el("td", {}, settled ? mixed(minus(exact(floor(cost)), exact(subsidy))) : "–"),
      el("td", { class: "eligible" }, eligible === null ? "–" : mixed(eligible)));
  });
  return el("table", { class: "comparison" }, el("caption", {}, word("compared")), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
}

function breakdown(judgement, applicant, judgements) {
  const told = new Breakdown(ruleset, tongue);
  const notes = new Map();
  const made = [el("h3", {}, word("broken", judgement.frame.label[tongue]))];
  if (judgement.unknown.size) {
    const names = [...judgement.unknown].map((name) => el("li", {}, told.named(name)));
    made.push(el("h4", {}, word("missing")), el("ul", { class: "missing" }, ...names));
  }
  const lines = told.lines(judgement);
  if (lines.length) made.push(lineTable(lines, judgement, notes));
  const out = told.leftOut(judgement, applicant);
  if (out.length) made.push(el("h4", {}, word("leftOut")), el("ul", {}, ...out.map(({ label, cost }) => el("li", {}, `${label} ${yen(cost)}`))));
  made.push(el("h4", {}, word("requirements")), el("ul", { class: "requirements" }, ...told.requirements(judgement).map(({ label, holds, from }) => {
    const how = holds === null ? "open" : holds ? "met" : "unmet";
    const mark = { open: "？", met: "○", unmet: "×" }[how];
    return el("li", { class: how }, el("span", { class: "mark", "aria-hidden": "true" }, mark), el("span", { class: "sr" }, `${word(how)}: `), label, noteLink(from, notes));
  })));
  made.push(...besideIt(judgement, judgements));
  if (notes.size) made.push(el("h4", {}, word("notes")), el("ol", { class: "notes" }, ...[...notes.values()].map(({ text, id }) => el("li", { id }, text))));
  return made;
}

function lineTable(lines, judgement, notes) {
  const rows = lines.flatMap(({ label, cost, paid, items, steps }) => [
    el("tr", { class: "line" }, el("th", { scope: "rowgroup" }, label), el("td", {}, cost === null ? "–" : mixed(cost)), el("td", {}, paid === null ? "–" : mixed(paid))),
    ...items.map((item) => el("tr", { class: "counted" }, el("td", { class: "what" }, item.label, noteLink(item.from, notes)), el("td", {}, mixed(item.cost)), el("td", {}))),
    ...steps.map((step) => {
      const rate = step.rate === null || step.cost === null ? "" : ` ${mixed(step.cost)} × ${shown(step.rate, "rate", tongue)}`;
      const idle = step.limit && step.yen.over === 0n;
      return el("tr", { class: idle ? "step idle" : "step" }, el("td", { class: "what" }, step.label, rate ? el("span", { class: "rate" }, rate) : null, noteLink(step.from, notes)),
        el("td", {}), el("td", {}, step.yen === null ? "" : idle ? word("notReached") : mixed(step.yen)));
    }),
  ]);
  const costs = lines.map((line) => line.cost);
  const total = el("tr", { class: "total" }, el("th", { scope: "row" }, word("total")),
    el("td", {}, costs.includes(null) ? "–" : mixed(sum(costs))),
    el("td", {}, judgement.subsidy === null ? "–" : mixed(exact(judgement.subsidy))));
  const head = el("thead", {}, el("tr", {}, el("th", { scope: "col" }, word("what")), el("th", { scope: "col" }, word("cost")), el("th", { scope: "col" }, word("subsidy"))));
  return el("table", { class: "lines" }, head, el("tbody", {}, ...rows), el("tfoot", {}, total));
}

/** A mark that leads to where a figure stands; each place is listed once. */
function noteLink(from, notes) {
  if (from === null || from === undefined) return null;
  const key = from.join("\n");
  if (!notes.has(key)) {
    const [source, at, printed, assume] = from;
    const parts = [ruleset.sources[source]?.title, at, printed && `「${printed}」`, assume && word("assumed", ruleset.assumptions[assume]?.[tongue] ?? assume)];
    notes.set(key, { id: `note-${notes.size + 1}`, text: parts.filter(Boolean).join(" ") });
  }
  const { id } = notes.get(key);
  return el("a", { class: "note-link", href: `#${id}` }, `[${id.slice(5)}]`);
}

/** What the ruleset says of holding this frame beside the other ones that pay. */
function besideIt(judgement, judgements) {
  if (judgement.status !== "payable") return [];
  const paying = judgements.filter((each) => each.status === "payable" && each !== judgement).map((each) => each.frame.id);
  const told = ruleset.combinations.flatMap(({ frames, allowed }) => {
    const other = frames.includes(judgement.frame.id) ? frames.find((name) => paying.includes(name)) : undefined;
    return other === undefined ? [] : [word(allowed ? "together" : "apart", judgement.frame.label[tongue], ruleset.frames[other].label[tongue])];
  });
  return told.length ? [el("ul", {}, ...told.map((text) => el("li", {}, text)))] : [];
}

// --- the file ---------------------------------------------------------------------------------------------------------

function file() {
  const waiting = form.items.map((entry, place) => [entry, place]).filter(([entry, place]) =>
    !isBlank(entry) && entry.form !== "discount" && !latest.counted("", place));
  const head = [word("fileHead", ruleset.title[tongue]), word(ruleset.shipped ? "fileUse" : "fileOwnRules")];
  if (waiting.length) head.push(word("fileWaiting", waiting.map(([entry, place]) => entry.name.trim() || `${place + 1}`).join(", ")));
  return fileOf(form, reader, head);
}

function save() {
  const name = form.name.trim().replace(/[\\/:*?"<>|\p{C}]/gu, "_").slice(0, 60) || "applicant";
  const link = el("a", { href: URL.createObjectURL(new Blob([file()], { type: "application/yaml" })), download: `${name}.yaml` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// --- as one types -----------------------------------------------------------------------------------------------------

let latest = null;
let waitingFor = 0;

function later() {
  clearTimeout(waitingFor);
  waitingFor = setTimeout(update, 60);
}

function update() {
  const { applicant, problems } = applicantOf(form, reader);
  const judgements = reader.judge(applicant);
  const asked = new Map();
  for (const part of [applicant, ...applicant.members]) {
    for (const [place, how] of questionsOf(part, reader, judgements)) asked.set(part.prefix + place, how);
  }
  const nothing = judgements.every((judgement) => judgement.status === "no_cost");
  const names = nothing || applicant.members.length ? [] : idleAnswers(applicant, reader, judgements).map((name) => `facts.${name}`);
  const partAt = (prefix) => [applicant, ...applicant.members].find((part) => part.prefix === prefix);
  latest = {
    applicant,
    judgements,
    asked,
    nothing,
    problems: new Map(problems.map((problem) => [problem.place, problem])),
    counted: (prefix, place) => partAt(prefix).items.some((item) => item.place === place),
    idle: { names: new Set(names), begun: (prefix, spec) => Object.keys(partAt(prefix).facts).some((name) => ruleset.facts[name].instead_of === spec.instead_of) },
  };
  for (const watch of watched) watch(latest);
  const left = new Set(judgements.flatMap((judgement) => [...judgement.unknown])).size;
  by("left").textContent = nothing ? word("first") : left === 0 ? word("noQuestions") : left === 1 ? word("leftOne") : word("left", `${left}`);
  showResult(latest);
  if (by("file").open) by("file-text").textContent = file();
}

/** The whole form anew from what was written, with the focus where it belongs. */
function rebuild(focus = null) {
  watched = [];
  document.documentElement.lang = ["ja", "en"][tongue];
  document.title = word("heading", ruleset.title[tongue]);
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  by("heading").textContent = word("heading", ruleset.title[tongue]);
  by("basis").textContent = word("basis", ruleset.as_of);
  for (const [at, id] of ["ja", "en"].entries()) by(id).setAttribute("aria-pressed", at === tongue ? "true" : "false");
  by("applicant").replaceChildren(textField("name", word("name"), form.name, (value) => { form.name = value; }));
  by("items").replaceChildren(itemsOf(form, ""));
  by("questions").replaceChildren(questionsFor(form, ""));
  by("members").hidden = !ruleset.groups;
  by("members-list").replaceChildren(...(ruleset.groups ? membersOf() : []));
  by("duties-list").replaceChildren(...ruleset.reminders.map(({ label, frames }) =>
    el("li", {}, label[tongue], frames.length ? el("span", { class: "frames" }, ` （${frames.map((name) => ruleset.frames[name].label[tongue]).join("・")}）`) : null)));
  by("duties").hidden = !ruleset.reminders.length;
  update();
  if (focus !== null) by(focus)?.focus();
}

for (const [at, id] of ["ja", "en"].entries()) by(id).addEventListener("click", () => { tongue = at; rebuild(id); });
by("save").addEventListener("click", save);
by("print").addEventListener("click", () => window.print());
by("clear").addEventListener("click", () => {
  if (!window.confirm(word("clearSure"))) return;
  form = emptyForm();
  chosen = null;
  rebuild("name");
});
by("file").addEventListener("toggle", () => { if (by("file").open) by("file-text").textContent = file(); });
rebuild();
