// The file that is saved, and the form that it keeps.

import assert from "node:assert/strict";
import test from "node:test";
import { fileOf, formOf } from "../../hojo_cli/browser/file.js";
import { formOf as filled, reader, tool } from "./small.js";

const lines = (text) => text.split("\n").filter((line) => !line.startsWith("# form: "));

test("the file holds what counts, as it was written, and no name can break it", () => {
  const form = {
    ...filled(
      { trade: "shop", people: "３人", open: "true", near: "x" },
      tool("1,000円", { name: 'a: "b" # \n', tax: true }),
      { yen: "5" },
    ),
    name: "\ud800\u202e",
  };
  const expected = [
    "# head",
    "fiscal_year: 2030",
    'name: "\ufffd\\u202e"',
    "facts:",
    "  trade: shop",
    '  people: "３人"',
    "  open: true",
    "items:",
    '  - name: "a: \\"b\\" #"',
    "    category: tool",
    "    amount: 1,000円",
    "    tax: included",
    "",
  ];
  assert.deepEqual(lines(fileOf(form, reader, ["head"])), expected);
});

test("a comment stays one whatever is in it", () => {
  const text = fileOf(filled({}, tool("1")), reader, ["one\nitems: []\u2028x"]);
  assert.equal(text.split("\n")[0], "# one items: [] x");
});

test("a saved file is opened again with all that was written, slips and half-written items among it", () => {
  const form = {
    ...filled({ trade: "mine", people: "4名様" }, tool("5万円"), { yen: "x", name: "葛\u{e0100}\u202e" }),
    members: [filled({ open: "false" }, tool(""))],
  };
  const again = formOf(fileOf(form, reader, ["head"]), reader);
  assert.equal(again.changed, false);
  assert.deepEqual(again.form.items, form.items);
  assert.deepEqual(again.form.facts, form.facts);
  assert.equal(again.form.members.length, 1);
});

test("what was changed by hand since is told, and a file of another kind is none", () => {
  const text = fileOf(filled({}, tool("5万円")), reader, []);
  assert.equal(formOf(text.replace("amount: 5万円", "amount: 6万円"), reader).changed, true);
  for (const other of ["", "name: a\n", "# form: {", "# form: null", "# form: 5"])
    assert.equal(formOf(other, reader).form, null);
});

test("what a file keeps is taken as text and lists, whatever it is", () => {
  const { form } = formOf(
    '# form: {"name": 5, "facts": {"trade": {}, "open": [1]}, "items": [{"yen": 5, "form": "constructor", "fields": {"x": 1}}, null], "members": 3}',
    reader,
  );
  assert.equal(form, null);
  const { form: kept } = formOf(
    '# form: {"name": 5, "facts": {"trade": {}, "people": [1], "other": "x"}, "items": [{"yen": 5, "form": "constructor", "category": "toString", "fields": {"x": 1}}]}',
    reader,
  );
  assert.equal(kept.items[0].category, "");
  assert.deepEqual(
    [kept.name, kept.facts, kept.items[0].yen, kept.items[0].form, kept.members],
    ["", {}, "", "amount", []],
  );
});
