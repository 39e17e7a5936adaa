"""What is said in a video, and how that is known."""

from __future__ import annotations

from itertools import groupby
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Line(BaseModel):
    """Something said between two moments, in seconds from the beginning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: float
    end: float
    text: str


class About(BaseModel):
    """What is known of a video besides its words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    year: int | None = None
    seconds: float | None = None


class Transcript(BaseModel):
    """The words of a video, as they are kept.

    ``source`` says where they come from: ``captions`` that were published, or its ``speech``;
    ``by`` who wrote them: a person, YouTube's recognition, or a named model here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    about: About = About()
    url: str | None = None
    language: str | None = None
    source: Literal["captions", "speech"]
    by: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All that is said, a line a caption; repeats of the line before are left out."""
        said = [" ".join(line.text.split()) for line in self.lines]
        return "\n".join(each for each, _ in groupby(said) if each)
