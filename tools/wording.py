"""English for facts: adjectives and nouns for moods and axes, articles, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..ingest.item import AxisName, Item, MoodTag, fold
from .names import cased, in_sentence, is_name

_ADJECTIVES: dict[str, str] = {
    "tearjerker": "tear-jerking",
    "adrenaline": "adrenaline-fuelled",
    "slow-burn": "slow-burning",
}
MOOD_NOUNS: dict[MoodTag, str] = {
    "uplifting": "uplift", "heartwarming": "warmth", "cosy": "cosiness",
    "feel-good": "good cheer", "playful": "playfulness", "whimsical": "whimsy",
    "funny": "humour", "silly": "silliness", "witty": "wit", "quirky": "quirkiness",
    "nostalgic": "nostalgia", "romantic": "romance", "tender": "tenderness",
    "bittersweet": "bittersweetness", "melancholic": "melancholy", "sad": "sadness",
    "tearjerker": "tears", "hopeful": "hope", "inspiring": "inspiration",
    "triumphant": "triumph", "awe-inspiring": "awe", "magical": "magic",
    "adventurous": "adventure", "exciting": "excitement", "adrenaline": "adrenaline",
    "epic": "epic sweep", "tense": "tension", "suspenseful": "suspense", "gripping": "pull",
    "mysterious": "mystery", "eerie": "eeriness", "creepy": "creepiness", "scary": "fright",
    "disturbing": "disquiet", "dark": "darkness", "bleak": "bleakness",
    "gritty": "grit", "violent": "violence", "cynical": "cynicism",
    "satirical": "satire", "thought-provoking": "food for thought",
    "cerebral": "brainwork", "mind-bending": "mind-bending logic",
    "surreal": "surrealism", "dreamlike": "dreaminess", "meditative": "meditative calm",
    "slow-burn": "slow burn", "intense": "intensity", "stylish": "style",
    "sensual": "sensuality", "angry": "anger", "lonely": "loneliness",
    "rebellious": "rebelliousness", "chaotic": "chaos", "gentle": "gentleness",
    "spooky": "spookiness", "campy": "campiness", "patriotic": "patriotism",
}  # fmt: skip
MORE: dict[AxisName, str] = {
    "lightness": "lighter", "warmth": "warmer", "humour": "funnier", "tension": "tenser",
    "scares": "scarier", "violence": "more violent", "romance": "more romantic",
    "strangeness": "stranger", "demand": "more demanding",
}  # fmt: skip
LESS: dict[AxisName, str] = {
    "lightness": "heavier", "warmth": "cooler", "humour": "more serious", "tension": "calmer",
    "scares": "less scary", "violence": "less violent", "romance": "less romantic",
    "strangeness": "more down to earth", "demand": "easier to follow",
}  # fmt: skip
HIGH: dict[AxisName, str] = {
    "lightness": "light", "warmth": "warm", "humour": "funny", "tension": "tense",
    "scares": "scary", "violence": "violent", "romance": "romantic", "strangeness": "strange",
    "demand": "demanding",
}  # fmt: skip
# How little of a quality there is, at degree 0 and at degree 1.
LITTLE: dict[AxisName, tuple[str, str]] = {
    "lightness": ("nothing light", "little that is light"),
    "warmth": ("no warmth", "little warmth"),
    "humour": ("no jokes", "few jokes"),
    "tension": ("nothing tense", "little tension"),
    "scares": ("no scares", "hardly a scare"),
    "violence": ("no violence", "hardly any violence"),
    "romance": ("no romance", "little romance"),
    "strangeness": ("nothing strange", "little that is strange"),
    "demand": ("nothing hard to follow", "little that is hard to follow"),
}
_GENRES: dict[str, str] = {
    "drama": "drama", "comedy": "comedy", "thriller": "thriller", "western": "western",
    "musical": "musical", "mystery": "mystery", "documentary": "documentary",
    "romance": "romance", "biography": "biography", "science fiction": "science-fiction film",
    "animation": "animated film", "history": "historical film", "film noir": "film noir",
    "sport": "sports film",
}  # fmt: skip
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# Nouns that count and so need an article; besides these, the endings of people's trades.
_COUNTED_WORDS = """
    affair alien alibi android angel animal antihero apartment ape apprentice army artist assassin
    asylum attic baby band bandit bank bar baron basement battle beach bear bet bird blizzard boat
    body bodyguard bomb book boss boxer boy boyfriend bride bridge brother bully burglar bus
    butler cafe café captain car cartel casino castle cat cathedral celebrity cemetery chase chef
    child church circus city class clown club coach comet coming-out concert contest contract
    convent conspiracy convict cop cottage couple cowboy crew criminal crush cult curse cyborg
    daughter deadline deal desert detective diary dictator dictatorship dinner disaster disease
    divorce doctor dog doll doppelganger dragon dream drone drug duel dwarf earthquake elephant
    elevator elf epidemic escape estate exorcism experiment factory fairy family farm farmhouse
    father feud fight fire fish flat flood forest fortress fox friend friendship frontier fugitive
    funeral future game gang garden general genie genius ghost giant girl girlfriend gorilla
    governess grandfather grandmother guitar gun guru hero heroine heir heist hitman holiday hoax
    home horse hospital hostage hotel hound house hunt husband island jewel job journal journey
    judge jungle jury kid kidnapping king kingdom kiss knight lake lawsuit legend letter
    lighthouse lion loner machine mafia-boss maid mall man mansion marathon marriage mask massacre
    mastermind maze mentor mercenary mermaid mission mob monastery monk monkey monster motel
    mother mountain mouse multiverse murder museum muse mutant mystery neighbour newspaper night
    nightclub nightmare novel nun nurse oath octopus office orphan orphanage outcast outlaw
    outsider owl palace pandemic parade parent park party pact penguin pet phone piano pig pilot
    pirate plague plan plane planet plantation play plot poem portal pregnancy president priest
    prince princess prison prisoner prophecy prophet psychic psychopath puppet puzzle quest rabbit
    race ranch rat rebel recluse record refugee reporter rescue restaurant reunion revolution
    riddle ring riot ritual rival road robbery robot romance rooftop saga sailor saint samurai
    satellite scandal school scientist secret serial-killer servant shark sheriff ship shipwreck
    shootout siege sidekick sister skyscraper slave smuggler snake sniper snowman soldier son
    sorcerer soul spaceship spell spider spy stadium stalker star statue storm stranger student
    submarine suburb superhero supervillain survivor swamp sword tank taxi teenager telescope
    temple text theatre theft thief tiger tomb tornado tournament town toy tragedy train trial
    tribe trip truck tsunami tunnel tutor twin tyrant uncle underdog unicorn university vampire
    vault veteran vicar victim video village villain violin virus volcano voyage warlord warehouse
    wedding werewolf whale wheelchair widow widower wife wilderness witch witness wizard wolf
    woman yacht zombie zoo
