// What is bought: a card for each line of the quotation, with the questions about it.

import { PRICES, emptyItem, isBlank } from "./entry.js";
import { IDLE, NEEDED } from "./questions.js";
import { questionOf, page, ruleset, word } from "./page.js";
import { button, checkbox, choicesField, el, hintOf, selectField, textField } from "./elements.js";

export function itemsOf(part, prefix) {
  const cards = part.items.map((entry, place) => itemCard(part, prefix, entry, place));
  const add = button(
    word("addItem"),
    () => {
      part.items.push(emptyItem());
      page.rebuild(`${prefix}items.${part.items.length - 1}.name`);
    },
    { class: "add" },
  );
  return el("div", { class: "items" }, ...cards, add);
}

function itemCard(part, prefix, entry, place) {
  const id = (key) => `${prefix}items.${place}.${key}`;
  const set = (key) => (value) => {
    entry[key] = value;
  };
  const anew = (key) => (value) => {
    entry[key] = value;
    page.rebuild(id(key));
  };
  const price = PRICES[entry.form];
  const discount = entry.form === "discount";
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  const categories = [
    ["", word("choose")],
    ...Object.entries(ruleset.categories).map(([name, label]) => [name, label[page.tongue]]),
  ];
  const forms = Object.keys(PRICES).map((name) => [name, word(name)]);
  const waiting = el("p", { class: "waiting" });
  page.watched.push(({ counted, problems }) => {
    const open =
      !isBlank(entry) &&
      !discount &&
      !counted(prefix, place) &&
      ![...problems.keys()].some((at) => at.startsWith(id("")));
    waiting.textContent = open
      ? word(price.needed && !entry.time.trim() && entry.category && entry.yen.trim() ? "waitingTime" : "waiting")
      : "";
  });
  const timed = price.needed || ruleset.timed.includes(entry.category) || entry.time.trim();
  const time =
    price.time === null || !timed
      ? null
      : textField(id("time"), word(price.needed ? price.time : "monthsAtOnce"), entry.time, set("time"), {
          kind: price.time,
        });
  const fields = discount
    ? []
    : (ruleset.read_of[entry.category] ?? []).map((name) => itemField(entry, name, id(name)));
  const remove = () => {
    part.items.splice(place, 1);
    if (!part.items.length) part.items.push(emptyItem());
    page.rebuild(`${prefix}items.${Math.min(place, part.items.length - 1)}.name`);
  };
  return el(
    "fieldset",
    { class: "card" },
    el("legend", {}, word("item", `${place + 1}`)),
    el(
      "div",
      { class: "grid" },
      textField(id("name"), word("itemName"), entry.name, set("name")),
      discount
        ? ofField(part, entry, id("of"))
        : selectField(id("category"), word("category"), entry.category, categories, anew("category")),
      selectField(id("form"), word("form"), entry.form, forms, anew("form")),
      textField(id("yen"), word(`yen${upper(entry.form)}`), entry.yen, set("yen"), {
        kind: "yen",
        hint: hintOf("yen"),
      }),
      time,
      discount ? null : textField(id("quantity"), word("quantity"), entry.quantity, set("quantity"), { kind: "count" }),
    ),
    discount
      ? null
      : checkbox(id("tax"), word("tax"), entry.tax, (value) => {
          entry.tax = value;
          page.later();
        }),
    ...fields,
    waiting,
    button(word("removeItem", `${place + 1}`), remove, { class: "remove" }),
  );
}

/** The item a discount is taken off, by its name; names change as one types. */
function ofField(part, entry, id) {
  const made = selectField(id, word("of"), entry.of, [], (value) => {
    entry.of = value;
    page.later();
  });
  const select = made.querySelector("select");
  let before = null;
  page.watched.push(() => {
    const names = part.items
      .filter((each) => each.form !== "discount" && each.name.trim())
      .map((each) => each.name.trim());
    const known = [...new Set(names)].filter((name) => names.indexOf(name) === names.lastIndexOf(name));
    if (entry.of && !known.includes(entry.of)) entry.of = "";
    if (before === known.join("\n")) return;
    before = known.join("\n");
    select.replaceChildren(
      ...[["", word("ofAll")], ...known.map((name) => [name, name])].map(([value, text]) =>
        el("option", { value, selected: value === entry.of }, text),
      ),
    );
  });
  return made;
}

function itemField(entry, name, id) {
  const spec = ruleset.fields[name];
  const box = el(
    "fieldset",
    { id, class: "question" },
    el("legend", {}, spec.label[page.tongue]),
    el("p", { class: "ask" }, questionOf(spec.ask)),
    choicesField(id, spec.choices, entry.fields[name], (held) => {
      entry.fields[name] = held;
    }),
  );
  page.watched.push(({ asked }) => {
    const how = asked.get(id) ?? IDLE;
    box.hidden = how === IDLE && !entry.fields[name] && !box.contains(document.activeElement);
    box.classList.toggle("needed", how === NEEDED);
  });
  return box;
}
