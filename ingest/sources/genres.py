"""What data sets call genres, in the words of this catalogue; what is no genre is a tag."""

from __future__ import annotations

from collections.abc import Iterable

from ..item import fold

GENRES = (
    "Action", "Adventure", "Animation", "Biography", "Comedy", "Crime", "Documentary", "Drama",
    "Family", "Fantasy", "Film Noir", "History", "Horror", "Music", "Musical", "Mystery",
    "Romance", "Science Fiction", "Short", "Sport", "Thriller", "TV Movie", "War", "Western",
)  # fmt: skip

_OWN = {fold(name): (name,) for name in GENRES}
_ALSO: dict[str, tuple[str, ...]] = {
    "sci fi": ("Science Fiction",),
    "scifi": ("Science Fiction",),
    "sci fi fantasy": ("Science Fiction", "Fantasy"),
    "children": ("Family",),
    "childrens": ("Family",),
    "kids": ("Family",),
    "children family movies": ("Family",),
    "kids tv": ("Family",),
    "animated": ("Animation",),
    "anime": ("Animation",),
    "anime features": ("Animation",),
    "anime series": ("Animation",),
    "animals nature": ("Documentary",),
    "noir": ("Film Noir",),
    "biographical": ("Biography",),
    "biopic": ("Biography",),
    "historical": ("History",),
    "sports": ("Sport",),
    "sports movies": ("Sport",),
    "romantic": ("Romance",),
    "romantic movies": ("Romance",),
    "romantic tv shows": ("Romance",),
    "romantic comedy": ("Romance", "Comedy"),
    "action adventure": ("Action", "Adventure"),
    "action comedy": ("Action", "Comedy"),
    "comedy drama": ("Comedy", "Drama"),
    "crime drama": ("Crime", "Drama"),
    "dramas": ("Drama",),
    "tv dramas": ("Drama",),
    "comedies": ("Comedy",),
    "tv comedies": ("Comedy",),
    "stand up comedy": ("Comedy",),
    "satire": ("Comedy",),
    "parody": ("Comedy",),
    "slapstick": ("Comedy",),
    "documentaries": ("Documentary",),
    "docuseries": ("Documentary",),
    "horror movies": ("Horror",),
    "tv horror": ("Horror",),
    "slasher": ("Horror",),
    "thrillers": ("Thriller",),
    "tv thrillers": ("Thriller",),
    "suspense": ("Thriller",),
    "music musicals": ("Musical",),
    "concert film": ("Music",),
    "crime tv shows": ("Crime",),
    "tv action adventure": ("Action", "Adventure"),
    "tv mysteries": ("Mystery",),
    "tv sci fi fantasy": ("Science Fiction", "Fantasy"),
    "swashbuckler": ("Adventure",),
}
# They say where something is shown or that nobody said anything.
_NOTHING = frozenset({"no genres listed", "unknown", "movies", "tv shows", "genre", "imax"})

TMDB_GENRES = {
    28: "Action", 12: "Adventure", 16: "Animation", 35: "Comedy", 80: "Crime",
    99: "Documentary", 18: "Drama", 10751: "Family", 14: "Fantasy", 36: "History",
    27: "Horror", 10402: "Music", 9648: "Mystery", 10749: "Romance", 878: "Science Fiction",
    10770: "TV Movie", 53: "Thriller", 10752: "War", 37: "Western",
}  # fmt: skip
"""TMDB's numbers for the genres of films."""


def genres_and_tags(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sort what a data set calls genres into genres of this catalogue and tags, in lower case."""
    genres: dict[str, None] = {}
    tags: dict[str, None] = {}
    for name in names:
        folded = fold(name)
        known = _OWN.get(folded) or _ALSO.get(folded)
        if known:
            genres.update(dict.fromkeys(known))
        elif folded and folded not in _NOTHING:
            tags[name.lower()] = None
    return tuple(genres), tuple(tags)
