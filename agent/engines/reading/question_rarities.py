"""What people ask about films that few facts answer: colour, truth, sequels, endings, prizes."""

from __future__ import annotations

from ...plan import Topic

RARER: tuple[tuple[Topic, str], ...] = (
    (
        "unlisted",
        (
            r"\bwhere (?:can|could|do|would|should|to|might|is|are)\b(?![^?]*\b(?:set|filmed|take"
            r"|happen)\b)[^?]*(?:watch|see|find|get|stream|rent|buy|showing|playing|available|on)\b"
            r"|\b(?:is|are|can|do|does) [^?]{0,24}(?:on (?:netflix|prime|amazon|hulu|disney|mubi"
            r"|hbo|max|apple|paramount|peacock|tv|dvd|blu-?ray|iplayer|any streaming)|streaming"
            r"|available (?:to (?:stream|rent|watch|buy)|anywhere|online)|in (?:the )?cinemas?)\b"
            r"|\b(?:imdb|rotten tomatoes|metacritic|letterboxd|critic\w*|audience) (?:score|rating|"
            r"reviews?)|\b(?:score|stars) on (?:imdb|rotten)|\b(?:what (?:did|do) (?:the )?critics)"
            r"|\b(?:win|won|get|nominated for)\b[^?]{0,16}\b(?:oscars?|awards?|prizes?|bafta"
            r"|golden globe|palme)|\bhow many (?:oscars|awards|stars)"
            r"|\b(?:box office|budget|cost to make|how much (?:did|does) ¤++"
            r" (?:make|earn|cost|gross))"
            r"|\b(?:soundtrack|score) (?:by|on "
            r"spotify)|\bwho (?:composed|wrote the (?:music|score|song)|did the (?:music|score|"
            r"soundtrack))|\b(?:post|after|mid)[- ]credits?|\bwhere (?:was|were|is) ¤++ (?:filmed|"
            r"shot|made)|\btrailers?\b|\b(?:in|available in) (?:4k|imax|3d|hd|uhd)\b"
        ),
    ),
    (
        "colour",
        (
            r"\bin (?:black[- ](?:and|n|&)[- ]white|b ?& ?w|b/w|colou?r)\b|\b(?:is|are|was|were)"
            r"(?: \w+)? ¤++[^?]{0,12}\b(?:black[- ](?:and|n|&)[- ]white|b ?& ?w|b/w|coloured"
            r"|a silent|silent)\b"
        ),
    ),
    (
        "true_story",
        (
            r"(?<!\bnot )(?<!\bno )"
            r"\b(?:true|real)(?:[- ]life)? (?:story|stories|events?|life|case|people|person)\b"
            r"|\bbased on (?:a |an |the |real |true )*(?:book|novel|fact|facts|comic|play|game"
            r"|anything|something|truth)|\b(?:is|was) ¤++ (?:true|real|fictional|fiction"
            r"|a biopic)\b|\b(?:did|has) (?:this|that|it|¤++) (?:really|actually) happen"
        ),
    ),
    (
        "series",
        (
            r"\bpart of (?:a|the|any) (?:\w+ )?(?:series|trilogy|franchise|saga|universe)\b"
            r"|\b(?:a|any) (?:sequels?|prequels?|trilogy|franchise|standalone)\b|\bsequels?\s*\?"
            r"|\bneed to (?:see|watch|have seen) (?:the )?(?:first|others?|previous|original"
            r"|anything)"
        ),
    ),
    (
        "ending",
        (
            r"\bhappy end(?:ing)?s?\b|\bhow (?:does|do|did) ¤++ end\b|\bend(?:s)? (?:well|badly"
            r"|happily|sadly|on a)\b|\b(?:what(?:'s| is)|tell me|spoil) (?:the|its) ending\b"
            r"|\bwho(?:'s| is)? (?:the )?(?:killer|murderer|did it|dunn?it)\b|\bwho dies\b"
            r"|\bdo(?:es)? (?:he|she|they|any(?:one|body)|every(?:one|body)|some(?:one|body)|the"
            r" (?:hero|heroine|main character|couple)) (?:die|survive|make it|live|win)\b"
            r"|\bsad ending\b|\bdo they (?:end up|get) together\b"
        ),
    ),
)
