"""Writing lower-case phrases the way names are written: ``new york cop`` as ``New York cop``."""

from __future__ import annotations

import re
from functools import lru_cache

# Words that are written with a capital wherever they stand; words that are also ordinary ones
# ("bay", "union") are left out.
_WORDS = """
ABBA AI AIDS ATF Aardman Aboriginal Abu Achilles Adam Afghanistan Africa African Agatha Aires
Al Alabama Alan Alaska Albuquerque Alcatraz Algeria Allied Alps Alzheimer's Amazon America
American Amish Amsterdam Andersen Andes Andy Angeles Antwoord April Arab Arabia Arabian
Archimedes Arctic Argentina Argentine Arizona Arkansas Armenia Armenian Arthur Asgard Asia
Asian Aspen Asperger's Aston Athens Atlanta Atlantic Atlantis Audrey Austen Australia
Australian Austria Avengers Aztec Bacall Baghdad Bahamas Bailey Balkan Balkans Baltimore
Bangkok Banksy Barcelona Batman Bavaria Beethoven Beirut Belarus Belfast Belgian Belgium
Berlin Bernstein Beverly Bible Billy Birmingham Blackbeard Blake Bletchley Blofeld Bogart
Bolivia Bollywood Bosnia Bosnian Boston Bowie Brazil Brazilian Brighton Bristol Britain
British Britpop Brittany Broadway Bronx Brooklyn Bruce Bucharest Budapest Buddhist Buenos
Burma Burton Busan Buster CGI CIA Cairo California Cambodia Cambridge Camorra Canada Canadian
Capitan Capone Cardiff Caribbean Carl Carol Carolina Carpathians Carrey Carter Casablanca
Casbah Catholic Catholicism Catskills Catwoman Chan Chandler Changchun Charlotte Chekhov
Cherokee Chicago Chile Chilean Chinatown Chinese Christ Christian Christianity Christie
Christmas Chun Cincinnati Cinderella Claus Cleopatra's Cleveland Cologne Colombia Colombian
Colorado Colosseum Comanche Compton Coney Confederate Connecticut Cooper Copenhagen Cornish
Cornwall Corsican Croatian Cruz Cuba Cuban Czech D-Day DC DJ Dahl Dakota Dallas Dalí Danish
Darth David Davy DeLorean December Delaware Delhi Denmark Denver Detroit Dhabi Dhaka Diego
Dillinger Disney Diwali Doc Dogme Doolittle Dr Dracula Dubai Dublin Dunkirk Dutch Ealing Earp
Easter Ecuador Edinburgh Edward Edwardian Egypt Egyptian El Elizabeth Elizabethan Elton Elvis
Enfield England English Enigma Ethiopia Europe European Eve Expressionism FBI Fabergé Facebook
Faustian February Fernando Ferrari Filipino Finnish Florence Florida Foshan France Franciscan
Francisco Frankenstein Fransokyo Fred French Friday Gaiman Geneva George Georgetown Georgia
Georgian German Germany Gershwin Ghibli Glasgow Goa Gollum Gordon Gotham Greece Greek
Greenwich Groot Guadalcanal Guantanamo Guevara Guiana Guinea HIV Halloween Hamburg Hamlet
Hammett Hampshire Hannibal Hans Hanukkah Harlem Harley Harvard Hasbro Havana Hawaii Hawking
Helsinki Hepburn Hercule Herzog Himalayas Hindu Hiroshima Hitchcock Hitler Hmong Hoffa
Hogwarts Holliday Hollywood Holmes Holocaust Hong Houston Howard Hughes Hugo Hulk Hungarian
Hungary Huns Hyde II Icarus Iceland Idaho Illuminati Inca India Indian Indiana Indonesia
Interpol Inuit Iowa Iran Iraq Ireland Irish Islamic Israel Israeli Istanbul Italian
Italian-American Italy Jack Jackie Jakarta Jamaica James Jane Janeiro January Japan Japanese
Jedi Jekyll Jersey Jerusalem Jewish Jim Jimmy Johannesburg John Johnny Joker Jones Jordan
Juarez Judea Julia Juliet July June Jupiter KGB Kafkaesque Kansas Karachi Kashmir Kashmiri
Kathmandu Keaton Kentucky Kenya Klan Klingons Klondike Klux Kong Korea Korean Kraken Kraków
Kremlin Krypton Ku Kubrick LAPD Lagos Lakota Lapland Las Latino Latvian Lawrence Lebanese
Lebanon Lecter Lee Leeds Leone Lex Lincoln Lisbon Liverpool Loki London Looney Los Louisiana
Louvre Lovecraftian Lubitsch Luthor Lynch Lyon MI6 MIT Macau Macbeth Madrid Mafia Magellan
Maine Malaysia Malta Manchester Manhattan Manila Manson Maori Mardi Mars Marseille Martian
Martin Marvel Marx Mary Maryland Massachusetts Mattel Maya McCarthyism McClane McDonald's
Medusa Mel Melbourne Memphis Merlin Mexican Mexico Miami Michael Michigan Mickey Middle-earth
Milan Milwaukee Minnesota Mississippi Missouri Mogadishu Mohicans Monaco Monday Mongolia
Montana Montauk Montenegro Montmartre Montreal Monty Moriarty Mormon Morocco Morricone Moscow
Moses Mozart Mr Mumbai Munich Murakami Muses Muslim NASA NASCAR NRA NSA Nabokov Nairobi Naples
Napoleonic Nashville Navy Nazi Nazis Nebraska Necronomicon Neil Neo-Tokyo Nepal Neptune
Netflix Netherlands Nevada Neverland Nicolas Nietzsche Nigeria Nigerian Nintendo Nixon Nobel
Noh Nora Nordic Normandy Norse Northwest Norway Norwegian Nottingham November Oakland October
Odessa Odyssey Ohio Okinawa Oklahoma Olympic Olympics Omaha Oregon Orient Orleans Orlok Osage
Osaka Oslo Oxford Oz PTSD Pacific Pakistan Palestinian Panhandle Paris Pegasus Pennsylvania
Persia Persian Peru Peruvian Peter Philadelphia Philip Philippines Pittsburgh Pixar Poirot
Poland Polaroids Polish Poltergeist Polynesia Portugal Portuguese Prague Presley Princeton
Prohibition Prometheus Protestant Puerto Puss Pygmalion Python Quaker Quinn Quixote
Rachmaninov Ramadan Rapunzel Rashomon Rasputin Raymond Reagan Rhode Rican Richmond Rio Ripley
Riviera Roald Robin Rogers Roman Romani Rome Romeo Rumpelstiltskin Rushmore Russia Russian
Rwandan SETI SPECTRE SWAT Sacramento Sagan Sahara Saigon Salem Salieri San Sandler Santa
Sardinia Saturday Saudi Scotland Scottish Scrooge SeaWorld Seattle Senegal Seoul Serbian
Serena Seuss Shakespeare Shanghai Shelley Sherlock Siberia Siberian Sicily Sikh Singapore
Sioux Sith Skynet Snowden Somali Sondheim Southeast Soviet Spain Spanish Sparta Spider-Man
Spitfire Stalingrad Stanley Stasi Steinbeck Stephen Steve Stockholm Streisand Sunday Supergirl
Surrey Sweden Swedish Swiss Switzerland Sydney Syria Syrian TV Taipei Taiwan Taiwanese Tangier
Tarantino Technicolor Tehran Tennessee Texas Thai Thailand Thanksgiving Thanos Thermopylae
Thursday Tibet Tibetan Tijuana Tim Tina Tokyo Tolkien Toronto Transylvania Trevi Trojan
Tuesday Tunisia Turin Turing Turkish Turner U-boat U-boats UFO UK Alamos USA Ukraine Ukrainian
Utah Vader Vatican Vegas Venezuela Venice Venus Vermont Vespa Victorian Vienna Vietnam
Vietnamese Vikings Virginia Volkswagen WWII Wakanda Wales Warhol Warsaw Washington Watergate
Wednesday Weimar Wellington Welsh Werner William Williams Wisconsin Wolverine Wyatt Wyoming
X-Men Yemen Yokohama York Yorkshire Yosemite Zealand Zurich
"""
# Names whose words are ordinary ones by themselves, one to a line.
_PHRASES = """
1970s New York
1980s New York
Al Gore
American Civil War
American South
Ark of the Covenant
Army Rangers
Army medic
Berlin Wall
Bermuda Triangle
Beverly Hills
Big Apple
Billy the Kid
Black Panther
Black women
Bletchley Park
Brat Pack
Brighton Beach
Cape Town
Captain America
Civil War
Cold War
Coney Island
Costa Rica
Count Orlok
D.C.
Day of the Dead
Declaration of Independence
Deep South
Die Antwoord
Doctor Strange
Dust Bowl
East Africa
East Berlin
East Germany
East India Company
Eastern Front
First World War
Flash Gordon
Florida Keys
Formula One
Fort Knox
Fourth of July
French New Wave
General Zod
George W. Bush
Great Depression
Great Plains
Gulf War
Han River
Han Solo
Harry Potter
Hitler Youth
Holy Grail
Infinity Stones
Iron Man
Ivy League
Jack Sparrow
James Bond
Jim Crow
John Carpenter
John Woo
Johnny Cash
King Arthur
King's Cross
Korean War
Korean War veteran
Latin America
Le Mans
Little Italy
Long Island
Looney Tunes
Lower East Side
Man with No Name
Mardi Gras
Mel Brooks
Men in Black
Met Gala
Mexico City
Mickey Mouse
Middle Ages
Middle East
Mississippi Delta
Monument Valley
Native American
Native Americans
Navy SEAL
Navy SEALs
New England
New England island
New England mansion
New Jersey
New Mexico
New Orleans
New Wave
New Year
New Year's Eve
New York
New York City
New York apartment
New York cop
New Zealand
Nicolas Cage
Nora Ephron
North Africa
North Carolina
North Korea
North Pole
Old West
Olympic Games
Orient Express
P. T. Barnum
Peter Pan
Philip Glass
Puerto Rico
Puss in Boots
Queen Elizabeth
Ray Charles
Red Army
Rhode Island
Route 66
Royal Navy
San Fernando Valley
San Sebastián
Second World War
Secret Service
Sierra Leone
Skull Island
South Africa
South America
South Carolina
South Central
South Dakota
South Korea
South Pacific
South Pole
Sri Lanka
St Petersburg
Star Wars
Stephen King
Studio Ghibli
Super 8
Supreme Court
T. E. Lawrence
Tang dynasty
Tel Aviv
Texas Ranger
The Mousetrap
Third Reich
U.S. Marshal
US Marines
United Kingdom
United Nations
United States
Valentine's Day
Van Gogh
Vietnam War
Iraq War
Wall Street
Washington Post
West Texas
West Virginia
Western Front
White House
Wild West
Wing Chun
Wonder Woman
World War I
World War II
ex-CIA
ex-CIA father
ex-Marine
fake ID
imperial China
"""
# Names that take "the" in a sentence.
_WITH_THE = """
Alps
American Civil War
American South
Arctic
Army Rangers
Bahamas
Balkans
Berlin Wall
Brat Pack
Bronx
CIA
Camorra
Caribbean
Civil War
Cold War
Colosseum
Day of the Dead
Deep South
Dust Bowl
Eastern Front
FBI
First World War
Florida Keys
Fourth of July
French New Wave
Great Depression
Great Plains
Gulf War
Himalayas
Hitler Youth
Holocaust
Holy Grail
Inquisition
Joker
KGB
Korean War
Kremlin
Louvre
Lower East Side
Mafia
Middle Ages
Middle East
Mississippi Delta
Netherlands
North Pole
Old West
Olympics
Olympic Games
Orient Express
Philippines
Red Army
Sahara
Second World War
Secret Service
South Pole
Stasi
Supreme Court
Third Reich
United Kingdom
United Nations
United States
Vatican
Vietnam War
Iraq War
Western Front
White House
Wild West
"""
_TAKES_THE = frozenset(name.lower() for name in _WITH_THE.strip().splitlines())
_SPELT = {word.lower(): word for word in _WORDS.split()}
_NAMED = {name.lower(): name for name in _PHRASES.strip().splitlines()}
_LONGEST_FIRST = sorted(map(re.escape, _NAMED), key=len, reverse=True)
_NAME = re.compile(rf"(?<![\w'-])(?:{'|'.join(_LONGEST_FIRST)})(?![\w'-])", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@lru_cache(maxsize=20_000)
def cased(phrase: str) -> str:
    """A phrase with capitals where names have them; other words stay as they are."""
    worded = _WORD.sub(lambda match: _spelt(match.group()), phrase)
    return _NAME.sub(lambda match: _NAMED[match.group().lower()], worded)


def _spelt(word: str) -> str:
    """One word, or each half of a word with a hyphen."""
    if word in _SPELT:
        return _SPELT[word]
    return "-".join(_SPELT.get(part, part) for part in word.split("-"))


def is_name(phrase: str) -> bool:
    """Whether a phrase is a name as a whole: such phrases take no article."""
    words = cased(phrase).split()
    return words[0][:1].isupper() and words[-1][:1].isupper()


def in_sentence(name: str) -> str:
    """A name as a sentence has it: ``the Cold War``, but ``Paris``."""
    return f"the {cased(name)}" if name.lower() in _TAKES_THE else cased(name)
