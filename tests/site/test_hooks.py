"""The packaging hooks: the policy of a page, the wheel, the runtime files."""

import base64
import hashlib
import io
import json
import re
import tomllib
import zipfile
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import zstandard

from calculator.law import printed, recorded
from hooks import calculator_start, pack, policy, program, ready_law, runtime, script, style, tables
from hooks.kept import NEWEST, made_once
from tests.site.built import SITE, built_pages

ROOT = pack.ROOT

HEAD = '<html><head><meta charset="utf-8">\n<title>t</title></head>'


def hash_of(text: str) -> str:
    """The source expression that allows this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_inline_scripts_and_styles_are_allowed_by_hash_only() -> None:
    """Code in the page is hashed; data blocks and linked files are not."""
    html = (
        f'{HEAD}<script>a && b < c</script><script type="module">d</script><style>p{{}}</style>'
        '<script src="x.js"></script><script type="application/json">{"e": 1}</script>'
    )
    told = policy.policy(html)

    assert hash_of("a && b < c") in told
    assert hash_of("d") in told
    assert f"style-src 'self' {hash_of('p{}')};" in told
    assert told.count("sha256-") == 3
    assert "unsafe-inline" not in told


def test_stamping_again_replaces_the_policy() -> None:
    """What the development server adds after the build is covered by a second stamp."""
    once = policy.stamp(f"{HEAD}<script>a</script>")
    twice = policy.stamp(once.replace("</html>", "") + "<script>b</script>")

    assert twice.count("Content-Security-Policy") == 1
    assert twice.count('name="referrer"') == 1
    assert hash_of("b") in twice


def test_what_the_policy_would_block_is_found() -> None:
    """Style attributes and event handlers are named with their elements."""
    assert policy.blocked('<p style="color: red"><a onclick="x()"><br/></a></p>') == [
        'style="color: red" on <p>',
        'onclick="x()" on <a>',
    ]


def test_a_page_without_a_charset_is_refused() -> None:
    """A policy that came after a script would be too late, so there has to be a known place for it."""
    with pytest.raises(policy.NoPlaceForPolicy):
        policy.stamp("<html><head></head></html>")


def test_the_wheel_is_the_same_for_the_same_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its name carries a hash of its content, and it holds code and law compiled."""
    name, content = pack.wheel(pack.plain_wheel())
    monkeypatch.setattr(pack, "made_once", partial(made_once, folder=tmp_path))
    again, _ = pack.wheel(pack.plain_wheel())

    assert name == again
    assert hashlib.sha256(content).hexdigest()[:12] in name
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "calculator/browser.pyc" in names
    assert not [path for path in names if path.endswith((".py", ".toml"))]
    assert str(ROOT).encode() not in content


