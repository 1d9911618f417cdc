// What is written in the form: how it counts, what is told of it, and the file it becomes.

import assert from "node:assert/strict";
import test from "node:test";
import { applicantOf } from "../../hojo_cli/browser/entry.js";
import { toText } from "../../hojo_cli/browser/exact.js";
import { formOf, reader, tool } from "./small.js";

const costs = (...items) => applicantOf(formOf({}, ...items), reader).applicant.items.map((item) => toText(item.cost));
const told = (facts, ...items) =>
  applicantOf(formOf(facts, ...items), reader).problems.map(({ place, code }) => `${place} ${code}`);
const known = (facts) => Object.keys(applicantOf(formOf(facts), reader).applicant.facts);

test("a price is once, by the month or by the year, for some pieces, with tax or without", () => {
  assert.deepEqual(costs(tool("1万円")), ["10000"]);
  assert.deepEqual(costs(tool("100", { form: "monthly", time: "2年", quantity: "3" })), ["7200"]);
  assert.deepEqual(costs(tool("100", { form: "yearly", time: "2" })), ["200"]);
  assert.deepEqual(costs(tool("1,099円", { tax: true, quantity: "2" })), ["1998"]);
});

test("a discount lowers the item it names, or all in proportion", () => {
  const two = [tool("300", { name: "a" }), tool("100", { name: "b" })];
  assert.deepEqual(costs(...two, { form: "discount", yen: "10", of: "b" }), ["300", "90"]);
  assert.deepEqual(costs(...two, { form: "discount", yen: "10" }), ["585/2", "195/2"]);
  assert.deepEqual(told({}, ...two, { form: "discount", yen: "401" }), ["items.2.yen HJ226"]);
  assert.deepEqual(told({}, ...two, { form: "discount", yen: "1", of: "c" }), ["items.2.of HJ225"]);
});

test("an item counts once it says enough, and nothing is wrong with it before", () => {
  for (const item of [tool(""), { yen: "5" }, tool("5", { form: "monthly" }), tool("5", { quantity: "x" })])
    assert.deepEqual(costs(item), []);
  assert.deepEqual(told({}, tool(""), { yen: "5" }, tool("5", { form: "monthly" })), []);
  assert.deepEqual(told({}, tool("-5"), tool("5", { quantity: "0" }), tool("5", { time: "0" })), [
    "items.0.yen HJ221",
    "items.1.quantity HJ214",
    "items.2.time HJ214",
  ]);
});

test("what is wrong with an answer is told, and it does not count", () => {
  assert.deepEqual(told({ people: "4名様" }), ["facts.people HJ150"]);
  assert.deepEqual(told({ near: "13" }), ["facts.near HJ217"]);
  assert.deepEqual(told({ people: "3", part: "4" }), ["facts.part HJ213"]);
  assert.deepEqual(told({ people: "0", near: "1" }), ["facts.near HJ231"]);
  assert.deepEqual(known({ people: "4名様", near: "13", open: "false" }), ["open"]);
});

test("an answer to a question that is not for this applicant says nothing", () => {
  assert.deepEqual(known({ trade: "mine", people: "3" }), ["trade"]);
  assert.deepEqual(known({ trade: "shop", people: "3" }), ["trade", "people"]);
  assert.deepEqual(known({ people: "3" }), ["people"]);
});
