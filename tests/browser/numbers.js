// How the page reads numbers, for the tests in Python: `[text, kind]` a line, out comes the number or the code of the refusal.

import { createInterface } from "node:readline";
import { toText } from "../../hojo_cli/browser/exact.js";
import { readNumber } from "../../hojo_cli/browser/numbers.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { value, code } = readNumber(...JSON.parse(line));
  console.log(JSON.stringify(code ?? toText(value)));
}