"""
_COUNTED = frozenset(_COUNTED_WORDS.split())
_MASS_WORDS = """
    grief revenge love survival friendship war music horror guilt obsession ambition faith
    corruption racism greed poverty memory amnesia suburbia loneliness rivalry betrayal paranoia
    childhood depression isolation crime mythology adoption jealousy death religion fantasy
    fashion nature slavery fear madness redemption jazz fame infidelity magic history identity
    journalism technology time-travel travel gambling politics education espionage art ballet
    baseball football basketball boxing chess tennis hockey golf wrestling racing surfing cooking
    cocaine heroin alcohol alcoholism addiction dance dancing painting poetry justice injustice
    sacrifice forgiveness marriage youth immortality surveillance captivity training slapstick
    motherhood fatherhood parenthood brotherhood sisterhood space sleep snow rain winter summer
    autumn money power class-divide literature science space-travel superstition torture trauma
    violence vengeance witchcraft worship work wealth colonialism feminism adultery motherhood
    resistance rebellion propaganda censorship terrorism warfare old-age coming-of-age growing-up
    time truth trust hope illness cancer dementia intelligence nostalgia solitude silence sobriety
    solidarity telepathy telekinesis treasure adolescence bullying smuggling archaeology genocide
    apartheid segregation capitalism consumerism bureaucracy conformity fate freedom loyalty
    honour pride prejudice kindness
"""
_MASS = frozenset(_MASS_WORDS.split())
_TRADE_ENDINGS = """
    ist man woman maker keeper hunter driver writer fighter worker killer dancer singer teacher
    player ranger trainer boxer lawyer banker lover dealer stealer officer engineer smuggler
    gangster gunslinger rider racer professor actor actress director editor doctor sailor emperor
    warrior inspector inventor traitor heiress waitress princess magician politician librarian
    musician physician comedian technician agent cop house
"""
_TRADE = re.compile(rf"[a-z]{{2,}}(?:{'|'.join(_TRADE_ENDINGS.split())})$")
_NUMBERED = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) ")
_ABSTRACT = re.compile(r"(?:ism|ness|hood|ance|ence|ology|ation)$")
_DEMONYM = re.compile(r"^[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?:ian|ish|ese|ean|can)$")
# What a film is made as, not what it is about.
_ABOUT_MAKING_WORDS = """
    sequel prequel remake reboot spin-off spinoff adaptation trilogy franchise twist cameo cameos
    ensemble soundtrack debut footage format viewing film films movie movies cinema novel series
    anthology cast cgi musical comedy satire parody pastiche spoof homage noir neo-noir slasher
    biopic anime animation documentary mockumentary whodunit thriller drama western wordplay
    dialogue narration narrator voice-over shot take takes sequence sequences timeline structure
    storytelling ending epilogue prologue genre classic rated effects gore style non-linear
    nonlinear
