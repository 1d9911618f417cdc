// The form, generated from the ruleset, as one types; and the file that is saved of it.

import { applicantOf, emptyForm, emptyMember, isBlank } from "./entry.js";
import { idleAnswers, questionsOf } from "./questions.js";
import { fileOf, formOf } from "./file.js";
import { Classes, settle } from "./settle.js";
import { by, page, reader, ruleset, word } from "./page.js";
import { button, el, textField } from "./elements.js";
import { itemsOf } from "./purchases.js";
import { questionsFor } from "./asking.js";
import { showResult } from "./result.js";

// --- members ----------------------------------------------------------------------------------------------------------

function membersOf() {
  const cards = page.form.members.map((member, at) => {
    const prefix = `members.${at + 1}.`;
    const remove = () => {
      page.form.members.splice(at, 1);
      page.rebuild("add-member");
    };
    return el(
      "fieldset",
      { class: "card member" },
      el("legend", {}, word("member", `${at + 1}`)),
      textField(`${prefix}name`, word("memberName"), member.name, (value) => {
        member.name = value;
      }),
      itemsOf(member, prefix),
      questionsFor(member, prefix),
      button(word("removeMember", `${at + 1}`), remove, { class: "remove" }),
    );
  });
  const add = () => {
    page.form.members.push(emptyMember());
    page.rebuild(`members.${page.form.members.length}.name`);
  };
  return [
    el("p", { class: "help" }, word("membersHelp")),
    ...cards,
    button(word("addMember"), add, { id: "add-member", class: "add" }),
  ];
}

// --- the file ---------------------------------------------------------------------------------------------------------

function file() {
  const waiting = page.form.items
    .map((entry, place) => [entry, place])
    .filter(([entry, place]) => !isBlank(entry) && entry.form !== "discount" && !page.latest.counted("", place));
  const head = [word("fileHead", ruleset.title[page.tongue]), word(ruleset.shipped ? "fileUse" : "fileOwnRules")];
  if (waiting.length)
    head.push(word("fileWaiting", waiting.map(([entry, place]) => entry.name.trim() || `${place + 1}`).join(", ")));
  return fileOf(page.form, reader, head);
}

/** The form that a saved file keeps, in place of what is written now. */
async function open() {
  const [chosen] = by("open").files;
  if (chosen === undefined) return;
  const { form, changed } = formOf(await chosen.text(), reader);
  by("open").value = "";
  const told = form === null ? "openNone" : changed ? "openChanged" : "opened";
  if (form !== null) {
    page.form = form;
    page.chosen = null;
    kept = JSON.stringify(form);
    rebuild();
  }
  by("open-told").textContent = word(told, chosen.name);
}

function save() {
  const name =
    page.form.name
      .trim()
      .replace(/[\\/:*?"<>|\p{C}]/gu, "_")
      .slice(0, 60) || "applicant";
  const link = el("a", {
    href: URL.createObjectURL(new Blob([file()], { type: "application/yaml" })),
    download: `${name}.yaml`,
  });
  link.click();
  kept = JSON.stringify(page.form);
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// --- as one types -----------------------------------------------------------------------------------------------------

const classes = new Classes(reader);
let kept = JSON.stringify(page.form); // as it was saved or opened last
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
  const names =
    nothing || applicant.members.length ? [] : idleAnswers(applicant, reader, judged).map((name) => `facts.${name}`);
  const partAt = (prefix) => [applicant, ...applicant.members].find((part) => part.prefix === prefix);
  page.latest = {
    applicant,
    judgements,
    asked,
    nothing,
    problems: new Map(problems.map((problem) => [problem.place, problem])),
    counted: (prefix, place) => partAt(prefix).items.some((item) => item.place === place),
    idle: {
      names: new Set(names),
      begun: (prefix, spec) =>
        Object.keys(partAt(prefix).facts).some((name) => ruleset.facts[name].instead_of === spec.instead_of),
    },
  };
  for (const watch of page.watched) watch(page.latest);
  const left = new Set(judgements.flatMap((judgement) => [...judgement.unknown])).size;
  by("left").textContent = nothing
    ? word("first")
    : left === 0
      ? word("noQuestions")
      : left === 1
        ? word("leftOne")
        : word("left", `${left}`);
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
  for (const [at, id] of ["ja", "en"].entries())
    by(id).setAttribute("aria-pressed", at === page.tongue ? "true" : "false");
  by("applicant").replaceChildren(
    textField("name", word("name"), page.form.name, (value) => {
      page.form.name = value;
    }),
  );
  by("items").replaceChildren(itemsOf(page.form, ""));
  by("questions").replaceChildren(questionsFor(page.form, ""));
  by("members").hidden = !ruleset.groups;
  by("members-list").replaceChildren(...(ruleset.groups ? membersOf() : []));
  by("duties-list").replaceChildren(
    ...ruleset.reminders.map(({ label, frames }) =>
      el(
        "li",
        {},
        label[page.tongue],
        frames.length
          ? el(
              "span",
              { class: "frames" },
              ` （${frames.map((name) => ruleset.frames[name].label[page.tongue]).join("・")}）`,
            )
          : null,
      ),
    ),
  );
  const assumed = Object.values(ruleset.assumptions);
  by("assumptions-list").replaceChildren(...assumed.map((label) => el("li", {}, label[page.tongue])));
  by("assumptions").hidden = !assumed.length;
  by("duties").hidden = !ruleset.reminders.length;
  update();
  if (focus !== null) by(focus)?.focus();
}

for (const [at, id] of ["ja", "en"].entries())
  by(id).addEventListener("click", () => {
    page.tongue = at;
    rebuild(id);
  });
by("next").addEventListener("click", (event) => {
  event.preventDefault();
  firstNeeded()?.focus();
});
window.addEventListener("beforeunload", (event) => {
  if (JSON.stringify(page.form) !== kept) event.preventDefault(); // the browser asks whether to leave what is not saved
});
by("open").addEventListener("change", open);
by("open-button").addEventListener("click", () => by("open").click());
by("save").addEventListener("click", save);
by("print").addEventListener("click", () => window.print());
by("clear").addEventListener("click", () => {
  if (!window.confirm(word("clearSure"))) return;
  page.form = emptyForm();
  kept = JSON.stringify(page.form);
  page.chosen = null;
  rebuild("name");
});
by("file").addEventListener("toggle", () => {
  if (by("file").open) by("file-text").textContent = file();
});
page.rebuild = rebuild;
rebuild();
