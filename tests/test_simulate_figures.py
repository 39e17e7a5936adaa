"""What is counted of simulated dialogues: each metric on lists small enough to count by hand."""

from __future__ import annotations

import pytest
from moodreel.agent.replay.simulate.figures import figure, hits, median_turns, questions, values
from moodreel.agent.replay.simulate.moves import Move, MoveKind
from moodreel.agent.replay.simulate.stage import (
    Beat,
    Dialogue,
    Lists,
    Outlook,
    ndcg,
)
from moodreel.agent.reply import Reply

from .test_simulate import wanting


class TestFigures:
    """Each metric on lists and dialogues small enough to count by hand."""

    def test_success_is_the_turn_of_the_first_film_that_pleases(self) -> None:
        taste, shown = wanting(near=frozenset({"n"})), (("a",), ("n",), ("h",))
        assert Lists(taste, picky=True, lists=shown).pleased_in == 3
        assert Lists(taste, picky=False, lists=shown).pleased_in == 2
        assert Lists(taste, picky=False, lists=(("a",), ())).pleased_in is None

    def test_a_hit_is_a_hidden_film_among_the_first_five(self) -> None:
        early = Lists(wanting(), picky=True, lists=(("a",), ("b", "h")))
        low = Lists(wanting(), picky=True, lists=(("a", "b", "c", "d", "e", "h"),))
        assert hits([early, low], 3) == [0.0, 0.5, 0.5]

    def test_who_never_succeeds_counts_as_latest(self) -> None:
        first = Lists(wanting(), picky=True, lists=(("h",),))
        never = Lists(wanting(), picky=True, lists=(("a",),))
        assert median_turns([first, first, never]) == 1
        assert median_turns([first, never, never]) is None

    def test_intervals_draw_whole_people(self) -> None:
        assert figure([]) is None
        few = figure([[1.0], [0.0]])
        assert few
        assert (few.mean, few.low, few.n) == (0.5, None, 2)
        one = figure([[1.0] * 50, [0.0], [0.0], [0.0], [0.0]])
        each = figure([[1.0]] * 50 + [[0.0]] * 4)
        assert one
        assert each
        assert one.mean == each.mean == pytest.approx(50 / 54)
        assert one.low == 0.0  # Without the one person who talks so much nothing is left.
        assert each.low is not None
        assert each.low > 0.8

    def test_ndcg_counts_places(self) -> None:
        assert ndcg(["h", "a", "b"], frozenset({"h"})) == 1.0
        assert ndcg(["a", "b", "h"], frozenset({"h"})) == pytest.approx(0.5)
        assert ndcg(["a"], frozenset({"h"})) == 0.0
        assert ndcg(["a"], frozenset()) == 0.0

    def test_the_value_of_a_turn_is_after_less_before(self) -> None:
        beats = (
            beat("open", recall=0.2, distance=1.0),
            beat("critique", recall=0.5, distance=0.6),
            beat("seen", recall=0.5, distance=0.7),
            beat("accept", recall=0.0, distance=9.0),
        )
        found = {value.kind: value for value in values([Dialogue(wanting(), "x", True, beats)])}
        assert set(found) == {"critique", "seen"}
        assert found["critique"].distance
        assert found["critique"].recall
        assert found["seen"].distance
        assert found["critique"].distance.mean == pytest.approx(-0.4)
        assert found["critique"].recall.mean == pytest.approx(0.3)
        assert found["seen"].distance.mean == pytest.approx(0.1)

    def test_an_answer_counts_where_it_changes_the_candidates(self) -> None:
        beats = (
            beat("open", question="Which?", first=("a",)),
            beat("answer", question="And?", first=("b",)),
            beat("answer", question="Well?", first=("b",)),
            beat("unsure", first=("c",)),
        )
        counted = questions([Dialogue(wanting(), "x", True, beats)])
        assert (counted.asked, counted.answered, counted.changed) == (3, 2, 1)


def beat(
    kind: MoveKind,
    *,
    recall: float = 0.0,
    distance: float = 1.0,
    question: str | None = None,
    first: tuple[str, ...] = (),
) -> Beat:
    reply = Reply(conversation="c", turn=1, text="", question=question)
    return Beat(Move(kind, "words"), "words", reply, Outlook(recall, 0.0, distance, first))
