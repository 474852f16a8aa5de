"""The public face: few names, each documented, everything else private until someone needs it."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib.metadata import version

import pytest

import onrecord
from onrecord import testing

FUNCTIONS = {"read", "parse", "check", "build", "load", "rebuild"}
MODELS = {"Block", "Echo", "Finding", "Interview", "Mark", "Origin", "Quote", "Rights", "Span", "Speaker", "Turn"}
ERRORS = {"ConfigError", "ContractError", "OnrecordError", "ReadError", "ReleaseRefused"}


def test_the_public_names_are_these() -> None:
    """`onrecord` offers these names and no others; a new one is a decision, not an accident."""
    assert set(onrecord.__all__) == FUNCTIONS | MODELS | ERRORS | {"__version__"}
    assert list(onrecord.__all__) == sorted(onrecord.__all__)
    assert set(dir(onrecord)) == set(onrecord.__all__)


@pytest.mark.parametrize("name", sorted(FUNCTIONS | MODELS | ERRORS))
def test_a_public_name_is_documented(name: str) -> None:
    """Every public name has a docstring of its own, and a function annotates what it takes and gives."""
    thing = getattr(onrecord, name)
    docstring = inspect.getdoc(thing)
    assert docstring
    assert docstring != inspect.getdoc(inspect.getmro(thing)[1] if inspect.isclass(thing) else object)
    if name in FUNCTIONS:
        signature = inspect.signature(thing)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_errors_have_one_base(name: str) -> None:
    """Whoever catches `OnrecordError` catches everything that is raised on purpose."""
    assert issubclass(getattr(onrecord, name), onrecord.OnrecordError)


def test_another_name_is_refused_with_those_there_are() -> None:
    """A misspelt name raises `AttributeError` and lists the public ones."""
    with pytest.raises(AttributeError, match="public are: Block, ConfigError"):
        getattr(onrecord, "pars")  # noqa: B009 - mypy would refuse the plain form


def test_the_version_is_the_installed_one() -> None:
    """`onrecord.__version__` is the version of the installed distribution."""
    assert onrecord.__version__ == version("onrecord")


@pytest.mark.parametrize("name", testing.__all__)
def test_the_strategies_are_documented(name: str) -> None:
    """Every name of `onrecord.testing` has a docstring, or is plain data that its module describes."""
    thing = getattr(testing, name)
    assert name == "CONVENTIONS" or inspect.getdoc(thing)


def test_the_package_does_not_need_the_strategies() -> None:
    """Without Hypothesis the package works; only `onrecord.testing` needs it."""
    program = (
        "import sys; sys.modules['hypothesis'] = None; import onrecord; onrecord.parse; onrecord.load; onrecord.build"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
