// The reader by itself: what it was not taught it refuses.

import assert from "node:assert/strict";
import test from "node:test";
import { Reader, ready } from "../../hojo_cli/browser/reader.js";
import { exact, floor, fromText, plus, through, toText } from "../../hojo_cli/browser/exact.js";

const reader = new Reader(ready({ definitions: {}, facts: {}, frames: {} }));

test("a node of an unknown kind is an error, never passed over", () => {
  for (const read of ["condition", "quantity", "amount", "paysFor"]) {
    assert.throws(() => reader[read]({ is: "Novelty" }, { facts: {} }), /Novelty/u);
  }
});

test("fractions are exact and in lowest terms", () => {
  assert.equal(toText(plus(fromText("1/3"), fromText("1/6"))), "1/2");
  assert.equal(toText(through(exact(2n), exact(-4n))), "-1/2");
  assert.equal(floor(fromText("-1/3")), -1n);
  assert.equal(floor(fromText("7/3")), 2n);
  assert.throws(() => through(exact(1n), exact(0n)), RangeError);
});

test("what is unknown decides nothing, and what is decided needs nothing unknown", () => {
  const holds = (expected) => ({ is: "Holds", fact: expected ? "open" : "shut", expected: true });
  assert.equal(reader.holds({ is: "Some", parts: [holds(true), holds(false)] }, { shut: true }), true);
  assert.equal(reader.holds({ is: "Every", parts: [holds(true), holds(false)] }, { shut: true }), null);
  assert.equal(reader.holds({ is: "Every", parts: [holds(true), holds(false)] }, { shut: false }), false);
});
