"""Which question comes next, and what an answer makes of what is known: the interview without a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hojo_cli.applicants import blank
from hojo_cli.applicants.asking import Question
from hojo_cli.applicants.draft import Draft
from hojo_cli.applicants.facts import TRUTHS
from hojo_cli.applicants.relevance import Relevance
from hojo_cli.applicants.state import TIME_OF, State, as_written
from hojo_cli.base.finding import Text
from hojo_cli.base.suggest import spellings
from hojo_cli.engine.applicant import Applicant
from hojo_cli.rules.asked import asked
from hojo_cli.rules.declared import Ruleset

_NAME: Final = Text("申請者の名前", "The applicant's name")
_GROUP: Final = Text("複数の事業者がグループで申請しますか。", "Do several businesses apply as a group?")
_MEMBER: Final = Text("構成員{0}の名前", "The name of member {0}")
_LAST_MEMBER: Final = Text("全員を書き終えた", "that is all of them")
_BUY: Final = Text(
    "{0}明細{1}：何を買いますか。見積書の1行を選びます。", "{0}Item {1}: what is bought? One line of the quote."
)
_DONE: Final = Text("買うものは以上です", "that is all")
_DROP: Final = Text("1つ前の明細「{0}」を取り消す", "take back the item before, `{0}`")
_WHOSE: Final = Text("構成員{0}「{1}」の", "Member {0}, {1}: ")
_TOGETHER: Final = Text("グループ全体で使うものの", "For the whole group. ")
_CALLED: Final = Text("品名（見積書のとおり）", "Its name, as in the quote")
_NAMELESS: Final = Text("品名なし", "none")
_PAID: Final = Text("支払い方はどれですか。", "How is it paid?")
_FORMS: Final = {
    "amount": Text("一括", "at once"),
    "monthly": Text("月額", "by the month"),
    "yearly": Text("年額", "by the year"),
}
_YEN: Final = {
    "amount": Text("値段（数量が2つ以上なら合計）", "Its price (of all pieces together)"),
    "monthly": Text("1か月の料金（全員分・全台分）", "The fee of one month (of all pieces together)"),
    "yearly": Text("1年の料金（全員分・全台分）", "The fee of one year (of all pieces together)"),
}
_EXAMPLE: Final = Text("円。例: 50万円、1,200,000", "yen, such as 50万円, 1,200,000")
_TIMES: Final = {
    "amount": Text("その値段は何か月分ですか。", "How many months does the price pay for?"),
    "monthly": Text("何か月分ですか。", "For how many months?"),
    "yearly": Text("何年分ですか。", "For how many years?"),
}
_FOR_GOOD: Final = Text("買い切り（期間なし）", "for good")
_TAX: Final = Text("その値段は税抜ですか、税込ですか。", "Does the price contain tax?")
_TAXES: Final = {"excluded": Text("税抜", "no"), "included": Text("税込", "yes")}
_LEFT: Final = Text("［あと最大{0}問］", "[at most {0} more]")
_THEN: Final = Text("［明細のあと、最大{0}問］", "[after the items at most {0} more]")
_LOOK_UP: Final = Text("調べる場所: {0}", "look it up in: {0}")
_TRUTHS: Final = {"true": Text("はい", "yes"), "false": Text("いいえ", "no")}
_TRUTH_WORDS: Final = {
    **{word: str(truth).lower() for word, truth in TRUTHS.items()},
    "y": "true",
    "yes": "true",
    "n": "false",
    "no": "false",
}
_OVER: Final = "done"
_BACKWARD: Final = "drop"


class Asking:
    """The questions of a ruleset in a language. `read` judges a draft as a file."""

    def __init__(self, ruleset: Ruleset, lang: str, read: Callable[[Draft], Applicant]) -> None:
        self.ruleset = ruleset
        self.lang = lang
        self.relevance = Relevance(ruleset, read)
        self.groups = any(spec.of_members for spec in ruleset.facts.values())

    def next(self, state: State) -> Question | None:
        """What to ask; None where nothing can change the result any more."""
        if not state.named:
            return self.shown(Question("name", _NAME.into(self.lang)), state)
        if self.groups and state.group is None:
            return self.truth(Question("group", _GROUP.into(self.lang), required=True, written="false"), state)
        if (
            not state.group
            and 0 not in state.told
            and state.item is None
            and (name := self.relevance.of_profile(state))
        ):
            return self.unknown(name, state)
        if 0 not in state.told or (state.group and self.listing(state)):
            return self.of_item(state)
        if state.group and -1 not in state.told:
            place = len(state.draft.members) + 1
            return self.shown(
                Question(
                    f"members[{place}]", _MEMBER.into(self.lang).format(place), alone=_LAST_MEMBER.into(self.lang)
                ),
                state,
            )
        return next((self.unknown(name, state) for name in self.relevance.open(state)), None)

    def listing(self, state: State) -> bool:
        """Whether a member is there whose items are not all told."""
        return bool(state.draft.members) and len(state.draft.members) not in state.told

    # --- facts and fields ---

    def unknown(self, name: str, state: State) -> Question:
        """The question about a fact or field by the name it is asked for."""
        member, item, fact = asked(name)
        part = state.draft.part(member)
        whose = _WHOSE.into(self.lang).format(member, part.name) if member else ""
        if item is not None:
            spec = self.ruleset.fields[fact]
            held = part.items[item]
            called = held.get("name") or self.ruleset.categories[held["category"]].into(self.lang)
            title = f"{whose}{'「' if self.lang != 'en' else ''}{called}{'」' if self.lang != 'en' else ':'} {spec.ask.into(self.lang)}"
            choices = {choice: label.into(self.lang) for choice, label in spec.choices.items()}
            return self.shown(Question(name, title, (), choices, spec.spellings, several=True), state)
        spec_of_fact = self.ruleset.facts[fact]
        notes = (
            [blank.unit(spec_of_fact, self.lang)] if not spec_of_fact.choices and spec_of_fact.kind != "boolean" else []
        )
        if looked := spec_of_fact.look_up.into(self.lang):
            notes.append(_LOOK_UP.into(self.lang).format(looked))
        title = f"{whose}{spec_of_fact.label.into(self.lang)}: {spec_of_fact.ask.into(self.lang)}"
        question = Question(name, title, tuple(notes))
        if spec_of_fact.kind == "boolean":
            return self.truth(question, state)
        choices = {choice: label.into(self.lang) for choice, label in spec_of_fact.choices.items()}
        return self.shown(
            question._replace(choices=choices, spellings=spec_of_fact.spellings, several=spec_of_fact.kind == "set"),
            state,
        )

    # --- what is bought ---

    def of_item(self, state: State) -> Question:
        """The next thing to say of the item that is being told; else a field of the one before, or whether there is another."""
        holder, item = state.holder, state.item
        part = state.draft.part(holder)
        if item is None:
            place = len(part.items)
            prefix = f"members.{holder}." if holder else ""
            fields = (
                [name for name in self.relevance.open(state) if name.startswith(f"{prefix}items[{place - 1}].")]
                if place
                else []
            )
            return self.unknown(fields[0], state) if fields else self.of_category(state, part, place)
        key = f"{holder}.{len(part.items)}."
        if "name" not in item:
            return self.shown(Question(f"{key}name", _CALLED.into(self.lang), alone=_NAMELESS.into(self.lang)), state)
        if "form" not in item:
            return self.shown(self.listed(f"{key}form", _PAID, _FORMS, "amount"), state)
        form = item["form"]
        if form not in item:
            return self.shown(
                Question(f"{key}{form}", _YEN[form].into(self.lang), (_EXAMPLE.into(self.lang),), required=True), state
            )
        if TIME_OF[form] not in item and (form != "amount" or item["category"] in self.ruleset.at_once.categories):
            question = Question(f"{key}{TIME_OF[form]}", _TIMES[form].into(self.lang), required=True)
            if form == "amount":
                question = question._replace(required=False, alone=_FOR_GOOD.into(self.lang))
            return self.shown(question, state)
        return self.shown(self.listed(f"{key}tax", _TAX, _TAXES, "excluded"), state)

    def of_category(self, state: State, part: Draft, place: int) -> Question:
        """What comes next, or that it was all."""
        whose = _WHOSE.into(self.lang).format(state.holder, part.name) if state.holder else ""
        if state.group and not state.holder:
            whose = _TOGETHER.into(self.lang)
        choices = {
            category: self.ruleset.categories[category].into(self.lang) for category in self.relevance.counting(state)
        }
        over = {_OVER: _DONE.into(self.lang)}
        if place:
            last = part.items[-1]
            label = self.ruleset.categories.get(last.get("category", ""))
            called = last.get("name") or (label.into(self.lang) if label else str(place))
            choices = over | choices | {_BACKWARD: _DROP.into(self.lang).format(called)}
        else:
            choices |= over
        title = _BUY.into(self.lang).format(whose, place + 1)
        words = {**self.ruleset.category_spellings, _OVER: _OVER, _BACKWARD: _BACKWARD}
        return self.shown(
            Question(
                f"{state.holder}.{place}.category",
                title,
                (),
                choices,
                words,
                required=True,
                written=_OVER if place else "",
            ),
            state,
        )

    def listed(self, key: str, title: Text, labels: Mapping[str, Text], default: str) -> Question:
        """A choice among a few of ours, one of which is usual."""
        choices = {name: label.into(self.lang) for name, label in labels.items()}
        words = spellings({name: tuple(label) for name, label in labels.items()})
        return Question(key, title.into(self.lang), (), choices, words, required=True, written=default)

    def truth(self, question: Question, state: State) -> Question:
        """A question to be answered by yes or no."""
        choices = {name: label.into(self.lang) for name, label in _TRUTHS.items()}
        return self.shown(
            question._replace(choices=choices, spellings={"true": "true", "false": "false", **_TRUTH_WORDS}), state
        )

    # --- how far it is ---

    def shown(self, question: Question, state: State) -> Question:
        """The question with how many may follow; while members are listed, nobody knows."""
        listing = not (0 in state.told and (not state.group or -1 in state.told))
        if listing and state.group:
            return question
        left = self.most(state) if listing else len(self.relevance.open(state))
        template = _THEN if listing and state.named and question.key[:1].isdecimal() else _LEFT
        return question._replace(progress=template.into(self.lang).format(left))

    def most(self, state: State) -> int:
        """Facts that are not known yet, and whether it is a group."""
        facts = [spec for spec in self.ruleset.facts.values() if spec.id not in state.unknown]
        own = sum(self.relevance.matters(spec, state.draft) for spec in facts)
        return own + (not state.named) + (self.groups and state.group is None)

    # --- answers ---

    def answered(self, state: State, question: Question, answer: str) -> State:
        """The state after an answer, which may turn out not to be readable."""
        key, draft = question.key, state.draft
        if key == "name":
            return state._replace(named=True, draft=draft._replace(name=answer))
        if key == "group":
            return state._replace(group=answer == "true")
        if key.startswith("members["):
            if not answer:
                return state._replace(told=state.told | {-1})
            return state._replace(draft=draft._replace(members=(*draft.members, Draft(answer))))
        if key[0].isdecimal():
            return self.of_items(state, key.split(".")[-1], answer)
        if not answer:
            return state._replace(unknown=state.unknown | {key})
        member, item, name = asked(key)
        changed = (
            draft.with_fact(member, name, answer) if item is None else draft.with_field(member, item, name, answer)
        )
        return state._replace(draft=changed)

    def of_items(self, state: State, step: str, answer: str) -> State:
        """The state after an answer about what is bought."""
        holder, item = state.holder, dict(state.item or {})
        if step == "category":
            if answer == _OVER:
                return state._replace(told=state.told | {holder})
            if answer == _BACKWARD:
                shorter = state.draft.with_part(holder, lambda part: part._replace(items=part.items[:-1]))
                return state._replace(draft=shorter)
            return state._replace(item={"category": answer})
        item[step] = answer
        if step == "name" and item["category"] not in self.ruleset.timed | self.ruleset.at_once.categories:
            item["form"] = "amount"
        if step != "tax":
            return state._replace(item=item)
        named = {"name": item.pop("name"), **item}
        longer = state.draft.with_part(holder, lambda part: part._replace(items=(*part.items, as_written(named))))
        return state._replace(draft=longer, item=None)
