"""Goes into the page's standard library and imports the calculator there; nothing of the build runs it."""

import gc
import sys
from collections.abc import Callable
from datetime import date

import __main__

# Their tables are not in the page's program (`hooks/tables.py`), so nobody may come upon them.
WITHOUT_TABLES = ("unicodedata", "_codecs_cn", "_codecs_hk", "_codecs_jp", "_codecs_kr", "_codecs_tw")


def door(wheel: str, law: str) -> Callable[..., bytes]:
    """The calculator from this wheel, with the law of that day ready: JSON text in, JSON text as bytes out.

    Also leaves it as `answer` in `__main__`, and its rehearsal, where they are found when the memory is restored.
    """
    import sitecustomize  # type: ignore[import-not-found]  # `hooks/archives.py`

    sys.modules.update(dict.fromkeys(WITHOUT_TABLES))  # type: ignore[arg-type]  # None there is a module that fails
    gc.disable()  # nothing that the import makes is given up
    sitecustomize.add(wheel)
    from calculator import browser
    from calculator.law import law_for
    from calculator.rehearsal import rehearse

    day = date.fromisoformat(law)
    law_for(sentenced_on=day, offense_ended=day)
    gc.freeze()  # an edit should not wait for a search of it
    gc.enable()

    def answer(request: str, number: int, shows: int) -> bytes:
        return browser.answer(request, number, shows).encode()

    __main__.answer, __main__.rehearse = answer, rehearse
    return answer
