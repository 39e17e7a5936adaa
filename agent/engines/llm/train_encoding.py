"""Write ``encoding.tiktoken``: the byte-level BPE ranks that prompts are counted with offline.

Run ``python -m moodreel.agent.engines.llm.train_encoding`` after a change of the prompts, of the
schemas or of the starter films. The same texts give the same file, byte for byte.

Ranks are trained on what prompts are made of: the starter films, the prompt files, schemas and
JSON answers. Before them stand the letters of other scripts, a token each (two for a CJK
character), because nothing here is written in them and single bytes would count three times over.
"""

from __future__ import annotations

import base64
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.resources import files

import tiktoken
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from .... import prompts
from ....ingest.item import Item
from ....ingest.starter import starter_items
from .encoding import SHIPPED_FILE, SHIPPED_PATTERN
from .plan_reply import PlanReply
from .rank_reply import rank_schema

# Each 2,000 more make the file 34 kB larger and films count 3 % shorter; from here on films would
# count shorter than models count them, while what users write still counts longer.
ENTRIES = 10_000
LONGEST = 24
# More JSON than this and its keys and quotes become tokens that no model has.
JSON_EVERY = 200
# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic; Indic scripts and Thai; dashes and quotes; kana.
ALPHABETS = ((0x80, 0x700), (0x900, 0xE80), (0x2010, 0x2060), (0x3000, 0x3100), (0xFF01, 0xFF5F))
# CJK and Hangul: 32,000 characters that share 500 beginnings of two bytes.
IDEOGRAPHS = (0x3400, 0xD7A4)

Ranks = dict[bytes, int]


def film_texts(item: Item) -> Iterator[str]:
    """What prompts say of one film, as separate texts."""
    yield f"{item.label} {item.mood} {item.target_audience} {item.plot_essence}"
    lists = (item.genres, item.mood_tags, item.tags, item.archetypes, item.content_notes)
    yield from (", ".join(words) for words in lists)
    yield f"{', '.join(item.directors)}; {', '.join(item.cast)}"


def film_json(item: Item) -> str:
    """One film as a model would read or write it, one field a line or all in one."""
    chosen = {"title", "year", "directors", "genres", "mood", "mood_tags", "tags", "axes"}
    return json.dumps(item.model_dump(mode="json", include=chosen), ensure_ascii=False)


def prompt_texts() -> list[str]:
    """The prompt files, in the order of their names."""
    found = (entry for entry in files(prompts.__name__).iterdir() if entry.name.endswith(".md"))
    return [entry.read_text(encoding="utf-8") for entry in sorted(found, key=lambda f: f.name)]


def schema_texts() -> list[str]:
    """The schemas of both replies, written close and wide."""
    names = [f"f{place}" for place in range(1, 31)]
    schemas = (PlanReply.model_json_schema(), rank_schema(names, 5))
    return [json.dumps(schema, indent=indent) for schema in schemas for indent in (None, 2)]


def corpus() -> Iterator[str]:
    """All texts, always in the same order."""
    for place, item in enumerate(starter_items()):
        yield from film_texts(item)
        if place % JSON_EVERY == 0:
            yield film_json(item)
    yield from prompt_texts()
    yield from schema_texts()


def trained(texts: Iterable[str], entries: int) -> list[bytes]:
    """Tokens longer than a byte, in the order of their merges."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SHIPPED_PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=entries,
        min_frequency=2,
        max_token_length=LONGEST,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    byte_of = _byte_of_letter()
    ordered = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    spelt = (bytes(byte_of[letter] for letter in token) for token, _ in ordered)
    return [token for token in spelt if len(token) > 1]


def _byte_of_letter() -> dict[str, int]:
    """Which byte each of the 256 letters stands for that the library spells tokens with.

    The printable ones of Latin-1 stand for themselves, the others are U+0100 and up, in order.
    """
    shown = [code for code in range(256) if chr(code).isprintable() and chr(code) != " "]
    hidden = [code for code in range(256) if code not in shown]
    return {chr(code): code for code in shown} | {
        chr(256 + place): code for place, code in enumerate(hidden)
    }


def letters() -> Iterator[bytes]:
    """Characters of other scripts in UTF-8, each after the shorter tokens it is merged from."""
    for first, end in ALPHABETS:
        for character in map(chr, range(first, end)):
            if unicodedata.category(character)[0] in "LMP":
                spelt = character.encode()
                yield from (spelt[:length] for length in range(2, len(spelt) + 1))
    yield from (chr(code).encode()[:2] for code in range(*IDEOGRAPHS, 0x40))


def as_ranks(tokens: Iterable[bytes]) -> Ranks:
    """All bytes, then the tokens, numbered in order; a token said twice counts once."""
    return {
        token: rank for rank, token in enumerate(dict.fromkeys((*map(_byte, range(256)), *tokens)))
    }


def _byte(value: int) -> bytes:
    return bytes((value,))


def reachable(ranks: Ranks) -> Ranks:
    """The ranks without tokens that no text is cut into, because other merges come first."""
    while True:
        encoding = tiktoken.Encoding(
            "trial", pat_str=SHIPPED_PATTERN, mergeable_ranks=ranks, special_tokens={}
        )
        kept = [token for token in ranks if len(encoding._encode_single_piece(token)) == 1]
        if len(kept) == len(ranks):
            return ranks
        ranks = as_ranks(kept)


def written(ranks: Ranks) -> bytes:
    """The ranks as tiktoken's files have them: base64 of the token, a blank, the rank."""
    lines = (base64.b64encode(token) + b" %d\n" % rank for token, rank in ranks.items())
    return b"".join(lines)


def train(entries: int = ENTRIES) -> bytes:
    """The content of ``encoding.tiktoken``; a little over ``entries`` tokens and the letters."""
    return written(reachable(as_ranks((*letters(), *trained(corpus(), entries)))))


def main() -> None:
    """Train and write the file that this package ships."""
    content = train()
    SHIPPED_FILE.write_bytes(content)
    lines = content.count(b"\n")
    sys.stdout.write(f"{SHIPPED_FILE.name}: {lines:,} tokens, {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
