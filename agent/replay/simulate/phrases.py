"""What simulated people say: many ways to say the same, so that no single rule reads them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....ingest.item import AxisName, MoodTag
from .temperament import Style

Lines = Sequence[str]

MORE: Mapping[AxisName, Lines] = {
    "lightness": ("lighter", "less heavy", "more easygoing", "not so gloomy", "brighter"),
    "warmth": ("warmer", "with more heart", "less cold", "more tender", "kinder"),
    "humour": ("funnier", "with more laughs", "less serious", "more of a comedy", "more humour"),
    "tension": ("more suspenseful", "tenser", "more gripping", "more of a nail-biter",
                "with more tension"),
    "scares": ("scarier", "creepier", "more frightening", "with more scares"),
    "violence": ("more violent", "bloodier", "more brutal", "with more fighting"),
    "romance": ("more romantic", "with more of a love story", "with more romance"),
    "strangeness": ("stranger", "weirder", "more surreal", "less ordinary", "more unusual"),
    "demand": ("more demanding", "more challenging", "smarter", "that makes me think more"),
}  # fmt: skip
LESS: Mapping[AxisName, Lines] = {
    "lightness": ("darker", "heavier", "less lightweight", "not so sunny", "grimmer"),
    "warmth": ("cooler", "less sentimental", "not so sweet", "less cosy", "more detached"),
    "humour": ("more serious", "less jokey", "with fewer gags", "not so silly", "less funny"),
    "tension": ("calmer", "less tense", "more relaxed", "easier on my nerves", "quieter"),
    "scares": ("less scary", "not so frightening", "less creepy", "with fewer scares"),
    "violence": ("less violent", "less bloody", "not so brutal", "gentler, without the fights"),
    "romance": ("less romantic", "with less of a love story", "not so lovey-dovey"),
    "strangeness": ("more down to earth", "less weird", "more ordinary", "not so strange"),
    "demand": ("easier to follow", "less demanding", "simpler", "not so heavy going"),
}
HIGH: Mapping[AxisName, Lines] = {
    "lightness": ("light", "breezy", "uplifting"),
    "warmth": ("warm", "with a lot of heart", "tender"),
    "humour": ("funny", "that makes me laugh", "full of jokes"),
    "tension": ("tense", "that keeps me on the edge of my seat", "suspenseful"),
    "scares": ("scary", "that gives me the creeps", "frightening"),
    "violence": ("violent", "with plenty of action and blood", "brutal"),
    "romance": ("romantic", "with a love story", "about people falling in love"),
    "strangeness": ("strange", "really weird", "a bit surreal"),
    "demand": ("challenging", "that I have to think about", "demanding"),
}
LOW: Mapping[AxisName, Lines] = {
    "lightness": ("dark", "heavy", "on the bleak side"),
    "warmth": ("unsentimental", "cold", "with no sugar on it"),
    "humour": ("serious", "with no jokes", "earnest from start to end"),
    "tension": ("calm", "that doesn't stress me out", "relaxed"),
    "scares": ("not scary at all", "without any horror", "that won't give me nightmares"),
    "violence": ("without violence", "not violent", "with nobody getting hurt"),
    "romance": ("without a love story", "not romantic", "free of romance"),
    "strangeness": ("realistic", "down to earth", "not weird"),
    "demand": ("easy to watch", "undemanding", "that I can follow half asleep"),
}
TOO_MUCH: Mapping[AxisName, Lines] = {
    "lightness": ("too light", "too fluffy", "too cheerful"),
    "warmth": ("too sentimental", "too sweet", "too cuddly"),
    "humour": ("too silly", "too jokey", "too much of a comedy"),
    "tension": ("too tense", "too nerve-racking", "too stressful"),
    "scares": ("too scary", "too creepy", "too frightening"),
    "violence": ("too violent", "too bloody", "too brutal"),
    "romance": ("too romantic", "too much of a love story", "too soppy"),
    "strangeness": ("too weird", "too strange", "too odd"),
    "demand": ("too heavy going", "too demanding", "too hard to follow"),
}
TOO_LITTLE: Mapping[AxisName, Lines] = {
    "lightness": ("too dark", "too bleak", "too gloomy"),
    "warmth": ("too cold", "too harsh", "too distant"),
    "humour": ("too serious", "not funny enough", "too earnest"),
    "tension": ("too tame", "not exciting enough", "too sleepy"),
    "scares": ("not scary enough", "not creepy enough"),
    "violence": ("not violent enough", "too harmless"),
    "romance": ("not romantic enough", "too unromantic"),
    "strangeness": ("too ordinary", "not strange enough", "too normal"),
    "demand": ("too shallow", "too simple", "not clever enough"),
}
"""Of a film, or of what is wanted: comparatives, and what it is or is not."""

MOODS: Mapping[MoodTag, Lines] = {
    "uplifting": ("uplifting", "that lifts my spirits"),
    "heartwarming": ("heartwarming", "that warms the heart"),
    "cosy": ("cosy", "to curl up with under a blanket"),
    "feel-good": ("feel-good", "that leaves me happy"),
    "playful": ("playful", "with a twinkle in its eye"),
    "whimsical": ("whimsical", "with a bit of whimsy"),
    "funny": ("funny", "to laugh at"),
    "silly": ("silly", "really daft"),
    "witty": ("witty", "with clever dialogue"),
    "quirky": ("quirky", "a little offbeat"),
    "nostalgic": ("nostalgic", "that feels like childhood"),
    "romantic": ("romantic", "for lovers"),
    "tender": ("tender", "quiet and affectionate"),
    "bittersweet": ("bittersweet", "happy and sad at once"),
    "melancholic": ("melancholic", "wistful"),
    "sad": ("sad", "that makes me cry"),
    "tearjerker": ("a real tearjerker", "to have a good cry over"),
    "hopeful": ("hopeful", "that leaves some hope"),
    "inspiring": ("inspiring", "that makes me want to do something with my life"),
    "triumphant": ("triumphant", "where they win in the end"),
    "awe-inspiring": ("awe-inspiring", "that leaves me in awe"),
    "magical": ("magical", "full of wonder"),
    "adventurous": ("adventurous", "a proper adventure"),
    "exciting": ("exciting", "thrilling"),
    "adrenaline": ("full of adrenaline", "fast and furious in pace"),
    "epic": ("epic", "on a grand scale"),
    "tense": ("tense", "nerve-racking"),
    "suspenseful": ("suspenseful", "full of suspense"),
    "gripping": ("gripping", "that won't let me go"),
    "mysterious": ("mysterious", "with a puzzle in it"),
    "eerie": ("eerie", "unsettling in a quiet way"),
    "creepy": ("creepy", "that makes my skin crawl"),
    "scary": ("scary", "that really frightens me"),
    "disturbing": ("disturbing", "that is hard to shake off"),
    "dark": ("dark", "with a dark heart"),
    "bleak": ("bleak", "without much hope"),
    "gritty": ("gritty", "rough and real"),
    "violent": ("violent", "that doesn't look away from violence"),
    "cynical": ("cynical", "that thinks badly of people"),
    "satirical": ("satirical", "that mocks how things are"),
    "thought-provoking": ("thought-provoking", "that stays on my mind"),
    "cerebral": ("cerebral", "brainy"),
    "mind-bending": ("mind-bending", "that messes with my head"),
    "surreal": ("surreal", "where nothing quite makes sense"),
    "dreamlike": ("dreamlike", "like a dream"),
    "meditative": ("meditative", "slow and calm to sink into"),
    "slow-burn": ("a slow burn", "that takes its time"),
    "intense": ("intense", "that is almost too much"),
    "stylish": ("stylish", "that looks fantastic"),
    "sensual": ("sensual", "with some heat"),
    "angry": ("angry", "with real anger in it"),
    "lonely": ("lonely", "about feeling alone"),
    "rebellious": ("rebellious", "against the rules"),
    "chaotic": ("chaotic", "where everything goes wrong at once"),
    "gentle": ("gentle", "soft and kind"),
    "spooky": ("spooky", "with ghosts and fun"),
    "campy": ("campy", "gloriously over the top"),
    "patriotic": ("patriotic", "about love of country"),
}

WANT: Mapping[Style, Lines] = {
    "terse": ("{wish}", "something {wish}", "{wish} pls"),
    "plain": ("I'd like something {wish}", "can you find me something {wish}?",
              "tonight I want a film {wish}", "I'm looking for something {wish}"),
    "chatty": ("So, dishes done and the sofa is mine. I think I'm after something {wish}",
               "Okay, help me out here, I've been scrolling for an hour: I'd love something"
               " {wish}", "Hi there! My sister says I always pick the same stuff, so surprise"
               " me, but it should be something {wish}"),
}  # fmt: skip
FAVOURITES: Mapping[Style, Lines] = {
    "terse": ("{films}", "liked {films}", "like {films}", "stuff like {films}"),
    "plain": ("I really liked {films}", "my favourites are things like {films}",
              "I loved {films}, what else is there like that?",
              "{films} would be the kind of thing I enjoy",
              "what would suit somebody who loves {films}?"),
    "chatty": ("You know what I could watch again and again? {films}. Is there anything else in"
               " that vein?", "My all-time favourites are things like {films}, if that tells you"
               " anything", "We had such a great evening with {films} the other week, more of"
               " that please"),
}  # fmt: skip
ERA: Mapping[Style, Lines] = {
    "terse": ("{decade}s", "from the {decade}s"),
    "plain": ("it should be from around the {decade}s", "something from the {decade}s, roughly",
              "I think I'd like one from the {decade}s"),
    "chatty": ("and now that I think of it, films from the {decade}s just have something",
               "I'm in the mood for how films looked in the {decade}s"),
}  # fmt: skip
CRITIQUE: Mapping[Style, Lines] = {
    "terse": ("{more}", "{more} please", "needs to be {more}"),
    "plain": ("could it be {more}?", "I'd rather have something {more}", "not bad, but {more}",
              "anything {more} than these?"),
    "chatty": ("Hm, these look fine, but honestly tonight I could do with something {more}",
               "Getting there, I think! Just {more}, if that's possible",
               "We talked it over and we'd both prefer something {more}"),
}  # fmt: skip
REJECT: Mapping[Style, Lines] = {
    "terse": ("not {film}, {too}", "{film} is {too}", "no {film}, {too} for me"),
    "plain": ("{film} is {too} for me", "I don't want {film}, it's {too}",
              "{film} sounds {too}, what else?", "no to {film}, that's {too}"),
    "chatty": ("I started {film} once and gave up, it was {too} for me",
               "You mean well, but {film} would be {too} for the two of us"),
}  # fmt: skip
SEEN: Mapping[Style, Lines] = {
    "terse": ("seen {film}", "saw {film} already", "know {film}"),
    "plain": ("I've already seen {film}", "{film} I know already", "I watched {film} before",
              "seen {film}, what else?"),
    "chatty": ("Oh, I've seen {film}, a few years ago at a friend's place. Anything I don't"
               " know yet?", "Ha, {film}, I know that one by heart already. Next!"),
}  # fmt: skip
LIKE: Mapping[Style, Lines] = {
    "terse": ("more like {film}", "others like {film}", "like {film}"),
    "plain": ("{film} goes in the right direction, more like that", "more films like {film}",
              "can I see others in the style of {film}?"),
    "chatty": ("Now {film}, that's more like it, though not quite tonight's film. Do you have"
               " more like that one?",),
}  # fmt: skip
ACCEPT: Mapping[Style, Lines] = {
    "terse": ("{film} it is", "ok {film}", "{film}, thanks"),
    "plain": ("{film} sounds perfect, thanks", "great, I'll watch {film}",
              "let's go with {film}"),
    "chatty": ("Oh yes, {film}! That's exactly it, you've made my evening, thank you",),
}  # fmt: skip
MORE_FILMS: Mapping[Style, Lines] = {
    "terse": ("more", "others?", "next"),
    "plain": ("what else do you have?", "show me some others", "any other ideas?"),
    "chatty": ("Hmm, none of these really jumps out at me, what else have you got up your"
               " sleeve?",),
}  # fmt: skip
WHATEVER: Lines = ("don't mind", "no preference, you choose", "I don't care really",
                   "up to you", "whatever you think")  # fmt: skip
CHANGE: Mapping[Style, Lines] = {
    "terse": ("forget {wish}", "scratch {wish}"),
    "plain": ("actually, forget that I said {wish}", "I changed my mind about {wish}, leave that"
              " out", "on second thoughts, never mind {wish}"),
    "chatty": ("You know, I've been thinking, and I take back what I said about {wish}",),
}  # fmt: skip
GENRE: Lines = ("a {name} film", "something in the {name} genre")
PERSON: Lines = ("with {name} in it", "{name} plays in it")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth")  # fmt: skip
