"""Everyday words: a title made of them counts only where a title belongs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from .item import Item

_LOWER = re.compile(r"(?<![\w'’])[a-z]{2,}(?![\w'’])")
SAMPLE = 4_000

# Frequent words of written and spoken English, names and film titles left out.
_WORDS = """
able about above academy across act action actor actress actually added africa african after
again against age ago air aircraft airplane airport al album all allow allowed almost
alone along already also although always am amazing america american among an ancient and
angeles another answer anti any anyone anything appear appears april are area arm arms army
around arrival art article artist artists arts as ask asked assembly assistant at attack attempt
attention august australia author authority available away awesome babe baby back bad ball band
bank bar base baseball based basketball bass battle bay be beach beautiful became because become
becoming bed been before began beginning behind being believe believed below best better between
beyond big bill bit black blade blood blue board body book books border bored boring born boston
both box boy boyfriend boys branch brave break breath bridge bring britain british broke broken
brother brothers brought brown building built business but by california call called came camp
campaign campus can canada cannot cant capital captain car care career carried cars case cast
castle catholic caught cause caused cell central centre century certain chair champion
championship chance change changed changes channel chapter character characters charge cheer
chest chicago chief child children china chinese choice christian church cities city civil class
clear click close closed closer club clue co coach coast code cold college come comedy comes
coming command commander community company competition complete computer conference construction
contact contract control corner cost cosy couch could couldn couldnt council country county
couple course court cover covered cozy crash crazy crew cross cultural culture cup cut dad daily
dance dark date daughter david day days de dead deal death deep degree department design despite
did didn didnt die different difficult digital dinner direct direction director discovered
district do doctor does doesn doesnt doing don done dont door double down drama drive dropped
due during each earlier early earned earth east eastern easy edge editor education effect eight
either election else empire end ended energy engine engineering england english enjoy
enjoyed enough entire era especially europe even events ever every everyone everything evidence
exactly except executive experience eye eyes face fact failed fall families family famous far
fast father favorite favourite fear feature february federal feel feeling feet fell fellow felt
female festival few field fifth fight fighting figure filled film films final finally financial
find fine fingers finished fire first five flick flight floor florida focus follow followed
following food foot football for force forced forces forest form former fort forward found four
fourth france frank free french friday friend friends from front frozen full funny further fury
future game games gaze general genre german germany get getting ghost ghosts giant girl
girlfriend girls give given giving glass glory go god goes going gold golden gone gonna good got
gotta government governor grade grand grandma gravity great greater greek green grew ground
group groups growing guard guitar gun guy had hadn hair half hall hand hands happened happy hard
has hate hated have having he head health hear heard heart heat heavy held hell hello help
helped her here hero herself hi high higher highway hill him himself his historical history hit
hold holding holes home hook hope horror horse hospital host hot hotel hour hours house houses
how human hundred hunger hurt husband ice id idea if ii im in include included including
independent india indian industry inside instead interest into irish iron is island isn isnt
issue it italian italy its itself ive james january japan japanese jewish job john join joined
 jones judge july jumper june junior just justice keep kept key kid kids kill killed kind
kinda king kingdom kiss knew know knowledge known lady lake land language large larger largest
last late later law le lead leader leading league least leave leaves leaving led lee left legal
legs length less let lets letter level library lies life light like liked likely line lines lips
list little live lived lives living ll local location lol london lonely long longer look looked
looking looks lord los loss lost lot love loved low lower lucky machine made magazine major make
makes making male man management manager many march mark market marriage married martin master
match matches material matter may maybe mayor me mean meaning means meant medal media medical
meet meeting member members memory men met metal mexico mid middle might mile miles military
million mind mine minister minute minutes misery miss mission model modern mom moment monday
money monster monsters month months mood moon more morning most mostly mother mountain mouth
move moved movie movies moving much multiple mum museum music musical must my nah name named
names national native natural nature navy near nearby nearly neck need needed netflix network
never new news next night nine no non nope north northern not note nothing novel now number
numbers of off offered office officer official often oil ok okay old older on once one only onto
open opening or order ordered original other others our ours out outside over own pacific pain
paper parents paris park part particular particularly parts party pass passed passenger
passengers past pay peace pearl pennsylvania people performance performed perhaps period person
personal phone physical piano piece place places plan plans plant play played player players
playing plays please point points police political poor popcorn popular possible post power
practice pre prefer present president press pretty previous prey primary prime prince private
prize probably problem process producer professional professor program programs project property
provided public pulled pushed put queen question quickly quite race radio railway raised range
rate rather re reach reached read ready real really reason recent recently recommend record
recording records red regular relationship release religious remaining remains remember report
required responsible rest retired return right rights ring river road rock roman romance room
rope round route royal rule rules run running runs rural rush russia russian sad safe said salt
same san sat saw say saying says scary scene school schools science score scored sea season
seasons seat second secret secretary section security see seen self senior sense sent separate
series serve served service serving set seven several sex she ship ships short shot should
shoulder show shown shows side sign signs silver simple simply since singer single sister
sitting six size skin sky sleep slightly slowly small smile so social society soft sold soldiers
some someone something sometimes son song songs soon sorry soul sound source south southern
soviet space spain spanish speak special species speed spent splash split sports spread spring
spy squadron square staff stage stand standard standing star stars start started starting state
station status stay step still stone stop stopped store stories story straight stranger
strangers street stressed strong structure student students studies studio study stupid style
subject such suddenly suggest summer sun super support sure surface system table take taken
takes taking talk talking team teams technology television tell temple ten term territory test
texas than that thats the theatre their them themselves then theory there these they thing
things think thinking third this those though thought three thriller through throughout thursday
time times title to today together told tomorrow tonight too took top total touch tour
tournament toward towards tower town track tracks trade traffic train training transport trap
travel tree trees tried troops true trust truth try trying tuesday turn turned tv twenty twins
two under understand union unit united university until up upon upper us use used uses using
usually valley value van ve version very vice victory video view village virginia visitor voice
wait waiting walk wall walls wanna want wanted war warrior was washington wasnt watch watched
watching water way we wednesday week weeks weight well went were west western what whatever
whats when where whether which while white who whole whom whose why wide wife will william win
wind window windows wing winner winning winter with within without witness woman women won
wonder wood word words work worked workers working works world worse worst would wouldnt writer
writing written wrong yeah year years yep yesterday yet york you young your youre youth youve
"""
EVERYDAY = frozenset(_WORDS.split())
PRONOUNS = frozenset({"it", "us", "he", "she", "they", "i", "we", "you"})


def lower_case_words(items: Iterable[Item]) -> tuple[Counter[str], Iterator[Item]]:
    """In how many items' texts each word is written in lower case, and all of the items again.

    The texts of the first 4,000 items are read; more would add rare words only. The others are
    not held together in memory.
    """
    counts: Counter[str] = Counter()
    rest = iter(items)
    first = [*islice(rest, SAMPLE)]
    for item in first:
        texts = (item.mood, item.target_audience, item.plot_essence, *item.tags)
        counts.update(set(_LOWER.findall(" ".join(texts))))
    return counts, chain(first, rest)
