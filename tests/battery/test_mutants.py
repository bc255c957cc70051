"""A mutant of 诉 breaks one rule and nothing else: it stands in for something that is there, and is asked what that is asked. Else the line that is to
catch it would only trip over it."""

import inspect
import sys

import pytest

from battery.mutants_of_complaints import MUTANTS


def state():
    return {(name, key): value for name, module in list(sys.modules.items()) if name.startswith("qingdan") for key, value in vars(module).items()}


def replaced(apply):
    """(what was there, what stands in for it) of each name that a mutant changes; all is put back."""
    before = state()
    apply()
    for (name, key), old in before.items():
        new = vars(sys.modules[name])[key]
        if new is not old:
            setattr(sys.modules[name], key, old)
            yield from inside(old, new) if inspect.ismodule(old) else [(old, new)]


def inside(old, new):
    """Of a module that is handed on with a part of it changed."""
    return [(getattr(old, key), value) for key, value in vars(new).items() if value is not getattr(old, key)]


def parameters(function):
    """Their names; None where it takes whatever comes."""
    taken = inspect.signature(function).parameters.values()
    return None if {p.kind for p in taken} == {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD} else [p.name for p in taken]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_a_mutant_is_asked_what_it_stands_in_for(mutant):
    from qingdan.measures.complaints import access, answerable, deciding, errands, hearing, investigating  # noqa: F401 - what they break

    found = list(replaced(mutant.apply))
    assert found
    for old, new in found:
        assert type(new) is type(old), f"{new} in place of {old}"
        assert not callable(new) or parameters(new) in (None, parameters(old)), f"{new} is not asked as {old} is"
