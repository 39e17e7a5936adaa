"""Where a conversation stands when a turn begins."""

from __future__ import annotations

from .interpret import Talk
from .lasting import Links, taken_in
from .pending import Question
from .profile import TasteProfile
from .state import Context, State, rounds


def talk_of(state: State, context: Context) -> tuple[Talk, Links]:
    """What is known before a message is read, with what the user said elsewhere since."""
    question = state.get("question")
    kept = TasteProfile.model_validate(state.get("profile") or {})
    profile, links = taken_in(kept, state.get("links", {}), context.lasting or ())
    talk = Talk(
        profile=profile,
        shown=rounds(state),
        question=Question.from_json(question) if question else None,
        turn=state.get("turn", 0) + 1,
    )
    return talk, links
