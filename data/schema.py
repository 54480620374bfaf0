"""The JSON Schema of thesis files and company files, for editors that complete and check TOML.

``python -m data.schema`` writes ``docs/thesis.schema.json`` and ``docs/company.schema.json``. Both follow from the
records that read the files, and from what the tests of claims take; a test holds the files to them. An editor takes a
schema from a line on top of a file: ``#:schema ../../docs/thesis.schema.json``.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import create_model

from data.claim_tests import EFFECTS, TESTS, Argument, ClaimTest, Kind
from data.company import Profile
from data.facts import Fact
from data.thesis import Article, Claim

DOCS = Path(__file__).parent.parent / "docs"
_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.DATE: {"type": "string", "format": "date", "description": "a day, without quotes: 2025-09-30"},
    Kind.NUMBER: {"type": "number"},
    Kind.COUNT: {"type": "integer"},
    Kind.SWITCH: {"type": "boolean"},
}


def thesis_schema() -> dict[str, Any]:
    """The schema of a file in `theses`, each test with its own arguments."""
    whole = create_model("Thesis", article=(Article, ...), claim=(list[Claim], ...), fact=(list[Fact], []))
    schema = whole.model_json_schema()
    claim = schema["$defs"]["Claim"]["properties"]
    claim["test"] = {"oneOf": [_call(name, test) for name, test in TESTS.items()], "description": "how it is tested"}
    claim["effect"] = {
        "oneOf": [_call(name, effect) for name, effect in EFFECTS.items()],
        "description": "how the figure reaches the upside",
    }
    return _headed(schema, "A thesis of the thesis dashboard")


def company_schema() -> dict[str, Any]:
    """The schema of a company.toml."""
    schema = Profile.model_json_schema()
    # A unit alone stands for a measure that needs no more words.
    schema["properties"]["measures"]["additionalProperties"] = {
        "anyOf": [{"type": "string"}, {"$ref": "#/$defs/Measure"}]
    }
    return _headed(schema, "A company of the thesis dashboard")


def _headed(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def _call(name: str, declared: ClaimTest) -> dict[str, Any]:
    """One test or effect: its name, and its arguments."""
    properties = {key: _argument(argument) for key, argument in declared.arguments.items()}
    needed = [key for key, argument in declared.arguments.items() if argument.required]
    return {
        "title": name,
        "type": "object",
        "properties": {"name": {"const": name}, **properties},
        "required": ["name", *needed],
        "additionalProperties": False,
    }


def _argument(argument: Argument) -> dict[str, Any]:
    found = dict(_TYPES.get(argument.kind, {"type": "string", "minLength": 1}))
    if argument.words:
        found["enum"] = list(argument.words)
    if argument.kind in (Kind.NUMBER, Kind.COUNT):
        found["minimum"], found["maximum"] = argument.bounds
    return {"description": f"a {argument.kind}", **found}


def files() -> dict[Path, str]:
    """Both schemas as they stand in `docs`."""
    made = {"thesis": thesis_schema(), "company": company_schema()}
    return {
        DOCS / f"{name}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in made.items()
    }


if __name__ == "__main__":
    for place, text in files().items():
        place.write_text(text, encoding="utf-8")
