"""A node of the ruleset × a subject → a derivation: the value with everything it was made from.

Three-valued throughout: a value of None is unknown, and `unknown` then holds the facts that stand in its way. Nothing is
rounded, printed, cached outside the scope, or raised.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from hojo_cli.base.record import Record
from hojo_cli.engine.applicant import Applicant, FactValue, Item, open_fields, picked, picks_any, within
from hojo_cli.rules.nodes import (
    Against,
    Among,
    Amount,
    Apportion,
    Capped,
    CategoryLimit,
    Choose,
    Compare,
    Condition,
    Costs,
    Definition,
    Distinct,
    EachMember,
    Every,
    Exact,
    Fact,
    FactOr,
    HasItem,
    Holds,
    Is,
    Least,
    Line,
    MemberCount,
    Not,
    Number,
    Op,
    PerMember,
    Pick,
    Quantity,
    Rated,
    Rounded,
    Said,
    SameKinds,
    Scaled,
    Share,
    Some,
    Sum,
    Table,
    Tier,
    Tiered,
)
from hojo_cli.rules.totals import ceiling

KNOWN: frozenset[str] = frozenset()

COMPARISONS: Mapping[Op, Callable[[Exact, Exact], bool]] = {
    Op.MIN: operator.ge,
    Op.MAX: operator.le,
    Op.ABOVE: operator.gt,
    Op.BELOW: operator.lt,
    Op.EQ: operator.eq,
}


class Derivation(Record):
    """`value` of `node` (None: unknown, because of the facts in `unknown`) and the derivations it rests on.

    For steps on money: `cost` is what went in, `rate` what it was multiplied by, `lost` what a limit took away (all exact yen).
    """

    node: object
    value: FactValue | None
    unknown: frozenset[str] = KNOWN
    parts: tuple[Derivation, ...] = ()
    cost: Exact | None = None
    rate: Exact | None = None
    lost: Exact = 0


class Scope:
    """A subject in the light of a ruleset's definitions; remembers each definition's derivation, and each line's.

    The set of each single fact that was asked for in vain, and the scopes of members, are made once as well.
    """

    __slots__ = ("asked", "definitions", "inside", "lines", "seen", "subject")

    def __init__(
        self, subject: Applicant, definitions: Mapping[str, Definition], seen: dict[str, Derivation] | None = None
    ) -> None:
        self.subject = subject
        self.definitions = definitions
        self.seen = {} if seen is None else seen
        self.lines: dict[str, Derivation] = {}
        self.asked: dict[str, frozenset[str]] = {}
        self.inside: list[Scope] | None = None

    def settle(self, line: str, left: Exact | None, unknown: frozenset[str] = KNOWN) -> None:
        """A subtotal is struck: what it leaves of a line is what shares count from here on."""
        self.lines[line] = self.lines[line]._replace(value=left, unknown=unknown)

    def members(self) -> list[Scope]:
        """One scope for each member, alone with its own facts and items."""
        if self.inside is None:
            self.inside = [Scope(member, self.definitions) for member in self.subject.members]
        return self.inside


# --- conditions ------------------------------------------------------------------------------------------------------


def condition(node: Condition, scope: Scope) -> Derivation:
    """True, False or unknown."""
    match node:  # the most frequent first; fields are read below, because reading them in a pattern takes twice as long
        case Is():
            return _definition(node, node.name, scope)
        case Compare():
            return _compare(node, scope)
        case Every():
            return _every(node, [condition(part, scope) for part in node.parts])
        case Holds():
            value = scope.subject.facts.get(node.fact)
            return _unknown(node, node.fact, scope) if value is None else Derivation(node, value is node.expected)
        case Some():
            return _some(node, [condition(part, scope) for part in node.parts])
        case Among():
            value = scope.subject.facts.get(node.fact)
            return _unknown(node, node.fact, scope) if value is None else Derivation(node, value in node.choices)
        case HasItem():
            return _has_item(node, scope)
        case Not():
            inner = condition(node.part, scope)
            return Derivation(node, None if inner.value is None else not inner.value, inner.unknown, (inner,))
        case EachMember():
            return _every(node, [_of_member(node, member) for member in scope.members()])
        case Table():
            return _table(node, scope)
        case Said():
            said = any(name in scope.subject.facts for name in node.facts)
            inner = condition(node.then if said else node.otherwise, scope)
            return Derivation(node, inner.value, inner.unknown, (inner,))
        case Against():
            return _against(node, scope)
        case SameKinds():
            return _same_kinds(node, scope)
    assert_never(node)


def _unknown(node: object, fact: str, scope: Scope) -> Derivation:
    asked = scope.asked.get(fact)
    if asked is None:
        asked = scope.asked[fact] = frozenset((scope.subject.prefix + fact,))
    return Derivation(node, None, asked)


def _union(parts: Iterable[Derivation]) -> frozenset[str]:
    unknown = KNOWN
    for part in parts:
        if part.unknown:
            unknown = _joined(unknown, part.unknown)
    return unknown


def _joined(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The facts of both; one of the two where it holds the other, for most sets of facts come up again and again."""
    if other <= one:
        return one
    return one | other if one else other


