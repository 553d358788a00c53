"""The facts of a case, and reading them from JSON.

Every fact is declared once, here: its name, its kind and what stands when it is not given. The form, the JSON Schema
and the reader of cases all follow these declarations. A yes/no fact is three-valued (`Fact`): "I don't know" is an
answer. Nothing here knows law beyond the names of things.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, ClassVar

from calculator.units import Quantity, Term, UnitError

__all__ = [
    "Amount",
    "BadCase",
    "Case",
    "Charge",
    "Choice",
    "Conduct",
    "DONT_KNOW",
    "Dates",
    "Day",
    "Drug",
    "Fact",
    "FieldError",
    "Group",
    "History",
    "Kind",
    "Length",
    "Motions",
    "NEVER_COUNTED",
    "NO",
    "NOT_MODELLED",
    "OBJECTS",
    "Percent",
    "Plea",
    "Prior",
    "Role",
    "Rows",
    "SOMETIMES_COUNTED",
    "STATUTES",
    "Several",
    "SubstanceName",
    "SubstanceNames",
    "TIERS",
    "Text",
    "UNKNOWN",
    "UNSTATED",
    "Whole",
    "YES",
    "YesNo",
    "as_json",
    "fields_of",
    "nearest",
    "read_case",
    "required",
    "shown",
    "with_fact",
]


class Fact(StrEnum):
    """Yes, no, or not known. `UNSTATED` is only for facts that follow another fact until they are stated."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    UNSTATED = "unstated"

    def __bool__(self) -> bool:
        raise TypeError("a fact is yes, no or unknown: compare it with `is`")


YES, NO, UNKNOWN, UNSTATED = Fact.YES, Fact.NO, Fact.UNKNOWN, Fact.UNSTATED

# Choices use this word for "I don't know", so that a choice, too, is never forced.
DONT_KNOW = "unknown"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What was wrong with one field: its path as in the case ("drugs[0].quantity") and a whole sentence."""

    field: str
    message: str


class BadCase(ValueError):
    """The case cannot be read; `errors` names each field, what was wrong and what is accepted."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = tuple(errors)


class Kind:
    """How one field is read. `read` returns the value or raises `UnitError` with the rest of a sentence."""

    json: ClassVar[dict[str, Any]] = {}

    def read(self, value: object) -> Any:
        raise NotImplementedError(type(self).__name__)

    def schema(self) -> dict[str, Any]:
        return dict(self.json)


class YesNo(Kind):
    """Yes, no or unknown; true and false are read too."""

    json: ClassVar[dict[str, Any]] = {"enum": [True, False, "yes", "no", "unknown"]}

    def read(self, value: object) -> Fact:
        if value is True or value == "yes":
            return YES
        if value is False or value == "no":
            return NO
        if value == "unknown":
            return UNKNOWN
        raise UnitError(f"{shown(value)} is not an answer here: use yes, no or unknown")


@dataclass(frozen=True)
class Choice(Kind):
    """One of the listed words; where not knowing is possible, `unknown` is one of them."""

    options: tuple[str, ...]

    def read(self, value: object) -> str:
        if isinstance(value, str) and value in self.options:
            return value
        near = nearest(value, self.options)
        raise UnitError(
            f"{shown(value)} is not one of the choices{near}: use {', '.join(self.options[:-1])} or {self.options[-1]}"
        )

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


