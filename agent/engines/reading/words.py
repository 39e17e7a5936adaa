"""Words that spelling may mend towards, and ordinary words that it leaves alone."""

from __future__ import annotations

import re

from .lexicon import CORE, MOST, RARELY, STATE, STAY, comparative


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


_OF_PATTERNS = """
    about action actor actress adventure adventures after aliens alone already although american
    animals animated animation animations another anything around beautiful before besides
    between biography blood bollywood boring boyfriend british cartoon cartoons century children
    chinese christmas classic classics comedies comedy crime danish darker daughter daughters
    decade decades depressing detective different directed director documentaries documentary
    drama dramas dystopian eighties emotional english enjoyed everything except exciting family
    fantasy faster favorite favourite featuring fiction fifties film films foreign forties
    french friends friendship funnier german girlfriend grandma grandmother grandparents happier
    hated heist hilarious historical horror hour hours husband instead interesting italian
    japanese kids korean language lighter longer longest loved maximum minimum minute minutes
    movie movies musical musicals mysteries mystery never newer nineties norwegian nothing
    nudity older over parents partner please quicker rather really recent recently recommend
    recommendation recommendations revenge romance romances romantic russian sadder scandinavian
    scarier science second seventies short shorter shortest similar sixties slower something
    space spanish starring subtitle subtitles suggest suggestion suicide superhero superheroes
    swearing swedish teenage teenager teenagers third thirties though thriller thrillers toddler
    toddlers tonight torture twenties under vampire vampires violence violent warmer watched
    weirder western westerns whodunit without years zombies
"""
GENRE_WORDS: frozenset[str] = words_of("""
    comedy comedies horror romance romances romantic western westerns musical musicals mystery
    mysteries fantasy thriller thrillers documentary documentaries animated animation adventure
    adventures biography historical detective superhero superheroes psychological
""")
KNOWN: frozenset[str] = (
    words_of(_OF_PATTERNS)
    | GENRE_WORDS
    | frozenset(
        word
        for table in (CORE, STATE, STAY)
        for phrase in table
        for word in phrase.split()
        if len(word) >= 4 and word.isalpha()
    )
)
"""What the recognisers of wishes match: a near miss of one of these is mended."""

