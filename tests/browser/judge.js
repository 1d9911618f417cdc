// What the reader of the calculator says, for the tests in Python. The first line of standard input holds rulesets by name, each
// line after it an applicant: out comes for each frame its status, yen, eligible cost, and the facts that stand in the way.

import { createInterface } from "node:readline";
import { answersOf, applicantOf, rulesetsOf } from "./applicants.js";

let rulesets = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (rulesets === null) rulesets = rulesetsOf(JSON.parse(line));
  else {
    const { rules, applicant } = JSON.parse(line);
    console.log(JSON.stringify(answersOf(rulesets[rules].judge(applicantOf(applicant)))));
  }
}