def _every(node: object, parts: list[Derivation]) -> Derivation:
    unknown = KNOWN
    for part in parts:
        if part.value is False:
            return Derivation(node, False, KNOWN, tuple(parts))
        if part.unknown:
            unknown = _joined(unknown, part.unknown)
    return Derivation(node, None if unknown else True, unknown, tuple(parts))


def _some(node: object, parts: list[Derivation]) -> Derivation:
    unknown = KNOWN
    for part in parts:
        if part.value is True:
            return Derivation(node, True, KNOWN, tuple(parts))
        if part.unknown:
            unknown = _joined(unknown, part.unknown)
    return Derivation(node, None if unknown else False, unknown, tuple(parts))


def _definition(node: Is, name: str, scope: Scope) -> Derivation:
    if name not in scope.seen:
        scope.seen[name] = condition(scope.definitions[name].condition, scope)
    inner = scope.seen[name]
    return Derivation(node, inner.value, inner.unknown, (inner,))


def _has_item(node: HasItem, scope: Scope) -> Derivation:
    found = picks_any(scope.subject, node.picks)
    return Derivation(node, found, KNOWN if found is not None else frozenset(open_fields(scope.subject, node.picks)))


def _of_member(node: EachMember, member: Scope) -> Derivation:
    """Whether a member meets what is asked of those for whom `only` holds."""
    if node.only is None:
        return condition(node.part, member)
    only = condition(node.only, member)
    if only.value is False:
        return Derivation(node.part, True, KNOWN, (only,))
    part = condition(node.part, member)
    if only.value is True or part.value is True:
        return part
    return Derivation(node.part, None, _joined(only.unknown, part.unknown), (part,))


def _compare(node: Compare, scope: Scope) -> Derivation:
    left = quantity(node.quantity, scope)
    if left.value is None:
        decided = _either_way(node, left, scope)
        return Derivation(node, decided, left.unknown if decided is None else KNOWN, (left,))
    return Derivation(node, COMPARISONS[node.op](_exact(left), node.number.value), KNOWN, (left,))


def _either_way(node: Compare, left: Derivation, scope: Scope) -> bool | None:
    """What comes of a comparison however what is left out is filled in; None where that makes a difference."""
    match node.quantity:
        case Distinct(_, field, picks):
            least, most = len(kinds(scope.subject, field, picks)), None
        case MemberCount():
            values = [part.value for part in left.parts]
            least, most = values.count(True), len(values) - values.count(False)
        case _:
            return None
    holds, limit = COMPARISONS[node.op], node.number.value
    if node.op is Op.EQ:
        return False if least > limit or (most is not None and most < limit) else None
    low = holds(least, limit)
    if low is (node.op in (Op.MIN, Op.ABOVE)):
        return low
    return None if most is None or holds(most, limit) != low else low


def _against(node: Against, scope: Scope) -> Derivation:
    left, right = quantity(node.left, scope), quantity(node.right, scope)
    unknown = _joined(left.unknown, right.unknown)
    if unknown:
        return Derivation(node, None, unknown, (left, right))
    return Derivation(node, COMPARISONS[node.op](_exact(left), _exact(right)), KNOWN, (left, right))


def _same_kinds(node: SameKinds, scope: Scope) -> Derivation:
    value, counted = scope.subject.facts.get(node.fact), quantity(node.kinds, scope)
    if counted.value == 0:
        return Derivation(node, False, KNOWN, (counted,))
    held = kinds(scope.subject, node.kinds.field, node.kinds.picks)
    if value is None:
        return Derivation(node, None, _joined(_unknown(node, node.fact, scope).unknown, counted.unknown), (counted,))
    if counted.value is None:
        surely_not = not value or (isinstance(value, frozenset) and not held <= value)
        return Derivation(node, False if surely_not else None, KNOWN if surely_not else counted.unknown, (counted,))
    return Derivation(node, value == held, KNOWN, (counted,))