def test_the_standard_library_is_the_same_for_the_same_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Compiled twice it has the same bytes, holds no source, and says nothing of where it was made."""
    archive = (pack.PYODIDE / "python_stdlib.zip").read_bytes()
    names = ["json", "json.decoder"]
    made = pack.standard_library(archive, names)
    monkeypatch.setattr(pack, "made_once", partial(made_once, folder=tmp_path))

    assert made == pack.standard_library(archive, names)
    assert zipfile.ZipFile(io.BytesIO(made)).namelist() == [
        "calculator_start.pyc",
        "dataclasses.pyc",
        "json/__init__.pyc",
        "json/decoder.pyc",
        "sitecustomize.pyc",
    ]
    assert str(ROOT).encode() not in made


def test_the_parsed_tables_are_the_tables_as_printed() -> None:
    """The module that stands in for `calculator.law.printed` gives the same tables, to the type of each number."""
    law = ROOT / "calculator" / "law"
    tables = {f"calculator/law/{path.relative_to(law).as_posix()}": path for path in law.rglob("*.toml")}
    stand_in: dict[str, Any] = {}
    exec(pack.parsed_tables({name: path.read_bytes() for name, path in tables.items()}), stand_in)

    assert stand_in["names"]() == printed.names()
    for name in printed.names():
        assert repr(stand_in["table"](name)) == repr(printed.table(name)), name


def test_the_ready_law_is_the_law_as_read() -> None:
    """The module that stands in for `calculator.law.recorded` makes every object that reading the tables makes, for
    every day on which some law changed: written out again, both give the same text."""
    text = ready_law.source(recorded)
    stand_in = ModuleType("ready")
    exec(text, stand_in.__dict__)

    assert ready_law.source(stand_in) == text
    editions, _ = recorded.editions()
    assert stand_in.editions() == recorded.editions()
    for edition in editions:
        # the drug tables have no equality of their own
        assert stand_in.guidelines(edition.effective)[1:] == recorded.guidelines(edition.effective)[1:]
    for day in recorded.statute_days():
        assert stand_in.statutes(day) == recorded.statutes(day)


def test_what_no_law_table_holds_is_refused() -> None:
    """Only what can be written down exactly is."""
    with pytest.raises(TypeError, match="float"):
        ready_law.source(SimpleNamespace(editions=lambda: ((), 0.1)))  # type: ignore[arg-type]


def test_pyodide_is_told_of_no_packages() -> None:
    """With an empty lock file nothing beyond the runtime can be loaded."""
    packed, program = runtime.pyodide()
    content = zstandard.decompress(packed.content)
    sizes = list(packed.parts.items())
    at = sum(size for name, size in sizes[: list(packed.parts).index("pyodide-lock.json")])

    assert json.loads(content[at : at + packed.parts["pyodide-lock.json"]])["packages"] == {}
    assert list(program.parts) == ["pyodide.asm.wasm"]


def test_what_stands_in_for_a_module_has_one_to_stand_in_for() -> None:
    """A new Pyodide that starts in another way is noticed when the site is built."""
    without = pack.stored({"_pyodide/_base.py": b"", "dataclasses.py": b""})

    with pytest.raises(pack.LibraryChanged, match="_pyodide/_core_docs.py"):
        pack.reduced(without)


# A program of two empty functions that it gives out as "a" and "b".
TWO = bytes.fromhex("0061736d01000000010401600000030302000007090201610000016200010a070202000b02000b")


def test_a_name_that_no_script_mentions_is_given_out_no_more() -> None:
    """It goes from the script and the program; whatever is mentioned anywhere stays in both."""
    given = "".join(f'var _{name}=Module["_{name}"]=wasmExports["{name}"];' for name in "ab")

    scripts, made = program.reduced({"one.js": f"{given}run()".encode(), "other.js": b"call('b')"}, TWO)

    assert scripts["one.js"] == b'var _b=Module["_b"]=wasmExports["b"];run()'
    assert (b"\x01b" in made, b"\x01a" in made) == (True, False)


def test_a_script_that_gives_out_no_names_is_noticed() -> None:
    """A new Pyodide written in another way is noticed when the site is built."""
    with pytest.raises(program.ScriptChanged, match="hooks/program.py"):
        program.reduced({"one.js": b"run()"}, TWO)


# A program that asks for one thing, "a".
ASKS_FOR_A = bytes.fromhex("0061736d0100000001040160000002090103656e7601610000")


def test_what_the_program_does_not_ask_for_goes_from_the_script() -> None:
    """A function handed over for libraries goes with what only it calls; what is asked for by another name stays."""
    given = """(function () {
        function help() { return 1 }
        function _a() { return help() }
        _a.sig="i";
        function only() { return 2 }
        function _b() { return only() }
        _b.sig="i";
        function _c() { return 3 }
        Module["_b"]=_b;Module["_c"]=_c;
        var wasmImports={a:_a,b:_b};
        return wasmImports
    })()"""

    made = script.reduced(given.encode(), ASKS_FOR_A, [b"Module._c()"]).decode()

    assert {name: name in made for name in ("help", "_a", "_a.sig", 'Module["_c"]', "only", "_b")} == {
        "help": True,
        "_a": True,
        "_a.sig": True,
        'Module["_c"]': True,
        "only": False,
        "_b": False,
    }


def test_a_script_that_hands_nothing_to_the_program_is_noticed() -> None:
    """A new Pyodide written in another way stops the build."""
    with pytest.raises(script.ScriptChanged, match="hooks/script.py"):
        script.reduced(b"run()", ASKS_FOR_A)


def test_a_listed_table_is_emptied_in_its_place_and_nothing_else(tmp_path: Path) -> None:
    """The program keeps its length, and every byte that is not of a table."""
    listing = tmp_path / "tables.toml"
    listing.write_text(
        f'[[table]]\nmodule = "m"\nat = 2\nsize = 3\nsha256 = "{hashlib.sha256(b"cde").hexdigest()}"\n',
        encoding="utf-8",
    )

    assert tables.without_tables(b"abcdefg", listing) == b"ab\0\0\0fg"
    with pytest.raises(tables.TablesChanged, match="no longer holds a table of m"):
        tables.without_tables(b"abcDefg", listing)


def test_a_table_is_found_where_program_and_module_are_alike_at_length_and_once() -> None:
    """What is short, or stands in the program twice, could belong to another module."""
    table = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(tables.LEAST // 32))
    short = table[: tables.LEAST // 2]

    assert list(tables.shared(b"xx" + table + b"yy", b"zz" + table + b"w")) == [(2, 2 + len(table))]
    assert list(tables.shared(b"xx" + short + b"yy", b"zz" + short + b"w")) == []
    assert list(tables.shared(b"xx" + table + b"yy" + table, b"zz" + table + b"w")) == []


def test_only_tables_of_modules_that_cannot_be_imported_are_listed() -> None:
    """A table whose module is to be had would be read as zeros."""
    listed = tomllib.loads(tables.LISTING.read_text(encoding="utf-8"))["table"]

    assert {table["module"] for table in listed} <= set(calculator_start.WITHOUT_TABLES)


def test_another_python_is_refused() -> None:
    """Byte code runs only on the minor version that made it."""
    with pytest.raises(pack.WrongPython, match="Pyodide runs Python 3.12"):
        pack.check_python({"info": {"python": "3.12.7"}})


def test_a_missing_pyodide_is_said_in_one_line(tmp_path: Path) -> None:
    """Without `npm ci` the build says what to run."""
    with pytest.raises(runtime.RuntimeMissing, match="npm ci"):
        runtime.pyodide(tmp_path)


def test_wheel_that_cannot_be_built_says_why(tmp_path: Path) -> None:
    """The build backend's own words are passed on."""
    with pytest.raises(pack.WheelNotBuilt, match="pyproject"):
        pack.plain_wheel(tmp_path)


