"""Criminal history: points for earlier sentences, and the category. USSG §§4A1.1, 4A1.2 (2025), pp. 361–371.

Facts and law in, one `HistoryScore` out. Each earlier sentence is read alone first (does it count at all, how long was
it, was it in time); then sentences that the Manual treats as one are joined; then the points are added up, with their
caps. Left to the court: what conduct is part of the offense, and what an unlisted offense resembles.

A fact that is not known never adds points and never takes a sentence away; it leaves an unknown step, and `possible`
keeps what the sentence could be worth.
"""

from calculator.rules.history.chapter_four import score

__all__ = ["score"]
