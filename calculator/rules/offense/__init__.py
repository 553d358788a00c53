"""Chapter Two: the base offense level and the specific offense characteristics, in the order of the text.

Appendix A names the guideline for the count. §2D1.1 is worked out by the functions of `IN_ORDER`; §§2D1.2, 2D1.6 and
2D1.8 take the whole level of §2D1.1 and go on from there (§1B1.5(b)(1)); §2D2.1 looks only at the substance. Levels may
pass 43 here: that is settled where the range is read.
"""

from calculator.rules.offense.guideline import chapter_two, needs_near, needs_quantity
from calculator.rules.offense.trafficking import IN_ORDER
from calculator.rules.offense.work import ChapterTwo

__all__ = ["IN_ORDER", "ChapterTwo", "chapter_two", "needs_near", "needs_quantity"]
