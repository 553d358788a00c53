"""What the statute of conviction provides: paragraph, minimum, maximum, class, release, fine, firearm count.

21 U.S.C. 841 to 861, 960 to 963 and 18 U.S.C. 924(c), 3013, 3553(e) and (f), 3559, 3571, 3583. Quantity counts only as
charged and found or admitted; earlier convictions only with a notice under 21 U.S.C. 851. Terms are exact; money is
whole dollars. `section` begins: it finds the group of sections the count belongs to, `ladder` or `own`, and these build
on the rest; `relief` comes after the safety valve.
"""

from calculator.rules.penalties.relief import relieved
from calculator.rules.penalties.section import statute

__all__ = ["relieved", "statute"]
