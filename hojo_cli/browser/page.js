// The page as it stands: its ruleset, its language, what is written in it, and what has to follow when that changes.

import { Reader, ready } from "./reader.js";
import { shown } from "./numbers.js";
import { emptyForm } from "./entry.js";
import { say } from "./breakdown.js";

export const by = (id) => document.getElementById(id);
export const ruleset = ready(JSON.parse(by("ruleset").textContent));
export const reader = new Reader(ruleset);

/** `chosen`: the frame to break down (null: the best one). `watched`: functions of what came of the form, called as it changes. */
export const page = {
  tongue: document.documentElement.lang === "en" ? 1 : 0,
  form: emptyForm(),
  chosen: null,
  watched: [],
  latest: null,
  /** Something was written; what comes of it is to be shown. */
  later() {},
  /** The parts of the form are others; it is to be made anew, with the focus there. */
  rebuild() {},
};

export const word = (key, ...words) => say(ruleset.words[key], page.tongue, ...words);
export const said = (texts) => texts[page.tongue];
/** A question without what it says of the writing of files. */
export const questionOf = (texts) => said(texts).replace(/(?<=^|[。.?？]) ?[^。.?？]*\[\][^。.]*[。.]?/gu, "");
export const yen = (number) => shown(number, "yen", page.tongue);
