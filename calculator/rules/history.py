"""Criminal history: points for earlier sentences, and the category. USSG §§4A1.1, 4A1.2 (2025), pp. 361–371.

Facts and law in, one `HistoryScore` out. Each earlier sentence is read alone first (does it count at all, how
long was it, was it in time); then sentences that the Manual treats as one are joined; then the points are
added up, with their caps. Left to the court: what conduct is part of the offense, and what an unlisted
offense resembles.

A fact that is not known never adds points and never takes a sentence away; it leaves an unknown step, and
`possible` keeps what the sentence could be worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from calculator.answer import HistoryScore, PriorScore
from calculator.law import Law
from calculator.law.history import HistoryTables, Points
from calculator.scenario import NO, UNKNOWN, YES, BadCase, Case, Fact, FieldError, Prior
from calculator.trace import Stage, Trace
from calculator.units import LIFE, Term

__all__ = ["score"]

# Sentences that never count, by what became of the conviction, by the court, and by the kind of sentence.
_NEVER = {
    "expunged": ("an expunged conviction is not counted", "4A1.2(j)", "USSG §4A1.2(j)"),
    "reversed_or_invalid": (
        "a conviction that was reversed, vacated or ruled invalid is not counted",
        "4A1.2 n.6",
        "USSG §4A1.2, comment. (n.6)",
    ),
    "foreign": ("a sentence from another country is not counted", "4A1.2(h)", "USSG §4A1.2(h)"),
    "tribal": ("a sentence of a tribal court is not counted", "4A1.2(i)", "USSG §4A1.2(i)"),
    "summary_court_martial": ("a summary court-martial is not counted", "4A1.2(g)", "USSG §4A1.2(g)"),
    "diversion_no_guilt": (
        "a diversion without a finding or admission of guilt is not counted",
        "4A1.2(f)",
        "USSG §4A1.2(f)",
    ),
}
_MILITARY = frozenset({"general_or_special_court_martial", "summary_court_martial"})


@dataclass(frozen=True, slots=True)
class _Clock:
    """The day the offense began, as far as it is known, and the first day of each time period before it."""

    commenced: date
    assumed: bool  # the day was not given, so the last day of the offense stands in for it
    fifteen: date
    ten: date
    five: date


@dataclass(slots=True)
class _Mark:
    """What a sentence is worth by its length and its dates alone."""

    row: Points
    points: int
    might: int  # what it would be worth if a date that is not known were the worse one
    window_cite: str
    edge: bool = False  # it lies exactly on the first day of the period
    ask_release: bool = False


@dataclass(slots=True)
class _Sentence:
    """One earlier sentence read alone. `stands`: it can count (True), cannot (False), or not known (None)."""

    index: int
    prior: Prior
    name: str
    where: str
    length: Term
    mark: _Mark
    notes: Trace
    stands: bool | None = True
    rule: str = ""
    why: str = ""
    cite: str = ""
    doubtful: bool = False  # counted here, but a fact that is not known could take it away

    @property
    def points(self) -> int:
        """What it would be worth by itself (§4A1.2, comment. (n.3))."""
        return self.mark.points if self.stands else 0

    @property
    def possible(self) -> set[int]:
        """Everything it could be worth by itself, as the facts stand."""
        worth = {self.mark.points, self.mark.might}
        return worth | {0} if self.doubtful or self.stands is None else worth


@dataclass(slots=True)
class _Group:
    """Sentences counted as one (§4A1.2(a)(2)), most often a single one; `carriers` give it its points."""

    members: list[_Sentence]
    mark: _Mark
    carriers: list[_Sentence]
    length: Term
    notes: Trace = field(default_factory=lambda: Trace(Stage.HISTORY))
    possible: set[int] = field(default_factory=set)
    arrest_unknown: bool = False
    split_unknown: bool = False  # and counted apart they would be worth something else
    # What the sum of consecutive sentences would be worth if a date that is not known were the worse one.
    sum_might: int = 0
    sum_asks_release: bool = False

    @property
    def points(self) -> int:
        return self.mark.points if self.carriers[0].stands else 0


def score(case: Case, law: Law) -> HistoryScore:
    """§§4A1.1, 4A1.2: criminal history points and category, from a list of sentences or from points entered.

    Raises `BadCase` for entries that cannot all be true.
    """
    if case.history.points == "unset":
        return _listed_priors(case, law.history)
    return _entered_points(case, law.history)


# --- From a list of earlier sentences --------------------------------------------------------------------


def _listed_priors(case: Case, law: HistoryTables) -> HistoryScore:
    trace = Trace(Stage.HISTORY)
    if not case.history.priors:
        trace.passed(
            "4A1.1",
            "No earlier sentence is listed, so there are no points.",
            "USSG §4A1.1",
            field="history.priors",
        )
    clock = _clock(case, law)
    sentences = [_read(index, prior, clock, law) for index, prior in enumerate(case.history.priors)]
    groups = [_joined(members, clock, law) for members in _single_sentences(sentences)]
    awarded, ones, violence_known = _award(sentences, groups, law)
    by_index = {group.members[0].index: group for group in groups}
    for sentence in sentences:
        trace.steps += sentence.notes.steps
        if sentence.index in by_index:
            trace.steps += by_index[sentence.index].notes.steps
        result = awarded[sentence.index]
        rule = f"4A1.1{result.subsection}" if result.subsection else sentence.rule or "4A1.1"
        (trace.applied if result.points else trace.passed)(rule, result.words, result.cite, field=result.field)
    _dates_note(sentences, groups, clock, trace)
    _revocation_note(sentences, trace)

    subtotal = sum(prior.points for prior in awarded)
    units = [(group.points, group.possible) for group in groups]
    split = [group for group in groups if group.split_unknown]
    ones_known = violence_known and not split
    units += [(0, {0, member.points}) for group in split for member in group.members if member is not group.carriers[0]]
    three, two = _count(units, law.three.points, at_least=True), _count(units, law.two.points)
    violent = _two_point_violent(groups, law, trace)
    predicates, whole = _predicates(case, groups, law, trace)
    return _totalled(
        case,
        law,
        trace,
        tuple(awarded),
        subtotal,
        # Where predicates are entered that the list does not show, nothing that is absent from it is known.
        three=three if whole else three or None,
        two=two if whole else None,
        violent=violent if whole else violent or None,
        one=ones if whole and ones_known and _count(units, law.one.points) is not None else None,
        predicates=predicates,
        known=whole and violence_known and all(len(possible) == 1 for _, possible in units),
    )


def _clock(case: Case, law: HistoryTables) -> _Clock:
    """§4A1.2(d)(2), (e), n.8: the periods run back from the commencement of the offense."""
    began = case.dates.offense_began
    day = case.dates.offense_ended if began is None else began
    opens = [window.opens(day) for window in (law.fifteen_years, law.ten_years, law.five_years)]
    return _Clock(day, began is None, *opens)


def _read(index: int, prior: Prior, clock: _Clock, law: HistoryTables) -> _Sentence:
    """Everything about one earlier sentence that does not depend on the others."""
    where = f"history.priors[{index}]"
    notes = Trace(Stage.HISTORY)
    name = f"{prior.label or f'Prior {index + 1}'} ({prior.sentenced_on})"
    length = _length(prior, where)
    juvenile = prior.court == "juvenile"
    young = prior.before_18 is YES or juvenile
    mark = _mark(prior, length, young, clock, law)
    sentence = _Sentence(index, prior, name, where, length, mark, notes)

    never = _NEVER.get(prior.set_aside) or _NEVER.get(prior.court) or _NEVER.get(prior.kind)
    if never is None and juvenile and prior.kind == "diversion_guilt_admitted":
        never = ("a diversion from juvenile court is not counted", "4A1.2(f)", "USSG §4A1.2(f)")
    if never is None and prior.part_of_instant is YES:
        never = (
            "it was for conduct that is part of this offense, so it is not a prior sentence",
            "4A1.2(a)(1)",
            "USSG §4A1.2(a)(1)",
        )
    if never is not None:
        sentence.stands, (sentence.why, sentence.rule, sentence.cite) = False, never
        return sentence
    _listed(sentence, law)
    if sentence.stands is False:
        return sentence
    if sentence.stands and not mark.points:
        _out_of_time(sentence, young, clock, law)
    _notes(sentence, clock, law)
    return sentence


def _length(prior: Prior, where: str) -> Term:
    """§4A1.2(b), (k)(1): imprisonment imposed, less what was suspended, with what revocation added.

    Probation has only what was imposed as its condition (n.2). A sentence wholly suspended, a diversion, a
    fine and a conviction that awaits sentence have none of their own.
    """
    part, whole = prior.suspended, prior.imposed
    if prior.kind == "suspended" and part is not None and whole is not None and part < whole:
        raise BadCase(
            [
                FieldError(
                    f"{where}.suspended",
                    f"({part}) is only part of the sentence, but its kind says all of it was suspended: "
                    "choose prison as the kind, or leave this out",
                )
            ]
        )
    length = Term()
    if prior.kind in ("prison", "probation") and prior.imposed is not None:
        length = _less(prior.imposed, prior.suspended)
    if prior.revocation is not None and prior.kind != "awaiting_sentence":
        length = length + prior.revocation
    return length


def _less(imposed: Term, suspended: Term | None) -> Term:
    if suspended is None:
        return imposed
    if imposed.life:
        return Term() if suspended.life else LIFE
    return Term(imposed.months - suspended.months, imposed.days - suspended.days)


def _mark(prior: Prior, length: Term, young: bool, clock: _Clock, law: HistoryTables) -> _Mark:
    """One sentence by its length (§4A1.1(a)–(c)) and its time period (§4A1.2(d), (e), (k)(2))."""
    return _timed(
        length,
        prior.sentenced_on,
        prior.released_on,
        revoked=prior.revocation is not None,
        young=young,
        juvenile=prior.court == "juvenile",
        pending=prior.kind == "awaiting_sentence",
        clock=clock,
        law=law,
    )


def _timed(
    length: Term,
    imposed: date,
    released: date | None,
    *,
    revoked: bool,
    young: bool,
    juvenile: bool,
    pending: bool,
    clock: _Clock,
    law: HistoryTables,
) -> _Mark:
    """§4A1.1(a)–(c) with §4A1.2(d), (e). If `revoked`, custody may have ended at any time."""
    if pending:  # sentence is yet to come, so it will be in time (§4A1.2(a)(4))
        return _Mark(law.one, law.one.points, law.one.points, "USSG §4A1.2(a)(4)")
    by_release = False
    if length > law.three.length and not juvenile:
        row, window, opens, by_release = law.three, law.fifteen_years, clock.fifteen, True
    else:
        row = law.two if length >= law.two.length else law.one
        window, opens = (law.five_years, clock.five) if young else (law.ten_years, clock.ten)
        by_release = young and row is law.two
    if imposed >= opens:
        edge = imposed == opens and not (by_release and released is not None and released > opens)
        return _Mark(row, row.points, row.points, window.cite, edge)
    if by_release and released is not None and released >= opens:
        return _Mark(row, row.points, row.points, window.cite, released == opens)
    ask_release = by_release and released is None and (revoked or _after(imposed, length) >= opens)
    might = row.points if ask_release or clock.assumed else 0
    return _Mark(row, 0, might, window.cite, ask_release=ask_release)


def _after(day: date, term: Term) -> date:
    """The last day of a term served in full from a day on, or the end of time."""
    months = day.month - 1 + term.months
    year = day.year + months // 12
    if term.life or year > 9000:
        return date.max
    return date(year, months % 12 + 1, 1) + timedelta(days=day.day - 1 + term.days)


def _felony(prior: Prior, law: HistoryTables) -> Fact:
    """§4A1.2(o): punishable by more than a year. A longer sentence proves it, whatever it was called."""
    if prior.imposed is not None and prior.imposed > law.felony_exceeds:
        return YES
    return prior.felony


def _listed(sentence: _Sentence, law: HistoryTables) -> None:
    """§4A1.2(c): listed misdemeanors and petty offenses. Felonies and drunk driving (n.5) always count."""
    prior, notes = sentence.prior, sentence.notes
    listed = law.listed.get(prior.offense)
    felony = _felony(prior, law)
    if listed is None or felony is YES:
        return
    rule = "4A1.2(c)(2)" if listed.never else "4A1.2(c)(1)"
    what = f"“{listed.printed}”"
    unknown = felony is UNKNOWN
    if not listed.never:
        pending = prior.kind == "awaiting_sentence"
        on_probation = prior.probation_term is not None and prior.probation_term > law.listed_probation and not pending
        in_prison = sentence.length >= law.listed_imprisonment
        if on_probation or in_prison or prior.similar_to_instant is YES:
            _listed_doubts(sentence, on_probation or prior.similar_to_instant is YES, law)
            return
        if prior.similar_to_instant is UNKNOWN:
            unknown = True
            notes.unknown(
                f"{rule}(B)",
                f"{sentence.name}: {what} counts if it was similar to this offense, which is not known. "
                "It is left out.",
                law.listed_cite,
                field=f"{sentence.where}.similar_to_instant",
            )
        if prior.kind in ("probation", "suspended") and prior.probation_term is None:
            unknown = True
            notes.unknown(
                f"{rule}(A)",
                f"{sentence.name}: {what} counts if the probation was longer than {law.listed_probation}. "
                "Its length is not given, so it is left out.",
                law.listed_cite,
                field=f"{sentence.where}.probation_term",
            )
        if prior.imposed is not None and prior.imposed >= law.listed_imprisonment and not pending:
            notes.flagged(
                f"{rule}(A)",
                f"{sentence.name}: {prior.imposed} of prison was imposed but less than "
                f"{law.listed_imprisonment} was left after the suspended part. Only the part that was not "
                "suspended is measured here; a court may read it otherwise.",
                f"{law.listed_cite}; USSG §4A1.2(b)(2)",
                field=f"{sentence.where}.suspended",
            )
    if felony is UNKNOWN:
        notes.unknown(
            rule,
            f"{sentence.name}: {what} is on the list of offenses that often do not count, but a felony "
            "always counts. Whether it was a felony is not known, so it is left out.",
            f"{listed.cite}; {law.felony_cite}",
            field=f"{sentence.where}.felony",
        )
    if listed.check:
        notes.flagged(rule, f"{sentence.name}: {listed.check}.", listed.check_cite, field=f"{sentence.where}.offense")
    sentence.stands = None if unknown else False
    sentence.rule, sentence.cite = rule, listed.cite
    if unknown and listed.never:
        sentence.why = f"{what} counts only if it was a felony, which is not known"
    elif unknown:
        sentence.why = f"{what} counts only in some cases, and it is not known whether this is one"
    elif listed.never:
        sentence.why = f"{what} is never counted"
    else:
        sentence.why = (
            f"{what} counts only with more than {law.listed_probation} of probation, at least "
            f"{law.listed_imprisonment} of prison, or when it is similar to this offense"
        )


def _listed_doubts(sentence: _Sentence, otherwise: bool, law: HistoryTables) -> None:
    """A listed offense that reaches thirty days only with its revocation: the text does not say."""
    prior = sentence.prior
    if otherwise or prior.revocation is None:
        return
    own = _less(prior.imposed, prior.suspended) if prior.imposed and prior.kind in ("prison", "probation") else Term()
    if own < law.listed_imprisonment:
        sentence.notes.flagged(
            "4A1.2(c)(1)(A)",
            f"{sentence.name}: it reaches {law.listed_imprisonment} of prison only with the time given on "
            "revocation. It is counted here; the text does not say so outright.",
            f"{law.listed_cite}; USSG §4A1.2(k)(1)",
            field=f"{sentence.where}.revocation",
        )


def _out_of_time(sentence: _Sentence, young: bool, clock: _Clock, law: HistoryTables) -> None:
    """Why a sentence that is too old adds nothing."""
    row, cite = sentence.mark.row, sentence.mark.window_cite
    since = f"before the offense {'ended' if clock.assumed else 'began'}"
    if row is law.three:
        held, window = "it was imposed, and any time in custody on it ended,", law.fifteen_years
    elif young:
        after = "custody on it ended" if row is law.two else "it was imposed"
        held, window = f"it is from before age 18 and {after}", law.five_years
    else:
        held, window = "it was imposed", law.ten_years
    sentence.why = f"{held} more than {window.years} years {since}"
    sentence.rule, sentence.cite = cite.removeprefix("USSG §"), cite


def _notes(sentence: _Sentence, clock: _Clock, law: HistoryTables) -> None:
    """Doubts and unknown facts about one sentence that can count."""
    prior, mark, notes, name, where = (
        sentence.prior,
        sentence.mark,
        sentence.notes,
        sentence.name,
        sentence.where,
    )
    if mark.ask_release:
        notes.unknown(
            mark.window_cite.removeprefix("USSG §"),
            f"{name}: it is too old by the day it was imposed, but counts if the person was still in "
            "custody on it inside the time period. The day of release is not known, so it is left out.",
            mark.window_cite,
            field=f"{where}.released_on",
        )
        sentence.why = "it is too old by the day it was imposed, and the day of release is not known"
    if mark.edge and mark.points:
        notes.flagged(
            mark.window_cite.removeprefix("USSG §"),
            f"{name}: it falls exactly on the first day of the time period. “Within” is read to take that "
            "day in; a court may read it otherwise.",
            mark.window_cite,
            field=f"{where}.sentenced_on",
        )
    if prior.part_of_instant is UNKNOWN:
        sentence.doubtful = True
        notes.unknown(
            "4A1.2(a)(1)",
            f"{name}: a sentence for conduct that is part of this offense is not a prior sentence. "
            "Whether it was is not known, so it is counted.",
            "USSG §4A1.2(a)(1)",
            field=f"{where}.part_of_instant",
        )
    elif prior.sentenced_on >= clock.commenced:
        notes.flagged(
            "4A1.2 n.1",
            f"{name}: it was imposed after this offense began. It counts only because it was for other "
            "conduct; check that none of that conduct is part of this offense.",
            "USSG §4A1.2, comment. (n.1)",
            field=f"{where}.part_of_instant",
        )
    if prior.before_18 is UNKNOWN and prior.court != "juvenile":
        other = _mark(prior, sentence.length, True, clock, law)
        if {other.points, other.might} != {mark.points, mark.might}:
            mark.might = other.points if other.points != mark.points else other.might
            notes.unknown(
                "4A1.2(d)",
                f"{name}: an offense from before age 18 has a shorter time period. The age is not known, "
                "so it is treated as an adult's.",
                "USSG §4A1.2(d)",
                field=f"{where}.before_18",
            )
    if prior.set_aside == "pardoned_or_restored":
        notes.flagged(
            "4A1.2 n.10",
            f"{name}: a pardon or restored rights leave the sentence counted, unless it was for innocence "
            "or an error of law.",
            "USSG §4A1.2, comment. (n.10)",
            field=f"{where}.set_aside",
        )
    if prior.kind == "diversion_guilt_admitted" and prior.revocation is not None:
        notes.flagged(
            "4A1.2(f)",
            f"{name}: the diversion ended in {prior.revocation} of prison, which is counted as the sentence here.",
            "USSG §4A1.2(f), (k)(1)",
            field=f"{where}.revocation",
        )
    if prior.felony is NO and _felony(prior, law) is YES:
        notes.flagged(
            "4A1.2(o)",
            f"{name}: a sentence of more than {law.felony_exceeds} means a felony here, whatever the "
            "offense was called.",
            law.felony_cite,
            field=f"{where}.felony",
        )


# --- Sentences that count as one -------------------------------------------------------------------------


def _single_sentences(sentences: list[_Sentence]) -> list[list[_Sentence]]:
    """§4A1.2(a)(2): sentences of one charge or one day belong together, unless an arrest parts them.

    Sentences that never count are left out. One that is not known to count stands by itself.
    """
    sets: list[list[_Sentence]] = []
    for sentence in sentences:
        if sentence.stands is False:
            continue
        alone = sentence.prior.intervening_arrest is YES or sentence.stands is None
        near = [] if alone else [one for one in sets if any(_linked(sentence, other) for other in one)]
        joined = [other for one in near for other in one]
        sets = [one for one in sets if one not in near]
        sets.append(sorted([*joined, sentence], key=lambda item: item.index))
    return sorted(sets, key=lambda one: one[0].index)


def _linked(one: _Sentence, other: _Sentence) -> bool:
    first, second = one.prior, other.prior
    if YES in (first.intervening_arrest, second.intervening_arrest) or None in (one.stands, other.stands):
        return False
    return _near(first, second)


def _near(first: Prior, second: Prior) -> bool:
    """The same charging instrument, or sentence on the same day; a sentence still to come has no day."""
    if first.charged_with and first.charged_with == second.charged_with:
        return True
    pending = "awaiting_sentence" in (first.kind, second.kind)
    return first.sentenced_on == second.sentenced_on and not pending


def _joined(members: list[_Sentence], clock: _Clock, law: HistoryTables) -> _Group:
    """§4A1.2(a)(2): the longest sentence if concurrent, the sum if consecutive."""
    lead = max(members, key=_weight)
    group = _Group(members, lead.mark, [lead], lead.length)
    if len(members) == 1:
        group.possible = lead.possible
        return group
    _add_up(group, [one for one in members if one.prior.consecutive is YES], clock, law)
    _joined_possible(group)
    _joined_notes(group, clock, law)
    return group


def _weight(sentence: _Sentence) -> tuple[int, Term, bool]:
    """What makes a sentence the one that gives a group its points: points, length, then violence."""
    return sentence.points, sentence.length, sentence.prior.violent is YES


def _add_up(group: _Group, consecutive: list[_Sentence], clock: _Clock, law: HistoryTables) -> None:
    """Take the sum of consecutive sentences where it gives more points than the longest alone.

    Sentences from before age 18 have rules of their own, so they are summed apart.
    """
    for young in (False, True):
        mine = [one for one in group.members if _young(one) is young]
        chain = [one for one in mine if one in consecutive]
        rest = [one for one in mine if one not in consecutive]
        if not chain or len(mine) < 2:
            continue
        if rest:
            chain.append(max(rest, key=_weight))
        chain.sort(key=lambda one: (one.length, one.prior.violent is YES), reverse=True)
        taken, total = [], Term()
        best = group.mark
        for one in chain:
            taken.append(one)
            total = total + one.length
            mark = _sum_mark(taken, total, young, clock, law)
            if len(taken) > 1 and not mark.points and mark.might > group.sum_might:
                group.sum_might, group.sum_asks_release = mark.might, mark.ask_release
            if mark.points > best.points and len(taken) > 1:
                best, group.mark, group.carriers, group.length = mark, mark, list(taken), total


def _sum_mark(taken: list[_Sentence], total: Term, young: bool, clock: _Clock, law: HistoryTables) -> _Mark:
    releases = [one.prior.released_on for one in taken if one.prior.released_on is not None]
    last = max(one.prior.sentenced_on for one in taken)
    return _timed(
        total,
        last,
        max(releases) if releases else None,
        revoked=any(one.prior.revocation is not None for one in taken),
        young=young,
        juvenile=all(one.prior.court == "juvenile" for one in taken),
        pending=False,
        clock=clock,
        law=law,
    )


def _young(sentence: _Sentence) -> bool:
    return sentence.prior.before_18 is YES or sentence.prior.court == "juvenile"


def _joined_possible(group: _Group) -> None:
    """What the group could be worth: a member in doubt can raise it, or lower it if it carries the points."""
    points = group.points
    group.possible = {points, max(points, group.sum_might)}
    for member in group.members:
        others = max((one.points for one in group.members if one is not member), default=0)
        for worth in member.possible - {member.points}:
            group.possible.add(max(worth, others if member in group.carriers else points))


def _joined_notes(group: _Group, clock: _Clock, law: HistoryTables) -> None:
    members, notes = group.members, group.notes
    cite = "USSG §4A1.2(a)(2)"
    names = "; ".join(one.name for one in members)
    notes.applied(
        "4A1.2(a)(2)",
        f"These count as one sentence, because they were imposed on the same day or charged together: {names}.",
        cite,
        field=f"{members[1].where}.intervening_arrest",
    )
    # The first one listed has no earlier one to be arrested for.
    asked = [one for one in members[1:] if one.prior.intervening_arrest is UNKNOWN]
    apart = sum(one.points for one in members)
    group.arrest_unknown = bool(asked)
    together = group.points + len([one for one in _left_over(group) if one.prior.violent is YES])
    if asked and (apart != together or len([one for one in members if _flagged_predicate(one)]) > 1):
        if apart != together:
            group.split_unknown = True
            group.possible.add(group.carriers[0].points)
        for one in asked:
            notes.unknown(
                "4A1.2(a)(2)",
                f"{one.name}: it counts separately if the person was arrested for the other offense "
                "before committing this one. That is not known, so they are counted as one.",
                cite,
                field=f"{one.where}.intervening_arrest",
            )
    unsure = [one for one in members if one.prior.consecutive is UNKNOWN]
    if unsure:
        other = _Group(members, group.mark, group.carriers, group.length)
        _add_up(other, [one for one in members if one.prior.consecutive is not NO], clock, law)
        if other.points != group.points:
            group.possible.add(other.points)
            notes.unknown(
                "4A1.2(a)(2)",
                "Consecutive sentences are added together. Whether these ran one after the other is not "
                "known, so they are not added.",
                cite,
                field=f"{unsure[0].where}.consecutive",
            )
    if group.sum_might > group.points and group.sum_asks_release:
        notes.unknown(
            "4A1.2(e)(1)",
            "Added together, these are long enough to count if the person was still in custody on them "
            "inside the time period. The day of release is not known, so the sum is left out.",
            law.fifteen_years.cite,
            field=f"{members[0].where}.released_on",
        )
    if not all(_near(one.prior, other.prior) for one in members for other in members if one is not other):
        notes.flagged(
            "4A1.2(a)(2)",
            f"These are linked only in a chain, some by the day and some by the charge: {names}. They are "
            "counted as one here; a lawyer should check.",
            cite,
        )
    if len({one.prior.sentenced_on for one in group.carriers}) > 1:
        notes.flagged(
            "4A1.2(a)(2)",
            "The sentences added together have different dates. The latest is used for the time period; "
            "the text does not say.",
            f"{cite}, (e)",
        )


def _left_over(group: _Group) -> list[_Sentence]:
    """Members that would count by themselves and gave the group none of its points."""
    return [one for one in group.members if one not in group.carriers and one.points]


def _flagged_predicate(sentence: _Sentence) -> bool:
    return sentence.prior.violent is not NO or sentence.prior.controlled_substance_offense is not NO


# --- Adding up -------------------------------------------------------------------------------------------


def _award(sentences: list[_Sentence], groups: list[_Group], law: HistoryTables) -> tuple[list[PriorScore], int, bool]:
    """Points for each sentence, in the order listed, with the caps of (c) and (d).

    Also the points from sentences worth one, and whether the points under (d) are known.
    """
    scores: dict[int, PriorScore] = {}
    ones = violence = 0
    known = True
    for one in sentences:
        if one.stands is False:
            scores[one.index] = _scored(one, 0, "", f"not counted, because {one.why}", one.cite)
    for group in groups:
        lead, points = group.carriers[0], group.points
        if points and group.mark.row is law.one:
            if ones + points > law.one.most:
                lead.rule = "4A1.1(c)"
                words = f"no point, because at most {law.one.most} points are counted for sentences of this kind"
                scores[lead.index] = _scored(lead, 0, "", words, law.one.cite)
                points = 0
            ones += points
        if lead.index not in scores:
            scores[lead.index] = _lead_scored(group, law)
        for member in group.members:
            if member is lead:
                continue
            left_over = member not in group.carriers and member.points > 0
            if left_over and member.prior.violent is UNKNOWN:
                known = known and violence >= law.violence.most
                _violence_unknown(member, group, law)
            if left_over and member.prior.violent is YES and violence < law.violence.most:
                violence += law.violence.points
                _violence_doubt(member, group, law)
                worth = _said(law.violence.points)
                words = f"a crime of violence counted as one sentence with another adds {worth}"
                scores[member.index] = _scored(
                    member, law.violence.points, law.violence.subsection, words, law.violence.cite
                )
                continue
            member.rule = "4A1.2(a)(2)"
            words = f"no points of its own, because it counts as one sentence with {lead.name}"
            scores[member.index] = _scored(member, 0, "", words, "USSG §4A1.2(a)(2)")
    return [scores[one.index] for one in sentences], ones + violence, known


def _scored(sentence: _Sentence, points: int, subsection: str, words: str, cite: str) -> PriorScore:
    label = sentence.prior.label or f"Prior {sentence.index + 1}"
    return PriorScore(label, points, subsection, f"{sentence.name}: {words}.", cite, sentence.where)


def _said(points: int) -> str:
    return f"{points} point" if points == 1 else f"{points} points"


def _lead_scored(group: _Group, law: HistoryTables) -> PriorScore:
    """The points of a sentence, or of the sentences counted with it, under §4A1.1(a), (b) or (c)."""
    lead, row = group.carriers[0], group.mark.row
    if not group.points:
        return _scored(lead, 0, "", f"no points, because {lead.why}", lead.cite)
    kind = lead.prior.kind
    length = group.length
    spoken = f"{length}" if length.days >= 0 else f"{length.months} months less {-length.days} days"
    together = f"added together, {spoken}" if len(group.carriers) > 1 else spoken
    cite = row.cite
    if row is law.three:
        words = f"{together} of prison is more than {law.three.length}"
    elif row is law.two:
        words = f"{together} of prison is at least {law.two.length}"
        # An offense from before eighteen stays here however long the confinement (§4A1.2(d)(2)(A)).
        words += "" if length > law.three.length else f" and not more than {law.three.length}"
    elif kind == "awaiting_sentence":
        words, cite = (
            "a conviction that awaits its sentence counts like a short sentence",
            f"{cite}; USSG §4A1.2(a)(4)",
        )
    elif kind == "diversion_guilt_admitted":
        words, cite = "a diversion with guilt found or admitted in court counts", f"{cite}; USSG §4A1.2(f)"
    elif kind == "suspended" and not length:
        words, cite = "a sentence wholly suspended counts like a short sentence", f"{cite}; USSG §4A1.2(a)(3)"
    else:
        words = f"a sentence with less than {law.two.length} of prison counts"
    if _young(lead):
        cite = f"{cite}; USSG §4A1.2(d)"
    return _scored(lead, group.points, row.subsection, f"{words}: {_said(group.points)}", cite)


def _violence_unknown(member: _Sentence, group: _Group, law: HistoryTables) -> None:
    group.notes.unknown(
        "4A1.1(d)",
        f"{member.name}: it adds {_said(law.violence.points)} if it was a crime of violence, which is not "
        "known. The point is left out.",
        law.violence.cite,
        field=f"{member.where}.violent",
    )


def _violence_doubt(member: _Sentence, group: _Group, law: HistoryTables) -> None:
    """(d) speaks of any crime of violence left without points; note 4, of two or more counted as one."""
    if sum(one.prior.violent is YES for one in group.members) < 2:
        group.notes.flagged(
            "4A1.1(d)",
            f"{member.name}: the point for a crime of violence follows the text of the rule. Its "
            "commentary speaks of two or more crimes of violence counted as one, and here there is one, "
            "so a court may leave the point out.",
            f"{law.violence.cite}; USSG §4A1.1, comment. (n.4)",
            field=f"{member.where}.violent",
        )


def _dates_note(sentences: list[_Sentence], groups: list[_Group], clock: _Clock, trace: Trace) -> None:
    """When the first day of the offense is not given, name what an earlier beginning could bring in."""
    if not clock.assumed:
        return
    late = [
        one.name
        for one in sentences
        if one.stands and one.mark.might > one.mark.points == 0 and not one.mark.ask_release
    ]
    late += [one.carriers[0].name for one in groups if one.sum_might > one.points and not one.sum_asks_release]
    if late:
        trace.unknown(
            "4A1.2 n.8",
            "The time periods run back from the day the offense began, which is not given, so the day it "
            "ended is used. Had it begun early enough, this would count: "
            f"{'; '.join(dict.fromkeys(late))}.",
            "USSG §4A1.2, comment. (n.8)",
            field="dates.offense_began",
        )


def _revocation_note(sentences: list[_Sentence], trace: Trace) -> None:
    revoked = [one for one in sentences if one.stands and one.prior.revocation]
    if len(revoked) > 1:
        trace.flagged(
            "4A1.2 n.11",
            "Several sentences have prison time from a revocation. If it was one revocation of them all, "
            "its time is added to only one of them, the one where it adds the most points.",
            "USSG §4A1.2, comment. (n.11)",
            field=f"{revoked[1].where}.revocation",
        )


def _count(units: list[tuple[int, set[int]]], worth: int, *, at_least: bool = False) -> int | None:
    """How many sentences are worth so many points; None when that is not known.

    With `at_least`, what is certain is given if there is any: one prior 3-point offense settles its test.
    """
    if any(worth in possible and len(possible) > 1 for _, possible in units):
        sure = sum(possible == {worth} for _, possible in units)
        return sure if at_least and sure else None
    return sum(points == worth for points, _ in units)


def _two_point_violent(groups: list[_Group], law: HistoryTables, trace: Trace) -> bool | None:
    """Whether a sentence worth 2 points was for a violent offense, for 18 U.S.C. 3553(f)(1)(C)."""
    two = law.two.points
    found: bool | None = False
    for group in groups:
        for member in group.members:
            violent, carries = member.prior.violent, member in group.carriers
            if violent is NO or two not in (group.possible if carries else member.possible):
                continue
            if carries and violent is YES and group.possible == {two}:
                found = True
            elif found is False and (carries or group.points == two or group.split_unknown):
                found = None
            else:
                continue
            cite, where = "18 U.S.C. 3553(g); 18 U.S.C. 16(a)", f"{member.where}.violent"
            if violent is UNKNOWN:
                trace.unknown(
                    "3553(f)(1)(C)",
                    f"{member.name}: whether it was a violent offense matters to the safety valve and is not known.",
                    cite,
                    field=where,
                )
                continue
            trace.flagged(
                "3553(f)(1)(C)",
                f"{member.name}: what is a 2-point violent offense for the safety valve follows 18 U.S.C. "
                "16(a), not the guideline’s own definition. A lawyer should check the statute of that "
                "conviction.",
                cite,
                field=where,
            )
    return found


# --- Predicates for the career offender rule -------------------------------------------------------------


def _predicates(case: Case, groups: list[_Group], law: HistoryTables, trace: Trace) -> tuple[bool | None, bool]:
    """§4B1.2(c): whether at least two predicates are counted separately; None when not known.

    Also whether the list can be the whole history: it cannot where more predicates are entered than it shows.

    Of sentences counted as one, no more than one is a predicate, and only if it scores alone (§4A1.2 n.3).
    """
    needed = law.career.predicates
    sure = could = 0
    names: list[str] = []
    for group in groups:
        read = [_predicate(one, case, law, trace) for one in group.members]
        could += (
            sum(one is not False for one in read) if group.arrest_unknown else any(one is not False for one in read)
        )
        if True in read:
            sure += 1
            names.append(group.members[read.index(True)].name)
    found = True if sure >= needed else False if could < needed else None
    entered = case.history.career_predicates
    if found is not True and (entered is None or entered >= needed):
        if entered is not None:
            trace.flagged(
                "4B1.2(c)",
                f"{entered} predicates were entered, but the sentences listed do not show two that score "
                "separately. What was entered is used; check it.",
                "USSG §4B1.2(c)",
                field="history.career_predicates",
            )
        return None if entered is None else True, entered is None
    if found is True:
        trace.applied(
            "4B1.2(c)",
            f"These convictions count as predicates for the career offender rule: {'; '.join(names)}.",
            "USSG §4B1.2(c)",
            field="history.priors",
        )
    elif found is None:
        trace.unknown(
            "4B1.2(c)",
            "Whether there are two predicates for the career offender rule is not known.",
            "USSG §4B1.2(c)",
            field=_asked_predicate(case, groups, law),
        )
    return found, True


def _predicate(sentence: _Sentence, case: Case, law: HistoryTables, trace: Trace) -> bool | None:
    """§4B1.2(c), (e)(4): an adult felony conviction for violence or drugs that scores and came first."""
    prior = sentence.prior
    kinds = (prior.violent, prior.controlled_substance_offense)
    felony = _felony(prior, law)
    if kinds == (NO, NO) or felony is NO or prior.court == "juvenile" or sentence.possible == {0}:
        return False
    if prior.sentenced_on >= case.dates.offense_ended or prior.court in _MILITARY or prior.kind.startswith("diversion"):
        # Guilt may have been established before sentence; courts-martial and diversions are open questions.
        return None
    if YES not in kinds or felony is UNKNOWN or 0 in sentence.possible:
        return None
    began = case.dates.offense_began
    if began is not None and prior.sentenced_on > began:
        trace.flagged(
            "4B1.2(c)",
            f"{sentence.name}: the offense had begun before this conviction and went on after it. It is "
            "counted as a predicate; a court may read the rule otherwise.",
            "USSG §4B1.2(c)",
            field="dates.offense_began",
        )
    return True


def _asked_predicate(case: Case, groups: list[_Group], law: HistoryTables) -> str | None:
    """The first fact about a possible predicate that is not known."""
    silent = Trace(Stage.HISTORY)
    for group in groups:
        for one in group.members:
            if _predicate(one, case, law, silent) is not None:
                continue
            prior = one.prior
            if YES not in (prior.violent, prior.controlled_substance_offense):
                return f"{one.where}.{'violent' if prior.violent is UNKNOWN else 'controlled_substance_offense'}"
            if _felony(prior, law) is UNKNOWN:
                return f"{one.where}.felony"
            # The rest (a court-martial, a diversion) no answer could settle, unless it is the day.
            if prior.sentenced_on >= case.dates.offense_ended:
                return f"{one.where}.sentenced_on"
    return next((f"{group.members[-1].where}.intervening_arrest" for group in groups if group.arrest_unknown), None)


# --- From points entered ---------------------------------------------------------------------------------


def _entered_points(case: Case, law: HistoryTables) -> HistoryScore:
    """Points under (a)–(d) as entered; details that arithmetic settles are filled in, the rest stays None."""
    history = case.history
    trace = Trace(Stage.HISTORY)
    three, two = history.three_point_priors, history.two_point_priors
    least = law.three.points * (three or 0) + law.two.points * (two or 0)
    entered = history.points if isinstance(history.points, int) else None
    subtotal = least if entered is None else entered
    one: int | None = None
    if entered is None:
        trace.unknown(
            "4A1.1",
            f"The criminal history points are not known, so only what is known is counted: {_said(subtotal)}.",
            "USSG §4A1.1",
            field="history.points",
        )
    else:
        trace.applied(
            "4A1.1(a)–(d)",
            f"{_said(subtotal).capitalize()} for earlier sentences {'was' if subtotal == 1 else 'were'} entered.",
            "USSG §4A1.1(a)–(d)",
            field="history.points",
        )
        if three is None and subtotal - law.two.points * (two or 0) < law.three.points:
            three = 0
        if two is None and subtotal - law.three.points * (three or 0) < law.two.points:
            two = 0
        if three is not None and two is not None:
            one = subtotal - least
        _check_entered(case, law, subtotal, least, two, one)
    predicates = history.career_predicates
    return _totalled(
        case,
        law,
        trace,
        (),
        subtotal,
        three=three,
        two=two,
        violent=False if two == 0 else {YES: True, NO: False}.get(history.two_point_violent),
        one=one,
        predicates=None if predicates is None else predicates >= law.career.predicates,
        known=entered is not None,
    )


def _check_entered(case: Case, law: HistoryTables, subtotal: int, least: int, two: int | None, one: int | None) -> None:
    errors = []
    most = law.one.most + law.violence.most
    if subtotal < least:
        errors.append(FieldError("history.points", f"is {subtotal}, but the priors entered are worth at least {least}"))
    if one is not None and one > most:
        errors.append(
            FieldError(
                "history.points",
                f"is {subtotal}, which leaves {one} points for one-point sentences, but at most {most} "
                "can be counted: check the number of two-point and three-point priors",
            )
        )
    if two == 0 and case.history.two_point_violent is YES:
        errors.append(
            FieldError(
                "history.two_point_violent",
                f"cannot be yes: {_said(subtotal)} leave no room for a two-point prior",
            )
        )
    predicates = case.history.career_predicates
    if (
        predicates is not None
        and predicates >= law.career.predicates
        and subtotal < law.career.predicates * law.one.points
    ):
        errors.append(
            FieldError(
                "history.career_predicates",
                f"is {predicates}, but predicates count only if each scores separately, and only "
                f"{_said(subtotal)} {'is' if subtotal == 1 else 'are'} entered (§4B1.2(c)): check the "
                "points",
            )
        )
    if errors:
        raise BadCase(errors)


# --- Status and category ---------------------------------------------------------------------------------


def _totalled(
    case: Case,
    law: HistoryTables,
    trace: Trace,
    priors: tuple[PriorScore, ...],
    subtotal: int,
    *,
    three: int | None,
    two: int | None,
    violent: bool | None,
    one: int | None,
    predicates: bool | None,
    known: bool,
) -> HistoryScore:
    """§4A1.1(e), then the category by the heads of the Sentencing Table."""
    status, row, under = 0, law.status, case.history.under_sentence
    field_ = "history.under_sentence"
    if under is YES and subtotal >= row.from_points:
        status = row.points
        trace.applied(
            "4A1.1(e)",
            f"Committing the offense while under a sentence adds {_said(row.points)}, because there are "
            f"{row.from_points} points or more.",
            row.cite,
            field=field_,
        )
    elif under is YES:
        trace.passed(
            "4A1.1(e)",
            "The offense was committed while under a sentence, but that adds a point only from "
            f"{row.from_points} points up.",
            row.cite,
            field=field_,
        )
    elif under is UNKNOWN and subtotal >= row.from_points:
        known = False
        trace.unknown(
            "4A1.1(e)",
            f"Committing the offense while under a sentence would add {_said(row.points)}. Whether it was "
            "is not known, so the point is left out.",
            row.cite,
            field=field_,
        )
    points = subtotal + status
    category = law.category(points)
    trace.applied(
        "4A1.1",
        f"{_said(points).capitalize()} in all: criminal history category {category}.",
        f"USSG §4A1.1; {law.category_cite}",
    )
    return HistoryScore(
        points=points,
        category=category,
        priors=priors,
        subtotal=subtotal,
        status_point=status,
        three_point_priors=three,
        two_point_priors=two,
        two_point_violent=violent,
        one_point_points=one,
        two_predicates=predicates,
        certain=known,
        steps=tuple(trace.steps),
    )
