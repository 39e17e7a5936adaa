"""Words that stand around a wish and say nothing of what is wished for."""

from __future__ import annotations

from .words import words_of

CARRIERS = words_of("""
    a about absolute absolutely accept accepting actor actress actually add after afternoon again
    ago agree ah aha ahead all almost alone along alright also although always am amazing an and
    another any anybody anyone anything anyway anywhere apparently appreciate are area aren't argh
    around as asap ask asked at available avoid away awesome back based basically be because been
    before being believe besides best better big bit bored born both bother boyfriend bring
    brother brothers btw but by bye came can can't cant cast cause certainly check cheers choice
    choose cinema come comes coming consider content cool could couldn't course cousin coward
    currently dad date daughter day days definitely did didn't director dislike do does doesn't
    doing don't done dont each eg either element elements else end ending endings enjoy enjoyed
    enjoys enough er erm especially etc even evening ever every everyone everything exactly
    excellent except expected expecting extremely fairly family fan fans fantastic fav faves
    favorite favorites favourite favourites feature features featuring feel feeling feels few film
    films finally find finds fine finish first flavour flick flicks fond for forgot found friend
    friends from fun further general generally genre genres get gets getting girlfriend give given
    gives glad go goes going gonna good goodbye goody got gotta great guess guys ha had haha
    hahaha half hand happen has hasn't hate hates have haven't having he hear heard hello help her
    here hers hey hi him his hit hmm honestly hope hour hours how however huge hulu husband i i'd
    i'll i'm i've idea ideally ideas ie if im imho imo in include including incredibly indeed
    instead interested interesting into involved involving is isn't it it'd it'll it's its itself
    ive job just keep kid kids kind kinda kinds know known last lately later least less let let's
    like liked likes list literally little lol long look looking looks lot lots love loved lovely
    loves made mainly make makes many match matter may maybe me mean meant meh might min mind mine
    mins minus minute minutes mom moment month mood more morning most mostly movie movies much mum
    must my myself need needed needs neither netflix never next nice night no nobody none nor not
    nothing now obviously occasionally of off oh ok okay old older oldest on once one ones only
    ooh open opinion option options or order other others otherwise ought our out over own parents
    particular particularly partner past pep perfect perhaps person pick picks picture plan
    already forget grew planning please join joins joined joining
    plenty pls plus plz point possible possibly prefer preferably preferred pretty
    prime probably proper put quite rather real really reason rec recommend recommendation
    recommendations recommended recs remember repeats research right said same saw say says scene
    scenes seat see seeing seem seems seen set several shall she should shouldn't show shows sick
    simply since sister sisters skip slightly so some somebody somehow someone something sometimes
    somewhat somewhere son soon sort sorts sound sounds spare spend spoiler spoilers stand
    starring stars start started stay still stuff style such suggest suggested suggestion
    suggestions super sure take taking talk tbh tell than thank thanks that that's the their them
    themselves then there there's theres these they they're thing things think thinking this those
    though thought three through thx time times tired title titles to today together tomorrow tone
    tonight too took totally trailer tried true try trying turn two ty type types la ugh uh um
    understand until up upon us use usual usually very via vibe vibes viewing vs wait want wanted
    wanting wants was wasn't watch watchable watched watches watching way ways we we'd we'll we're
    we've week weekend weeks welcome well went were what what's whatever whatsoever when where
    whether which while who who's whole whom whose why wife will wimp wish with within without
    won't wonder wonderful wondering work worked works worth would wouldn't wow wuss yeah year
    awfully excessively hugely massively overly terribly unbearably
    years yep yes yet you you'd you'll you're you've younger youngest your yours yourself yup
""")
"""They carry a wish, a negation or a courtesy."""

SOUNDS: frozenset[str] = words_of("""
    aha ahem argh aw aww aye bah bleh blimey boo bruh cheerio cmon crikey damn dang dude duh eek eh
    hm mh erm ehm ermm uhm umm hmph hehe aah ooo nvm
    ew fml gah gee geez gosh heh hmm hmmm huh innit jeez jeepers lmao lmfao lol loll mate mhm mmm
    mm nah naw nope omg oof ooo oops ouch oy phew pfft pff psh rofl shh sigh smh tsk tut ugh uhh
    ummm wew whoa whew woah wtf wth yah yay yea yikes yo yoo yup ya yass yeh xd xx xxx xo bro bruv
    fam sis hun luv babe bud buddy pal gal lad lads folks peeps idk idc iirc imo imho tbf tbh ngl
    fyi irl btw afaik rn fr jk brb ttyl asap eg ie etc aka nvm obvs totes cheers ta welp sheesh
    follow monday tuesday wednesday thursday friday saturday sunday tips tip lately able easily
    obsessed craving crave craves fancies keen partial searching addicted thx hopefully fancy poss
    lil random plot storyline storylines suit suits
    1am 2am 5am 6am 7pm 8pm 9pm 10pm 11pm properly ish ykno ykwim yknow
    cos cuz cause
    hubby wifey missus fella gran nan nana auntie uncle flatmate housemate roommate mates birthday
    anniversary loads tons heaps unless otherwise surprise bunch guy's bloke's somehow whichever
    theyre shes hes youre whos exists theirs hers ours obvs tho involved
""")
"""Interjections, forms of address and the abbreviations of chats."""