def _table(node: Table, scope: Scope) -> Derivation:
    """The row that stands decides; while several may stand, they decide only where they agree.

    Some row always stands: the loader refuses a table that leaves a choice uncovered.
    """
    possible: list[Derivation] = []
    doubt: frozenset[str] = KNOWN
    facts = scope.subject.facts
    for row in node.rows:
        if _passed_over(row.when, facts):
            continue
        when = condition(row.when, scope)
        if when.value is False:
            continue
        test = condition(row.test, scope)
        possible.append(Derivation(row, test.value, test.unknown, (test, when)))
        if when.value is True:
            break
        doubt = _joined(doubt, when.unknown)
    return _agreed(node, possible, doubt) if possible else Derivation(node, False)


def _passed_over(when: Condition, facts: Mapping[str, FactValue]) -> bool:
    """Whether a choice the applicant made keeps a row from standing; most rows end here, before anything is derived."""
    parts: tuple[Condition, ...] = when.parts if isinstance(when, Every) else (when,)
    for part in parts:
        if isinstance(part, Among):
            value = facts.get(part.fact)
            if value is not None and value not in part.choices:
                return True
    return False


def _agreed(node: object, possible: list[Derivation], doubt: frozenset[str]) -> Derivation:
    """One value, if all that is still possible comes to the same."""
    first = possible[0]
    if first.value is not None and all(other.value == first.value for other in possible):
        return Derivation(node, first.value, KNOWN, tuple(possible), first.cost, first.rate)
    return Derivation(node, None, _joined(doubt, _union(possible)), tuple(possible))


# --- quantities ------------------------------------------------------------------------------------------------------


def quantity(node: Quantity, scope: Scope) -> Derivation:
    """How many, how much: an exact number or unknown."""
    match node:
        case Fact():
            value = scope.subject.facts.get(node.name)
            return _unknown(node, node.name, scope) if value is None else Derivation(node, value)
        case FactOr(name, otherwise):
            value = scope.subject.facts.get(name)
            if value is not None:
                return Derivation(node, value)
            inner = quantity(otherwise, scope)
            return Derivation(node, inner.value, inner.unknown, (inner,))
        case Distinct(_, field, picks):
            unknown = frozenset(open_fields(scope.subject, picks, field))
            return Derivation(node, None if unknown else len(kinds(scope.subject, field, picks)), unknown)
        case MemberCount():
            return _member_count(node, scope)
    assert_never(node)


def _member_count(node: MemberCount, scope: Scope) -> Derivation:
    if node.only is None:
        return Derivation(node, len(scope.subject.members))
    parts = [condition(node.only, member) for member in scope.members()]
    unknown = _union(parts)
    return Derivation(node, None if unknown else sum(part.value is True for part in parts), unknown, tuple(parts))


def kinds(subject: Applicant, field: str, picks: tuple[Pick, ...]) -> frozenset[str]:
    """The different members of a set field over the items that are picked for sure."""
    found: frozenset[str] = KNOWN
    return found.union(*[item.fields.get(field, KNOWN) for item in subject.items if picked(item, picks)])


# --- amounts ---------------------------------------------------------------------------------------------------------


def amount(node: Amount, scope: Scope) -> Derivation:
    """Exact yen (or a rate), or unknown."""
    match node:  # the most frequent first
        case Number():
            return Derivation(node, node.value)
        case Rounded():
            return _rounded(node, scope)
        case Costs():
            return _costs(node, scope)
        case Capped():
            return _capped(node, scope)
        case Rated():
            return _rated(node, scope)
        case Choose():
            return _choose(node, scope)
        case Tiered():
            return _tiered(node, scope)
        case Apportion():
            return _apportion(node, scope)
        case Scaled():
            return _scaled(node, scope)
        case Share():
            return _share(node, scope)
        case Sum():
            return _sum(node, [amount(part, scope) for part in node.parts])
        case Least():
            return _least(node, [amount(part, scope) for part in node.parts])
        case PerMember():
            return _sum(node, [_member(node, member) for member in scope.members()])
    assert_never(node)


def _exact(derivation: Derivation) -> Exact:
    """The number inside a derivation whose value is known to be one."""
    value = derivation.value
    assert isinstance(value, (int, Fraction))  # a union takes five times as long here
    return value


