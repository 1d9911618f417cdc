// What the page tells of each line of each frame, for the tests in Python: the cost of each item, the yen of each step, and each label.

import { createInterface } from "node:readline";
import { Breakdown } from "../../hojo_cli/browser/breakdown.js";
import { toText } from "../../hojo_cli/browser/exact.js";
import { applicantOf, rulesetsOf } from "./applicants.js";

const text = (number) => (number === null ? null : toText(number));

let rulesets = null;
for await (const line of createInterface({ input: process.stdin })) {
  if (rulesets === null) {
    rulesets = rulesetsOf(JSON.parse(line));
    continue;
  }
  const { rules, applicant: written } = JSON.parse(line);
  const applicant = applicantOf(written);
  const told = [0, 1].map((tongue) => new Breakdown(rulesets[rules].ruleset, tongue));
  const frames = rulesets[rules].judge(applicant).map((judgement) => {
    const [japanese, english] = told.map((each) => each.lines(judgement));
    const labels = [...japanese, ...english].flatMap(({ items, steps }) =>
      [...items, ...steps].map(({ label }) => label),
    );
    told.forEach((each) =>
      labels.push(...each.missing(judgement), ...each.requirements(judgement).map(({ label }) => label)),
    );
    const lines = japanese.map(({ cost, paid, items, steps }) => [
      text(cost),
      text(paid),
      items.map((item) => text(item.cost)),
      steps.map((step) => text(step.yen)),
    ]);
    return { lines, labels };
  });
  console.log(JSON.stringify(frames));
}
