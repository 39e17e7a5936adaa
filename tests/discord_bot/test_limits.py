"""Text and embeds for Discord: nothing is lost, and every limit is kept."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.channels.discord import embeds, gathering, text
from moodreel.agent.channels.wording import visible
from moodreel.agent.night.reply import Fit, GroupPick, GroupReply, Veto
from moodreel.agent.reply import Pick, Reply, Scores

ANY = st.text(max_size=400)


@given(ANY)
def test_escaping_loses_nothing(words: str) -> None:
    seen = visible(words)
    assert text.unescape(text.escape(words)) == seen
    assert not re.search(r"(?<!\\)(?:\\\\)*<@", text.escape(words))


@given(st.text("ab \n\\*", max_size=900), st.integers(20, 300))
def test_parts_fit_and_lose_only_spaces(words: str, most: int) -> None:
    parts = list(text.pieces(words, most))
    assert all(0 < len(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())
    assert len(text.shortened(words, most)) <= most


def _pick(words: str, number: int) -> Pick:
    score = Scores(mood=0.5, audience=0.5, plot=0.5, overall=0.5)
    return Pick(
        id=f"{number}", title=words or "x", year=1999, reason=words, scores=score, genres=(words,)
    )


@given(st.text(min_size=1, max_size=3_000), st.integers(1, 20), st.integers(1, 12))
def test_embeds_keep_to_every_limit(words: str, many: int, people: int) -> None:
    picks = tuple(_pick(words, number) for number in range(many))
    reply = Reply(
        conversation="c", turn=1, text=words, picks=picks, understood=(words,), notices=(words,)
    )
    fits = tuple(Fit(person=f"P{n}", score=0.5, reason=words) for n in range(people))
    group = tuple(GroupPick(**dict(pick), score=0.5, fits=fits) for pick in picks)
    veto = Veto(id="v", title=words, year=None, because={"P0": words})
    whole = GroupReply(
        text="", rule="average", people=("P0",), picks=group, vetoes=(veto,), notices=(words,)
    )
    for embed in (embeds.reply_embed(reply), embeds.night_embed(whole)):
        assert len(embed) <= embeds.TOTAL and len(embed.fields) <= embeds.FIELDS
        assert len(embed.description or "") <= embeds.DESCRIPTION
        assert all(len(f.name or "") <= embeds.NAME for f in embed.fields)
        assert all(0 < len(f.value or "") <= embeds.VALUE for f in embed.fields)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=40), st.text(max_size=200)), max_size=12))
def test_what_a_night_gathers_can_be_read_again(people: list[tuple[str, str]]) -> None:
    wishes = tuple(
        gathering.Wish(n, visible(name).strip() or "x", " ".join(visible(says).split()))
        for n, (name, says) in enumerate(people, 1)
    )
    kept = gathering.Gathering("least_misery", wishes)
    drawn = gathering.drawn(kept)
    message: Any = type("Message", (), {"embeds": [drawn]})()
    assert gathering.read(message) == kept
    assert len(set(gathering.distinct(w.name for w in wishes))) == len(wishes)
