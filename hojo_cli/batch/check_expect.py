"""What a file expects: the yen of each frame, held against the computed yen and against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hojo_cli.applicants.applicant import ApplicantFile
from hojo_cli.base.finding import Finding, Location, Text, untranslated
from hojo_cli.base.texts import figure, say
from hojo_cli.batch.reasons import because
from hojo_cli.engine.applicant import picked
from hojo_cli.engine.judgement import Status
from hojo_cli.messages import finding
from hojo_cli.rules.declared import Ruleset
from hojo_cli.rules.walk import picks_of_lines

_STATUS: Mapping[Status, Text] = {
    Status.INELIGIBLE: Text("{0}・要件を満たさない", "{0}, a requirement is not met"),
    Status.BELOW_FLOOR: Text("{0}・下限未満", "{0}, under the lower limit"),
    Status.NO_COST: Text("{0}・対象経費なし", "{0}, no cost"),
    Status.PAYABLE: untranslated("{0}"),
}
_BY_HAND: Final = Text(
    "変更が正しければ `expect` を手で直してください。", "If the change is right, change `expect` by hand."
)


def expected(
    rules: Ruleset,
    applicant_file: ApplicantFile,
    outcomes: Mapping[str, tuple[Status, int | None]],
    where: Callable[[str], Location],
    *,
    alone: bool,
) -> Iterator[Finding]:
    """Each `expect` that differs (0: not payable) or cannot be compared. `alone`: `--update-expect` could rewrite it."""
    for frame, yen in applicant_file.expect.items():
        status, subsidy = outcomes[frame]
        at, label = where(f"expect.{frame}"), rules.frames[frame].label
        if status is Status.INCOMPLETE:
            found = finding("HJ426", at, frame=label, expected=figure(yen))
            yield because(found, rules, applicant_file.applicant, (frame,))
        elif subsidy != yen:
            found = finding(
                "HJ425", at, frame=label, found=say(_STATUS[status], figure(subsidy or 0)), expected=figure(yen)
            )
            if not alone:
                found = found._replace(hint=_BY_HAND)
            yield found if status is Status.PAYABLE else because(found, rules, applicant_file.applicant, (frame,))


def combined(rules: Ruleset, applicant_file: ApplicantFile, where: Callable[[str], Location]) -> Iterator[Finding]:
    """Frames that a file counts on together, by `frame` and `expect`: whether they may be, and which items they would both count."""
    held = [frame for frame, yen in applicant_file.expect.items() if yen]
    if applicant_file.frame and applicant_file.frame not in applicant_file.expect:
        held.insert(0, applicant_file.frame)  # so that the place of the second is one in `expect`
    order = {frame: place for place, frame in enumerate(held)}
    for combination in rules.combinations:
        pair = sorted((frame for frame in combination.frames if frame in order), key=order.__getitem__)
        if len(pair) < 2:
            continue
        at = where(f"expect.{pair[1]}")
        words = {"frame": rules.frames[pair[0]].label, "other": rules.frames[pair[1]].label}
        if not combination.allowed:
            yield finding("HJ427", at, **words)
            continue
        one, other = (picks_of_lines(rules.frames[frame].lines) for frame in pair[:2])
        for item in applicant_file.applicant.all_items:
            if picked(item, one) and picked(item, other):
                yield finding("HJ428", at, item=item.name or rules.categories[item.category].ja, **words)
