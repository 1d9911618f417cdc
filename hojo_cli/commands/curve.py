"""`hojo curve FILE --vary PATH`: what each frame pays as a function of one number of the file, exactly, under one ruleset or several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hojo_cli.advise.curve import Along, Curve
from hojo_cli.applicants.changes import unknown_paths
from hojo_cli.applicants.naming import unknown_frame
from hojo_cli.applicants.scenario import Scenario, Variable
from hojo_cli.base.exact import quotient
from hojo_cli.base.finding import THE_CALL, HojoError, Location, Text, has_errors, untranslated
from hojo_cli.base.number import NumberProblem, read
from hojo_cli.base.record import NamedTuple
from hojo_cli.base.sanitize import shorten
from hojo_cli.base.suggest import candidates, meant, suggestion
from hojo_cli.batch import estimating
from hojo_cli.batch.one import one
from hojo_cli.messages import finding
from hojo_cli.pages import curve as curve_page, curve_data
from hojo_cli.results.report import Report
from hojo_cli.rules.declared import Ruleset

LISTED: Final = 12
"""So many numbers of a file are offered where one is asked for that it does not state."""


class CurveRequest(NamedTuple):
    """What was asked for, as typed; empty: not at all."""

    file: str
    vary: str
    first: str = ""
    last: str = ""
    frames: Sequence[str] = ()
    rules: Sequence[str] = ()
    changes: Sequence[str] = ()


def run(request: CurveRequest, lang: str) -> Report:
    """`HojoError` where the file, a ruleset, the path, the range or a frame cannot be used; a wrong file is findings and exit code 1."""
    loaded = [estimating.load_rules(name) for name in request.rules]
    if unusable := [found for each in loaded if each.ruleset is None for found in each.findings]:
        raise HojoError(*unusable)
    data = one(request.file)
    applicants = [
        estimating.load_applicant(data, rules, file=request.file, changes=request.changes)
        for rules in (loaded or (None,))
    ]
    estimating.require_runnable(*applicants)
    findings = tuple(dict.fromkeys(found for each in applicants for found in each.findings))
    scenarios = [each.scenario for each in applicants if each.scenario is not None]
    if len(scenarios) < len(applicants):
        return Report(lambda: curve_data.nothing(request.file, request.changes, findings, lang), tuple, findings, 1)
    along = [Along(scenario, variable(scenario, request.vary)) for scenario in scenarios]
    first, last = limits(along, request)
    frames = named_frames(request.frames, [scenario.ruleset for scenario in scenarios])
    curves: list[Curve] = []
    for each, names in zip(along, frames, strict=True):
        if names or not request.frames:
            of_ruleset = each.curves(first, last, names)
            if of_ruleset is None:
                raise HojoError(finding("HJ023", at("vary", request.vary), path=request.vary, most=each.most))
            curves += of_ruleset
    name = next(each.applicant.name for each in applicants if each.applicant is not None)
    drawn = curve_page.Drawn(request.file, name, tuple(request.changes), along[0].variable, first, last, tuple(curves))
    wrong = has_errors(findings)
    return Report(
        lambda: curve_data.data(drawn, findings, lang),
        lambda: curve_page.page(drawn),
        findings,
        1 if wrong else 0,
        rows=lambda: curve_data.rows(drawn, lang),
    )


def at(option: str, value: str) -> Location:
    """The place of an option's value: no line of a file."""
    return Location(f"--{option} {shorten(value)}", 0, 0)


def variable(scenario: Scenario, path: str) -> Variable:
    """The number at a path."""
    if unknown := unknown_paths([f"{path}="], scenario.ruleset):
        raise HojoError(*(found._replace(where=at("vary", path)) for found in unknown))
    if path not in scenario.variables:
        known = tuple(scenario.variables)
        listed = ", ".join((*known[:LISTED], *(["…"] if len(known) > LISTED else [])))
        near = suggestion(*candidates(path, known))
        raise HojoError(finding("HJ022", at("vary", path), path=path, near=near, listed=untranslated(listed)))
    return scenario.variables[path]


def limits(along: Sequence[Along], request: CurveRequest) -> tuple[int, int]:
    """Where the curve begins and ends, both included: as asked, else from the least up to beyond the last border of each ruleset."""
    least, most = max(each.variable.least for each in along), min(each.variable.most for each in along)
    first = asked(along[0].variable, "from", request.first) if request.first else max(0, least)
    if request.last:
        last = asked(along[0].variable, "to", request.last)
    else:
        last = max(first, max(each.reach(first) for each in along))  # noqa: PLW3301 - the maximum of a generator is one argument
    for option, x in (("from", first), ("to", last)):
        if not least <= x <= most:
            words = [along[0].variable.figure(bound) for bound in (least, most)]
            raise misuse(
                Text(
                    f"`--{option}` は{words[0].ja}から{words[1].ja}までです",
                    f"`--{option}` takes {words[0].en} to {words[1].en}",
                )
            )
    if first > last:
        raise misuse(Text("`--from` が `--to` より大きくなっています", "`--from` is beyond `--to`"))
    return first, last


def asked(of: Variable, option: str, text: str) -> int:
    """A bound of the range, written as in a file, in whole steps."""
    try:
        steps = quotient(read(text, of.kind), of.step)
    except NumberProblem as problem:
        raise HojoError(finding(problem.code, at(option, text), **problem.words)) from None
    if not isinstance(steps, int):
        raise misuse(Text(f"`--{option}` は0.01%刻みで指定します", f"`--{option}` goes in steps of 0.01%"))
    return steps


def misuse(reason: Text) -> HojoError:
    """A range that cannot be."""
    return HojoError(finding("HJ001", THE_CALL, reason=reason, command="hojo curve"))


def named_frames(names: Sequence[str], rulesets: Sequence[Ruleset]) -> list[tuple[str, ...]]:
    """The frames that are named, by ruleset; each must be one of some ruleset."""
    for name in names:
        if not any(meant(name, ruleset.frame_spellings) for ruleset in rulesets):
            raise HojoError(finding("HJ006", THE_CALL, name=name, **unknown_frame(name, rulesets[0])))
    found = []
    for ruleset in rulesets:
        ids = (meant(name, ruleset.frame_spellings) for name in names)
        found.append(tuple(dict.fromkeys(filter(None, ids))))
    return found
