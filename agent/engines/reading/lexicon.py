# ruff: noqa: E501
# One meaning a line reads best as one line.
"""What words of mood mean: a table of phrases, mood tags and degrees on the axes.

Each line of a table reads ``phrases ; mood tags ; axes``: phrases are separated by commas,
hyphens count as blanks, the first phrase names the line. Axes are written by their first
letters (``li wa hu te sc vi ro st de``) and a degree from 0 to 4. Of words in braces each may
stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from ....ingest.item import AXES, AxisName, MoodTag
from .adjectives import RARE

# What a film is like: wanted when named, avoided when negated.
QUALITIES = """
funny, fun and funny, comical, amusing, humorous, humourous, humour, humor, jokes, laughs, lots of laughs, sense of humour, sense of humor, good sense of humour, laugh, laughter, make me laugh, makes me laugh, made me laugh, make us laugh, makes us laugh, a laugh, a good laugh, good laugh, a giggle, giggles, giggle, chuckle, chuckles, funnny, jokey, comedic ; funny ; hu 3
hilarious, laugh out loud, side splitting, rolling on the floor, crack me up, cracks me up, crack us up, hysterical, belly laughs, belly laugh, piss myself laughing, laugh till i cry, laugh until i cry, laugh my ass off, laugh so hard, gut busting, uproarious, super funny, funny as hell ; funny ; hu 4
rude, filthy, bawdy, foul mouthed, potty mouthed, sweary ; funny, chaotic ; hu 3 li 3
serious, serious minded, solemn, sober, weighty, earnest, humourless, humorless, straight faced, no laughs ; thought-provoking, intense ; hu 0 li 1 de 2
silly, goofy, daft, zany, wacky, madcap, slapstick, stupid fun, dumb fun, dumb, dumb comedy, brainless, mindless, mindless fun, no brainer, switch my brain off, turn my brain off, switch off my brain, brain off, braindead, turn off my brain, trashy, popcorn movie, popcorn film, popcorn flick, popcorn fun, no thinking, undemanding, not have to think, don't have to think, don't want to think, daffy, loony, screwy, nutty, absurdly funny ; silly ; li 4 de 0 hu 3
witty, clever humour, sharp dialogue, snappy dialogue, great dialogue, clever dialogue, banter, wordplay, sophisticated humour, dry humour, dry humor, deadpan, british humour, british humor, wry, droll, smart comedy, razor sharp, quick witted, sardonic, ironic, sarcastic ; witty ; hu 3
feel good, feelgood, feel good movie, good vibes, positive, upbeat, cheery, cheerful, happy, happy ending, happy endings, ends well, ends happily, sunny, joyful, joyous, merry, jolly, delightful, pick me up, pick me ups, mood booster, mood lifter, put a smile on my face, make me smile, makes me smile, make us smile, leave me smiling, smiling, feel better, make me feel better, makes me feel better, makes me feel good, make me feel good, happy movie, good mood, serotonin, dopamine, jolly good ; feel-good ; li 4 wa 3
uplifting, uplift, uplifts, lift my spirits, lifts my spirits, lift the spirits, lift my mood, lifts the mood, raise my spirits, cheer me up, cheers me up, cheering up, cheer us up, cheer up, cheering, life affirming, life affirmation, restore my faith in humanity, faith in humanity, restores faith, brighten my day, brighten my mood, brighten up my day, perk me up, perks me up, boost my mood, encouraging, cheer ; uplifting, feel-good ; li 3 wa 3
heartwarming, heart warming, warm, warm hearted, warmhearted, warms my heart, warm my heart, warms the heart, warm fuzzy, warm and fuzzy, fuzzy, wholesome, sweet, sweet natured, kind hearted, adorable, cute, cutesy, good natured, big hearted, endearing, tender hearted, touching, hearty, heartfelt, full of heart, with heart, a lot of heart, charming, loving, affectionate, compassionate, humane, like a hug, warm hug, hug in film form ; heartwarming ; wa 4 li 3
cosy, cozy, comforting, comfort, comfort film, comfort movie, comfort watch, comfy, snug, snuggly, cuddly, warm blanket, like a warm blanket, like a blanket, blanket, under a blanket, hygge, homely, homey, soothing, hot chocolate, cup of tea, tea and biscuits, fireside, by the fire, curl up, snuggle, snuggle up, rainy sunday, rainy day, lazy sunday, sunday afternoon, lazy afternoon, duvet day, autumnal, autumn vibes, cosy night in, cozy night in, night in, cottagecore ; cosy, gentle ; li 3 wa 3 te 1
gentle, mellow, chill, chilled, chilled out, chill out, relaxing, relaxed, relax, relaxation, calm, calming, calm me down, calm down, calm my nerves, settle my nerves, calms me, peaceful, tranquil, serene, laid back, laidback, low key, lowkey, easygoing, easy going, easy, easy watch, easy viewing, easy watching, unwind, wind down, switch off, switch off to, switch off from work, de stress, destress, stress free, no stress, low stakes, low drama, restful, zen, undramatic, easy to follow, plot i can follow, i can follow, not hard to follow, small scale, something easy, breezy, mild, in the background, on in the background, background film, background movie, background noise, put on while, while i {cook work knit iron tidy draw sew fold eat} ; gentle ; te 0 de 1 sc 0
light, lighthearted, light hearted, fluffy, fluff, frothy, airy, bubbly, lightweight, carefree, not heavy, fun, good fun, great fun, entertaining, enjoyable, entertainment, easy fun, guilty pleasure, light entertainment, nothing heavy, unserious ; playful, feel-good ; li 4 de 0
playful, mischievous, cheeky, lively, fun loving, energetic, high energy, fizzy, bouncy, impish, vibrant, zippy, rollicking, romp, a romp, caper ; playful ; li 4
whimsical, whimsy, fairytale, fairy tale, storybook, fanciful, charmingly odd, twee, magical realism, enchanted whimsy, childlike, fable like, wes andersony ; whimsical, magical ; li 3 st 2
magical, enchanting, enchanted, bewitching, spellbinding, wondrous, full of wonder, sense of wonder, fantastical, otherworldly, escapist, escapism, escape reality, escape from reality, take me away, transport me, transports me, transported, another world, mystical ; magical ; st 2 li 3
quirky, offbeat, off beat, eccentric, idiosyncratic, unusual, unconventional, kooky, odd, oddball, left field, indie, indie vibe, indie feel, out of the ordinary, something different, a bit different, off kilter, twisted humour, inventive, one of a kind ; quirky ; st 2
weird, strange, bizarre, wtf, bonkers, insane, batshit, bananas, unhinged, off the wall, far out, freaky, odd as hell, what the hell, gonzo, demented, deranged, twisted, batty ; quirky, surreal ; st 4
surreal, surrealist, surrealistic, lynchian, kafkaesque, absurd, absurdist, nonsensical, avant garde, experimental, arty, art house, arthouse, abstract, dadaist, bunuelian ; surreal ; st 4 de 3
trippy, psychedelic, hallucinatory, hallucinogenic, drug trip, acid trip, mind bending, mindbending, mind bendy, mind blowing, mindblowing, mindfuck, mind fuck, mind f, head trip, mess with my head, messes with my head, mess with my mind, brain melting, brain bending, blow my mind, mind blown, my mind blown, blows my mind, blew my mind, twisty, twists, plot twist, plot twists, plot twisty, a twist, twist ending, lots of twists, full of twists, head scratcher, puzzle box, puzzling, labyrinthine, reality bending, time bending, what is real, keep me guessing, keeps me guessing, keeps you guessing, unreliable narrator ; mind-bending ; st 3 de 3
dreamlike, dreamy, dream like, hypnotic, ethereal, hazy, floaty, mesmerising, mesmerizing, entrancing, poetic, lyrical, oneiric, trancelike, trance like, woozy, impressionistic ; dreamlike, meditative ; st 2
meditative, contemplative, reflective, pensive, introspective, philosophical, philosophy, spiritual, existential, existentialist, existential crisis, existential dread, meaning of life, meaningful, soulful, soul searching, quietly profound, profound, deep, deep and meaningful, ruminative, ponder, zen like ; meditative, thought-provoking ; de 3
thought provoking, want to think, thoughtprovoking, thoughtful, make me think, makes me think, make us think, makes you think, made me think, get me thinking, gets me thinking, think about, to think about, food for thought, stay with me, stays with me, stays with you, sticks with me, lingers, lingering, with substance, something meaty, meaty, insightful, challenging, provocative, stimulating, raises questions, makes me question, socially conscious, social commentary, political, depth, with depth, substantial, nuanced, conversation starter, discuss afterwards, talk about afterwards, debate afterwards, opens my mind, mind expanding ; thought-provoking ; de 3
cerebral, intellectual, intelligent, smart, clever, brainy, highbrow, heady, complex, complicated, intricate, cleverly plotted, sophisticated, demanding, layered, multilayered, use my brain, engage my brain, work my brain, makes me work, makes my brain work, grown up, grownup, literate ; cerebral, thought-provoking ; de 3
slow burn, slow burning, slowburn, slow burner, slow, slow paced, slow moving, slow cinema, unhurried, leisurely, atmospheric slow, takes its time, leisurely paced, glacial ; slow-burn ; de 3
fast paced, fastpaced, pacy, pacey, quick paced, brisk, rapid, never stops, nonstop, non stop, relentless, breakneck, high octane, action packed, adrenaline, adrenalin, adrenaline rush, fast, fast and furious, adrenaline fuelled, adrenaline fueled, pumping, get my blood pumping, blood pumping, heart pumping, pulse pounding, heart pounding, heart racing, heart rate up, explosive, explosions, stuff blowing up, things blow up, blow stuff up, car chases, car chase, chases, shoot em up, kick ass, kickass, badass, bad ass, ass kicking, butt kicking, full throttle, turbocharged, high speed, amped, hyped, get hyped, psyched, get me going, a rush, thrill ride, white knuckle ; adrenaline, exciting ; te 3 li 2
exciting, excitement, thrilling, thrill, thrills, thrills and spills, rollercoaster, roller coaster, rousing, stirring, electrifying, feel alive, make me feel alive, makes me feel alive, feel something exciting, wake me up, wakes me up, get my pulse, pulse racing, spectacular, spectacle, blockbuster, blockbustery, crowd pleaser, crowdpleaser, crowd pleasing, swashbuckling, keep me entertained, entertain me, entertaining ; exciting ; te 3
a distraction, distraction, distract me, distracts me, distracting, take my mind off, takes my mind off, taking my mind off, {take takes} my mind off {it things everything work life school today tomorrow reality}, take my mind off it all, take my mind off all this, forget about {work everything life today tomorrow things reality}, forget my {problems troubles worries day week job}, forget about my {problems troubles worries day week job}, need to get out of my head, want to get out of my head, get out of my head, get out of my own head, need to get out of my own head, want to get out of my own head, out of my head, out of my own head ; gripping, exciting, feel-good ; li 3
adventurous, adventurey, swashbuckler, sweeping adventure, exploration, globe trotting, derring do, wanderlust, travel bug ; adventurous, exciting ; li 2
epic, grand, sweeping, larger than life, monumental, on a grand scale, large scale, majestic, saga, operatic, colossal ; epic ;
awe inspiring, awe, awesome visuals, breathtaking, jaw dropping, jaw drop, jaw on the floor, my jaw on the floor, stunning, visually stunning, gorgeous, beautiful, beautifully shot, visually beautiful, visually gorgeous, eye candy, pretty pictures, beautiful cinematography, cinematography, great cinematography, great visuals, nice visuals, amazing visuals, visuals, scenic, beautiful scenery, scenery, landscapes, pretty film, pretty movie, pretty one, really pretty, so pretty, something pretty, feast for the eyes, visual feast, lush, picturesque, sumptuous, ravishing, painterly, looks amazing, looks great, looks beautiful ; awe-inspiring, stylish ;
stylish, sleek, slick, chic, glamorous, glossy, aesthetic, aesthetically pleasing, colourful, colorful, neon, neon soaked, visually striking, striking, suave, elegant, swagger, swanky, well dressed, good looking, visual style, artful, artistic, artsy ; stylish ;
romantic, romance y, swoony, swoonworthy, swoon, falling in love, fall in love, lovey dovey, lovey, about love, rom com vibes, date movie, butterflies, passionate, chemistry, kissing, smitten, starry eyed, lovesick, smoochy, for lovers, soulmates, valentine, valentine's, valentines ; romantic ; ro 4
sensual, sexy, steamy, erotic, sultry, seductive, seduction, spicy, horny, turn on, raunchy, saucy, naughty, kinky, racy ; sensual, romantic ; ro 3
tender, intimate, delicate, moving, emotional, emotive, poignant, affecting, touching and real, all the feels, hits me in the feels, in the feels, make me feel, makes me feel, feel something, feel things, make me feel something, stirs emotions, vulnerable, human story, heart string, tugs at the heart, tug at my heartstrings, heartstrings ; tender, bittersweet ; wa 3
bittersweet, sad but hopeful, sad but beautiful, beautifully sad, happy sad, smile through tears, laugh and cry, wistful, yearning, longing, poignant and funny, sweet and sad, achingly beautiful ; bittersweet, tender ; wa 3
melancholic, melancholy, moody, brooding, mournful, elegiac, autumn melancholy, rain soaked, wintry, somber, sombre, plaintive, gloomy, broody ; melancholic ; li 1
sad, sadness, heartbreaking, heart breaking, heartbreak, heart wrenching, gut wrenching, gutwrenching, devastating, tragic, tragedy, depressing, depressive, sorrowful, downbeat, upsetting, miserable, misery, sad ending, sad endings, unhappy ending, harrowing, wrenching, soul crushing, crushing, a downer, downer, heavy, heavy going, sad stuff, doom and gloom ; sad, tearjerker ; li 0
tearjerker, tear jerker, weepie, weepy, weeper, make me cry, makes me cry, make us cry, cry, a cry, a good cry, good cry, proper cry, big cry, ugly cry, cry my eyes out, sob, sobbing, sob story, sobfest, bawl, bawling, bring me to tears, cathartic, catharsis, tissues, box of tissues, blubber, weep, let it all out, wreck me, destroy me, break my heart, breaks my heart, rip my heart out ; tearjerker, sad, bittersweet ; wa 3 li 1
hopeful, optimistic, optimism, full of hope, gives me hope, give me hope, light at the end of the tunnel, redemptive, redemption, second chances, heal, restorative ; hopeful, uplifting ; wa 3 li 2
inspiring, inspirational, inspire me, inspires me, inspired, motivating, motivational, motivate me, motivation, empowering, empower, empowerment, rags to riches, overcoming odds, against all odds, against the odds, get me off the couch, kick up the backside, pep talk, never give up, aspirational ; inspiring, uplifting ; wa 3
triumphant, triumph, underdog, underdogs, underdog story, victorious, punch the air, fist pump, fist pumping, stand up and cheer, rousing finale, win against the odds ; triumphant, inspiring ; li 3
nostalgic, nostalgia, takes me back, take me back, take me back in time, like when i was a kid, throwback, reminisce, reminiscent, retro vibe, retro vibes, simpler times, good old days, blast from the past, old fashioned charm, sentimental journey ; nostalgic ; wa 3
tense, tension, nerve wracking, nerve racking, nerve shredding, nail biter, nail biting, nailbiter, nailbiting, edge of my seat, edge of your seat, edge of the seat, edgy, anxiety inducing, stressful, claustrophobic, taut, high stakes, suffocating, sweaty palms, pressure cooker, knuckle biting ; tense, suspenseful ; te 4
suspenseful, suspense, cliffhanger, cat and mouse, hitchcockian, suspensful, on tenterhooks, keep me on my toes, keeps me on my toes, thrillery ; suspenseful, tense ; te 3
gripping, forget my phone, forget about my phone, forget the time, riveting, absorbing, engrossing, compelling, engaging, hook me, hooks me, grab me, grabs me, glued, glued to the screen, glued to my seat, unputdownable, addictive, page turner, captivating, can't look away, suck me in, sucks me in, immersive, immerse, immersed, lose myself in, get lost in, lose myself, hold my attention, keep my attention, keeps my attention, keep me awake, keeps me awake, enthralling, propulsive, keep me hooked, unmissable ; gripping ; te 3
mysterious, enigmatic, intriguing, intrigue, cryptic, mystifying, secretive, who did it, figure it out, detective work ; mysterious ; te 2
eerie, uncanny, unsettling, unnerving, haunting, haunted, ghostly, uneasy, sinister, ominous, foreboding, atmospheric, moody atmosphere, chilling, strange atmosphere, liminal, creeping dread, disquieting, folk horror vibe ; eerie ; te 3 sc 2 st 2
creepy, creeps me out, creep me out, skin crawling, makes my skin crawl, give me the creeps, gives me the creeps, ick, macabre, ghoulish ; creepy, eerie ; sc 3
scary, frightening, to be scared, to be frightened, get scared, be spooked, terrifying, terrify me, scare, scares, scare me, scares me, scare us, scare the hell out of me, scare the shit out of me, scared out of my wits, spine chilling, blood curdling, hair raising, fright, frights, terror, horrifying, hide behind the sofa, jump out of my seat, jump scares, jumpscares, nightmare fuel, nightmares, petrifying, sleep with the lights on, make me scream, shit myself, shitless, heebie jeebies ; scary ; sc 4 te 3
spooky, halloween, haunted house, haunted mansion, halloween y, halloweeny, spooky season, gothic, witchy, ghost story, ghosty, campfire, hammer horror, hammer {films film movies movie stuff style studios productions}, ghouls, trick or treat, kooky and spooky ; spooky, eerie ; sc 2
disturbing, disturb me, fucked up, messed up, f'd up, shocking, transgressive, twisted stuff, grotesque, gross, gross out, vile, nasty, traumatising, traumatizing, traumatic, horrific, sadistic, perverse ; disturbing ; sc 2 li 0
dark, darkness, grim, bleak as hell, noirish, noiry, noir vibe, pitch black, shadowy, brooding dark, twisted and dark, morally grey, morally gray, moral ambiguity, antihero, anti hero, hard hitting, hardhitting, heavy stuff, dead serious ; dark ; li 0
bleak, nihilistic, nihilism, hopeless, hopelessness, grim and bleak, desolate, pessimistic, depressing as hell, despair, despairing, pitiless, soul destroying, no happy ending ; bleak, dark ; li 0 wa 0
gritty, raw, grimy, seedy, realistic, realism, down to earth, street level, hard boiled, hardboiled, grounded, kitchen sink, unflinching, authentic, unvarnished, lived in, no nonsense ; gritty ; li 1
violent, violence, bloody, gory, brutal, brutality, savage, bloodbath, bloodthirsty, splatter, splattery, carnage, fighting, fight scenes, shootouts, gunfights, gun fights, guns blazing, body count, mayhem, martial arts fights, visceral, hard hitting violence ; violent, adrenaline ; vi 4
cynical, bitter, acerbic, biting, caustic, misanthropic, jaded, mean spirited, snarky, black hearted, acidic, world weary ; cynical ; wa 0
satirical, satire, spoofy, spoof, parody, lampoon, send up, skewering, mocking, political satire, skewers ; satirical, witty ; hu 2
intense, intensity, powerful, fierce, hard core, hardcore, gut punch, punch in the gut, overwhelming, visceral intensity, ferocious, electric, high drama, emotional rollercoaster, raw power, searing, feverish ; intense, gripping ; te 3
angry, rage, furious, fury, revenge fantasy, righteous anger, wrath, ragey, vengeful ; angry, rebellious ; te 3
lonely, loneliness, solitude, isolated, alienation, solitary, isolation, lonesome ; lonely, melancholic ;
rebellious, rebellion, punk, anarchic, anti establishment, antiestablishment, stick it to the man, fight the system, anarchist, subversive, counterculture, nonconformist, defiant, irreverent ; rebellious ;
chaotic, chaos, hectic, frantic, frenetic, anarchy, manic, unpredictable, over the top, ott, everything goes wrong, out of control, spiralling, pandemonium, all over the place, farcical ; chaotic ; te 2
campy, cheesy, cheese, corny, so bad it's good, so bad its good, kitsch, kitschy, schlocky, schlock, b movie, b movies, b movieish, hammy, tacky, cult classic, midnight movie, ludicrous, ridiculous, over the top silly, gloriously bad, cringe, cringey ; campy, silly ; li 3
sentimental, sappy, soppy, schmaltzy, saccharine, mawkish, mushy, sugary, hallmark, hallmarky, syrupy, treacly, gushy, gooey, lifetime movie, melodramatic ; heartwarming, tender ; wa 4
patriotic, patriotism, flag waving, heroic, heroism, for king and country ; patriotic, triumphant ;
violently funny, dark humour, dark humor, black humour, black humor, darkly funny, darkly comic, gallows humour, gallows humor, morbid humour, morbidly funny, darkly humorous, twisted humor ; funny, dark ; hu 3 li 1
boring, dull, tedious, bore me, draggy, drags, dragging, plodding ; slow-burn ;
pretentious, artsy fartsy, arty farty, up its own, navel gazing ; cerebral, surreal ; de 4 st 3
predictable, formulaic, cliched, clichéd, generic, cookie cutter, by the numbers ; ;
""".strip()

# How somebody is: what then helps, not more of the same.
STATES = """
sad, i'm sad, feeling sad, gutted, fragile, feeling fragile, teary, feel sad, feeling down, feel down, down, a bit down, feeling low, feel low, low, feeling blue, feel blue, down in the dumps, in the dumps, bummed, bummed out, gloomy, in a funk, in a rut, miserable, unhappy, feeling crap, feel crap, feeling rubbish, feel rubbish, feel like shit, feeling shitty, feel shitty, feel like crap, feeling awful, feel awful, feeling terrible, feel terrible, glum, blah, feeling blah, meh mood, upset, in tears, crying, been crying, crying all day, tearful, under the weather, out of sorts, not great, not doing great, not feeling great, not so good, not feeling good, not feeling well, not well, crappy, crappy mood, bad mood, in a bad mood, foul mood, in a foul mood, rough patch, going through a lot, going through a rough time, going through it, hard time, having a hard time, having a rough time, tough time, disappointed, discouraged, hopeless, demoralised, demoralized, defeated, winter blues, sunday scaries, the blues, got the blues, seasonal depression, january blues, monday blues, homesick, missing home ; uplifting, feel-good, heartwarming ; li 4 wa 4 te 1
depressed, feeling depressed ; gentle, hopeful, heartwarming ; li 3 wa 4 te 0
grieving, i'm grieving, after a funeral, after the funeral, since the funeral, funeral today, from a funeral, lost my, passed away, {dog cat mum mom dad mother father nan gran grandma grandad grandpa brother sister friend uncle aunt horse hamster rabbit} died, put the dog down, put the cat down, in mourning ; gentle, hopeful, heartwarming ; li 3 wa 4 te 0
heartbroken, heart broken, broken hearted, my heart is broken, devastated ; gentle, hopeful, heartwarming ; li 3 wa 4 te 0
{bad rough tough hard awful terrible horrible horrid dreadful miserable sad grim rotten lousy nasty crummy difficult crap crappy shit shitty rubbish} {day week month year night morning evening}, one of those {days weeks nights mornings}, {horrible awful bad big terrible stupid} {argument row fight}, fell out with, feeling sorry for myself, sorry for myself, {need want} a hug, in need of a hug, could use a hug, could do with a hug, long day, long week, day from hell, hell of a week, hell of a day, week from hell, crazy week, what a day, what a week, rough day at work, hard day at work, long day at work, worst day, worst week, bad news, day sucked, today sucked, week sucked, got sacked, got fired, got laid off, been sacked, been fired, been made redundant, made redundant, lost my job, failed my exam, failed my driving test, had a fight, had a row, lost the match, lost the final, we lost ; feel-good, heartwarming, funny ; li 4 wa 3 te 1 de 0
stressed, stressed out, so stressed, stress, stressful day, stressful week, anxious, anxiety, nervous, worried, on edge, wound up, overwhelmed, panicky, panicking, tense after work, overworked, frazzled, burnt out, burned out, burnout, exam stress, deadlines, restless, agitated, overstimulated, jittery, my head is spinning, pre exam nerves ; gentle, cosy, feel-good ; li 4 wa 3 te 0 sc 0
tired, exhausted, knackered, shattered, worn out, wiped, wiped out, drained, sleepy, fatigued, dead tired, dead on my feet, zonked, pooped, beat, bushed, no energy, low energy, out of energy, running on empty, jet lagged, jetlagged, sleep deprived, half asleep, brain is fried, brain fried, my brain is fried, fried brain, brain is mush, brain mush, brain dead, brain hurts, brain fog, mentally exhausted, mentally drained, can't concentrate, can't focus, can't think, can barely think, done for today, spent ; feel-good, playful, gentle ; li 4 de 0 te 1
can't sleep, cannot sleep, can't get to sleep, cannot get to sleep, wide awake, won't sleep, tossing and turning, insomnia, awake at night, up all night, trouble sleeping, fall asleep to, to fall asleep, falling asleep, before bed, bedtime, drift off, wind down before bed, sleepless, help me sleep, 3am, 4am, middle of the night ; gentle, meditative, dreamlike ; te 0 sc 0 vi 0
hungover, hung over, hangover, the morning after, worse for wear ; feel-good, cosy, gentle ; li 4 wa 3 te 1 de 0
the flu, with the flu, with a cold, sick in bed, ill in bed, off sick, home sick, i'm sick, feeling sick, i'm ill, got the flu, have the flu, flu, got a cold, have a cold, a cold, poorly, headache, migraine, period cramps, cramps, on my period, convalescing, tummy ache, man flu ; feel-good, cosy, gentle ; li 4 wa 3 te 1 de 0
dumped, dumped me, {girlfriend boyfriend wife husband partner fiancee fiance} left me, left me for, finished with me, miss my ex, breaking up, broke up with, broken up with, going through a divorce, going through a separation, got dumped, just got dumped, been dumped, was dumped, broke up, just broke up, break up, breakup, bad breakup, broken up, split up, my ex, getting divorced, cheated on, ghosted, newly single, single again, getting over someone, get over someone, lovesick, rejected ; uplifting, hopeful, funny ; li 3 wa 3 ro 1
lonely, moving away, moved away, moved out, empty nest, feeling lonely, feel lonely, alone, all alone, isolated, miss my friends, missing my friends, no friends, by myself again, feel alone, feeling alone ; heartwarming, tender, hopeful ; wa 4 li 3
bored, i'm bored, so bored, bored to death, bored out of my mind, bored stiff, boredom, nothing to do, in a slump, uninspired, stuck in a rut, everything feels the same, same old ; exciting, adventurous, gripping ; te 3
angry, i'm angry, pissed off, pissed, furious, fuming, livid, raging, irritated, annoyed, frustrated, so mad, seething, hate everyone, hate everything, want to punch, punch something, cross, grumpy, cranky, let off steam, blow off steam, want to scream, hate people, hate my boss, hate my job, done with people, people suck, everyone sucks ; funny, rebellious, adrenaline ; hu 3 te 2
happy, i'm happy, great mood, in a great mood, good mood, in a good mood, celebrating, got promoted, promoted, promotion, got the job, passed my exam, passed my exams, over the moon, excited, pumped, feeling great, feel great, feeling good, on cloud nine, thrilled, ecstatic, buzzing, graduated, payday, friday feeling, it's friday, feeling festive, party mood, in a party mood, finals are over, finished my finals, finished finals, handed in my {thesis dissertation essay}, first day off, exams are over, finished exams, finished my exams, finished our exams ; feel-good, playful, exciting ; li 4
in love, fallen in love, have a crush, crush on, new relationship, feeling romantic, anniversary, our anniversary, wedding anniversary, honeymoon ; romantic, tender, feel-good ; ro 4 wa 3
homesick for the past, feeling nostalgic, nostalgic, feeling old, feel old, missing my childhood, miss my childhood, miss the old days ; nostalgic, heartwarming ; wa 3
lost, feeling lost, feel lost, stuck, feeling stuck, feel stuck, aimless, directionless, mid life crisis, midlife crisis, quarter life crisis, don't know what to do with my life, purposeless, no motivation, unmotivated, procrastinating, can't get going, need motivation, need inspiration, imposter syndrome, lost faith in humanity, hate the world, losing hope ; inspiring, hopeful, uplifting ; wa 3 li 3
contemplative, feeling contemplative, thoughtful, pensive, philosophical, in a thoughtful mood, reflective, curious, feeling curious, feeling existential, having an existential crisis, existential crisis, existential, introspective ; thought-provoking, meditative, hopeful ; de 3
a rainy day, it's raining, raining outside, pouring outside, snowing outside, it's snowing, snowed in, it's cold outside, stormy outside, storm outside, cold night, rainy night, stormy night ; cosy, gentle ; li 3 wa 3
adventurous, feeling adventurous, feel adventurous, cabin fever, need to get out, need a holiday, need a vacation, need an escape, need to escape, wanderlust, stuck at home, stuck inside, itchy feet, want to travel ; adventurous, exciting, awe-inspiring ; li 3
numb, feel nothing, feeling numb, empty, feeling empty, feel empty, emotionless, detached, dead inside, hollow ; tender, bittersweet, hopeful ; wa 4
""".strip()

# Staying in a mood instead of leaving it.
STAYING = """
wallow, wallowing, want to wallow, wallow in it, stay sad, want to be sad, wanna be sad, need to be sad, let me be sad, feel sad, feel my feelings, lean into it, lean in, sit with it, embrace the sadness, match my mood, matches my mood, fits my mood, mirrors my mood, same mood as me, as sad as i am, something as sad, indulge my sadness, indulge my melancholy, sad hours, get it all out, misery loves company, let myself be sad ; sad, melancholic, bittersweet, tearjerker ; li 0 wa 3
stay scared, be terrified, want to be scared, want to be terrified ; scary ; sc 4 te 3
stay angry, be angry, channel my rage, channel my anger, feed my rage ; angry, rebellious, intense ; te 3
feel lonely together, someone lonely like me ; lonely, melancholic ;
""".strip()

EMOJI = """
😂 🤣 😆 😹 😄 😁 😃 ; funny ; hu 3 li 3
😊 🙂 ☺ 😀 🌞 ☀ 🌈 🥳 🎉 ; feel-good ; li 4
😭 😢 🥲 ; tearjerker, bittersweet ; wa 3
💔 😔 😞 🙁 ☹ 😕 😩 😫 ; uplifting, heartwarming ; li 3 wa 4
👻 🎃 🦇 🕸 ; spooky ; sc 2
😱 🔪 💀 ☠ 🧟 😨 ; scary ; sc 3
🩸 ; violent ; vi 3
❤ 😍 💕 💖 💘 💗 💞 😘 🥰 💑 💏 🌹 ; romantic ; ro 4
🤗 🫂 🧸 🐶 🐻 ; heartwarming ; wa 4
☕ 🍵 🛋 🕯 🍂 🍁 🌧 ; cosy ; li 3 wa 3
🤯 🌀 😵 🍄 ; mind-bending ; st 3
🤔 🧠 📚 ; thought-provoking ; de 3
💥 🔥 🚗 🏎 💪 ; adrenaline, exciting ; te 3
🚀 🗺 🏔 ⚔ 🏴‍☠️ ; adventurous ;
✨ 🧚 🦄 🪄 🌟 ; magical ; st 2
🤪 🤡 🙃 ; silly ; hu 3 li 4
😴 💤 🥱 ; gentle ; te 0 de 0
😡 🤬 ; angry ;
🌑 🖤 ; dark ; li 0
""".strip()


@dataclass(frozen=True)
class Meaning:
    """What a phrase of mood stands for; ``name`` is the first phrase of its line."""

    name: str
    moods: tuple[MoodTag, ...] = ()
    axes: Mapping[AxisName, float] = field(default_factory=dict)


_AXIS: dict[str, AxisName] = {axis[:2]: axis for axis in AXES}


def _meaning(name: str, moods: str, axes: str) -> Meaning:
    pairs = axes.split()
    degrees = {_AXIS[a]: float(d) for a, d in zip(pairs[::2], pairs[1::2], strict=True)}
    tags = tuple(tag.strip() for tag in moods.split(",") if tag.strip())
    return Meaning(name, tags, degrees)  # type: ignore[arg-type]


def _table(lines: str) -> dict[str, Meaning]:
    """Every phrase with its meaning; hyphens are blanks, the first line of a phrase wins."""
    found: dict[str, Meaning] = {}
    for line in lines.splitlines():
        phrases, moods, axes = line.split(";")
        written = (phrase.strip().replace("-", " ") for phrase in phrases.split(","))
        listed = [phrase for each in written for phrase in _spelled_out(each)]
        meaning = _meaning(listed[0], moods, axes)
        for phrase in listed:
            found.setdefault(phrase, meaning)
    return found


def _spelled_out(phrase: str) -> Iterator[str]:
    """``{bad rough} day`` is "bad day" and "rough day"."""
    parts = re.split(r"\{([^}]*)\}", phrase)
    choices = (part.split() if place % 2 else [part] for place, part in enumerate(parts))
    return map("".join, product(*choices))


def _borrowed(known: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """The rarer adjectives, each with the meaning of the line it stands under."""
    return {
        word.replace("-", " "): known[line]
        for line, words in RARE.items()
        for word in words.split()
    }


def _signs(lines: str) -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for line in lines.splitlines():
        signs, moods, axes = line.split(";")
        meaning = _meaning(moods.split(",")[0].strip(), moods, axes)
        found.update(dict.fromkeys(signs.split(), meaning))
    return found


def superlative(word: str) -> str:
    """``funniest`` for ``funny``, ``saddest`` for ``sad``."""
    if word.endswith("y"):
        return f"{word[:-1]}iest"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnpt]", word):
        return f"{word}{word[-1]}est"
    return f"{word}st" if word.endswith("e") else f"{word}est"


CORE: dict[str, Meaning] = _table(QUALITIES)
MOST: dict[str, Meaning] = {
    superlative(word): meaning
    for word, meaning in CORE.items()
    if re.fullmatch(r"[a-z]{3,6}", word)
}
"""Superlatives; of some words that have none, which does no harm."""


def comparative(word: str) -> str:
    """``funnier`` for ``funny``."""
    return f"{superlative(word)[:-2]}r"


RARELY: dict[str, Meaning] = _borrowed(CORE)
QUALITY: dict[str, Meaning] = {**MOST, **RARELY, **CORE}
STATE: dict[str, Meaning] = _table(STATES)
STAY: dict[str, Meaning] = _table(STAYING)
SIGN: dict[str, Meaning] = _signs(EMOJI)
LONGEST = max(len(phrase.split()) for table in (QUALITY, STATE, STAY) for phrase in table)
"""Words of the longest phrase."""
