"""Deriving descriptors without a model: nearest items and the vocabulary of a catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from ..errors import UsageError
from ..ingest.catalogue import Catalogue, Probe, Space, Vector
from ..ingest.embedding import Embedder, unit_rows
from ..ingest.genre_model import GenreModel, genres_of
from ..ingest.item import AXES, MOOD_TAGS, Axes, Item, MoodTag, Provenance
from ..ingest.language import BY, foreign_letters, language_name, language_of
from ..ingest.words import stems
from .description import audience_sentence, mood_sentence
from .descriptors import Descriptors
from .essence import essence, parts, word_count
from .genre_names import genres_named
from .vocabulary import Array, Labels, Vocabulary

DERIVED = Provenance(how="derived", by="builtin 1")
MOST_CHARACTERS = 1_000_000
# How many nearest items speak, and how fast their say falls with their similarity. Measured
# with `python -m moodreel.tools.describe_check`, like what words weigh against neighbours.
NEIGHBOURS = 60
_TEMPERATURE = 0.08
_WORDS_SAY = 6.0
SPACES: tuple[Space, ...] = ("mood", "plot", "overall")
# The most popular items stand for all of a large catalogue.
_SAMPLE = 5_000
_MOODS = 5
_GENRE_SHARE = 0.38
_MOST_GENRES = 4
_MOST_TAGS = 8
_MOST_ARCHETYPES = 3
_ARCHETYPE_NEIGHBOURS = 25
_ARCHETYPE_LIKENESS = 0.4
_SIMILAR = 5
_FEW_WORDS = 12


class Deriving:
    """Puts together descriptors from the nearest items that teach and the words of a text.

    Items whose own descriptors were derived teach nothing.
    """

    def __init__(
        self, embedder: Embedder, items: Iterable[Item], genres: GenreModel | None = None
    ) -> None:
        teachers = [*filter(teaches, items)]
        if not teachers:
            raise UsageError(
                "the catalogue holds no described items to compare a text with: add some first"
            )
        self._embedder = embedder
        self._genre_model = genres
        self._labels = Labels.of(teachers)
        self._vocabulary = Vocabulary(teachers, self._labels)
        self._tags = {tag: stems(tag) for item in teachers for tag in item.tags}
        self._tags_by_stem = _by_rarest(self._tags)
        self._archetype_vectors: dict[str, Vector] = {}

    def _descriptors(
        self,
        text: str,
        pieces: list[str],
        whole: Vector,
        *,
        near: list[Item],
        say: Array,
        labels: Array,
    ) -> Descriptors:
        """Descriptors from the nearest items, best first, each with its say (sum 1) and labels.

        ``whole`` is the text's own vector of length 1.
        """
        words = [stems(piece) for piece in pieces]
        every = words[0] if len(words) == 1 else stems(text)
        levels = say @ labels + _WORDS_SAY * self._vocabulary.pull(every)
        moods, axes, genres = self._moods(levels), self._axes(levels), self._genres(levels, whole)
        tags = self._themes(words, near, say)
        return Descriptors(
            mood=mood_sentence(moods, axes),
            target_audience=audience_sentence(genres, tags, moods, axes),
            plot_essence=self._essence(text),
            mood_tags=moods,
            tags=tags,
            archetypes=self._archetypes(whole, near),
            axes=axes,
            genres=genres,
            provenance=DERIVED,
            similar=tuple(item.id for item in near[:_SIMILAR]),
            genres_by=self._genre_model.provenance.by if self._genre_model else "",
        )

    def _essence(self, text: str) -> str:
        return essence(text, self._embedder)

    def _moods(self, levels: Array) -> tuple[MoodTag, ...]:
        order = np.argsort(-levels[self._labels.moods], kind="stable")[:_MOODS]
        return tuple(MOOD_TAGS[place] for place in order.tolist())

    def _axes(self, levels: Array) -> Axes:
        degrees = np.clip(np.rint(levels[self._labels.axes]), 0, 4).astype(int).tolist()
        return Axes(**dict(zip(AXES, degrees, strict=True)))

    def _genres(self, levels: Array, whole: Vector) -> tuple[str, ...]:
        """Those that the trained classifier predicts; without one those of the nearest items."""
        if self._genre_model is not None:
            return self._genre_model.predict(whole[None])[0]
        shares = levels[self._labels.kinds]
        order = np.argsort(-shares, kind="stable").tolist()
        chosen = [place for place in order if shares[place] >= _GENRE_SHARE][:_MOST_GENRES]
        return tuple(self._labels.genres[place] for place in chosen or order[:1])

    def _themes(self, words: list[frozenset[int]], near: list[Item], say: Array) -> tuple[str, ...]:
        """Thematic tags of the catalogue that the text itself names, likely ones first.

        A long text names nearly everything in passing: there a tag has to be named in two
        parts, and one of a single word has to be a tag of some nearest item too.

        Args:
            words: stems per part of the text.
            near: the nearest items, best first.
            say: how much each of them has to say.
        """
        votes = dict.fromkeys(self._named(words), 0.0)
        for item, share in zip(near, say.tolist(), strict=True) if votes else ():
            for tag in votes.keys() & item.tags:
                votes[tag] += share
        telling = [t for t in votes if votes[t] or len(self._tags[t]) > 1 or len(words) == 1]
        order = sorted(telling, key=lambda tag: (-votes[tag], -len(self._tags[tag]), tag))
        # One spelling of each: "heist" and "heists" have the same stems.
        distinct = {self._tags[tag]: tag for tag in reversed(order)}
        return tuple(tag for tag in order if distinct[self._tags[tag]] == tag)[:_MOST_TAGS]

    def _named(self, words: list[frozenset[int]]) -> list[str]:
        """Tags all of whose words are in one part, or in two parts of a long text."""
        often = 1 if len(words) <= 4 else 2
        named = Counter(
            tag
            for found in words
            for stem in self._tags_by_stem.keys() & found
            for tag in self._tags_by_stem[stem]
            if self._tags[tag] <= found
        )
        return [tag for tag, count in named.items() if count >= often]

    def _archetypes(self, whole: Vector, near: list[Item]) -> tuple[str, ...]:
        """Kinds of story of the nearest items, where the text is like their names."""
        names = sorted({name for item in near[:_ARCHETYPE_NEIGHBOURS] for name in item.archetypes})
        if not names:
            return ()
        new = [name for name in names if name not in self._archetype_vectors]
        self._archetype_vectors.update(zip(new, self._embedder.embed(new), strict=True))
        likeness = np.array([self._archetype_vectors[name] for name in names]) @ whole
        order = np.argsort(-likeness, kind="stable")[:_MOST_ARCHETYPES].tolist()
        return tuple(names[i] for i in order if likeness[i] >= _ARCHETYPE_LIKENESS)


class Deriver(Deriving):
    """Derives descriptors from the nearest items of a catalogue, save those ``without``."""

    def __init__(self, catalogue: Catalogue, without: Collection[str] = ()) -> None:
        self._catalogue = catalogue
        self._without = frozenset(without)
        size = min(catalogue.count(), _SAMPLE)
        popular = catalogue.search([], exclude=self._without, limit=size) if size else []
        known = catalogue.get(hit.id for hit in popular)
        super().__init__(catalogue.embedder, known.values(), genres_of(catalogue))

    def derive(self, text: str) -> Descriptors:
        """Descriptors of one text; see the function `derive`."""
        _check(text)
        pieces = parts(text)
        near, say = self._near(pieces)
        whole = unit_rows(self._embedder.embed(pieces).mean(axis=0, keepdims=True))[0]
        found = self._descriptors(
            text, pieces, whole, near=near, say=say, labels=self._labels.matrix(near)
        )
        return _in_its_language(found, text)

    def _near(self, pieces: list[str]) -> tuple[list[Item], Array]:
        """The nearest items that teach, best first, and how much each has to say (sum 1)."""
        probes = [Probe(space, self._pooled(pieces, space)) for space in SPACES]
        hits = self._catalogue.search(probes, exclude=self._without, limit=2 * NEIGHBOURS)
        known = self._catalogue.get(hit.id for hit in hits)
        taught = [hit for hit in hits if teaches(known[hit.id])]
        likeness = np.array([np.mean(hit.similarities) for hit in taught])
        near = np.argsort(-likeness, kind="stable")[:NEIGHBOURS]
        return [known[taught[place].id] for place in near], shares(likeness[near])

    def _pooled(self, pieces: list[str], space: Space) -> Vector:
        mean = self._catalogue.embed(pieces, space).mean(axis=0, keepdims=True)
        pooled: Vector = unit_rows(mean)[0]
        return pooled


def _by_rarest(tags: Mapping[str, frozenset[int]]) -> dict[int, list[str]]:
    """Tags by that of their stems which the fewest tags have."""
    counts = Counter(stem for needed in tags.values() for stem in needed)
    found: dict[int, list[str]] = {}
    for tag, needed in tags.items():
        if needed:
            found.setdefault(min(needed, key=lambda stem: (counts[stem], stem)), []).append(tag)
    return found


def shares(likeness: Array) -> Array:
    """How much each of the nearest items has to say, by its likeness; they sum to 1."""
    say = np.exp((likeness - likeness.max()) / _TEMPERATURE)
    return np.asarray(say / say.sum())


def teaches(item: Item) -> bool:
    """Whether an item was described by a person or a model, so that others can be likened to it."""
    known = item.described
    derived = known is not None and known.how == "derived"
    return item.axes is not None and bool(item.mood_tags) and not derived


def _check(text: str) -> None:
    if not any(letter.isalpha() for letter in text):
        raise UsageError(f"there are no words in {text[:40]!r}: give a text to describe")
    if len(text) > MOST_CHARACTERS:
        raise UsageError(
            f"the text has {len(text)} characters: give at most {MOST_CHARACTERS}, or a synopsis"
        )


def _in_its_language(found: Descriptors, text: str) -> Descriptors:
    """The same with the text's language, what it names as its genres there, and what is unsure."""
    code = language_of(text)
    named = genres_named(text, code) if code else ()
    known = {"language": BY} if code else {}
    more = {"language": code, "known_by": known, "notes": tuple(_notes(text, code))}
    return found.model_copy(
        update={**more, **({"genres": named, "genres_by": ""} if named else {})}
    )


def _notes(text: str, language: str | None) -> Iterable[str]:
    if language not in (None, "en") or foreign_letters(text):
        yield (
            f"The text is in {language_name(language) if language else 'another language'}, and"
            " only English is read well here: genres are those it names, tags those whose words"
            " both languages share, and mood and audience are guesses; a model through Ollama"
            " would read all of it."
        )
    elif word_count(text) < _FEW_WORDS:
        yield "So few words tell little: take this as a guess."