def test_what_takes_long_is_made_once_of_the_same_things(tmp_path: Path) -> None:
    """Other things, or another kind, are made anew; what has not been used for long is dropped."""
    made: list[bytes] = []

    def make() -> bytes:
        made.append(b"made")
        return b"made"

    for kind, given in [("zst", b"a"), ("zst", b"a"), ("zst", b"b"), ("zip", b"a")]:
        assert made_once(kind, (given,), make, tmp_path) == b"made"

    assert len(made) == len(list(tmp_path.iterdir())) == 3
    for number in range(NEWEST):
        made_once("zst", (b"c", bytes([number])), make, tmp_path)
    assert len(list(tmp_path.iterdir())) == NEWEST


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        (".md-nav{a:b}", ".md-nav{a:b}"),
        (".md-social{a:b}", ""),
        (".md-nav .md-social{a:b}", ""),
        (".md-social,.md-nav{a:b}", ".md-nav{a:b}"),
        (".md-nav:not(.md-social){a:b}", ".md-nav:not(.md-social){a:b}"),
        (".md-nav:is(:not(.md-social),.md-top){a:b}", ".md-nav:is(:not(.md-social),.md-top){a:b}"),
        ("[dir=ltr] .md-nav,[dir=rtl] .md-nav{a:b}", "[dir=ltr] .md-nav{a:b}"),
        ("[data-md-color-primary=red]{a:b}", ""),
        ("[data-md-color-primary=custom]{a:b}", "[data-md-color-primary=custom]{a:b}"),
        ("@media print{.md-social{a:b}}p{c:d}", "p{c:d}"),
        ("@media print{.md-nav{a:b}}", "@media print{.md-nav{a:b}}"),
        ('@charset "utf-8";.md-social{a:b}p{c:d}', '@charset "utf-8";p{c:d}'),
        ("@keyframes k{0%{a:b}12.5%{a:c}to{a:d}}", "@keyframes k{0%{a:b}12.5%{a:c}to{a:d}}"),
        (":root{--md-i:url('data:;<p>');--md-j:url('x')}p{a:var(--md-j)}", ":root{--md-j:url('x')}p{a:var(--md-j)}"),
        ("p{a:b}/*# sourceMappingURL=x.map */", "p{a:b}"),
        (".md-typeset table:not([class])+*,.md-nav{a:b}", ".md-nav{a:b}"),
    ],
)
def test_a_rule_of_the_theme_goes_only_when_nothing_can_meet_it(rule: str, left: str) -> None:
    """A class that a script could set stays; what stands inside `:not()` or `:is()` decides nothing. One selector goes
    because every row put into a list is slow with it.
    """
    assert style.trimmed(rule, '<nav class="md-nav" data-md-color-primary="custom">') == left


def test_every_page_names_styles_that_are_there() -> None:
    """By a name that says their content; what scripts of the theme switch on is still in them."""
    for page in built_pages():
        for name in re.findall(r'href="[^"]*assets/stylesheets/([^"]+)"', page.read_text(encoding="utf-8")):
            content = (SITE / "assets" / "stylesheets" / name).read_bytes()
            assert hashlib.sha256(content).hexdigest()[:8] == name.split(".")[1], page
    [main] = (SITE / "assets" / "stylesheets").glob("main.*.css")
    for name in ("md-search-result__item", "md-nav__link--active", "md-header--shadow", "md-typeset"):
        assert f".{name}" in main.read_text(encoding="utf-8"), name
