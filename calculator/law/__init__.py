"""The law as data: printed tables by effective date (TOML), read and checked once, handed down whole."""

from calculator.law.load import Edition, Law, NoLawRecorded, law_for

__all__ = ["Edition", "Law", "NoLawRecorded", "law_for"]
