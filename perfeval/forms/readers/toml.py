"""Reading forms in TOML."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import evolve

from perfeval.forms.form import LAYOUT, Form
from perfeval.problems import InputError, problem
from perfeval.rulefile import schema
from perfeval.text.messages import said
from perfeval.toml import source

#: What only other files of TOML say.
_OTHERS: Final = {"facts": "facts-not-form", "methods": "rules-not-form", "id": "rules-not-form"}


def read(path: Path) -> Form:
    """The form in the TOML file *path*; InputError with every fault of it, each located."""
    document = source.read(path)
    tree = source.parse(document)
    if "form" not in tree:
        for word, advice in _OTHERS.items():
            if word in tree:
                origin = document.origin((word,))
                raise InputError([problem("not-a-form", origin, advice=said(advice), found=word)])
    version = tree.get("form", LAYOUT)
    here = document.origin(("form",))
    if type(version) is int and version != LAYOUT:
        raise InputError([problem("wrong-format", here, advice=said("form-version"), found=version)])
    form = schema.structured(tree, Form, document.origin)
    if form.form != LAYOUT:
        raise InputError([problem("wrong-format", here, found=form.form)])
    return evolve(form, document=document)