def _costs(node: Costs, scope: Scope) -> Derivation:
    items: list[Derivation] = []
    total: Exact = 0
    doubtful = False
    led = picks_any(scope.subject, node.led_by) if node.led_by else True
    if led is None:
        return Derivation(node, None, frozenset(open_fields(scope.subject, node.led_by)))
    for item in scope.subject.items if led else ():
        taken = picked(item, node.picks)
        if taken:
            counted = _item(item, node.months)
            total += _exact(counted)
            items.append(counted)
        elif taken is None:
            items.append(Derivation(item, None, frozenset(open_fields(scope.subject, node.picks)), cost=item.cost))
            doubtful = True
    if doubtful:
        return Derivation(node, None, _union(items), tuple(items))
    limits = [limited for limit in node.limits if (limited := _category(limit, items)) is not None]
    if not limits:
        return Derivation(node, total, KNOWN, tuple(items))
    return Derivation(node, total - sum((limit.lost for limit in limits), start=0), KNOWN, (*items, *limits))


def _item(item: Item, months: tuple[CategoryLimit, ...]) -> Derivation:
    """The cost of one item within the months its category allows."""
    for limit in months:
        if limit.category == item.category and item.months is not None:
            cost = within(item.cost, item.price, item.months, int(limit.limit.value), limit.recurring)
            return Derivation(
                item, cost, KNOWN, (Derivation(limit, limit.limit.value),), item.cost, lost=item.cost - cost
            )
    return Derivation(item, item.cost, cost=item.cost)


def _category(limit: CategoryLimit, items: list[Derivation]) -> Derivation | None:
    """The limit on the cost of one category, if there is any, with what it takes away."""
    cost: Exact = 0
    for item in items:
        if isinstance(item.node, Item) and item.node.category == limit.category:
            cost += _exact(item)
    lost = max(cost - limit.limit.value, 0)
    return Derivation(limit, limit.limit.value, cost=cost, lost=lost) if cost else None


def _apportion(node: Apportion, scope: Scope) -> Derivation:
    of, part, whole = amount(node.of, scope), quantity(Fact(node.part), scope), quantity(Fact(node.whole), scope)
    unknown = _union((of, part, whole))
    if of.value == 0:
        return Derivation(node, 0, KNOWN, (of,), 0)
    if unknown:
        return Derivation(node, None, unknown, (of, part, whole))
    share = Fraction(_exact(part), _exact(whole))
    cost = _exact(of)
    return Derivation(node, cost * share, KNOWN, (of, part, whole), cost, share, cost - cost * share)


def _choose(node: Choose, scope: Scope) -> Derivation:
    """Reading from the top: the first branch that holds, or all that may still be the first to hold, if they agree."""
    possible: list[Derivation] = []
    doubt: frozenset[str] = KNOWN
    for branch in node.branches:
        when = None if branch.when is None else condition(branch.when, scope)
        if when is not None and when.value is False:
            continue
        use = amount(branch.use, scope)
        possible.append(Derivation(branch, use.value, use.unknown, (use,) if when is None else (use, when)))
        if when is None or when.value is True:
            break
        doubt = _joined(doubt, when.unknown)
    return _agreed(node, possible, doubt)


def _rated(node: Rated, scope: Scope) -> Derivation:
    of, rate = amount(node.of, scope), amount(node.rate, scope)
    if of.value == 0:
        return Derivation(node, 0, KNOWN, (of, rate), 0)
    if of.value is None or rate.value is None:
        return Derivation(node, None, _union((of, rate)), (of, rate))
    return Derivation(node, _exact(of) * _exact(rate), KNOWN, (of, rate), _exact(of), _exact(rate))


def _tiered(node: Tiered, scope: Scope) -> Derivation:
    """Each tier in turn yields what its width and the cost that is left allow; cost beyond the last tier yields nothing."""
    of = amount(node.of, scope)
    if of.value is None:
        return Derivation(node, None, of.unknown, (of,))
    left: Exact = _exact(of)
    below: Exact = 0
    total: Exact = 0
    rate: Exact = 0
    steps = [of]
    for tier in node.tiers:
        if left == 0:
            break
        chosen = amount(tier.rate, scope)
        if chosen.value is None:
            return Derivation(node, None, chosen.unknown, (*steps, chosen))
        rate = _exact(chosen)
        used, paid = _tier(tier, left, below, rate, node.on_subsidy)
        steps.append(Derivation(tier, paid, KNOWN, (chosen,), used, rate))
        left, total = 0 if used is left else left - used, total + paid
        below = below if tier.up_to is None else tier.up_to.value
    return Derivation(node, total, KNOWN, tuple(steps), _exact(of), lost=left * rate)


