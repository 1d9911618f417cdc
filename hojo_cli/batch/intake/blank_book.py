"""A workbook of clients for Excel: headers with notes, drop-downs for choices, a sample that is not read, a sheet of items, explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hojo_cli.applicants.blank import question, unit
from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.batch.intake.blank_table import fact_names, item_names, top_names
from hojo_cli.batch.intake.vocabulary import TITLES
from hojo_cli.formats.drawing.workbook import Sheet, Workbook
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.words import Words

CLIENTS: Final = Text("申請者", "clients")
NUMBER: Final = Text("番号", "No")
SAMPLE: Final = Text("見本", "sample")
_CHOICES: Final = Text("選択肢", "choices")
_HELP: Final = Text("説明", "help")
_ROWS: Final = 1_000
"""Rows below the header that have drop-downs."""
_YES_NO: Final = (Text("はい", "true"), Text("いいえ", "false"))
_TAXES: Final = (Text("税抜", "excluded"), Text("税込", "included"))
_NUMBERS: Final = Text(
    "申請者の番号（どんな番号でも）。シート「明細」の行と結び付けます。「見本」の行は読みません。",
    "A number for the client, any you like: it joins the rows of the sheet `items`. A row `sample` is not read.",
)
_SEVERAL: Final = Text(
    "いくつもあるときは ; で区切ります。ないときは「なし」。", "Separate several by ; and write `none` for none."
)
_UNKNOWN: Final = Text("分からないものは空けておきます（不明として扱います）。", "Leave empty what is not known.")
_PRICE: Final = Text(
    "値段は、金額だけ、月額と月数、年額と年数、値引きのどれか1つの形で書きます（税抜）。",
    "A price is amount alone, monthly and months, yearly and years, or discount; without tax.",
)
_HEAD: Final = (Text("列", "column"), Text("内容", "what it is"))
_SAMPLES: Final[Mapping[str, str]] = {
    Kind.YEN: "1,000万円",
    Kind.COUNT: "5人",
    Kind.MONTHS: "0",
    Kind.RATE: "3%",
    Kind.YEARS: "1",
}


def template(ruleset: Ruleset, lang: str) -> bytes:
    """The whole workbook. `HojoError` where XlsxWriter is not installed."""
    book = Workbook()
    clients, items, help, choices = (book.sheet(name.into(lang)) for name in (CLIENTS, TITLES, _HELP, _CHOICES))
    listed = _Choices(choices, lang)
    words = Words(ruleset)
    facts = fact_names(ruleset, lang)
    top = top_names(lang)
    head = [NUMBER.into(lang), *top.values(), *facts.values()]
    help.write([sentence.into(lang) for sentence in _HEAD], "head")
    notes = {0: _NUMBERS.into(lang)}
    shown = {"name": Text("株式会社○○商店", "Example Co.").into(lang), "fiscal_year": str(ruleset.fiscal_year)}
    sample = [SAMPLE.into(lang), *(shown.get(key, "") for key in top)]
    for column, name in enumerate(facts, 1 + len(top)):
        spec = ruleset.facts[name]
        explained = [*question(spec, words, lang)]
        if spec.kind == "boolean":
            listed.offer(clients, column, "boolean", _YES_NO)
            sample.append(_YES_NO[1].into(lang))
        elif spec.kind == "choice":
            listed.offer(clients, column, name, spec.choices.values())
            sample.append(next(iter(spec.choices.values())).into(lang))
        else:
            explained.append(_SEVERAL.into(lang) if spec.kind == "set" else unit(spec, lang))
            sample.append("" if spec.kind == "set" else _SAMPLES[spec.kind])
        notes[column] = "\n".join(explained)
    listed.offer(clients, 1 + list(top).index("frame"), "frame", (frame.label for frame in ruleset.frames.values()))
    _sheet(clients, head, notes)
    clients.column_styles[1 + list(top).index("corporate_number")] = "plain"
    clients.write(sample, "sample")
    clients.table(len(head), held=2)
    for sheet, headers, told in ((clients, head, notes), (items, *_items(items, listed, ruleset, lang))):
        help.write([sheet.raw.get_name()], "head")
        for column, text in told.items():
            help.write((headers[column], text), ("text", "wrap"))
    help.write(("", _UNKNOWN.into(lang)))
    return book.finish()


def _items(items: Sheet, listed: _Choices, ruleset: Ruleset, lang: str) -> tuple[list[str], dict[int, str]]:
    """The sheet of items, with a sample paid at once and one paid by the month: its header, and what columns mean."""
    fields = item_names(ruleset, lang)
    head, notes = [NUMBER.into(lang), *fields.values()], {0: _NUMBERS.into(lang)}
    shown = {"name": Text("会計ソフト", "accounting software").into(lang)}
    for column, name in enumerate(fields, 1):
        if name == "category":
            listed.offer(items, column, name, ruleset.categories.values())
        elif name == "tax":
            listed.offer(items, column, name, _TAXES)
        elif name in ruleset.fields:
            labels = [label.into(lang) for label in ruleset.fields[name].choices.values()]
            notes[column] = "\n".join((_SEVERAL.into(lang), *labels))
            shown[name] = labels[0]
        elif name == "amount":
            notes[column] = _PRICE.into(lang)
    _sheet(items, head, notes)
    prices = ({"amount": "50万円"}, {"monthly": "2万円", "months": "24"})
    for price, category in zip(prices, ruleset.categories.values(), strict=False):
        values = {**shown, "category": category.into(lang), **price}
        items.write([SAMPLE.into(lang), *(values.get(key, "") for key in fields)], "sample")
    items.table(1 + len(fields), held=1)
    return head, notes


def _sheet(sheet: Sheet, head: Sequence[str], notes: Mapping[int, str]) -> None:
    """The header of a sheet, what each column means beside it."""
    sheet.write(head, "head")
    for column, note in notes.items():
        sheet.comment(0, column, note)


class _Choices:
    """The sheet of choices: a column for each list, which drop-downs refer to."""

    def __init__(self, sheet: Sheet, lang: str) -> None:
        self.sheet = sheet
        self.lang = lang
        self.lists: dict[str, str] = {}

    def offer(self, sheet: Sheet, column: int, name: str, choices: Iterable[Text]) -> None:
        """A drop-down for a column; what is not in the list may be written all the same."""
        if name not in self.lists:
            place = len(self.lists)
            row = 0
            for row, choice in enumerate(choices, 1):
                self.sheet.put(row, place, choice.into(self.lang), "text")
            self.sheet.put(0, place, name, "head")
            self.lists[name] = f"='{self.sheet.raw.get_name()}'!${chr(65 + place)}$2:${chr(65 + place)}${row + 1}"
        sheet.choices(column, _ROWS, self.lists[name])
