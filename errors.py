"""Everything Moodreel raises on purpose.

MoodreelError
├── UsageError            the caller asked for something that can't be (exit code 2)
│   ├── BadMessage        empty, too long or not text
│   ├── UnknownConversation
│   ├── UnknownItem
│   ├── NoWords           a file without any word in it
│   ├── BadReport         a report to compare with that can't be read
│   ├── BadSource         a data set that can't be read as what it was said to be
│   ├── BadSettings       contradicting or unreadable settings
│   ├── BadRatings        a file of ratings that can't be read or used
│   ├── RateLimited       too many messages within a minute
│   └── BadScript         a scripted dialogue that can't be played as it is written
└── WorkError             the work itself failed (exit code 1)
    ├── CatalogueBusy     another process holds the data folder
    ├── CatalogueBroken   the stored catalogue can't be read
    ├── CatalogueMismatch it was filled by another embedder
    ├── CatalogueUnreachable its server gave no usable answer
    ├── CatalogueRefused  its server refuses the key
    ├── CommunityBroken   the stored ratings of many people can't be read
    ├── DownloadFailed    a data set could not be got, or is not what was published
    ├── EmbedderMissing   the weights of an embedder are missing or altered
    ├── EmbedderSilent    the server of an embedding model gave no usable answer
    ├── GenresBroken      the stored genre classifier can't be read
    ├── VideoFailed       a video that can't be got or heard
    │   └── VideoRefused  its server says no, and is not asked again
    ├── StorageError      the disk refused (read-only, full)
    └── EngineError       an engine gave no usable answer for a step

Every message is one sentence that names the value and says what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class MoodreelError(Exception):
    """Root of the tree; ``exit_code`` is what the command line returns."""

    exit_code = 1


class UsageError(MoodreelError):
    """The caller asked for something that can't be."""

    exit_code = 2


class BadMessage(UsageError):
    """A message that is empty, too long or not text."""


class UnknownConversation(UsageError):
    """No conversation has this id."""


class UnknownItem(UsageError):
    """No item of the catalogue has this id or title."""


class NoWords(UsageError):
    """A file or text without any word in it."""


class BadSettings(UsageError):
    """Settings that contradict each other or can't be read."""


class BadSource(UsageError):
    """A data set that is missing, broken, or not what it was said to be."""


class BadReport(UsageError):
    """A report to compare with that is missing, broken or of another version."""


class BadRatings(UsageError):
    """A file of ratings that can't be read, or of which nothing can be used."""


class RateLimited(UsageError):
    """More messages within a minute than are answered; says when to try again."""


class BadScript(UsageError):
    """A scripted dialogue that can't be played as it is written; one line a problem."""


class WorkError(MoodreelError):
    """The work itself failed."""


class CatalogueBusy(WorkError):
    """Another process holds the data folder."""


class CatalogueBroken(WorkError):
    """The stored catalogue can't be read."""


class CatalogueMismatch(WorkError):
    """The catalogue was filled by another embedder."""


class CatalogueUnreachable(WorkError):
    """The server of the catalogue gave no usable answer; it may the next time."""


class CatalogueRefused(WorkError):
    """The server of the catalogue refuses the key."""


class CommunityBroken(WorkError):
    """The stored ratings of many people can't be read."""


class DownloadFailed(WorkError):
    """A data set could not be got from its address, or is not what its source published."""


class EmbedderMissing(WorkError):
    """The weights of an embedder are missing or altered."""


class EmbedderSilent(WorkError):
    """The server of an embedding model gave no usable answer."""


class GenresBroken(WorkError):
    """The stored genre classifier can't be read."""


class StorageError(WorkError):
    """The disk refused: read-only, full or gone."""


class EngineError(WorkError):
    """An engine gave no usable answer for one step.

    ``private`` says that its sentence may have words of a model, which may be those of a user.
    """

    private: ClassVar[bool] = False


class VideoFailed(WorkError):
    """A video whose words can't be got: no connection, no sound, no model that hears it."""


class VideoRefused(VideoFailed):
    """The server of a video says no; asking again would be impolite, and of no use."""
