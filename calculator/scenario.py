"""The facts of a case: the record every rule reads, in the order a person tells it.

Every fact is declared once, here: its name, its kind and what stands when it is not given. The form, the JSON Schema
and the reader of cases all follow these declarations. Nothing here knows law beyond the names of things.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from calculator.kinds import (
    DONT_KNOW,
    NO,
    UNKNOWN,
    UNSTATED,
    YES,
    Amount,
    Choice,
    Day,
    Fact,
    Group,
    Kind,
    Length,
    Percent,
    Rows,
    Several,
    SubstanceName,
    SubstanceNames,
    Text,
    Whole,
    YesNo,
)
from calculator.records import HashedOnce, with_field
from calculator.units import Quantity, Term

__all__ = [
    "Case",
    "Charge",
    "Conduct",
    "Dates",
    "Drug",
    "History",
    "Motions",
    "NEVER_COUNTED",
    "OBJECTS",
    "Plea",
    "Prior",
    "Role",
    "SOMETIMES_COUNTED",
    "STATUTES",
    "fields_of",
    "required",
    "with_fact",
]


def fact(default: Fact = NO) -> Any:
    return field(default=default, metadata={"kind": YesNo()})


def choice(*options: str, default: str | None = None) -> Any:
    return field(default=options[0] if default is None else default, metadata={"kind": Choice(options)})


def optional(kind: Kind) -> Any:
    return field(default=None, metadata={"kind": kind})


# The sections a count can be under. Those after the bar are known but not modelled: they stop with a reason.
STATUTES = ("841(a)", "846", "960", "963", "843(b)", "844(a)", "841(b)(4)", "849", "856", "859", "860", "861")
NOT_MODELLED = (
    "841(b)(5)",
    "841(b)(6)",
    "841(b)(7)",
    "841(c)",
    "843(a)",
    "848",
    "860a",
    "865",
    "46 U.S.C. 70503",
    "other",
)
OBJECTS = ("841(a)", "960", "843(b)", "844(a)", "849", "856", "859", "860", "861")
# The paragraph of 841(b) (or its twin in 960(b)) that was charged and found or admitted.
TIERS = ("A", "B", "C", "D", "E", "2", "3", "found_amounts", DONT_KNOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates(HashedOnce):
    """When. The sentence date picks the Guidelines Manual; the offense date picks the statute."""

    sentenced_on: date = field(metadata={"kind": Day(), "required": True})
    offense_ended: date = field(metadata={"kind": Day(), "required": True})
    # The 10- and 15-year windows run back from here, relevant conduct included (§4A1.2 n.8).
    offense_began: date | None = optional(Day())


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug(HashedOnce):
    """One drug and how much of it. `quantity` is the whole mixture unless `measured` says it is the pure drug."""

    substance: str = field(metadata={"kind": SubstanceName(), "required": True})
    quantity: Quantity = field(metadata={"kind": Amount(), "required": True})
    measured: str = choice("mixture", "pure")
    # "unset" is a purity not given at all; None is a purity said to be unknown.
    purity: Decimal | str | None = field(default="unset", metadata={"kind": Percent()})
    # d-methamphetamine hydrochloride, the isomer that note (C) calls “Ice” from 80 % purity.
    d_meth_hydrochloride: Fact = fact(UNSTATED)
    # The weight when it is known beside a count: plants, pills, or LSD with its carrier.
    weighed: Quantity | None = optional(Amount())
    # Other controlled substances in the same mixture (note (A)).
    also_contains: tuple[str, ...] = field(default=(), metadata={"kind": SubstanceNames()})
    # How much directly involved the protected place or person (§2D1.2(a)(1)); None is all, zero is none of it.
    near_protected: Quantity | None = optional(Amount(or_none=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge(HashedOnce):
    """What the person was convicted of, or is charged with, and what was found or admitted."""

    statute: str = field(metadata={"kind": Choice(STATUTES + NOT_MODELLED), "required": True})
    # For a conspiracy or attempt: the section it aimed at. None: 841(a) under 846, 960 under 963.
    object: str | None = optional(Choice(OBJECTS))
    tier: str = choice(*TIERS, default=DONT_KNOW)
    # The amounts charged and found or admitted, when `tier` is "found_amounts".
    found: tuple[Drug, ...] = field(default=(), metadata={"kind": Rows(Drug, 10)})
    counts: int = field(default=1, metadata={"kind": Whole(1, 99)})
    # Death or serious bodily injury charged and found or admitted as an element (*Burrage*).
    death_or_injury_found: Fact = fact()
    # An information under 21 U.S.C. 851, and the final convictions it names.
    notice_851: Fact = fact()
    serious_priors: int | None = field(default=0, metadata={"kind": Whole(0, 99, or_unknown=True)})
    drug_priors: int | None = field(default=0, metadata={"kind": Whole(0, 99, or_unknown=True)})
    # An earlier final conviction under the same section: 849(c), 859(b), 860(b), 861(c), or listed in 843(d)(1).
    second_under_section: Fact = fact()
    # 856 only: no part in the drug offense but allowing the use of the place (§2D1.8(a)(2), n.1).
    only_allowed_use: Fact = fact()
    # 856, 843(b) and 861 only: the conviction established that the offense behind it was drug dealing (§4B1.2 n.1).
    established_dealing: Fact = fact(UNKNOWN)
    # 849 and 859–861: a person under eighteen was involved (§2D1.2(a)(3)).
    person_under_18: Fact = fact(UNSTATED)
    firearm_count: str = choice(
        "none",
        "carried",
        "brandished",
        "discharged",
        "short_barreled",
        "machinegun",
        "more_than_one",
        DONT_KNOW,
    )
    prior_924c: Fact = fact()
    # The parties stipulated to an offense or level of §2D1.1(a)(1)–(4).
    stipulated_level: str = choice("none", "43", "38", "30", "26")
    # 844(a) only: an earlier disposition under 18 U.S.C. 3607.
    prior_3607: Fact = fact()
    outside: tuple[str, ...] = field(
        default=(),
        metadata={
            "kind": Several(
                (
                    "murder",
                    "continuing_criminal_enterprise",
                    "terrorism",
                    "sex_offense",
                    "human_rights_offense",
                    "armed_career_criminal",
                    "other_counts",
                    "prison_possession",
                )
            )
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct(HashedOnce):
    """What happened: the specific offense characteristics of §2D1.1(b), in their order, and what others turn on."""

    weapon_possessed: Fact = fact()  # (b)(1)
    # The defendant's own weapon, or one he induced another to have: §5C1.2(a)(2), §4C1.1(a)(7).
    own_weapon: Fact = fact(UNSTATED)
    violence: Fact = fact()  # (b)(2); also §5C1.2(a)(2), §4C1.1(a)(3)
    import_craft: str = choice("none", "aircraft", "submersible", "crew", DONT_KNOW)  # (b)(3)
    prison_distribution: Fact = fact()  # (b)(4)
    meth_import: Fact = fact()  # (b)(5): importation of (meth)amphetamine, or made from chemicals known to be imported
    mass_marketing: Fact = fact()  # (b)(7)
    masking_agent: Fact = fact()  # (b)(8)
    steroid_to_athlete: Fact = fact()  # (b)(9)
    convicted_841g: Fact = fact()  # (b)(10)
    bribery: Fact = fact()  # (b)(11)
    premises: Fact = fact()  # (b)(12)
    fentanyl_misrepresented: str = choice("none", "knowingly", "recklessly", DONT_KNOW)  # (b)(13)(A), (B)
    hazardous_discharge: Fact = fact()  # (b)(14)(A)
    manufacture_risk: Fact = fact()  # (b)(14)(C)(ii)
    manufacture_risk_minor: Fact = fact()  # (b)(14)(D)
    public_land_cultivation: Fact = fact()  # (b)(15)
    used_affection: Fact = fact()  # (b)(16)(A)
    vulnerable_person: str = choice("none", "under_18", "other", DONT_KNOW)  # (b)(16)(B)
    directly_imported: Fact = fact()  # (b)(16)(C)
    witness_or_evidence: Fact = fact()  # (b)(16)(D)
    livelihood: Fact = fact()  # (b)(16)(E)
    family_or_fear: Fact = fact()  # (b)(17)(A)
    no_pay: Fact = fact()  # (b)(17)(B)
    minimal_knowledge: Fact = fact()  # (b)(17)(C)
    sexual_offense_by_drugging: Fact = fact()  # (e)(1)
    # In fact, whether or not charged: §5C1.2(a)(3), §4C1.1(a)(4).
    death_or_serious_injury: Fact = fact()
    financial_hardship: Fact = fact()  # §4C1.1(a)(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(HashedOnce):
    """Chapter Three, Parts A to C."""

    hate_crime: Fact = fact()  # §3A1.1(a)
    vulnerable_victim: Fact = fact()  # §3A1.1(b)(1)
    many_vulnerable_victims: Fact = fact()  # §3A1.1(b)(2)
    official_victim: str = choice("none", "motivated", "assaulted_officer", DONT_KNOW)  # §3A1.2(a), (c)
    restraint: Fact = fact()  # §3A1.3
    # §3B1.1(a), (b), (c); §3B1.2(b), between, (a)
    part: str = choice("none", "leader", "manager", "small_leader", "minor", "between", "minimal", DONT_KNOW)
    trust_or_skill: str = choice("none", "trust", "skill", DONT_KNOW)  # §3B1.3
    used_minor: Fact = fact()  # §3B1.4
    body_armor: str = choice("none", "involved", "used", DONT_KNOW)  # §3B1.5
    obstruction: Fact = fact()  # §3C1.1
    reckless_flight: Fact = fact()  # §3C1.2
    on_release: Fact = fact()  # §3C1.3
    false_domain: Fact = fact()  # §3C1.4

    @property
    def aggravating(self) -> bool | None:
        """Whether the part is one of §3B1.1; None when the part is not known."""
        return None if self.part == DONT_KNOW else self.part in ("leader", "manager", "small_leader")

    @property
    def mitigating(self) -> bool | None:
        """Whether the part is one of §3B1.2; None when the part is not known."""
        return None if self.part == DONT_KNOW else self.part in ("minor", "between", "minimal")

    @property
    def minimal(self) -> bool | None:
        """Whether the part is that of §3B1.2(a); None when the part is not known."""
        return None if self.part == DONT_KNOW else self.part == "minimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plea(HashedOnce):
    """Acceptance of responsibility (§3E1.1) and early disposition (§3F1.1)."""

    acceptance: Fact = fact(UNKNOWN)
    government_moved: Fact = fact(UNKNOWN)  # §3E1.1(b), the third level
    early_disposition_levels: int = field(default=0, metadata={"kind": Whole(0, 4)})  # §3F1.1


# §4A1.2(c)(1): counted only if long or similar. §4A1.2(c)(2): never counted.
SOMETIMES_COUNTED = (
    "careless_or_reckless_driving",
    "contempt_of_court",
    "disorderly_conduct",
    "driving_without_license",
    "false_information_to_police",
    "gambling",
    "hindering_police",
    "insufficient_funds_check",
    "leaving_scene_of_accident",
    "non_support",
    "prostitution",
    "resisting_arrest",
    "trespassing",
)
NEVER_COUNTED = (
    "fish_and_game",
    "hitchhiking",
    "juvenile_status_or_truancy",
    "local_ordinance",
    "loitering",
    "minor_traffic",
    "public_intoxication",
    "vagrancy",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior(HashedOnce):
    """One earlier sentence."""

    label: str = field(default="", metadata={"kind": Text()})
    sentenced_on: date = field(metadata={"kind": Day(), "required": True})
    # What was imposed. "suspended" is a sentence wholly suspended or stayed (§4A1.2(a)(3)).
    kind: str = choice(
        "prison",
        "probation",
        "fine_or_other",
        "suspended",
        "awaiting_sentence",
        "diversion_guilt_admitted",
        "diversion_no_guilt",
        default="prison",
    )
    imposed: Term | None = optional(Length())  # the stated maximum, §4A1.2(b)(1) and n.2
    suspended: Term | None = optional(Length())  # the part suspended, §4A1.2(b)(2)
    probation_term: Term | None = optional(Length())  # for §4A1.2(c)(1)(A)
    revocation: Term | None = optional(Length())  # prison on revocation, added by §4A1.2(k)(1)
    # Last release from incarceration on this sentence (§4A1.2(d)(2)(A), (e)(1), (k)(2)).
    released_on: date | None = optional(Day())
    court: str = choice(
        "state_or_federal",
        "juvenile",
        "tribal",
        "foreign",
        "general_or_special_court_martial",
        "summary_court_martial",
    )
    set_aside: str = choice("no", "expunged", "reversed_or_invalid", "pardoned_or_restored")
    before_18: Fact = fact()
    felony: Fact = fact(UNKNOWN)
    offense: str = choice("ordinary", "dui", *SOMETIMES_COUNTED, *NEVER_COUNTED)
    similar_to_instant: Fact = fact()  # §4A1.2(c)(1)(B)
    # Part of the instant offense, so no prior sentence at all (§4A1.2(a)(1), n.1).
    part_of_instant: Fact = fact()
    # A crime of violence: §4A1.1(d) and §4B1.1 by §4B1.2(a); and, until the next fact is stated, §3553(f)(1)(C).
    violent: Fact = fact()
    # Force is an element: a violent offense under 18 U.S.C. 16(a), for 18 U.S.C. 3553(f)(1)(C), (g).
    force_element: Fact = fact(UNSTATED)
    controlled_substance_offense: Fact = fact()  # §4B1.2(b)
    # Same charging instrument: rows with the same tag were charged together (§4A1.2(a)(2)(A)).
    charged_with: str = field(default="", metadata={"kind": Text()})
    # Arrested for an earlier row's offense before committing this one (§4A1.2(a)(2)).
    intervening_arrest: Fact = fact(UNKNOWN)
    # Of rows that all say yes to that: also arrested for the nearest such row above before committing this one.
    arrest_between: Fact = fact(UNKNOWN)
    consecutive: Fact = fact()  # to the other sentences it is counted with


@dataclass(frozen=True, slots=True, kw_only=True)
class History(HashedOnce):
    """The past: a list of priors, or points worked out elsewhere, never both."""

    priors: tuple[Prior, ...] = field(default=(), metadata={"kind": Rows(Prior, 40)})
    # Points under §4A1.1(a)–(d), as entered; "unset" when the list is used.
    points: int | str | None = field(default="unset", metadata={"kind": Whole(0, 99, or_unknown=True)})
    three_point_priors: int | None = field(default=None, metadata={"kind": Whole(0, 30, or_unknown=True)})
    two_point_priors: int | None = field(default=None, metadata={"kind": Whole(0, 30, or_unknown=True)})
    two_point_violent: Fact = fact(UNKNOWN)
    under_sentence: Fact = fact()  # §4A1.1(e)(2)
    # Prior felony convictions of a crime of violence or controlled substance offense, counted separately (§4B1.2(c)).
    career_predicates: int | None = field(default=0, metadata={"kind": Whole(0, 30, or_unknown=True)})
    adult_at_offense: Fact = fact(YES)  # §4B1.1(a)(1)
    zero_point_excluded: Fact = fact()  # §4C1.1(a)(5), (8): a sex offense or §2H1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Motions(HashedOnce):
    """What was told to the Government, and what the Government asks for."""

    truthful_disclosure: Fact = fact(UNKNOWN)  # §5C1.2(a)(5)
    substantial_assistance: str = choice("none", "guideline", "statute", "both", DONT_KNOW)  # §5K1.1; 18 U.S.C. 3553(e)

    @property
    def under_guideline(self) -> bool:
        """Whether the Government is known to move under §5K1.1."""
        return self.substantial_assistance in ("guideline", "both")

    @property
    def under_statute(self) -> bool:
        """Whether the Government is known to move under 18 U.S.C. 3553(e)."""
        return self.substantial_assistance in ("statute", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(HashedOnce):
    """All the facts. `Case` is what every rule reads; see `read_case`."""

    dates: Dates = field(metadata={"kind": Group(Dates), "required": True})
    charge: Charge = field(metadata={"kind": Group(Charge), "required": True})
    drugs: tuple[Drug, ...] = field(default=(), metadata={"kind": Rows(Drug, 30)})
    conduct: Conduct = field(default=Conduct(), metadata={"kind": Group(Conduct)})
    role: Role = field(default=Role(), metadata={"kind": Group(Role)})
    plea: Plea = field(default=Plea(), metadata={"kind": Group(Plea)})
    history: History = field(default=History(), metadata={"kind": Group(History)})
    motions: Motions = field(default=Motions(), metadata={"kind": Group(Motions)})

    @property
    def named(self) -> tuple[tuple[str, ...], ...]:
        """The names of the drugs, row by row: the drug itself, then what else is in the mixture."""
        return tuple((drug.substance, *drug.also_contains) for drug in self.drugs)

    @property
    def section(self) -> str:
        """The section whose penalty applies: that of the object, for a conspiracy or attempt (846, 963)."""
        if self.charge.statute not in ("846", "963"):
            return self.charge.statute
        return self.charge.object or ("841(a)" if self.charge.statute == "846" else "960")

    @property
    def own_weapon(self) -> Fact:
        """Whether the weapon was the defendant's own; not known when there was one and nobody said whose."""
        if self.conduct.own_weapon is not UNSTATED:
            return self.conduct.own_weapon
        if self.charge.firearm_count not in ("none", DONT_KNOW):
            return YES
        return NO if self.conduct.weapon_possessed is NO and self.charge.firearm_count == "none" else UNKNOWN


def fields_of(record: type[Any]) -> Iterator[tuple[str, Kind, dataclasses.Field[Any]]]:
    """Each field of a record with its kind, in order."""
    for item in dataclasses.fields(record):
        yield item.name, item.metadata["kind"], item


def required(item: dataclasses.Field[Any]) -> bool:
    """Whether a case cannot do without the field."""
    return bool(item.metadata.get("required"))


def with_fact(case: Case, path: Sequence[str | int], value: object) -> Case:
    """A copy of the case with one field changed; `path` is like ("history", "priors", 0, "violent")."""
    part = str(path[0])
    return with_field(case, part, _changed(getattr(case, part), tuple(path[1:]), value))


# Answers to what is not known are tried over and over in the same few records. Typed, because 1 equals Decimal(1).
@lru_cache(maxsize=512, typed=True)
def _changed(record: Any, path: tuple[str | int, ...], value: object) -> Any:
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*record[:step], _changed(record[step], rest, value) if rest else value, *record[step + 1 :])
    return with_field(record, step, _changed(getattr(record, step), rest, value) if rest else value)