@dataclass(frozen=True)
class Several(Kind):
    """Any number of the listed words."""

    options: tuple[str, ...]

    def read(self, value: object) -> tuple[str, ...]:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, Sequence) or isinstance(value, (bytes, bytearray)):
            raise UnitError(f"{shown(value)} is not a list of choices")
        one = Choice(self.options)
        return tuple(dict.fromkeys(one.read(item) for item in value))

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"enum": list(self.options)}, "uniqueItems": True}


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number from `least` to `most`; with `or_unknown`, also "unknown" (read as None)."""

    least: int
    most: int
    or_unknown: bool = False

    def read(self, value: object) -> int | None:
        if self.or_unknown and value == DONT_KNOW:
            return None
        if isinstance(value, str) and value.strip().isascii() and value.strip().lstrip("-").isdigit():
            value = int(value.strip()) if len(value.strip()) <= 6 else self.most + 1
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            unknown = ", or unknown" if self.or_unknown else ""
            raise UnitError(
                f"{shown(value)} is not accepted: use a whole number from {self.least} to {self.most}{unknown}"
            )
        return value

    def schema(self) -> dict[str, Any]:
        number = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [number, {"const": DONT_KNOW}]} if self.or_unknown else number


class Day(Kind):
    """A calendar day, year-month-day."""

    json: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def read(self, value: object) -> date:
        if isinstance(value, date):
            return value
        try:
            if isinstance(value, str) and len(value) == 10:
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise UnitError(f"{shown(value)} is not a date: write it as year-month-day, such as 2026-03-15")


@dataclass(frozen=True)
class Amount(Kind):
    """A quantity; with `or_none`, also "none", read as zero grams."""

    or_none: bool = False
    json: ClassVar[dict[str, Any]] = {
        "type": "string",
        "examples": ["120 g", "3 lb", "200 pills", "55 plants"],
    }

    def read(self, value: object) -> Quantity:
        if not isinstance(value, str):
            raise UnitError(f"{shown(value)} is not an amount: write a number and a unit, such as 120 g")
        if self.or_none and value.strip().lower() in ("none", "0 g"):
            return Quantity(Decimal(0), "g")
        return Quantity.parse(value)


class Percent(Kind):
    """A purity, more than 0 % and not more than 100 %, or "unknown" (read as None)."""

    json: ClassVar[dict[str, Any]] = {"type": "string", "examples": ["80 %", "unknown"]}

    def read(self, value: object) -> Decimal | None:
        if value == DONT_KNOW:
            return None
        text = str(value).strip().removesuffix("%").strip() if isinstance(value, (str, int, Decimal)) else ""
        try:
            number = (
                Decimal(text) if text.isascii() and len(text) <= 12 and not isinstance(value, bool) else Decimal(-1)
            )
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or not 0 < number <= 100:
            raise UnitError(f"{shown(value)} is not a purity: write a percentage above 0 and up to 100, such as 80 %")
        return number


class Length(Kind):
    """A length of time: years, months, days, or life."""

    json: ClassVar[dict[str, Any]] = {
        "type": "string",
        "examples": ["18 months", "1 year and 1 day", "45 days", "life"],
    }

    def read(self, value: object) -> Term:
        if not isinstance(value, str):
            raise UnitError(f"{shown(value)} is not a length of time: write it as 18 months or 45 days")
        return Term.parse(value)


class Text(Kind):
    """A label for the reader's own use; never interpreted."""

    json: ClassVar[dict[str, Any]] = {"type": "string", "maxLength": 120}

    def read(self, value: object) -> str:
        if not isinstance(value, str) or len(value) > 120:
            raise UnitError("is too long: use at most 120 characters")
        return value.strip()


class SubstanceName(Kind):
    """The name of a substance. Whether the law knows it is checked where the law is known (`law.drugs`)."""

    json: ClassVar[dict[str, Any]] = {
        "type": "string",
        "examples": ["heroin", "methamphetamine", "cocaine_base"],
    }

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > 120:
            raise UnitError("is empty: name the drug, such as heroin or methamphetamine")
        return value.strip()


class SubstanceNames(Kind):
    """A list of names of substances."""

    json: ClassVar[dict[str, Any]] = {"type": "array", "items": {"type": "string"}}

    def read(self, value: object) -> tuple[str, ...]:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, Sequence):
            raise UnitError(f"{shown(value)} is not a list of drugs")
        return tuple(dict.fromkeys(SubstanceName().read(item) for item in items))


@dataclass(frozen=True)
class Group(Kind):
    """A nested record."""

    record: type[Any]


@dataclass(frozen=True)
class Rows(Kind):
    """A list of records, at most `most`."""

    record: type[Any]
    most: int


