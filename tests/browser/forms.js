// Forms as people fill them in, for the tests in Python: `{rules, form}` a line. Out come the answers of the reader, the file that the page
// saves, the questions of the applicant, and the places where something is wrong.

import { createInterface } from "node:readline";
import { applicantOf, emptyForm, emptyItem, emptyMember } from "../../hojo_cli/browser/entry.js";
import { fileOf, formOf } from "../../hojo_cli/browser/file.js";
import { questionsOf } from "../../hojo_cli/browser/questions.js";
import { Classes, settle } from "../../hojo_cli/browser/settle.js";
import { answersOf, rulesetsOf } from "./applicants.js";

const filled = (part, empty) => ({
  ...empty,
  ...part,
  items: (part.items ?? []).map((item) => ({ ...emptyItem(), ...item })),
});

const body = (text) =>
  text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");

let rulesets = null;
let classes = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (rulesets === null) {
    rulesets = rulesetsOf(JSON.parse(line));
    classes = Object.fromEntries(Object.entries(rulesets).map(([name, reader]) => [name, new Classes(reader)]));
    continue;
  }
  const { rules, form: written } = JSON.parse(line);
  const reader = rulesets[rules];
  const form = {
    ...filled(written, emptyForm()),
    members: (written.members ?? []).map((member) => filled(member, emptyMember())),
  };
  const { applicant, problems } = applicantOf(form, reader);
  const judgements = reader.judge(applicant);
  const settled = judgements.map((judgement) => settle(judgement, applicant, classes[rules]));
  const parts = [applicant, ...applicant.members];
  const asked = Object.fromEntries(
    parts.flatMap((part) => [...questionsOf(part, reader, settled)].map(([place, how]) => [part.prefix + place, how])),
  );
  const file = fileOf(form, reader, ["made by a test"]);
  const again = formOf(file, reader);
  if (again.changed || body(fileOf(again.form, reader, [])) !== body(file)) throw new Error(file);
  console.log(
    JSON.stringify({
      answers: answersOf(judgements),
      file,
      asked,
      problems: problems.map(({ place, code }) => [place, code]),
    }),
  );
}
