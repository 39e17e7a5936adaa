"""Small exports of the services, each as its own sentences have it."""

from __future__ import annotations

import zipfile
from pathlib import Path

RATINGS = """\
Date,Name,Year,Letterboxd URI,Rating
2021-03-01,Heat,1995,https://boxd.it/a,4.5
2021-03-02,Alien,1979,https://boxd.it/b,3.5
2021-03-03,Amelie,2001,https://boxd.it/c,2
2021-03-04,Paddington 2,2018,https://boxd.it/d,3
2021-03-05,A Film That Nobody Made,1999,https://boxd.it/e,5
"""
WATCHED = """\
Date,Name,Year,Letterboxd URI
2021-03-01,Heat,1995,https://boxd.it/a
2021-03-06,Jaws,1975,https://boxd.it/f
"""
DIARY = """\
Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2021-04-01,Heat,1995,https://boxd.it/g,3,,,2019-05-06
2021-04-02,Heat,1995,,,Yes,"at home, late",2021-04-01
2021-04-03,Dune,,,,,,2021-04-02
2021-04-04,"Good, the Bad and the Ugly, The",1966,https://boxd.it/h,,,,not a day
"""
WATCHLIST = """\
Date,Name,Year,Letterboxd URI
2021-05-01,Jaws,1975,https://boxd.it/f
2021-05-02,Vertigo,1958,https://boxd.it/i
"""
LIKES = """\
Date,Name,Year,Letterboxd URI
2021-05-03,Jaws,1975,https://boxd.it/f
2021-05-04,The Empire Strikes Back,1980,https://boxd.it/j
"""
LETTERBOXD = {
    "ratings.csv": RATINGS,
    "watched.csv": WATCHED,
    "diary.csv": DIARY,
    "watchlist.csv": WATCHLIST,
    "likes/films.csv": LIKES,
}
BESIDE = {
    "profile.csv": "Date Joined,Username\n2020-01-01,somebody\n",
    "deleted/diary.csv": DIARY,
    "lists/best.csv": "Letterboxd list export v7\nDate,Name\n",
}
"""What an export holds besides."""


def folder_of(files: dict[str, str], folder: Path) -> Path:
    """The files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def archive_of(files: dict[str, str], path: Path, top: str = "") -> Path:
    """The files in an archive, in a folder of it where one is named."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{top}{name}", text)
    return path
