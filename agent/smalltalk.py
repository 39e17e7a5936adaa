"""Answers that need no film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .profile import TasteProfile
from .sentences import sentence

_LINES: Mapping[str, Sequence[str]] = {
    "greeting": ("Hello. What are you in the mood for?", "Hi. What would suit tonight?"),
    "thanks": ("You're welcome.", "Glad to help.", "Any time."),
    "goodbye": ("Enjoy the film.", "Have a good evening.", "Until next time."),
    "help": (
        "Tell me a mood, a film you loved, who is watching or what to leave out, in your own"
        " words. Then steer: “lighter”, “seen it”, “more like the second”, “why that one?”,"
        " “undo”.",
    ),
    "who": (
        "I'm Moodreel, a program that finds films by mood, audience and story. I haven't"
        " watched any of them; I know what is written about them.",
    ),
    "accepted": ("Good choice. Enjoy it.", "Settled, then. Enjoy.", "Have a good evening with it."),
    "danger": (
        "I'm really sorry it's this heavy, and I'm glad you said it. Please talk to a person"
        " now: your local emergency number if you might be in danger, otherwise a crisis line"
        " near you or somebody you trust. You don't have to carry it alone tonight. Films can"
        " wait until then.",
    ),
    "unclear": (
        "I didn't catch that. A mood, a film you loved or something to avoid is enough to go on.",
        "That went past me. Tell me a mood or a film you liked, and I'll take it from there.",
    ),
    "aside": (
        "I only know my way around films. What would suit you tonight?",
        "Films are all I can help with. What are you in the mood for?",
        "I'll stick to films: is there a mood, or one you loved, to start from?",
    ),
    "noted": ("Noted.", "Got it.", "Right."),
}


def small_talk(about: str, profile: TasteProfile, turn: int) -> str:
    """What to say about a greeting, thanks, a call for help and the like."""
    if about == "profile":
        return _what_is_known(profile)
    lines = _LINES[about]
    return lines[turn % len(lines)]


def _what_is_known(profile: TasteProfile) -> str:
    lines = [sentence(entry) for entry in profile.active]
    if not lines:
        return "Nothing yet: you haven't told me anything about your taste."
    return "\n".join(["What I have from you so far:", *(f"- {line}" for line in lines)])
