"""A table of one's own: CSV, TSV, JSON, JSON lines or Parquet, its columns guessed or named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from ...errors import BadSource
from ..item import fold
from .columns import FIELDS, from_rows
from .files import NOT_JSON, csv_rows, head_of, json_objects, table
from .parquet import column_names, is_parquet, parquet_rows
from .popularity import Scale
from .record import Options, Record, Skipped

# How people name the columns of each field, folded, the surest first; English, German, French,
# Spanish, Italian, Portuguese and Dutch.
_CALLED: dict[str, tuple[str, ...]] = {
    "title": ("title", "name", "movie title", "film", "movie", "primary title", "series title",
              "primarytitle", "movie name", "film title", "titel", "titre", "titulo", "titolo",
              "filmtitel", "titre du film", "titulo de la pelicula", "pelicula", "filme",
              "nome do filme", "nombre"),
    "original_title": ("original title", "originaltitle", "originaltitel", "titre original",
                       "titulo original", "titolo originale", "oorspronkelijke titel"),
    "year": ("year", "release year", "released year", "startyear", "start year", "release date",
             "released", "date", "published", "jahr", "erscheinungsjahr", "annee",
             "annee de sortie", "ano", "ano de estreno", "ano de lancamento", "anno", "jaar"),
    "kind": ("kind", "type", "title type", "titletype", "media type"),
    "directors": ("directors", "director", "directed by", "regie", "regisseur", "regisseurin",
                  "realisateur", "realisation", "regista", "regia", "direccion", "dirigida por",
                  "diretor", "direcao", "realizador", "realizacao"),
    "cast": ("cast", "actors", "stars", "top cast", "starring", "star1", "cast top3",
             "besetzung", "darsteller", "schauspieler", "acteurs", "distribution", "reparto",
             "actores", "elenco", "atores", "attori", "interpreti"),
    "runtime_min": ("runtime min", "runtime", "runtime mins", "runtimeminutes", "duration",
                    "length", "minutes", "running time", "dauer", "laufzeit", "lange",
                    "spieldauer", "duree", "duracion", "duracao", "durata", "speelduur"),
    "language": ("language", "original language", "lang", "spoken language", "sprache",
                 "langue", "idioma", "lingua", "taal"),
    "genres": ("genres", "genre", "listed in", "category", "categories", "genero", "generos",
               "genere", "generi", "categorie", "kategorie"),
    "tags": ("tags", "keywords", "plot keywords", "themes", "schlagworter", "mots cles",
             "palabras clave", "etiquetas", "palavras chave", "parole chiave"),
    "age_rating": ("age rating", "mpaa", "certificate", "rated", "content rating", "rating"),
    "imdb_id": ("imdb id", "imdbid", "imdb", "tconst", "const", "imdb title id"),
    "tmdb_id": ("tmdb id", "tmdbid", "tmdb"),
    "movielens_id": ("movielens id", "movielensid", "movieid", "movie id"),
    "votes": ("votes", "vote count", "votecount", "numvotes", "num votes", "no of votes",
              "number of votes", "imdbvotes", "imdb votes", "rating count", "num ratings",
              "number of ratings"),
    "popularity": ("popularity", "popularity score", "beliebtheit", "popularite", "popularidad",
                   "popolarita"),
    "text": ("overview", "description", "plot", "synopsis", "summary", "plot summary", "text",
             "plot essence", "extract", "storyline", "abstract", "transcript", "body",
             "beschreibung", "handlung", "inhalt", "resume", "intrigue", "sinopsis", "argumento",
             "descripcion", "resumen", "sinopse", "descricao", "enredo", "trama", "sinossi",
             "descrizione", "samenvatting", "beschrijving"),
    "key": ("id", "key", "show id", "index", "slug"),
}  # fmt: skip
# So many rows say on which scale a column of popularity is.
_SAMPLE = 1_000


class OwnTable:
    """Any table with a column of titles."""

    name = "table"
    wants = "a CSV, TSV, JSON, JSONL or Parquet file with a column of titles"

    def detect(self, path: Path) -> bool:
        """Whether the file is a table with a column that is called as titles are."""
        try:
            return path.is_file() and "title" in self.mapping(path, Options())
        except BadSource:
            return False

    def files(self, path: Path) -> list[Path]:
        """The table itself."""
        return [path]

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every row, by `mapping`."""
        columns = self.mapping(path, options)
        if "title" not in columns:
            raise BadSource(
                f"no column of {str(path)!r} looks like titles: name it with --map title=COLUMN"
            )
        scale = Scale.of(_first_cells(path, options, columns.get("popularity")))
        return from_rows(_rows(path, options), columns, scale.mend)

    def mapping(self, path: Path, options: Options) -> dict[str, str]:
        """The column of each field: as named in the options, all others guessed.

        Raises:
            BadSource: the file can't be read, or has no such field or column.
        """
        names = _columns(path, options)
        for field, column in options.columns.items():
            if field not in FIELDS:
                raise BadSource(f"there is no field {field!r} to map: use {', '.join(FIELDS)}")
            if column not in names:
                raise BadSource(
                    f"{str(path)!r} has no column {column!r}: it has {', '.join(map(repr, names))}"
                )
        taken = set(options.columns.values())
        free = {_called(name): name for name in names if name not in taken}
        guessed = {
            field: next(free[each] for each in called if each in free)
            for field, called in _CALLED.items()
            if field not in options.columns and any(each in free for each in called)
        }
        return {**options.columns, **guessed}


def _columns(path: Path, options: Options) -> Sequence[str]:
    if is_parquet(path):
        return column_names(path)
    if not path.is_file():
        raise BadSource(f"there is no file {str(path)!r}: name one file with a table in it")
    if _is_json(path):
        first = islice(_objects(path, options), 100)
        return [*dict.fromkeys(key for row in first if isinstance(row, dict) for key in row)]
    return [name.strip() for name in next(csv_rows(path, options.encoding))]


def _first_cells(path: Path, options: Options, column: str | None) -> Iterator[object]:
    """What stands in a column at first, as far as it can be read; reading the rows says why not."""
    if column is None:
        return
    with suppress(BadSource):
        for row in islice(_rows(path, options), _SAMPLE):
            yield None if isinstance(row, str) else row.get(column)


def _is_json(path: Path) -> bool:
    named = any(each in (".json", ".jsonl", ".ndjson") for each in path.suffixes)
    return named or head_of(path).lstrip()[:1] in ("{", "[")


def _objects(path: Path, options: Options) -> Iterator[Any]:
    """The values of a JSON file; where one object holds the list of them, what is in the list."""
    for number, value in enumerate(json_objects(path, options.encoding)):
        lists = _lists(value) if number == 0 else []
        if lists:
            yield from max(lists, key=len)
        else:
            yield value


def _lists(value: Any) -> list[list[Any]]:
    """The lists of objects in an object that is no item itself."""
    if not isinstance(value, dict) or any(_called(name) in _CALLED["title"] for name in value):
        return []
    lists = [each for each in value.values() if isinstance(each, list)]
    return [each for each in lists if each and all(isinstance(part, dict) for part in each)]


def _called(name: str) -> str:
    return fold(name.replace("_", " "))


def _rows(path: Path, options: Options) -> Iterator[dict[str, Any] | str]:
    if is_parquet(path):
        yield from parquet_rows(path)
    elif _is_json(path):
        for value in _objects(path, options):
            none = "not JSON" if value is NOT_JSON else "not an object with a title"
            yield value if isinstance(value, dict) else none
    else:
        yield from table(path, options.encoding)
