"""How terms, citations and drugs are said in the steps about penalties."""

from __future__ import annotations

from calculator.units import Term

__all__ = ["capitalized", "in_sentence", "long", "provision", "span"]


def long(term: Term) -> str:
    """A term in years and months: '10 years (120 months)', '15 days', 'life'."""
    if term.life or term.days or term.months < 12 or term.months % 12:
        return str(term)
    years = term.months // 12
    return f"{years} year{'' if years == 1 else 's'} ({term.months} months)"


def span(minimum: Term, maximum: Term) -> str:
    """What a sentence can be, from the minimum to the maximum."""
    if minimum == maximum:
        return f"{long(maximum)} in prison, no less and no more"
    if minimum:
        return f"at least {long(minimum)} and up to {long(maximum)} in prison"
    return f"up to {long(maximum)} in prison, with no minimum"


def provision(cite: str) -> str:
    """The first citation of several, as it is named in a sentence."""
    return cite.partition(";")[0]


def capitalized(words: str) -> str:
    """Words that begin a sentence."""
    return words[:1].upper() + words[1:]


def in_sentence(name: str) -> str:
    """A drug's name inside a sentence: 'heroin' for 'Heroin', but 'LSD'."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name