def _tier(tier: Tier, left: Exact, below: Exact, rate: Exact, on_subsidy: bool) -> tuple[Exact, Exact]:
    """Cost used up and subsidy paid by one tier."""
    if tier.up_to is None or (rate == 0 and on_subsidy):
        return left, left * rate
    width = tier.up_to.value - below
    used = min(left, Fraction(width, rate) if on_subsidy else width)
    return used, used * rate


def _capped(node: Capped, scope: Scope) -> Derivation:
    of, cap = amount(node.of, scope), amount(node.cap, scope)
    if of.value is None or cap.value is None:
        if of.value == 0 or cap.value == 0:
            return Derivation(node, 0, KNOWN, (of, cap))
        return Derivation(node, None, _union((of, cap)), (of, cap))
    asked, most = _exact(of), _exact(cap)
    if asked <= most:
        return Derivation(node, asked, KNOWN, (of, cap))
    return Derivation(node, most, KNOWN, (of, cap), lost=asked - most)


def _rounded(node: Rounded, scope: Scope) -> Derivation:
    return rounded(node, amount(node.of, scope), lambda: amount(ceiling(node.of), scope))


def rounded(node: Rounded, of: Derivation, most: Callable[[], Derivation]) -> Derivation:
    """Cut as declared; what would be rounded up beyond `most` is cut down."""
    if of.value is None:
        return Derivation(node, None, of.unknown, (of,))
    asked = _exact(of)
    paid = cut(asked, node)
    if paid > asked:
        end = most()
        if end.value is None:
            return Derivation(node, None, end.unknown, (of,))
        paid = min(paid, cut(_exact(end), node._replace(mode="down")))
    return Derivation(node, paid, KNOWN, (of,), lost=0 if asked == paid else asked - paid)


def cut(exact: Exact, rounding: Rounded) -> int:
    """`exact` as a whole multiple of the unit, in the declared direction."""
    unit = int(rounding.unit.value)
    over, under = exact.numerator, exact.denominator * unit
    match rounding.mode:
        case "up":
            return -(-over // under) * unit
        case "half_up":
            return (2 * over + under) // (2 * under) * unit
        case _:
            return over // under * unit


def _scaled(node: Scaled, scope: Scope) -> Derivation:
    by = quantity(node.by, scope)
    if by.value is None:
        return Derivation(node, None, by.unknown, (by,))
    return Derivation(node, node.number.value * _exact(by), KNOWN, (by,), node.number.value, _exact(by))


def _share(node: Share, scope: Scope) -> Derivation:
    """× each rate; a share of a total that includes the line itself is r / (1 − r) of the rest."""
    base = _sum(node, [scope.lines[name] for name in node.of])
    if base.value is None:
        return base
    rate = Fraction(1)
    for number in node.rates:
        rate *= number.value
    rate = rate / (1 - rate) if node.itself else rate
    return Derivation(node, _exact(base) * rate, KNOWN, base.parts, _exact(base), rate)


def _sum(node: object, parts: list[Derivation]) -> Derivation:
    unknown = _union(parts)
    if unknown:
        return Derivation(node, None, unknown, tuple(parts))
    return Derivation(node, sum((_exact(part) for part in parts), start=0), KNOWN, tuple(parts))


def _least(node: object, parts: list[Derivation]) -> Derivation:
    unknown = _union(parts)
    if any(part.value == 0 for part in parts):
        return Derivation(node, 0, KNOWN, tuple(parts))
    if unknown:
        return Derivation(node, None, unknown, tuple(parts))
    return Derivation(node, min(_exact(part) for part in parts), KNOWN, tuple(parts))


def _member(node: PerMember, scope: Scope) -> Derivation:
    """What the borrowed lines come to for one member; nothing where the member does not qualify."""
    lines = [line_amount(line, scope) for line in node.lines]
    total = _sum(scope.subject, lines)
    if node.only is None or total.value == 0:
        return total
    only = condition(node.only, scope)
    if only.value is True:
        return total
    if only.value is False:
        return Derivation(scope.subject, 0, KNOWN, (only,))
    return Derivation(scope.subject, None, only.unknown | total.unknown, (only,))


def line_amount(line: Line, scope: Scope) -> Derivation:
    """A cost line, remembered for shares that refer to it (see `Scope.settle`)."""
    inner = amount(line.amount, scope)
    scope.lines[line.id] = Derivation(line, inner.value, inner.unknown, (inner,))
    return scope.lines[line.id]
