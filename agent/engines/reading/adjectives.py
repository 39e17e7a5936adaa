"""Rarer adjectives of mood, each list with the line of the lexicon whose meaning it borrows.

They are only recognised, never mended towards: a slip of a common word is likelier than one of
these.
"""

from __future__ import annotations

RARE: dict[str, str] = {
    "playful": """effervescent zesty zippy jaunty frolicsome sprightly impish mischievous perky
        peppy rollicking bubbly bouncy frisky puckish roguish cheeky lively vivacious
        ebullient exuberant zingy sparky skittish rambunctious boisterous""",
    "funny": "mirthful jocular waggish farcical comical risible rib-tickling",
    "silly": "kooky bonkers loopy batty barmy potty dotty cartoonish clownish nonsensical",
    "witty": "urbane epigrammatic debonair",
    "feel good": """gladdening buoyant blithe carefree rosy jubilant elated gleeful sparkling
        good-humoured good-humored chirpy sun-kissed sun-drenched summery""",
    "uplifting": "heartening rejuvenating invigorating ennobling soul-stirring exalting",
    "heartwarming": """tender-hearted cockle-warming kindly benevolent goodhearted good-hearted
        soft-hearted cuddlesome huggable winsome""",
    "cosy": "toasty homespun hearthside",
    "gentle": """hushed placid unfussy unforced tranquil restrained understated muted softly-spoken
        temperate pastoral idyllic bucolic lulling balmy""",
    "melancholic": """sombre somber lugubrious plaintive doleful rueful mournful wan dolorous
        blue-tinged crepuscular drizzly forlorn woebegone""",
    "bittersweet": "tear-stained aching achy",
    "sad": "grief-stricken lachrymose tear-jerking heartrending heart-rending woeful",
    "bleak": "dour dreary drear joyless cheerless austere comfortless funereal",
    "dark": "stygian tenebrous murky inky sordid nocturnal saturnine",
    "eerie": """menacing sepulchral spectral otherworldly unearthly brumous foggy
        misty spine-tingling tingly unheimlich""",
    "creepy": "ghastly",
    "scary": "nightmarish blood-curdling bloodcurdling bone-chilling hair-raising",
    "disturbing": "gut-churning stomach-churning queasy repellent perverted depraved unhinged",
    "dreamlike": """oneiric phantasmagorical hallucinatory somnambulant gauzy hazy languid
        languorous lyrical ethereal woozy floaty hypnotic mesmeric mesmerising mesmerizing""",
    "surreal": "delirious dadaist topsy-turvy illogical unmoored off-kilter offkilter",
    "mind bending": "labyrinthine brain-twisting brain-teasing head-spinning kaleidoscopic",
    "mysterious": "puzzling inscrutable opaque baffling riddling veiled unexplained",
    "thought provoking": "pensive ruminative profound contemplative weighty",
    "magical": "spellbinding twinkly starry glittering bewitching fabled",
    "whimsical": "fanciful storybook starry-eyed fey fairy-like candy-coloured",
    "triumphant": "valiant gallant plucky scrappy indomitable exultant",
    "inspiring": "galvanising galvanizing soaring",
    "epic": "massive huge bombastic titanic mythic mythical grandiose baroque gargantuan",
    "stylish": """classy sophisticated sumptuous opulent lavish ornate swish dapper sartorial
        luxuriant lustrous""",
    "adrenaline": """loud turbo-charged pulse-quickening frenzied full-tilt hell-for-leather
        rip-roaring""",
    "exciting": "zinging rip-roaring invigorated kinetic",
    "intense": "blistering volcanic feverish scorching incendiary ferocious",
    "chaotic": "unruly riotous raucous rowdy tumultuous helter-skelter feral",
    "satirical": "scathing lampooning tongue-in-cheek ironical burlesque",
    "cynical": "jaundiced embittered hard-bitten sneering scornful acrid bilious",
    "romantic": "amorous besotted ardent love-drunk moonlit rapturous",
    "sensual": "voluptuous carnal smouldering smoldering torrid come-hither libidinous",
    "nostalgic": "sepia sepia-toned sepia-tinted bygone rose-tinted yesteryear",
    "gritty": "bruising grubby hard-nosed flinty two-fisted pugilistic",
    "tense": "fraught jangly nerve-jangling nail-bitingly high-wire white-hot",
    "hopeful": "sanguine heartened life-giving forward-looking",
    "lonely": "friendless secluded hermitic",
    "campy": "garish over-egged gaudy flamboyant fabulous",
    "rebellious": "mutinous insubordinate iconoclastic seditious",
    "angry": "wrathful incensed irate vitriolic fire-breathing",
    "slow burn": "ponderous stately meandering ambling",
}
