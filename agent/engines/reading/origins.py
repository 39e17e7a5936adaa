"""What people call films of a country or region, and the languages that such films speak."""

from __future__ import annotations

import re

from ....ingest.language import LANGUAGES

_NORDIC = ("sv", "da", "no", "fi", "is")
_EUROPEAN = (
    "fr",
    "de",
    "it",
    "es",
    "pt",
    "nl",
    "pl",
    "cs",
    "hu",
    "el",
    "ro",
    "hr",
    "sr",
    "ru",
    *_NORDIC,
)

# What people call films of a country or region, and the languages that such films speak.
ORIGINS: dict[str, tuple[str, ...]] = {
    **{name.lower(): (code,) for code, name in LANGUAGES.items()},
    "chinese": ("zh", "cn"),
    "hong kong": ("cn",),
    "taiwanese": ("zh",),
    "iranian": ("fa",),
    "farsi": ("fa",),
    "israeli": ("he",),
    "brazilian": ("pt",),
    "mexican": ("es",),
    "argentinian": ("es",),
    "argentine": ("es",),
    "chilean": ("es",),
    "colombian": ("es",),
    "cuban": ("es",),
    "latin american": ("es", "pt"),
    "latino": ("es", "pt"),
    "south american": ("es", "pt"),
    "austrian": ("de",),
    "belgian": ("fr", "nl"),
    "egyptian": ("ar",),
    "lebanese": ("ar",),
    "bollywood": ("hi",),
    "tollywood": ("te",),
    "indian": ("hi", "te", "ta", "bn"),
    "scandinavian": _NORDIC,
    "scandi": _NORDIC,
    "nordic": _NORDIC,
    "european": _EUROPEAN,
    "ukrainian": ("uk",),
    "croatian": ("hr",),
    "j-horror": ("ja",),
    "k-horror": ("ko",),
    "korean": ("ko",),
    "south korean": ("ko",),
    "kdrama": ("ko",),
    "castilian": ("es",),
    "asian": ("ja", "ko", "zh", "cn", "th", "vi", "id"),
    "east asian": ("ja", "ko", "zh", "cn"),
    "soviet": ("ru",),
}
ORIGINS["irish"] = ("en", "ga")

# Countries whose films are in English: the country itself is no fact of an item.
ENGLISH_SPEAKING = {
    "british": "British",
    "english": "English",
    "american": "American",
    "hollywood": "Hollywood",
    "irish": "Irish",
    "scottish": "Scottish",
    "welsh": "Welsh",
    "australian": "Australian",
    "aussie": "Australian",
    "canadian": "Canadian",
    "new zealand": "New Zealand",
    "kiwi": "New Zealand",
    "uk": "British",
    "brit": "British",
    "us": "American",
}
COUNTRIES: dict[str, str] = {
    "france": "french",
    "germany": "german",
    "italy": "italian",
    "spain": "spanish",
    "japan": "japanese",
    "korea": "korean",
    "south korea": "korean",
    "china": "chinese",
    "hong kong": "hong kong",
    "taiwan": "taiwanese",
    "india": "indian",
    "iran": "iranian",
    "sweden": "swedish",
    "denmark": "danish",
    "norway": "norwegian",
    "finland": "finnish",
    "iceland": "icelandic",
    "poland": "polish",
    "russia": "russian",
    "brazil": "brazilian",
    "mexico": "mexican",
    "argentina": "argentinian",
    "turkey": "turkish",
    "greece": "greek",
    "scandinavia": "scandinavian",
    "europe": "european",
    "asia": "asian",
    "thailand": "thai",
    "indonesia": "indonesian",
    "israel": "israeli",
    "hungary": "hungarian",
    "romania": "romanian",
    "latin america": "latin american",
    "south america": "latin american",
    "vietnam": "vietnamese",
}

NAMES = "|".join(
    sorted(
        (re.escape(name) for name in {*ORIGINS, *ENGLISH_SPEAKING} - {"us", "uk"}),
        key=len,
        reverse=True,
    )
)
PLACES = "|".join(sorted(COUNTRIES, key=len, reverse=True))
