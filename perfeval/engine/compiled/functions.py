"""The generated functions of a plan: when one is written, and which one is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

# Few programs ever score as many forms: the compiler is loaded when one does.
if TYPE_CHECKING:
    from perfeval.engine.compiled.compiler import Compiler, Scoring
    from perfeval.engine.compiled.layout import Layout
    from perfeval.engine.compiled.replay import Interpreting
    from perfeval.engine.program.program import Program
    from perfeval.engine.results.evaluation import Evaluation

#: From so many forms on, writing a function for them takes less time than it saves.
WORTH_IT: Final = 30
#: So many layouts of forms get a function of their own.
LAYOUTS: Final = 6


def _nothing(facts: Mapping[str, Any]) -> Evaluation | None:  # noqa: ARG001  # there is no generated code yet
    """No answer."""
    return None


@define(eq=False, repr=False)
class Generated:
    """The generated functions of one plan, as they come to be: ``score`` is the one that answered last."""

    score: Scoring = field(default=_nothing, init=False)
    _worth_it: int = field(default=WORTH_IT, init=False)
    _seen: int = field(default=0, init=False)
    _made: tuple[tuple[Layout, Scoring], ...] = field(default=(), init=False)
    _compiler: Compiler | None = field(default=None, init=False)
    _given_up: bool = field(default=False, init=False)

    def __reduce__(self) -> tuple[type[Generated], tuple[()]]:
        """In another process there is no code yet."""
        return Generated, ()

    def at_once(self) -> None:
        """A batch begins: the first form of a layout is reason enough."""
        self._worth_it = 1

    def others(self, facts: Mapping[str, Any]) -> Evaluation | None:
        """*facts* scored by another function than the last one, if one can."""
        for _, function in self._made:
            if function is not self.score and (found := function(facts)) is not None:
                self.score = function
                return found
        return None

    def note(self, program: Program, facts: Mapping[str, Any], interpret: Interpreting) -> None:
        """The interpreter had to score *facts*: where that goes on, write a function for such forms."""
        if self._compiler is not None and self._compiler.crowded():
            self._made = tuple((layout, self._compiler.function(layout, interpret)) for layout, _ in self._made)
            self.score = self._made[-1][1]
            return
        self._seen += 1
        if self._given_up or self._seen < self._worth_it:
            return
        from perfeval.engine.compiled.compiler import compiler_of
        from perfeval.engine.compiled.layout import layout_of

        self._seen = 0
        layout = layout_of(program, facts)
        if layout is None:
            return
        self._compiler = self._compiler or compiler_of(program)
        if self._compiler is None:
            self._given_up = True
            return
        rest = []
        for one, function in self._made:
            both = one.joined(layout)
            if both is None:
                rest.append((one, function))
            else:
                layout = both
        if len(self._made) >= LAYOUTS and len(rest) == len(self._made):
            self._given_up = True
        elif layout not in [one for one, _ in self._made]:
            self.score = self._compiler.function(layout, interpret)
            self._made = (*rest, (layout, self.score))