# English words one or two letters away from a known word: they mean themselves.
_LOOK_ALIKES = """
    clinging derailed headstrong mister patty swear filth toilets mescal romans
    abstracts absurdism absurdity accusing actions acton actors actresses addiction additive
    adjective adrenalised adventurer adventurers aesthetes aesthetics affection affectionately
    affiliation affirmative afternoons afters afterward agitation aground airless alain alice
    alien alike along alter alteration amazingly america americana americans americas anarchism
    anarchists andersen anderson andersson anderton angel animal animator antarctic antiheroes
    anxiously armistice aspirations aster astor attentive auction auger autistic aviation aware
    awoke babbling baffling bain baiting banana banister banker bankers banner bared barley
    barnabas barter batter battling baxter beak beast beatty bedtimes befriend being bell bella
    belle bellowing bells belter bening beside bette betty bier biker biking billy binding bing
    biographer biscuit bitching bite biters bites bitten bitterly bitzer bizarrely blacks
    blaming blank blankets blaring blasting blasts bleeding blending blinding block blockbusters
    blocking blogging blogs blond bloodily bloom blooming blown blurs blushed blushing boarding
    boeing boiler bonding boned booing boosted boot boots bounce bounty bowed bowing bowled
    bowling bows boxed boxing boyfriends braid brained brains brake braking bran branding bratty
    braun brawling brawn brawny bread breakers breakout breathing bred breeding breeze breuning
    brian brick brig brightened brighter brightest brightly brighton brings brink brody broker
    brood brooke browning brows brushed brushing brutalist brutally brutish bubble bully bumped
    bunkers burdened burger buried burns burst bursting burt burtt burying bushes busking busted
    bustling butter cabins cady cain calling calls camp camper campfires campo camps candi
    cannon cape caped capers capes captions carer carnegie carriage carrying carthage carton
    cartoonish cartoonist case cases casper cater catering cautious cease celebration
    celebrations champs chance chancel changes changing channels channing chanting chao char
    chard charging charms chart charting chased chaser chasm chatting chaves cheating checking
    cheek cheekily cheeks cheerfully chemical cher cherry child chile chili chillingly chills
    chilly chocolates chocolatier chose christian christians chuckled churning cindy cinemas
    cinematographer circling claiming clashing classical classify claustrophobia clearing cleese
    clenched cleverer clicked clinched clinical cloister clouds cloudy clover clutched clutter
    coach cocker colonial colossus comedian comedians comforted comforts comics competing
    compiled compiler compiling complete completing complexes complicate complicates complied
    concentrated conical consciously conservation contemplating contemplation controls
    conversations conversion cooder cooke cooked cookies cooler cooper corey corn cory cosmetic
    cosmic cough coughing counters counts county court courtesy coventry covering cracking
    crackles crackling cramp crank crash crashing crass crawlies crawls creaking created
    creating cree creed creek creeks cremated crimea crimes cringed crises crisps crops crossing
    crouch crouching crow crowds crowe crown crowning crows cruising crunching crusading
    crushingly crust cuddle curiously curling custer cutler daftness darken davey deadlier
    deadliest deadline dealings deaths debated debaters debates deceased decide decides declares
    declines decode decorate decreased decreasing dedicate dedicated defected defective defector
    defended defending defiance defiantly deflated delegate delicately delightfully demanded
    dementia depended depending dept depths derived deserted destroyed destroyer destroys
    detailed detained detected detecting detection detectives detector detonate devastation
    deviants dialogues differed difference differently differing digested ding direction
    directive directly directors directory discourage discus discussed discusses distress
    disturbed disturbia disturbingly diverted divorce doin doll dong donner dopey doping doting
    dove dover doves downed downey draft drafting drag drago draining drawling draws dreads
    dreams dreamt dreary dredd dresser dressers dresses dressing drifts drill dripping drowning
    drugging drugs duet duffy dump duplicate dying dystopia eartha earthy eclectic editions
    eighteen electrical electron electronic elegance elephant embraced emotion emotionally
    employer empowered encoding endearingly enduring engaged engages engraving enhanced
    enhancing enlarging entering erie erotica escaped escapees escapers escapes escaping
    establishments evicting exacting excerpt excerpts exchanged exchanging excitedly exclusive
    executed executing existing exited exiting exotic expansive expensive experiment
    experimented experiments explanation exploding exploitation explosion explosives extending
    fabled fables faction factions failing fair fairey fairly fairs faiths fallon fanatical
    fanny fantasia fantastic fart farts fatigue fatty favorites favourites feasts feat feder
    feeding feeds fees fells ferociously fest fester festival fewer fictional fielding fields
    fiend fiercely fiercer fifteens fighters figured figures figuring filed files filling fills
    final finals fired firms fizz fleck fleeting flight flights float floats flock flood floors
    flour fluffs foreigner forgives formulas fortieth fortifies fortress fortunes forty foster
    fraction freak freaks fred frederic freed freelings freezing freight friction fridays friend
    friendly friendships fries frigates frighten frighteningly frightens frizzy fuels fumbling
    function funky funniest furiously fuzz galleons gallons gallops galloway gaming gaping
    garden genetic genetics gentler gently germain germanic germans germany ghastly ghosts ghoul
    giggled giggly giles girlfriends given gland glassy globes glorious gloss glove glue goggle
    goin gondo gong gonz goof goopy gorgeously gorman gown grade graduate graduates grams gran
    grande grandfather grandmothers grandpa grandparent grant gras grasping grass grazing greet
    greeting greta grier grime grimly grimm grind grinding grinning groan groin groom grossing
    grotesquely grouping grow growl grows grubs grump guilt gunfight gunfighter gunfighters
    halted hamm hammered hammers hangovers hannover hanover happiest hardcover hardware hart
    hates hating hatred hatted hazing headey heads healy hear heard hears hearst heartache
    heartbeat hearth hearts heat heated heaving heists heroics heroin historia historian
    historic historically hoeks holidays holliday holloway hollowed homeless homelessness homer
    homes honey hooded hoods hooker hoped hopefully hopefuls horn horne horns horribly horrified
    horrors horse hose housed houses humanist humans humidity humility humoured hunan hunted
    hunting hunts hurls hurst hurt husbands huts hype hyper hypnosis hypnotist hysteria iconic
    immense immersion imported importer impostor impostors incense incentive incentives india
    indicate indies indulgent inflated inflation ingenuity initiate injuring inquired insider
    insides insignia insomniac insomniacs instance insulation integrity intellectuals
    intelligence intended intensely intensive interacting intercity intersecting intimacy
    intimately intrigued inventing invention ionic irreverence isolate italia italiana italians
    itch jade jaden jared javanese jawed jelly jerked jitters jockey joely joey joke joked joker
    jones josey journeys joyfully killer kilmer kinks kitchener kitchens knocking knuckles korea
    koreans landscape lange languages largo larter laughton launching lease leaven leaver leaves
    legged levels lever liberated lied lifelike lifeline lifted lighted liked likely lined
    liners linger lingered lingerie lister lists liter literacy literary literature litter live
    liven liver livery lives living lobes locking locks lodger lodging lofts logged logger
    logging loneliest loner loners longed looming looms looney loops loopy looting losers loses
    lough loveliness lovely lover lovingly lowers lowrey lynching mach magic magician maker
    makers males mani mania maniac manually march marches marginal marital marry martian masses
    mastery matched mates math matthews maximus mazes meanings meat meath meditation meeting
    meetings mello mellon menacing mentality mercy messages messing midwife migrating mildness
    mirror mirrored misanthrope missed misses missions misting mitch moaning mondays monument
    monuments moods moose mora morale morality morals moran morel mornings morse mortal mortally
    mortifying motivated mounting mourning mousy mouthful move moves muddle mural muse mushu
    musica musically musician musicians mussed mutilation mysteriously mythical narrated
    narration nature naughton naval nave nelly nerved nervously nervy neve nights nighy nihilist
    nihilists nineteen noisy nonconformity nostalgics nothin noticing noting notting novel
    nuance number numbered numbness octave oddballs oder open operated operates operating
    operation operative operator order overlooked overwhelmingly overwhelms owens pace paces
    packaged packet painters palace palm palma pals panicked parent parental parked parks
    partnered partners passes patents path patients patriots paused paved pawed payments peace
    peacefully peaks peeks peopled peoples periodic periods perky perversely petty philosopher
    phonetic picaresque picked pinch placed places plaintiff plane plate playfully pleading
    pleas pleasant pleased pleases pleasures plotting plumbing plunging pointedly pointing poker
    politically politician politics pondered popped position positively potted pounder powder
    powers pregnant pressing pressured pressures probation profoundly promised promote promoter
    promoters promotes promoting promotional promotions prompted pronouns properly property
    proportion proposed proposing propulsion providing provocation provoked psalms psyche
    psychedelia psychedelics pulsed pulses pumpkins punchy purse puzzled puzzlers puzzles
    quarterly quarters quartet questioned raged raid raiding railing raining rains raised rally
    ranging ranking rankings raped rapids raping rating ratner raunch raving reaching reacting
    realise realised realises realising reception reckless reclamation recommended recommends
    reelected reflected reflecting reflection refusing regent reilly related relating relation
    relationships relaxes relay released releasing relegation relentlessly reliving reloaded
    relocation remaking renaming repeated replaced replacing replayed resented resentful
    respected respective restoration restored restorer revenue revenues reverted richer richest
    ripening rise rises rising rocking rolled rollins romane romanovs romantics rootless rouge
    rounding routh routing ruining russia russians sacked sacks sacred sadler sailing salaries
    sale sally salvage sampling sand sangster sanitary sardinia satie satirically sauce savagely
    savagery save says scala scaled scales scalp scaly scandinavia scanning scar scarce scarer
    scarf scariest scarred scars scattered scene scent scents schmaltz schreier sciences scoot
    scorching score scored scores scratched scratches scratchy screamed screams screened screens
    screw screws scurries sealing seam seasoned seasons seating seaton secondly seconds securing
    seed seeds seek seep seeping seine selection selective selene selick sensed senses sent
    sentiment sentiments serena serenade serenely seriously settling seventeen sewers shadow
    shadowed shadows shakes shale shall shard share shared shares shari sharing shark sharpe
    sharpest shatters shave shedding sheep sheet sheltered shielding shine shirt shirtless
    shockingly shook shooter shooters shooting shootout shoots shopping shops shore shorts shout
    shouters shouting shower shrieking shrinking shuttered silky sill similarly simple simplest
    singled singles sixtieth skills skinless slack slapping slave sleekness sleepers sleeps
    sleet slice slinging slipping slit sloppy slowed slum slumping slums smarter smell smelling
    smiled smiley smirking smoothing smoothly smuggle smuggled smuggler snaggle snakes snark
    snarling snatching sneaking sneering sniff snort snuck snuggled soared soaring sober
    sociable societal socks somethin somethings sonny soon soot sores sort soulmate sounding
    spaced spacek spaces spacey spade spall spanning spare spared sparing sparring spate
    spattered spawning speaking specially spectacles sped speeding speeds speedy spells spend
    spending spice spied spike spill spilling spin spines spins spinster spire spirit spit spite
    spitting splatters splinter splits splutter spoiling spoofs spook spooks spoon sport sports
    spotless spotting sprawling spreading spring sprinted sprinting squiggly stabbing stabs
    stack stacks staff stages stairs stake stale stalkers stalking stall stan standing stands
    stare stared stares staring starling starr stars start started starters starting startled
    startles startling starving states stats steady steak steal stealing steaming steep steering
    stem stepping steps sterling stickers sticking sticky stiers stifling stiles stills
    stimulation sting stinging stink stir stirling stitch stock stocking stockings stocks stokes
    stole stomps stony stoops store storey storing storm storming stormy straining strand
    stranded strangely stranger strangers strangest strangle strangled strangler strangles
    strays streaked stream streamed streep streets stresses stringer strings stripping stroking
    strong stronger struck struggle strung studying stuffing stuffy stump stupider sturgess
    styled styles stylised substances substantially substantive subtitled sucker sugar suggested
    suggesting suggestions suggests suicidal suicides sulks sully sundays sunni superb
    superheroics supper suspended swaggers swank swapping swarming sweary sweat sweating sweats
    sweep sweets swelling swept swerving swilling swinging swirling switched switches swoons
    swooping sworn syrup systemic systems tack taken tales talky tames tammy tapes taxes
    teaching teams tease tended tenderly tens tensed tensions terribly terrific terrifies
    terrifyingly terrors terse testified thank thanking thick thin thing thinks thinning thins
    thirds thirteen thirteens thorough thoughtfully thoughts thrall threat thriving tick tides
    tied ties tiled tiles timed timer timers timmy tinkling tire tires tissue toddy tommy
    torrance tortured touch trace track transform transformed transforms transgression
    transporter trash traveled traveler travels tread treaties treating treats treaty trent
    tricks tricky tried triumphs troubled troubles trough truck trusting tunnels turned turnover
    twentieth twinkling unchanged undergoes undertow unease uneasily unger unhappily unkind
    unmarried unnervingly unreadable unsigned unusually upsets valentin valuation variation
    venerable victories viewings vimes vines violet virtually wadlow wages waging waking wales
    wander warbling wards warmed warner warning warnings warns warring wars warts wary watcher
    watchers watches watchmen watering wavering waves wear wears weathered weathers weaving
    weddings weepers weir welding while whine whites whodunits wholesale wielding willow winery
    winger winner winters wipe wipes wired wishful witch wondered wonders wong woody word worlds
    wormer worms worriers worries worse would wounds wrapping wreath wreathed wrecking wrecks
    wretched wring write wrung wynter year yearns zombie
"""
# The same, one letter away from a word that only stands around a wish.
_BESIDE_CARRIERS = """
    accepts appreciated believer believes brothel certainty choices chooses coarse combing consent
    considers contend contents contest context convent courses cousins disliked evenings farther
    favour finnish flavor flocks genera generals goodbyes happens honesty includes incredible
    indexed involve involves matters moments mutter opinions pearson perfects persona persons
    pictured pictures planting prefect prefers probable reasons remembers repeat seeking seeming
    correctly excellence intercepted interests occasional preserved understood
    sewing sometime spoiled starred starved stated theresa therese titled trailed trailers trainer
    understands wandering wasting weekends welcomed witches
"""
_MORE = [comparative(word) for word in CORE if re.fullmatch(r"[a-z]+y", word)]
ORDINARY: frozenset[str] = words_of(
    " ".join((_LOOK_ALIKES, _BESIDE_CARRIERS, *RARELY, *MOST, *_MORE))
)
