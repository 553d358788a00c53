"""The JSON Schema of a case, made from the declarations in `scenario` and the questions in `labels`."""

from __future__ import annotations

from typing import Any

from calculator.kinds import Group, Rows
from calculator.present.labels import label_of
from calculator.reading import as_json
from calculator.scenario import Case, fields_of, required

__all__ = ["case_schema"]


def case_schema() -> dict[str, Any]:
    """The schema as plain JSON values (draft 2020-12). A case that fits it can still be refused for facts
    that contradict each other, for an amount or a drug that is not known, or for dates before the recorded
    law.
    """
    definitions: dict[str, Any] = {}
    schema = _record(Case, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A federal drug case",
        "description": "The facts of one case. What is left out has its default; “unknown” is an answer.",
        **schema,
        "$defs": definitions,
    }


def _record(record: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    needed: list[str] = []
    for name, kind, item in fields_of(record):
        if isinstance(kind, (Group, Rows)):
            inner = kind.record.__name__.lower()
            if inner not in definitions:
                definitions[inner] = {}
                definitions[inner] = _record(kind.record, definitions)
            reference = {"$ref": f"#/$defs/{inner}"}
            described: dict[str, Any] = (
                reference if isinstance(kind, Group) else {"type": "array", "items": reference, "maxItems": kind.most}
            )
        else:
            described = kind.schema()
            if not required(item) and item.default not in (None, "unset", "unstated", (), ""):
                described["default"] = as_json((item.default,))[0]
        properties[name] = {**described, "description": label_of(record, name).ask}
        if required(item):
            needed.append(name)
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": needed} if needed else schema
