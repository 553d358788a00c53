"""Writes out what `@dataclass` makes when a module is imported: half of the time that the calculator took to start.

Works on parsed sources, before they are compiled for the page. A record keeps its slots, the order and the defaults of
its fields, its equality and its hash. Left out is what only guards or shows: in the page a frozen record can be written
to, and none has a `repr` of its own. A record declared in a way that is not foreseen here stops the build.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

# Bases without fields of their own.
PLAIN = ("HashedOnce", "Kind")
RECORD, FIELD = ("dataclass", "dataclasses.dataclass"), ("field", "dataclasses.field")
# What the two are told, of all that could be.
OF_A_RECORD, OF_A_FIELD = {"frozen", "slots", "kw_only", "eq"}, {"default", "default_factory", "init", "metadata"}
# A parameter not given, where each record gets its own list or the like.
NOT_GIVEN = "..."


class NotForeseen(Exception):
    """A record is declared in a way that is not known here; the message says which."""


@dataclass(frozen=True, slots=True)
class _Field:
    """One field as declared: `given` is what follows its name, `declared` that this makes a `Field`."""

    name: str
    given: ast.expr | None
    declared: bool
    has_default: bool
    factory: ast.expr | None
    init: bool
    kw_only: bool

    @property
    def parameter(self) -> str:
        """The field in the head of `__init__`, where its name already stands for what was given."""
        if self.factory:
            return f"{self.name}={NOT_GIVEN}"
        if not self.has_default:
            return self.name
        if isinstance(self.given, ast.Constant):
            return f"{self.name}={ast.unparse(self.given)}"
        return f"{self.name}={self.name}{'.default' if self.declared else ''}"


@dataclass(frozen=True, slots=True)
class _Record:
    """What one class asks of `@dataclass`; `fields` are also those of the record that it extends."""

    fields: tuple[_Field, ...]
    own: tuple[_Field, ...]
    extends: str
    how: Mapping[str, bool]


class Sources:
    """Parsed modules by path, whose records may extend one another. Raises `NotForeseen`."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._trees = {path: ast.parse(source) for path, source in sources.items()}
        self._records = {path: list(self._declared(path)) for path in self._trees}

    def written_out(self, path: str) -> ast.Module:
        """The module of this path with its records written out."""
        tree, records = self._trees[path], self._records[path]
        for node, record in records:
            _write_out(node, record)
        if records:
            at = next(number for number, node in enumerate(tree.body) if isinstance(node, ast.ImportFrom))
            tree.body[at + 1 : at + 1] = ast.parse("from dataclasses import Written as _Written").body
        return ast.fix_missing_locations(tree)

    def _declared(self, path: str) -> Iterator[tuple[ast.ClassDef, _Record]]:
        tree = self._trees[path]
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and _decorator(node):
                if node not in tree.body:
                    raise NotForeseen(f"{path}: {node.name} is declared inside of something else")
                yield node, self._record(path, node)

    def _record(self, path: str, node: ast.ClassDef) -> _Record:
        decorator = _decorator(node)
        assert decorator is not None
        how = {name: ast.literal_eval(value) for name, value in _told(decorator, OF_A_RECORD).items()}
        makers = {*FIELD}
        makers |= {one.name for one in self._trees[path].body if isinstance(one, ast.FunctionDef) and _makes_field(one)}
        own = tuple(_fields(node, makers, kw_only=how.get("kw_only", False)))
        extends = [base for base in map(ast.unparse, node.bases) if base not in PLAIN]
        fields = own
        for name in extends:
            fields = (*self._record(*self._found(path, name)).fields, *fields)
        if len(extends) > 1 or len({one.name for one in fields}) < len(fields):
            raise NotForeseen(f"{path}: {node.name} extends two records, or declares a field again")
        inherited = fields[: len(fields) - len(own)]
        if any(one.has_default and not one.factory and not isinstance(one.given, ast.Constant) for one in inherited):
            raise NotForeseen(f"{path}: {node.name} inherits a default that is no constant")
        return _Record(fields, own, "".join(extends), how)

    def _found(self, path: str, name: str) -> tuple[str, ast.ClassDef]:
        """The module and the class of a record that another one extends."""
        for node in self._trees[path].body:
            if isinstance(node, ast.ClassDef) and node.name == name and _decorator(node):
                return path, node
            if isinstance(node, ast.ImportFrom) and any(one.name == name for one in node.names):
                return self._found(f"{str(node.module).replace('.', '/')}.py", name)
        raise NotForeseen(f"{path}: {name} is neither a record nor known as none")


