"""Frames as SQL: status, subsidy and eligible cost of each, as the evaluator settles them."""

from __future__ import annotations

from typing import assert_never

from hojo_cli.base.record import NamedTuple
from hojo_cli.engine.judgement import Status
from hojo_cli.rules import nodes
from hojo_cli.rules.nodes import Amount, Frame, Subtotal
from hojo_cli.rules.totals import ceiling_of_total, outermost
from hojo_cli.rules.walk import nodes_within
from hojo_cli.tables.sql.amounts import Amounts
from hojo_cli.tables.sql.number import Number, atom, literal, saying


class Columns(NamedTuple):
    """The columns of a frame, and the most yen that it can come to, whatever is unknown."""

    frame: str
    status: str
    subsidy: str
    eligible_cost: str
    most: int


class Banded(NamedTuple):
    """A band: the columns of whether its requirements hold and its floor is reached, where its cap is unknown, what it grants."""

    holds: str
    reached: str
    capless: str
    grant: Number


class Frames(Amounts):
    """All of an applicant."""

    def frame(self, frame: Frame) -> Columns:
        """The columns of a frame."""
        name = frame.id
        with saying(frame, frame.label):
            self.begin()
            named = {each for node in nodes_within(frame) if isinstance(node, nodes.Share) for each in node.of}
            self.referred = any(named.intersection(subtotal.lines) for subtotal in frame.subtotals)
            touched = self._any([self.pays_for(line.amount, f"{name}_{line.id}") for line in frame.lines])
            required = []
            for each in frame.requires:
                source = f"（{each.provenance.source} {each.provenance.at}）" if each.provenance.source else ""
                sql = self.condition(each.holds, f"{name}_{each.id}")
                required.append((f"{name}_{each.id}_holds", sql, f"{each.label.into(self.lang)}{source}"))
            held = self.chain.step(f"{name}_requires", frame.label.into(self.lang), required) if required else []
            costs: list[Number] = []
            for line in frame.lines:
                self.line(frame, line)
                costs += self.eligible
                self.eligible = []
                for subtotal in frame.subtotals:
                    if subtotal.lines[-1] == line.id:
                        self.strike(frame, subtotal)
            total = self.total(frame)
            bands = [self.band(frame, band, total) for band in frame.bands]
            status, subsidy, most = self.settled(frame, touched, held, total, bands)
            return self.result(frame, status, subsidy, costs, most)

    def _any(self, tests: list[str]) -> str:
        return " OR ".join(dict.fromkeys(tests)) if tests else "FALSE"

    def pays_for(self, node: Amount, name: str) -> str:
        """Whether a line pays for an item that costs anything; NULL where only a field left out could say so."""
        match node:
            case nodes.Costs(picks, _, _, led_by):
                priced = self.has_item(picks, name, priced=True)
                return f"({priced} AND {self.has_item(led_by, f'{name}_leader')})" if led_by else priced
            case nodes.PerMember(lines):
                if not isinstance(self.members, Frames):
                    return "FALSE"
                tests = [self.members.pays_for(line.amount, f"{name}_{line.id}") for line in lines]
                test = self.members.chain.column(f"{name}_paid_for", f"({self._any(tests)})")
                return self.of_members("max", test, f"{name}_paid_for")
            case nodes.Apportion(of) | nodes.Rated(of) | nodes.Tiered(of) | nodes.Capped(of) | nodes.Rounded(of):
                return self.pays_for(of, name)
            case nodes.Number() | nodes.Choose() | nodes.Scaled() | nodes.Share() | nodes.Sum() | nodes.Least():
                return "FALSE"
        assert_never(node)

    def line(self, frame: Frame, line: nodes.Line) -> None:
        """What a line comes to, before caps that it shares."""
        name = f"{frame.id}_{line.id}"
        remark = f"{frame.label.into(self.lang)}: {line.label.into(self.lang)}"
        self.lines[line.id] = self.chain.number(name, self.amount(line.amount, name), remark)

    def strike(self, frame: Frame, subtotal: Subtotal) -> None:
        """The least of the sum of the parts and the shared cap; what is over it is taken from the last line first."""
        name = f"{frame.id}_{subtotal.id}"
        asked = self.kept(f"{name}_asked", self.arithmetic.added([self.lines[part] for part in subtotal.parts]))
        remark = f"{frame.label.into(self.lang)}: {subtotal.label.into(self.lang)}"
        paid = self.chain.number(name, self.smaller(asked, self.amount(subtotal.cap, f"{name}_cap")), remark)
        self.lines[subtotal.id] = paid
        if not self.referred:
            return
        ((left, bound), (right, _)), under, *_ = self.arithmetic.aligned([asked, paid])
        over = self.chain.number(f"{name}_over", Number(f"{left} - {atom(right)}", bound, under))
        for line in reversed(subtotal.lines):
            ((mine, bound), (most, _)), under, *_ = self.arithmetic.aligned([self.lines[line], over])
            rest = f"CASE WHEN {mine} <= {most} THEN 0 WHEN {mine} > {most} THEN {mine} - {atom(most)} END"
            still = f"CASE WHEN {most} <= {mine} THEN 0 WHEN {most} > {mine} THEN {most} - {atom(mine)} END"
            self.lines[line] = self.chain.number(f"{frame.id}_{line}_left", Number(rest, bound, under))
            over = self.chain.number(f"{name}_over", Number(still, max(bound, over.bound * under // over.under), under))

    def total(self, frame: Frame) -> Number:
        """Lines outside subtotals and the subtotals, added; cut once here where the ruleset rounds totals."""
        name, rounding = f"{frame.id}_total", frame.rounding
        total = self.kept(name, self.arithmetic.added([self.lines[each] for each in outermost(frame)]))
        if rounding.at == "line":
            return total
        rounded = nodes.Rounded(rounding.unit, rounding.unit, rounding.mode)
        return self.rounded(rounded, total, name, lambda: self.amount(ceiling_of_total(frame), f"{name}_ceiling"))

    def band(self, frame: Frame, band: nodes.Band, total: Number) -> Banded:
        """What the band would grant of the total."""
        name = f"{frame.id}_{band.id}"
        held = " AND ".join(self.condition(each.holds, f"{name}_{each.id}") for each in band.requires)
        labels = "、".join(each.label.into(self.lang) for each in band.requires)
        unknown, tops = "", list[Number]()
        if band.cap is not None:
            cap = self.amount(band.cap, f"{name}_cap")
            unknown = f"{cap.sql} IS NULL" if cap.value is None else ""
            tops.append(cap)
        if band.below is not None:
            below, unit = self.stated(band.below), frame.rounding.unit.value
            if below.value is not None:
                tops.append(literal(below.value - unit))
            else:
                tops.append(below._replace(sql=f"({below.sql} - {unit * below.under})"))
        grant, reached = total, "TRUE"
        for top in tops:
            grant = self.kept(f"{name}_grant", self.smaller(grant, top))
        if band.floor is not None:
            reached = self.arithmetic.compared(total, nodes.Op.MIN, self.stated(band.floor))
        columns = [
            (f"{name}_holds", held or "TRUE", labels),
            (f"{name}_reached", f"({unknown} OR {reached})" if unknown else reached, ""),
        ]
        remark = f"{frame.label.into(self.lang)}: {band.label.into(self.lang)}"
        holds, enough = self.chain.step(name, remark, columns)
        return Banded(holds, enough, unknown, grant)

    def settled(
        self, frame: Frame, touched: str, held: list[str], total: Number, bands: list[Banded]
    ) -> tuple[str, str, int]:
        """Expressions for the status and the yen, and the most that these can be."""
        required = f"({' AND '.join(held)})" if held else "TRUE"
        unknown = f"{total.sql} IS NULL" if total.value is None else "FALSE"
        cases = [
            (f"NOT ({touched})", Status.NO_COST),
            (f"NOT {required}", Status.INELIGIBLE),
            (f"({touched}) IS NULL", Status.INCOMPLETE),
        ]
        if not bands:
            whole, _ = self.arithmetic.cut(total, 1, "down")
            cases.append((f"{required} IS NULL OR {unknown}", Status.INCOMPLETE))
            return _cases(cases, Status.PAYABLE), whole, total.bound // total.under
        rows, under, *_ = self.arithmetic.aligned([band.grant for band in bands])
        grants = list(zip(bands, [sql for sql, _ in rows], strict=True))
        sure = [
            f"CASE WHEN {band.holds} AND {band.reached} THEN coalesce({grant}, -1) ELSE -1 END"
            for band, grant in grants
        ]
        greatest = f"{self.dialect.most}({', '.join(sure)})" if len(sure) > 1 else sure[0]
        best = self.chain.column(f"{frame.id}_best", greatest)
        open_ = []
        for band, grant in grants:  # may pay more, or while their caps are unknown anything
            open_.append(f"({band.holds} IS NULL AND {band.reached} AND ({best} = -1 OR {grant} > {best}))")
            if band.capless:
                open_.append(f"({band.capless} AND {band.holds} IS NOT FALSE AND ({best} = -1 OR {band.holds}))")
        none = " AND ".join(f"{band.holds} IS FALSE" for band in bands)
        no_one = " AND ".join(f"{band.holds} IS NOT TRUE" for band in bands)
        cases += [
            (none, Status.INELIGIBLE),
            (f"{required} IS NULL OR {unknown} OR {' OR '.join(open_)} OR ({no_one})", Status.INCOMPLETE),
            (f"{best} = -1", Status.BELOW_FLOOR),
        ]
        most = max(bound for _, bound in rows)
        whole, _ = self.arithmetic.cut(Number(best, most, under), 1, "down")
        return _cases(cases, Status.PAYABLE), whole, most // under

    def result(self, frame: Frame, status: str, subsidy: str, costs: list[Number], most: int) -> Columns:
        """The columns that are shown: yen where the status is settled, eligible cost in whole yen."""
        name = frame.id
        status = self.chain.step(f"{name}_status", frame.label.into(self.lang), [(f"{name}_status", status, "")])[0]
        eligible = "0"
        if costs:
            eligible, _ = self.arithmetic.cut(self.kept(f"{name}_costs", self.arithmetic.added(costs)), 1, "down")
        yen = f"CASE {status} WHEN 'payable' THEN {subsidy} WHEN 'incomplete' THEN NULL ELSE 0 END"
        looked = f"CASE {status} WHEN 'no_cost' THEN 0 WHEN 'incomplete' THEN NULL ELSE {eligible} END"
        columns = [(f"{name}_subsidy", yen, ""), (f"{name}_eligible_cost", looked, "")]
        yen, looked = self.chain.step(f"frame_{name}", frame.label.into(self.lang), columns)
        return Columns(name, status, yen, looked, most)


def _cases(cases: list[tuple[str, Status]], otherwise: Status) -> str:
    """The first that holds."""
    written = "\n      ".join(f"WHEN {when} THEN '{status.value}'" for when, status in cases)
    return f"CASE\n      {written}\n      ELSE '{otherwise.value}'\n    END"
