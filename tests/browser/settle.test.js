// What may still come, and what is asked.

import assert from "node:assert/strict";
import test from "node:test";
import { applicantOf } from "../../hojo_cli/browser/entry.js";
import { bestOf, idleAnswers, questionsOf } from "../../hojo_cli/browser/questions.js";
import { Classes, settle } from "../../hojo_cli/browser/settle.js";
import { formOf, reader, tool } from "./small.js";

const classes = new Classes(reader);
const judged = (facts, ...items) => {
  const { applicant } = applicantOf(formOf(facts, ...items), reader);
  return { applicant, judgements: reader.judge(applicant).map((judgement) => settle(judgement, applicant, classes)) };
};
const said = (facts, ...items) => {
  const [{ status, subsidy, possible, unknown }] = judged(facts, ...items).judgements;
  return [status, subsidy, possible, [...unknown].join()];
};

test("the range of what may come, and the facts that decide it", () => {
  assert.deepEqual(said({}, tool("100")), ["incomplete", null, [50n, 75n], "trade,people"]);
  assert.deepEqual(said({ trade: "shop" }, tool("100")), ["incomplete", null, [50n, 75n], "people"]);
  assert.deepEqual(said({ trade: "mine" }, tool("100")), ["payable", 50n, undefined, ""]);
});

test("what comes to the same whatever is answered is settled and asks nothing", () => {
  assert.deepEqual(said({}, tool("2,000")), ["payable", 1000n, undefined, ""]);
  assert.deepEqual(said({}), ["no_cost", 0n, undefined, ""]);
});

test("a question is asked while it may matter, and told from one that is not for this applicant", () => {
  const asked = (facts, ...items) => {
    const { applicant, judgements } = judged(facts, ...items);
    const found = questionsOf(applicant, reader, judgements);
    return ["trade", "people", "open"].map((name) => found.get(`facts.${name}`)).join();
  };
  assert.equal(asked({}, tool("100")), "needed,needed,idle");
  assert.equal(asked({ trade: "mine" }, tool("100")), "idle,gone,idle");
  assert.equal(asked({}, tool("2,000")), "idle,idle,idle");
});

test("an answer that makes no difference is known as one", () => {
  const { applicant } = judged({ trade: "shop", people: "3", open: "true" }, tool("100"));
  assert.deepEqual(idleAnswers(applicant, reader, reader.judge(applicant)), ["open"]);
});

test("the best frame is the one that pays most, the first among equals", () => {
  const paying = (...yen) => yen.map((subsidy, place) => ({ status: "payable", subsidy, place }));
  assert.equal(bestOf(paying(5n, 9n, 9n)).place, 1);
  assert.equal(bestOf([{ status: "ineligible", subsidy: 0n }]), null);
});
