"""Chapter Three: victim, role and obstruction (Parts A to C), then acceptance and early disposition (Parts E and F).

In the order of §1B1.1(a)(3) and (5); grouping of counts (Part D) is not modelled. `chapter_two` is the Chapter Two
ledger of the count: its level, its guideline, and what it already counts. Levels may fall under 1 or pass 43 here: that
is settled where the range is read.
"""

from calculator.rules.adjustments.parts import IN_ORDER, chapter_three
from calculator.rules.adjustments.plea import Acceptance, acceptance
from calculator.rules.adjustments.work import ChapterThree, CountedBefore

__all__ = ["IN_ORDER", "Acceptance", "ChapterThree", "CountedBefore", "acceptance", "chapter_three"]