def shown(value: object) -> str:
    """A value as it is quoted back to the person, cut short."""
    text = str(value) if isinstance(value, (str, int, float, Decimal)) and not isinstance(value, bool) else repr(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def nearest(value: object, known: Sequence[str]) -> str:
    """' (did you mean “heroin”?)' when one of the known words is close, else an empty text."""
    if isinstance(value, str):
        typed = value.strip().lower()
        begins = [word for word in known if typed and word.startswith(typed)]
        close = begins or difflib.get_close_matches(typed, known, n=1, cutoff=0.7)
        if close:
            return f" (did you mean “{close[0]}”?)"
    return ""


def fact(default: Fact = NO) -> Any:
    return field(default=default, metadata={"kind": YesNo()})


def choice(*options: str, default: str | None = None) -> Any:
    return field(default=options[0] if default is None else default, metadata={"kind": Choice(options)})


def optional(kind: Kind) -> Any:
    return field(default=None, metadata={"kind": kind})


# --- The record of a case, in the order a person tells it -------------------------------------------------------

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
class Dates:
    """When. The sentence date picks the Guidelines Manual; the offense date picks the statute."""

    sentenced_on: date = field(metadata={"kind": Day(), "required": True})
    offense_ended: date = field(metadata={"kind": Day(), "required": True})
    # The 10- and 15-year windows run back from here, relevant conduct included (§4A1.2 n.8).
    offense_began: date | None = optional(Day())


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
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
class Charge:
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
    # An earlier final conviction under the same section: 849(b), 859(b), 860(b), 861(c), or listed in 843(d)(1).
    second_under_section: Fact = fact()
    # 856 only: no part in the drug offense but allowing the use of the place (§2D1.8(a)(2), n.1).
    only_allowed_use: Fact = fact()
    # 859–861: a person under eighteen was involved (§2D1.2(a)(3)).
    person_under_18: Fact = fact()
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
class Conduct:
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
class Role:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plea:
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
class Prior:
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
    # A crime of violence: §4A1.1(d) by §4B1.2(a), §3553(f)(1)(C) by 18 U.S.C. 16.
    violent: Fact = fact()
    controlled_substance_offense: Fact = fact()  # §4B1.2(b)
    # Same charging instrument: rows with the same tag were charged together (§4A1.2(a)(2)(A)).
    charged_with: str = field(default="", metadata={"kind": Text()})
    # Arrested for an earlier row's offense before committing this one (§4A1.2(a)(2)).
    intervening_arrest: Fact = fact(UNKNOWN)
    consecutive: Fact = fact()  # to the other sentences it is counted with


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
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
class Motions:
    """What was told to the Government, and what the Government asks for."""

    truthful_disclosure: Fact = fact(UNKNOWN)  # §5C1.2(a)(5)
    substantial_assistance: str = choice("none", "guideline", "statute", "both", DONT_KNOW)  # §5K1.1; 18 U.S.C. 3553(e)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
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


def read_case(data: object) -> Case:
    """Read a case from parsed JSON. Raises `BadCase` with every error found, each naming its field."""
    errors: list[FieldError] = []
    case = _record(Case, data, "", errors)
    if not errors and isinstance(case, Case):
        errors.extend(_contradictions(case))
    if errors or not isinstance(case, Case):
        raise BadCase(errors)
    return case


_FIELDS: dict[type[Any], dict[str, tuple[Kind, bool]]] = {}


def _record(record: type[Any], data: object, path: str, errors: list[FieldError]) -> object | None:
    known = _FIELDS.get(record)
    if known is None:
        known = _FIELDS[record] = {name: (kind, required(item)) for name, kind, item in fields_of(record)}
    if not isinstance(data, Mapping):
        what = "a case" if not path else "a group of answers"
        errors.append(FieldError(path or "case", f"is not {what}: use an object with named fields"))
        return None
    before = len(errors)
    values: dict[str, Any] = {}
    prefix = f"{path}." if path else ""
    for name, value in data.items():
        where = f"{prefix}{name}"
        if name not in known:
            near = nearest(name, tuple(known))
            errors.append(FieldError(str(where)[:120], f"is not a field of a case{near}"))
            continue
        kind, _ = known[name]
        if value is None:
            continue  # null is the same as not given
        if isinstance(kind, Group):
            values[name] = _record(kind.record, value, where, errors)
        elif isinstance(kind, Rows):
            values[name] = _rows(kind, value, where, errors)
        else:
            try:
                values[name] = kind.read(value)
            except UnitError as error:
                errors.append(FieldError(where, str(error)))
    errors.extend(
        FieldError(f"{prefix}{name}", "is missing: it has to be given")
        for name, (_, needed) in known.items()
        if needed and data.get(name) is None
    )
    return record(**values) if len(errors) == before else None


def _rows(kind: Rows, value: object, where: str, errors: list[FieldError]) -> tuple[object | None, ...]:
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        errors.append(FieldError(where, "is not a list: use a list of rows"))
        return ()
    if len(value) > kind.most:
        errors.append(FieldError(where, f"has {len(value)} rows: at most {kind.most} are accepted"))
        return ()
    return tuple(_record(kind.record, row, f"{where}[{index}]", errors) for index, row in enumerate(value))


def _contradictions(case: Case) -> Iterator[FieldError]:
    """Facts that cannot all be true, each named at the field to mend."""
    dates, charge, history = case.dates, case.charge, case.history
    if dates.sentenced_on < dates.offense_ended:
        yield FieldError(
            "dates.sentenced_on", f"is before the offense ended ({dates.offense_ended}): give a later date"
        )
    if dates.offense_began is not None and dates.offense_began > dates.offense_ended:
        yield FieldError(
            "dates.offense_began", f"is after the offense ended ({dates.offense_ended}): give an earlier date"
        )
    if charge.statute in ("846", "963"):
        home = ("960",) if charge.statute == "963" else tuple(name for name in OBJECTS if name != "960")
        if charge.object is not None and charge.object not in home:
            yield FieldError(
                "charge.object",
                f"{charge.object} is not an object of section {charge.statute}: use {' or '.join(home)}",
            )
    elif charge.object is not None:
        yield FieldError("charge.object", "is only for a conspiracy or attempt under section 846 or 963: leave it out")
    if charge.tier == "found_amounts" and not charge.found:
        yield FieldError("charge.found", "is empty: give the amounts that were charged and found or admitted")
    if charge.found and charge.tier != "found_amounts":
        yield FieldError("charge.tier", "must be found_amounts when amounts found are given")
    if case.plea.government_moved is YES and case.plea.acceptance is NO:
        yield FieldError(
            "plea.government_moved",
            "cannot be yes without acceptance: the third level needs the first two (§3E1.1(b))",
        )
    if history.points != "unset" and history.priors:
        yield FieldError("history.points", "is given together with a list of priors: give one or the other")
    if history.points == "unset" and (history.three_point_priors or history.two_point_priors):
        yield FieldError("history.points", "is missing: give the points when the number of priors is entered by hand")
    if isinstance(history.points, int):
        least = 3 * (history.three_point_priors or 0) + 2 * (history.two_point_priors or 0)
        if least > history.points:
            yield FieldError(
                "history.points", f"is {history.points}, but the priors entered are worth at least {least}"
            )
    if history.two_point_violent is YES and history.two_point_priors == 0:
        yield FieldError("history.two_point_violent", "cannot be yes when there is no two-point prior")
    if case.role.many_vulnerable_victims is YES and case.role.vulnerable_victim is NO:
        yield FieldError("role.many_vulnerable_victims", "cannot be yes without a vulnerable victim (§3A1.1(b)(2))")
    for index, drug in enumerate(case.drugs):
        yield from _drug_contradictions(drug, f"drugs[{index}]")
    for index, drug in enumerate(charge.found):
        yield from _drug_contradictions(drug, f"charge.found[{index}]")
    for index, prior in enumerate(history.priors):
        yield from _prior_contradictions(prior, f"history.priors[{index}]", dates)


def _drug_contradictions(drug: Drug, where: str) -> Iterator[FieldError]:
    if drug.weighed is not None and drug.weighed.counted:
        yield FieldError(f"{where}.weighed", f"“{drug.weighed}” is a count: give a weight, such as 3 kg")
    if drug.measured == "pure" and drug.purity not in ("unset", Decimal(100)):
        yield FieldError(f"{where}.purity", "does not go with a quantity of the pure drug: leave the purity out")
    near = drug.near_protected
    if near is not None and near.unit == drug.quantity.unit and near.amount > drug.quantity.amount:
        yield FieldError(f"{where}.near_protected", f"“{near}” is more than the whole quantity, {drug.quantity}")


def _prior_contradictions(prior: Prior, where: str, dates: Dates) -> Iterator[FieldError]:
    if prior.sentenced_on > dates.sentenced_on:
        yield FieldError(
            f"{where}.sentenced_on", f"is after this sentencing ({dates.sentenced_on}): give an earlier date"
        )
    if prior.kind == "prison" and prior.imposed is None:
        yield FieldError(f"{where}.imposed", "is missing: give the length of the prison sentence, such as 18 months")
    if prior.suspended is not None and prior.imposed is not None and prior.suspended > prior.imposed:
        yield FieldError(f"{where}.suspended", f"({prior.suspended}) is longer than the sentence ({prior.imposed})")
    if prior.released_on is not None and prior.released_on < prior.sentenced_on and prior.revocation is None:
        yield FieldError(f"{where}.released_on", f"is before the sentence was imposed ({prior.sentenced_on})")


def as_json(record: object) -> Any:
    """A record as plain JSON values, leaving out what stands at its default: the shortest case that reads back."""
    if isinstance(record, tuple):
        return [as_json(item) for item in record]
    if dataclasses.is_dataclass(record) and not isinstance(record, (Quantity, Term)):
        return {
            item.name: as_json(getattr(record, item.name))
            for item in dataclasses.fields(record)
            if required(item) or getattr(record, item.name) != item.default
        }
    return {None: DONT_KNOW}.get(record, record) if record is None else _plain_value(record)


def _plain_value(value: object) -> Any:
    if isinstance(value, (Quantity, Term, date)):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value} %"
    return value.value if isinstance(value, Fact) else value


def with_fact(case: Case, path: Sequence[str | int], value: object) -> Case:
    """A copy of the case with one field changed; `path` is like ("history", "priors", 0, "violent")."""
    return _replaced(case, path, value)


def _replaced[T](record: T, path: Sequence[str | int], value: object) -> T:
    step, rest = path[0], path[1:]
    if isinstance(record, tuple) and isinstance(step, int):
        changed = _replaced(record[step], rest, value) if rest else value
        return (*record[:step], changed, *record[step + 1 :])  # type: ignore[return-value]
    new = _replaced(getattr(record, str(step)), rest, value) if rest else value
    return dataclasses.replace(record, **{str(step): new})  # type: ignore[type-var]
