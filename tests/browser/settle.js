// What the page says while facts are missing, for the tests in Python: as `judge.js`, each frame with its status, its yen, the least and the
// greatest that may come (null where that was not laid out), and the facts that stand in the way.

import { createInterface } from "node:readline";
import { Classes, settle } from "../../hojo_cli/browser/settle.js";
import { applicantOf, rulesetsOf } from "./applicants.js";

let classes = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (classes === null) {
    classes = Object.fromEntries(
      Object.entries(rulesetsOf(JSON.parse(line))).map(([name, reader]) => [name, new Classes(reader)]),
    );
    continue;
  }
  const { rules, applicant: written } = JSON.parse(line);
  const applicant = applicantOf(written);
  const judgements = classes[rules].reader
    .judge(applicant)
    .map((judgement) => settle(judgement, applicant, classes[rules]));
  const said = ({ status, subsidy, possible, unknown }) => [
    status,
    subsidy === null ? null : `${subsidy}`,
    possible?.map(String) ?? null,
    [...unknown].sort(),
  ];
  console.log(JSON.stringify(judgements.map(said)));
}
