"""What sources offer for downloading: addresses, sizes, terms, published checksums."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import BadSource


@dataclass(frozen=True)
class Remote:
    """One file at a public address; ``size`` is in bytes, about, as its source states it.

    ``md5`` is the address of the checksum that the source publishes, if it does. Of an archive
    only the members named in ``members`` are unpacked.
    """

    url: str
    size: int
    md5: str | None = None
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.url.rpartition("/")[2]


@dataclass(frozen=True)
class Offer:
    """One data set of a source, with the terms under which it may be used.

    ``read`` is the file that is read afterwards, the folder where empty.
    """

    name: str
    terms: str
    terms_at: str
    files: tuple[Remote, ...]
    read: str = ""

    @property
    def size(self) -> int:
        """Bytes of all files, about."""
        return sum(file.size for file in self.files)


_GROUPLENS = "https://files.grouplens.org/datasets/movielens/"
_RESEARCH = (
    "GroupLens: for research; no commercial use without permission; to be cited as Harper and "
    "Konstan (2015)"
)
_CSV = ("movies.csv", "links.csv", "tags.csv", "ratings.csv", "README.txt")
_DAT = ("movies.dat", "ratings.dat", "README")


def _movielens(
    name: str, size: int, members: tuple[str, ...], more: str, *, checked: bool = True
) -> Offer:
    url = f"{_GROUPLENS}ml-{name}.zip"
    remote = Remote(url, size, f"{url}.md5" if checked else None, members)
    # That of latest-small has another ending than the others.
    readme = f"{_GROUPLENS}ml-{name}-README.{'txt' if name in ('1m', '100k') else 'html'}"
    return Offer(f"movielens-{name}", f"{_RESEARCH}; {more}", readme, (remote,))


_SHARED_ALIKE = "may be passed on under the same terms"
_NOT_SHARED = "may not be passed on"
MOVIELENS = (
    _movielens("latest-small", 1_000_000, _CSV, _SHARED_ALIKE, checked=False),
    _movielens("100k", 5_000_000, ("u.item", "u.data", "u.genre", "README"), _NOT_SHARED),
    _movielens("1m", 6_000_000, _DAT, _NOT_SHARED),
    _movielens("32m", 239_000_000, _CSV, _SHARED_ALIKE),
)
IMDB = (
    Offer(
        "imdb",
        "IMDb: for personal and non-commercial use only; may not be passed on",
        "https://developer.imdb.com/non-commercial-datasets/",
        (
            Remote("https://datasets.imdbws.com/title.basics.tsv.gz", 215_000_000),
            Remote("https://datasets.imdbws.com/title.ratings.tsv.gz", 8_000_000),
        ),
        "title.basics.tsv.gz",
    ),
)
CMU = (
    Offer(
        "cmu",
        "CMU Movie Summary Corpus: Creative Commons Attribution-ShareAlike; texts of Wikipedia",
        "https://www.cs.cmu.edu/~ark/personas/",
        (
            Remote(
                "https://www.cs.cmu.edu/~ark/personas/data/MovieSummaries.tar.gz",
                46_000_000,
                members=("movie.metadata.tsv", "plot_summaries.txt", "README.txt"),
            ),
        ),
    ),
)
_WIKIPEDIA = "https://raw.githubusercontent.com/prust/wikipedia-movie-data/master/"
WIKIPEDIA = (
    Offer(
        "wikipedia",
        "wikipedia-movie-data: the lists under MIT; texts of Wikipedia under CC BY-SA",
        "https://github.com/prust/wikipedia-movie-data",
        tuple(
            Remote(f"{_WIKIPEDIA}movies-{decade}s.json", 2_000_000)
            for decade in range(1900, 2030, 10)
        ),
    ),
)
_OFFERS = {"movielens": MOVIELENS, "imdb": IMDB, "cmu": CMU, "wikipedia": WIKIPEDIA}
_ELSEWHERE = {
    "tmdb": "it takes an account at Kaggle or a key of TMDB",
    "netflix": "it takes an account at Kaggle (shivamb/netflix-shows)",
    "disney": "it takes an account at Kaggle (shivamb/disney-movies-and-tv-shows)",
    "wikipedia-plots": "it takes an account at Kaggle (jrobischon/wikipedia-movie-plots)",
}


def offer_of(source: str, chosen: str | None = None) -> Offer:
    """What a source offers; its first set, or the one chosen by the end of its name.

    Raises:
        BadSource: nothing is offered there, or no such set; says what to do.
    """
    offers = _OFFERS.get(source)
    if offers is None:
        why = _ELSEWHERE.get(source, f"only {', '.join(_OFFERS)} have a public address")
        raise BadSource(
            f"{source!r} can't be downloaded here, since {why}: get its files and name their path"
        )
    names = [offer.name.removeprefix(f"{source}-") for offer in offers]
    if chosen is None:
        return offers[0]
    if chosen.lower() not in names:
        raise BadSource(f"{source!r} has no set {chosen!r}: use --set {' or '.join(names)}")
    return offers[names.index(chosen.lower())]
