"""What the library that checks values says of a wrong one, in the words of people who write YAML."""

from __future__ import annotations

from pydantic_core import ErrorDetails

_PREFIXES = ("Value error, ", "Input ")
_KINDS = {
    "tuple_type": "should be a list",
    "list_type": "should be a list",
    "dict_type": "should be a mapping of keys to values",
    "model_type": "should be a mapping of keys to values",
    "string_type": "should be text",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
}


def wanted(detail: ErrorDetails) -> str:
    """Return what would be right, as the end of a sentence without its full stop."""
    if detail["type"] in _KINDS:
        return _KINDS[detail["type"]]
    message = detail["msg"]
    for prefix in _PREFIXES:
        message = message.removeprefix(prefix)
    return (message[:1].lower() + message[1:]).rstrip(".")