def _decorator(node: ast.ClassDef) -> ast.Call | None:
    for one in node.decorator_list:
        if ast.unparse(one.func if isinstance(one, ast.Call) else one) in RECORD:
            if len(node.decorator_list) > 1 or not isinstance(one, ast.Call):
                raise NotForeseen(
                    f"{node.name} has another decorator beside that of a record, or one that says nothing"
                )
            return one
    return None


def _told(call: ast.Call, foreseen: set[str]) -> dict[str, ast.expr]:
    """What a record or a field is told by name."""
    told = {word.arg or "**": word.value for word in call.keywords}
    if call.args or not set(told) <= foreseen:
        raise NotForeseen(f"line {call.lineno}: {ast.unparse(call)} is told more than {', '.join(sorted(foreseen))}")
    return told


def _makes_field(node: ast.FunctionDef) -> bool:
    """Whether a function only gives a field with a default, as those that declare the facts of a case do."""
    last = node.body[-1]
    call = last.value if isinstance(last, ast.Return) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) in FIELD and "default" in _told(call, OF_A_FIELD)


def _fields(node: ast.ClassDef, makers: Iterable[str], *, kw_only: bool) -> Iterator[_Field]:
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and not _of_the_class(line):
            assert isinstance(line.target, ast.Name)
            make = partial(_Field, line.target.id, line.value, kw_only=kw_only)
            if not isinstance(line.value, ast.Call) or ast.unparse(line.value.func) not in makers:
                yield make(declared=False, has_default=line.value is not None, factory=None, init=True)
                continue
            if ast.unparse(line.value.func) not in FIELD:
                yield make(declared=True, has_default=True, factory=None, init=True)
                continue
            told = _told(line.value, OF_A_FIELD)
            yield make(
                declared=True,
                has_default="default" in told,
                factory=told.get("default_factory"),
                init="init" not in told or bool(ast.literal_eval(told["init"])),
            )


def _of_the_class(line: ast.AnnAssign) -> bool:
    return ast.unparse(line.annotation).startswith("ClassVar")


def _write_out(node: ast.ClassDef, record: _Record) -> None:
    """Put in the place of the decorator what it would have made."""
    node.decorator_list = []
    kept, slots = [], record.how.get("slots", False)
    defined = {line.name for line in node.body if isinstance(line, ast.FunctionDef)}
    for line in node.body:
        if not isinstance(line, ast.AnnAssign):
            kept.append(line)
        elif line.value is not None:
            kept.append(ast.copy_location(ast.Assign([line.target], line.value), line))
    given = [one.name for one in record.own if one.given is not None]
    said = [_init(record.fields, "__post_init__" in defined)]
    if record.how.get("eq", True) and "__eq__" not in defined:
        said += [_equality(record.fields)]
        if record.how.get("frozen", False) and "__hash__" not in defined:
            said += [_hash(record.fields)]
    named = ", ".join(f"{name!r}: {name}" for name in given)
    last = f", {record.extends}" if record.extends else ""
    said += [f"__dataclass_fields__ = _Written({' '.join(one.name for one in record.own)!r}, {{{named}}}{last})"]
    if slots:
        said += [
            f"__slots__ = {tuple(one.name for one in record.own)!r}",
            *([f"del {', '.join(given)}"] if given else []),
        ]
    else:
        for one in record.own:
            if one.declared:
                said += [f"{one.name} = {one.name}.default" if one.has_default else f"del {one.name}"]
    made = ast.parse("\n".join(said)).body
    for line in made:
        for inner in ast.walk(line):
            ast.copy_location(inner, node)
    node.body = [*kept, *made]


def _init(fields: Iterable[_Field], finished: bool) -> str:
    asked = [one for one in fields if one.init]
    named = [one.parameter for one in asked if one.kw_only]
    head = ", ".join(["self", *(one.parameter for one in asked if not one.kw_only), *(["*"] if named else []), *named])
    lines = [f"def __init__({head}):"]
    for one in asked:
        if one.factory:
            made = ast.unparse(ast.Call(one.factory, [], []))
            lines += [f"    self.{one.name} = {made} if {one.name} is {NOT_GIVEN} else {one.name}"]
        else:
            lines += [f"    self.{one.name} = {one.name}"]
    return "\n".join([*lines, *(["    self.__post_init__()"] if finished else []), "    return None"])


def _equality(fields: Iterable[_Field]) -> str:
    same = " and ".join(f"self.{one.name} == other.{one.name}" for one in fields)
    return (
        "def __eq__(self, other):\n"
        "    if self is other:\n"
        "        return True\n"
        "    if other.__class__ is self.__class__:\n"
        f"        return {same}\n"
        "    return NotImplemented"
    )


def _hash(fields: Iterable[_Field]) -> str:
    return f"def __hash__(self):\n    return hash(({', '.join(f'self.{one.name}' for one in fields)},))"
