"""Faults of rulesets: what is written instead of what, the code that must be reported, and the text in whose line it must be.

The text is looked for in the changed file; `^` in front of it means its last line, otherwise the first that holds it.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """One slip of a writer. An empty `old` appends `new` to the file."""

    name: str
    old: str
    new: str
    code: str
    line: str


BASE = (
    # --- the file and its shape ---
    Fault(
        "a key twice", "    ask: {ja: 資本金は", "    type: count\n    ask: {ja: 資本金は", "HJ113", "^    type: count"
    ),
    Fault("a misspelt key", "    bands:\n", "    band:\n", "HJ301", "    band:"),
    Fault("no default language", "label: {ja: 業種, en: trade}", "label: {ja: 業種}", "HJ302", "label: {ja: 業種}"),
    Fault("an unknown type", "    type: yen", "    type: money", "HJ304", "    type: money"),
    Fault("an empty list", "          - category: [work]", "          - category: []", "HJ306", "category: []"),
    Fault("another version", "hojo: 1\n", "hojo: 3\n", "HJ330", "hojo: 3"),
    Fault("a decimal rate", "          - use: 1/2", "          - use: 0.5", "HJ151", "use: 0.5"),
    Fault("the wrong unit", "        max: 100万円", "        max: 100か月", "HJ162", "max: 100か月"),
    Fault("a percentage for people", "            max: 20人", "            max: 20%", "HJ162", "max: 20%"),
    # --- names ---
    Fault("a misspelt fact", "- fact: staff", "- fact: stuff", "HJ331", "- fact: stuff"),
    Fault("a misspelt definition", "holds: {is: young}", "holds: {is: yuong}", "HJ331", "yuong"),
    Fault(
        "a misspelt category",
        "          - category: [work]",
        "          - category: [works]",
        "HJ331",
        "category: [works]",
    ),
    Fault(
        "a misspelt choice", "when: {fact: trade, in: [shop]}", "when: {fact: trade, in: [shops]}", "HJ331", "[shops]"
    ),
    Fault("a misspelt source", "source: {id: guide, at: 第２条", "source: {id: guid, at: 第２条", "HJ331", "id: guid,"),
    Fault(
        "a misspelt assumption",
        "- together: [[aid, loan]]\n    assume: amounts",
        "- together: [[aid, loan]]\n    assume: amount",
        "HJ331",
        "^    assume: amount",
    ),
    Fault(
        "a misspelt field of a pick",
        "          - category: [work]",
        "          - {category: [work], colour: {has: [red]}}",
        "HJ331",
        "colour",
    ),
    Fault("a misspelt frame", "[[aid, loan]]", "[[aid, lone]]", "HJ331", "lone"),
    Fault(
        "a definition of itself",
        "      - fact: capital\n        max: 100万円",
        "      - is: young\n      - fact: capital\n        max: 100万円",
        "HJ345",
        "    label: {ja: 小さな事業者",
    ),
    # --- figures without a place ---
    Fault(
        "a figure without provenance", "included: 10/11, assume: amounts", "included: 10/11", "HJ332", "included: 10/11"
    ),
    Fault(
        "a rule without provenance",
        "        holds: {is: young}\n        source: {id: guide, at: 第３条, printed: 従業員２０人以下の小売業者}\n",
        "        holds: {is: young}\n",
        "HJ539",
        "      - id: small",
    ),
    Fault(
        "a pair without provenance",
        "- together: [[aid, loan]]\n    assume: amounts",
        "- together: [[aid, loan]]",
        "HJ539",
        "[[aid, loan]]",
    ),
    # --- tests, branches, bands ---
    Fault("a choice compared", "- {fact: trade, in: [shop]}", "- {fact: trade, eq: shop}", "HJ333", "eq: shop"),
    Fault(
        "two comparisons",
        "            max: 20人",
        "            min: 1人\n            max: 20人",
        "HJ334",
        "- fact: staff",
    ),
    Fault(
        "no default",
        "          - use: 1/2\n",
        "          - when: {fact: trade, in: [maker]}\n            use: 1/2\n",
        "HJ335",
        "in: [maker]",
    ),
    Fault(
        "a default in the middle",
        "          - when: {fact: trade, in: [shop]}\n            use: 2/3",
        "          - use: 2/3",
        "HJ336",
        "          - use: 2/3",
    ),
    Fault("an id twice", "      - id: high", "      - id: low", "HJ343", "^      - id: low"),
    Fault("a floor above its cap", "floor: {use: 60万円}", "floor: {use: 200万円}", "HJ344", "      - id: high"),
    Fault("a gap between bands", "below: {use: 60万円}", "below: {use: 50万円}", "HJ510", "floor: {use: 60万円}"),
    Fault(
        "bands that overlap",
        "        floor: {use: 60万円}",
        "        floor: {use: 50万円}",
        "HJ511",
        "floor: {use: 50万円}",
    ),
    Fault(
        "a band out of order",
        "      - id: high",
        "      - {id: top, label: {ja: 上, en: top}, floor: {use: 100万円}, assume: amounts}\n      - id: high",
        "HJ512",
        "      - id: high",
    ),
    Fault(
        "the same condition twice",
        "          - {fact: trade, in: [shop]}\n          - fact",
        "          - {fact: trade, in: [shop]}\n          - {fact: trade, in: [shop]}\n          - fact",
        "HJ536",
        "^          - {fact: trade, in: [shop]}",
    ),
    Fault(
        "branches that do not differ",
        "            use: 2/3\n            source: {id: guide, at: 第１条, printed: 三分の二以内}",
        "            use: 1/2\n            source: {id: guide, at: 第１条, printed: １／２以内}",
        "HJ537",
        "            use: 1/2",
    ),
    # --- declarations ---
    Fault(
        "an unused fact",
        "items:\n",
        "  size: {label: {ja: 広さ, en: size}, type: count, ask: {ja: 広さは。, en: 'How large?'}}\nitems:\n",
        "HJ513",
        "  size:",
    ),
    Fault(
        "an unused measure",
        "definitions:\n",
        "measures:\n  people: {label: {ja: 構成員の数, en: members}, count: members}\ndefinitions:\n",
        "HJ514",
        "  people:",
    ),
    Fault("an unused definition", "holds: {is: young}", "holds: {fact: trade, in: [shop]}", "HJ515", "  young:"),
    Fault(
        "an unused category",
        "    work: {ja: 工事, en: works}\n",
        "    work: {ja: 工事, en: works}\n    paper: {ja: 用紙, en: paper}\n",
        "HJ516",
        "    paper:",
    ),
    Fault(
        "an unused field",
        "rounding:\n",
        "  fields:\n    colour: {label: {ja: 色, en: colour}, choices: {red: {ja: 赤, en: red}}}\nrounding:\n",
        "HJ517",
        "    colour:",
    ),
    Fault(
        "an unused source",
        "assumptions:\n",
        "  other: {title: 別の要領, issuer: 県, date: '2026-04-01'}\nassumptions:\n",
        "HJ518",
        "  other:",
    ),
    Fault(
        "an unused assumption",
        "facts:\n",
        "  idle: {label: {ja: 仮定です。, en: An assumption.}, why: {ja: 例です。, en: An example.}}\nfacts:\n",
        "HJ519",
        "  idle:",
    ),
    Fault(
        "a category nobody counts",
        "          - category: [goods, work]",
        "          - category: [work]",
        "HJ516",
        "    goods:",
    ),
    # --- words ---
    Fault(
        "an empty text",
        "title: {ja: 小さな補助金, en: Small aid}",
        "title: {ja: 小さな補助金, en: ' '}",
        "HJ522",
        "en: ' '",
    ),
    Fault(
        "kana in English",
        "{ja: 設備の補助, en: Aid for equipment}",
        "{ja: 設備の補助, en: せつびの補助}",
        "HJ521",
        "せつび",
    ),
    Fault(
        "not translated", "{ja: 工事の補助, en: Aid for works}", "{ja: 工事補助, en: 工事補助}", "HJ523", "en: 工事補助"
    ),
    Fault("two choices alike", "maker: {ja: 製造業,", "maker: {ja: 小売業,", "HJ524", "maker:"),
    # --- pairs, kinds, limits ---
    Fault("a pair left out", "[[aid, loan]]", "[[aid]]", "HJ525", "combine:"),
    Fault("a pair ruled twice", "", "  - {apart: [[loan, aid]], assume: amounts}\n", "HJ526", "[loan, aid]"),
    Fault("a rate above one", "          - use: 1/2", "          - use: 3/2", "HJ527", "use: 3/2"),
    Fault("a rate of nothing", "          use: 1/2", "          use: 0%", "HJ527", "use: 0%"),
    Fault(
        "a cap of nothing",
        "        rate:\n          use: 1/2\n",
        "        cap: {use: 0円, assume: amounts}\n        rate:\n          use: 1/2\n",
        "HJ528",
        "use: 0円",
    ),
    Fault("dates the wrong way round", "to: '2027-03-31'", "to: '2025-03-31'", "HJ529", "2025-03-31"),
    Fault("dates of another year", "fiscal_year: 2026", "fiscal_year: 2062", "HJ529", "2062"),
    Fault(
        "a part of another kind",
        "    type: count\n",
        "    type: count\n    at_most: capital\n",
        "HJ530",
        "at_most: capital",
    ),
    Fault(
        "yen for each yen",
        "        rate:\n          use: 1/2\n",
        "        cap: {use: 5万円, times: {fact: capital}, assume: amounts}\n        rate:\n          use: 1/2\n",
        "HJ530",
        "times: {fact: capital}",
    ),
    Fault(
        "a limit nobody meets",
        "          - category: [work]\n",
        "          - category: [work]\n        months: {goods: {use: 2年, assume: amounts}}\n",
        "HJ531",
        "months: {goods",
    ),
    Fault(
        "a part above its whole",
        "          - category: [work]\n",
        "          - category: [work]\n        apportion: {part: staff, whole: heads, assume: amounts}\n",
        "HJ331",
        "heads",
    ),
    Fault(
        "a cost counted twice",
        "    bands:\n",
        "      - {id: more, label: {ja: 工事, en: works}, items: [{category: work}], rate: 1/2, assume: amounts}\n    bands:\n",
        "HJ533",
        "id: more",
    ),
    Fault(
        "a document twice",
        "assumptions:\n",
        "  copy: {title: 要領の写し, issuer: 県, date: '2026-04-01', file: guide.txt}\nassumptions:\n",
        "HJ538",
        "  copy:",
    ),
    # --- figures and their sources ---
    Fault("a mistyped figure", "        max: 100万円", "        max: 1000万円", "HJ500", "max: 1000万円"),
    Fault(
        "the wrong fragment",
        "printed: 従業員２０人以下}",
        "printed: 従業員３０人以下}",
        "HJ500",
        "            max: 20人",
    ),
    Fault("below for at most", "        max: 100万円", "        below: 100万円", "HJ501", "below: 100万円"),
    Fault("above for at least", "            max: 20人", "            min: 20人", "HJ501", "min: 20人"),
    Fault(
        "inclusive for exclusive",
        "        below: {use: 60万円}",
        "        cap: {use: 60万円}",
        "HJ501",
        "cap: {use: 60万円}",
    ),
    Fault("nothing printed", "at: 第２条, printed: １円未満は切り捨て", "at: 第２条", "HJ502", "unit: 1円"),
    Fault("an assumption that names another figure", "included: 10/11", "included: 10/12", "HJ502", "10/12"),
    Fault("a text that is not at hand", "file: guide.txt,", "file: absent.txt,", "HJ504", "  guide:"),
    Fault("another edition", "sha256: ", "sha256: 0", "HJ305", "sha256: 0"),
    Fault("a heading that is not there", "at: 第２条,", "at: 第２０条,", "HJ506", "at: 第２０条"),
    Fault("a fragment of another section", "at: 第２条,", "at: 第９条,", "HJ507", "at: 第９条"),
    Fault("a path for a file", "file: guide.txt,", "file: ../guide.txt,", "HJ305", "file: ../guide.txt"),
    Fault("a text that is not UTF-8", "file: guide.txt,", "file: latin.txt,", "HJ509", "  guide:"),
    Fault(
        "a bound that the fragment does not show",
        "printed: 資本金１００万円以下}",
        "printed: 資本金１００万円}",
        "HJ508",
        "        max: 100万円",
    ),
)
"""Laid over `tests/verify/base.yaml` as text."""

SHIPPED = (
    Fault(
        "a row removed",
        "industry: [service, lodging, entertainment]}",
        "industry: [service, lodging]}",
        "HJ341",
        "      cites: {id: overview, at: (参考)",
    ),
    Fault(
        "a row twice",
        "industry: [retail]}",
        "industry: [retail, ryokan]}",
        "HJ342",
        "      cites: {id: overview, at: (参考)",
    ),
    Fault("a row id twice", "{id: row_5,", "{id: row_4,", "HJ343", "^        - {id: row_4,"),
    Fault(
        "a forgotten column",
        "limits: {capital: 1億円, employees: 100人}",
        "limits: {employees: 100人}",
        "HJ535",
        "        - {id: row_2,",
    ),
    Fault(
        "an as_if without a row",
        "limits: {employees: {as_if: {entity: company}}},  # 主",
        "limits: {employees: {as_if: {entity: npo}}},  # 主",
        "HJ340",
        "as_if: {entity: npo}",
    ),
    Fault("tiers that fall", "- up_to: 350万円", "- up_to: 30万円", "HJ338", "up_to: 30万円"),
    Fault("a denominator that may be zero", "    min: 1\n", "", "HJ339", "part: sme_supplier_accounts"),
    Fault("a part without its whole", "    at_most: supplier_accounts\n", "", "HJ532", "  sme_supplier_accounts:"),
    Fault(
        "a share of itself of more than all",
        "rates: [10%, 2/3]",
        "rates: [150%, 2/3], itself: true",
        "HJ337",
        "of: [base_and_analysis]",
    ),
    Fault("a rate twice", "rates: [10%, 2/3]", "rates: [2/3, 2/3]", "HJ500", "rates: [2/3, 2/3]"),
    Fault(
        "a misspelt field in a pick",
        "items: [{category: [software, cloud], functions: {at_least: 1種類}}, {category",
        "items: [{category: [software, cloud], functons: {at_least: 1種類}}, {category",
        "HJ331",
        "functons",
    ),
    Fault("a share of a line below", "of: [base_and_analysis]", "of: [office]", "HJ331", "of: [office]"),
    Fault(
        "a line nobody has",
        "lines: [tools, pc, register]",
        "lines: [tools, pc, till]",
        "HJ331",
        "lines: [tools, pc, till]",
    ),
    Fault(
        "a reminder for no frame",
        "    frames: [group]\n    source: {id: rules_group, at: 第７条, printed: ＧビズＩＤ プライム",
        "    frames: [groups]\n    source: {id: rules_group, at: 第７条, printed: ＧビズＩＤ プライム",
        "HJ331",
        "frames: [groups]",
    ),
    Fault(
        "a wrong answer in a condition",
        "{fact: deemed_large, eq: false}",
        "{fact: deemed_large, eq: maybe}",
        "HJ333",
        "eq: maybe",
    ),
    Fault("a subtotal of no lines", "lines: [base, analysis]", "lines: []", "HJ306", "lines: []"),
    Fault(
        "a category nobody counts",
        "items: [{category: [office, expert]}]",
        "items: [{category: [office]}]",
        "HJ516",
        "    expert:",
    ),
    Fault(
        "a category only counted by a condition",
        "items: [{category: [pc]}]\n        rate",
        "items: [{category: [register]}]\n        rate",
        "HJ534",
        "    pc:",
    ),
    Fault(
        "a months limit of another category",
        "          analysis_cloud: {use: 1年",
        "          cloud: {use: 1年",
        "HJ531",
        "          cloud: {use: 1年",
    ),
    Fault(
        "a category paid for a time whose months nobody limits",
        "categories: [cloud, option,",
        "categories: [cloud, option, pc,",
        "HJ360",
        "categories: [cloud, option, pc,",
    ),
)
"""Laid over `rules/2026.yaml` as text."""
