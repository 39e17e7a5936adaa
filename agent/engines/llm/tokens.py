"""How many tokens a prompt has: counted here before it is sent, corrected by the server after.

For one token of the shipped encoding, Llama 2's tokenizer, the greediest in use, counts 1.09 in
rendered prompts, 1.14 (p95 1.23) in films, 0.95 in messages of INSPIRED, 0.92 in ReDial's, 0.95 in
Wikipedia's plots; 0.8 in Spanish, German and Swedish, 0.5 in Russian, 0.97 in Arabic and Japanese
(``python -m moodreel.agent.engines.llm.tokens_check DATA``). Newer ones have larger vocabularies
and count less. Users' texts are so counted long rather than short.

The server's own count, ``prompt_eval_count``, is of the whole prompt, also of what it had in its
prefix cache; servers before July 2024 and the first of 0.30 left that out or said nothing. The
schema of an answer is not part of the prompt and is not counted.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from .chat import Message
from .encoding import best_at_hand, load_encoding

if TYPE_CHECKING:
    import tiktoken

# What chat templates add: Gemma, ChatML and Llama 3 put 5 tokens around a message and 3 or 4
# at the ends of a prompt.
MESSAGE_TOKENS = 5
PROMPT_TOKENS = 4
# Ollama itself reckons so when it fits messages; Gemma 3 takes 256.
PICTURE_TOKENS = 768

LOWEST, HIGHEST = 0.6, 1.8
# A server that counts fewer than half has not counted the whole prompt.
LEAST_COUNTED, MOST_COUNTED = 0.5, 3.0
# Below this, what the template adds says more than the texts.
TELLING = 100
KEPT = 16
OVERLAPPING = 256

# Half of what Ollama keeps of a prompt's beginning: 4 tokens by default, 24 for Llama 3.
HALF_KEPT = 12

# One text is cut before it is encoded: tiktoken panics over a million blanks and slows down
# over long words. Cutting at blanks changes nothing, elsewhere it adds a token a piece.
PIECE_LENGTH = 2_000
_PIECE = re.compile(r".{1,1999}(?=\s)|.{1,2000}", re.DOTALL)
CACHED_TEXTS = 2_048


class TokenCounter:
    """Counts tokens as one model's server would; safe to share between threads.

    Args:
        encoding: ``auto`` (a published encoding where it is cached, else the shipped one),
            ``moodreel`` (the shipped one), ``o200k_base`` or ``cl100k_base``.

    Raises:
        ValueError: there is no such encoding, or it is not cached.
    """

    def __init__(self, encoding: str = "auto") -> None:
        self._encoding = load_encoding(best_at_hand() if encoding == "auto" else encoding)
        self._piece_length = _counting(self._encoding)
        self._seen: deque[float] = deque(maxlen=KEPT)
        self._estimates: OrderedDict[int, int] = OrderedDict()
        self._ratio = 1.0
        self._lock = Lock()

    @property
    def encoding(self) -> str:
        """The name of the encoding in use."""
        return self._encoding.name

    @property
    def ratio(self) -> float:
        """Tokens the server counts for one of the encoding, 0.6 to 1.8; 1 until it has said so."""
        return self._ratio

    def count(self, text: str) -> int:
        """Tokens in a text, as the server would count them; any text is safe."""
        return math.ceil(self.uncorrected(text) * self._ratio)

    def count_messages(self, messages: Sequence[Message]) -> int:
        """Tokens in a prompt, with what a chat template adds and a flat number for a picture."""
        texts = sum(self.uncorrected(message.text) + MESSAGE_TOKENS for message in messages)
        pictures = sum(len(message.pictures) for message in messages)
        raw = texts + PROMPT_TOKENS
        with self._lock:
            estimate = math.ceil(raw * self._ratio) + pictures * PICTURE_TOKENS
            self._remember(estimate, 0 if pictures else raw)
        return estimate

    def uncorrected(self, text: str) -> int:
        """Tokens in a text by the encoding alone."""
        if len(text) <= PIECE_LENGTH:
            return self._piece_length(text)
        return sum(map(self._piece_length, _PIECE.findall(text)))

    def learn(self, estimated: int, counted: int | None) -> None:
        """Correct the ratio by one prompt that the server counted whole.

        Call it only where `cut_by_server` says no. Prompts with pictures, short prompts, counts
        that are missing or below half of the encoding's (old servers leave out what they had in
        their prefix cache) teach nothing.

        Args:
            estimated: what `count_messages` said of the prompt.
            counted: ``prompt_eval_count``.
        """
        with self._lock:
            # Turns overlap: what another one taught meanwhile must not be applied twice.
            raw = self._estimates.get(estimated, round(estimated / self._ratio))
            if counted is None or raw < TELLING:
                return
            seen = counted / raw
            if LEAST_COUNTED <= seen <= MOST_COUNTED:
                self._seen.append(seen)
                self._ratio = min(max(_upper_quartile(self._seen), LOWEST), HIGHEST)

    def _remember(self, estimate: int, raw: int) -> None:
        """Keep what an estimate was before its correction; 0 teaches nothing."""
        self._estimates[estimate] = raw
        self._estimates.move_to_end(estimate)
        if len(self._estimates) > OVERLAPPING:
            self._estimates.popitem(last=False)


def _counting(encoding: tiktoken.Encoding) -> Callable[[str], int]:
    """Counts short texts; prompts are fitted by counting the same lines over and over."""
    return lru_cache(maxsize=CACHED_TEXTS)(lambda text: len(encoding.encode_ordinary(text)))


def _upper_quartile(values: Sequence[float]) -> float:
    """By nearest rank. A prompt counted short harms more than one counted long."""
    return sorted(values)[math.ceil(len(values) * 0.75) - 1]


def cut_by_server(estimated: int, counted: int | None, num_ctx: int, reserve: int) -> bool:
    """Whether the server seems to have dropped a part of the prompt without saying so.

    Ollama first leaves out whole messages, oldest first, but never system messages nor the last
    one. What is still too long is cut in the middle: up to 0.30 to the window, since then to half
    of it (``keep + (window - keep) // 2``; 2050 of 4096). ``prompt_eval_count`` is what is left,
    so these two numbers give a cut away. A window can be smaller than was asked for, where the
    model was made for less or the server ignores ``num_ctx``; such windows are powers of two.

    A low count alone is no sign: some servers count only what was not in their prefix cache, and
    an encoding may simply count long. A wrong alarm costs trust in every answer, so messages
    left out of a prompt that fitted by our estimate go unseen.

    Args:
        estimated: what `TokenCounter.count_messages` said of the prompt.
        counted: ``prompt_eval_count``, where the server sent it.
        num_ctx: the window that was asked for.
        reserve: tokens of it that are kept for the answer.
    """
    if counted is None or counted <= 0:
        return False
    if counted > num_ctx:
        return False  # the server's window is larger than what was asked for
    if counted >= num_ctx - 1:
        return True
    if estimated > num_ctx - reserve and counted < LOWEST * estimated:
        return True
    smaller = (2**power for power in range(9, 21) if 2**power < num_ctx)
    return any(_fills(window, counted, estimated) for window in (num_ctx, *smaller))


def _fills(window: int, counted: int, estimated: int) -> bool:
    """Whether a count is exactly what a cut to a window leaves of a prompt longer than it."""
    if estimated >= 1.15 * window and window - 1 <= counted <= window:
        return True
    return estimated >= 0.8 * window and 0 <= counted - window // 2 <= HALF_KEPT