"""
_ABOUT_MAKING = frozenset(_ABOUT_MAKING_WORDS.split())


def adjective(tag: str) -> str:
    """A mood tag as an adjective: ``tearjerker`` becomes ``tear-jerking``."""
    return _ADJECTIVES.get(tag, tag)


def listed(parts: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def article(phrase: str) -> str:
    """A phrase with ``a`` or ``an`` before it, by how it sounds; one that has its own stays."""
    if phrase.lower().startswith(("the ", "a ", "an ")):
        return phrase
    return f"{'an' if _sounds_open(phrase) else 'a'} {phrase}"


_OPEN_SOUND = re.compile(
    r"(?!uni(?!n)|use|usu|eu|one|once|ou[ij]|u[ks]\b|ufo)[aeiou]|hono|honest|heir|hour"
)
# Initials that are said as one word, or begin with a consonant though the letter is a vowel.
_READ_AS_WORDS = {"NASA", "NATO", "SWAT", "UFO", "US", "UK"}


def _sounds_open(phrase: str) -> bool:
    word = re.split(r"[ -]", phrase.lstrip("*“\"'"), maxsplit=1)[0]
    if word.isupper() and len(word) > 1 and word not in _READ_AS_WORDS:
        return word[0] in "AEFHILMNORSX"
    if word[:1].isdigit():
        return bool(re.match(r"8|1[18](?:\D|\d\d|$)", word))
    return bool(_OPEN_SOUND.match(word.lower()))


def noun(tag: str) -> str | None:
    """A tag as a thing that a sentence can name, with its article, or ``None`` where unsure.

    ``hitman`` becomes ``a hitman``; ``grief``, ``zombies`` and ``New York`` need none.
    """
    head = _head(tag)
    if not head or head in _ABOUT_MAKING or tag.rsplit(maxsplit=1)[-1] in _ABOUT_MAKING:
        return None
    written = cased(tag)
    if re.fullmatch(r"(\w+ )?\d{4}s", tag):
        return f"the {written}"
    if is_name(tag):
        return None if _DEMONYM.search(written) else in_sentence(tag)
    if " and " in tag or head in _MASS or _NUMBERED.match(tag):
        return written
    if head in _COUNTED or _TRADE.search(head):
        return article(written)
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    return written if plural or _ABSTRACT.search(head) else None


def _head(tag: str) -> str:
    """The noun that decides about the article: the last word before any preposition."""
    start = re.split(r" (?:of|in|on|with|from|at|for|to|against|under|into) ", tag, maxsplit=1)[0]
    return start.split()[-1].split("-")[-1] if start.split() else ""


# Kinds of story in more than two words that people know by these words.
_KNOWN_STORY_WORDS = """
    coming-of-age fish-out-of-water one-last-job rags-to-riches man-on-the-run lovers-on-the-run
    cat-and-mouse battle-of-wits race-against-time race-against-the-clock band-of-brothers
    rise-and-fall loss-of-innocence battle-of-the-sexes fall-from-grace deal-with-the-devil
    star-crossed-lovers descent-into-madness enemies-to-lovers end-of-the-world
"""
_KNOWN_STORIES = frozenset(_KNOWN_STORY_WORDS.split())


def story(archetype: str) -> str | None:
    """An archetype before "story": ``fish-out-of-water``; ``None`` where it reads oddly."""
    words = cased(archetype).replace(",", "").removeprefix("the ").removeprefix("a ").split()
    told = "-".join(words)
    short = len(words) <= 2 and "'" not in told and "’" not in told
    return told if words and (short or told in _KNOWN_STORIES) else None


def genre(item: Item, name: str) -> str:
    """A genre as a noun: ``western``, ``horror film``; what isn't a film is called its kind."""
    if fold(item.kind) != "film":
        return f"{cased(name.lower())} {item.kind.lower()}"
    return _GENRES.get(fold(name), f"{cased(name.lower())} film")


def italic(item: Item) -> str:
    """A title as sentences set it; one that holds marks of its own stays plain."""
    return item.title if set(item.title) & set("*_`") else f"*{item.title}*"


def sentence(text: str) -> str:
    """Text as one sentence: first letter large, blanks single, one full stop."""
    clean = " ".join(text.split()).rstrip(" .,;:")
    place = next((n for n, letter in enumerate(clean) if letter.isalnum()), 0)
    large = clean[:place] + clean[place : place + 1].upper() + clean[place + 1 :]
    return large + ("" if large.endswith(("!", "?", "…")) else ".")


def small_number(count: int) -> str:
    """Numbers up to ten as words."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else str(count)
