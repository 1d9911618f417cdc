// A small ruleset: half of what a tool costs, three quarters for a shop of up to five people, at most 1,000 yen.

import { Reader, ready } from "../../hojo_cli/browser/reader.js";
import { emptyForm, emptyItem } from "../../hojo_cli/browser/entry.js";

const number = (value, kind = "yen") => ({ is: "Number", value, kind, from: null });
const text = (both) => [both, both];
const fact = (id, kind, more = {}) => ({
  id,
  kind,
  label: text(id),
  choices: {},
  ask: text(`${id}?`),
  look_up: text(""),
  asked_if: null,
  only_if: null,
  needs: null,
  none: null,
  minimum: "0",
  maximum: null,
  at_most: null,
  within: false,
  instead_of: null,
  of_members: false,
  ...more,
});
const tools = [{ categories: ["tool"], tests: [] }];
const shop = { is: "Among", fact: "trade", choices: ["shop"] };
const small = {
  is: "Every",
  parts: [shop, { is: "Compare", quantity: { is: "Fact", name: "people" }, op: "max", number: number("5", "count") }],
};
const costs = { is: "Costs", picks: tools, months: [], limits: [], led_by: [] };
const rate = {
  is: "Choose",
  branches: [
    { when: small, use: number("3/4", "rate") },
    { when: null, use: number("1/2", "rate") },
  ],
};

export const reader = new Reader(
  ready({
    shipped: true,
    fiscal_year: 2030,
    facts: {
      trade: fact("trade", "choice", { choices: { shop: text("shop"), mine: text("mine"), ship: text("ship") } }),
      people: fact("people", "count", { asked_if: shop }),
      near: fact("near", "count", {
        maximum: "12",
        only_if: { is: "Compare", quantity: { is: "Fact", name: "people" }, op: "min", number: number("1", "count") },
        needs: text("people"),
        none: text("0"),
      }),
      open: fact("open", "boolean"),
      part: fact("part", "count", { at_most: "people" }),
    },
    optional: [],
    fields: {},
    categories: { tool: text("tool"), other: text("other") },
    read_of: {},
    timed: [],
    tax_included: number("10/11", "rate"),
    definitions: {},
    frames: {
      half: {
        id: "half",
        label: text("half"),
        requires: [],
        subtotals: [],
        bands: [],
        reads: ["trade", "people"],
        lines: [
          {
            id: "all",
            label: text("all"),
            amount: { is: "Capped", of: { is: "Rated", of: costs, rate }, cap: number("1000") },
          },
        ],
        rounding: { unit: number("1"), mode: "down", at: "line" },
      },
    },
    combinations: [],
  }),
);

/** A form with these answers and items. */
export const formOf = (facts, ...items) => ({
  ...emptyForm(),
  facts,
  items: items.map((item) => ({ ...emptyItem(), ...item })),
});
export const tool = (yen, more = {}) => ({ category: "tool", yen, ...more });
