# ruff: noqa: E501
"""Kinds of words that the care head counts alike, in both languages: what is learned of one word holds for its like.

``stem*`` is every word that begins so. A word may be of several kinds. Written by hand, from no list of anybody's.
"""

from __future__ import annotations

from functools import cache

_WRITTEN = {
    "I": ("i im i'm i've ive i'd id i'll ima imma ill i'ma", "ich ichs ichn"),
    "ME": ("me my mine", "mich mir mein meine meinen meinem meiner meins mi ma"),
    "SELF": ("myself meself mysel self", "selbst selber"),
    "YOU": ("you your yours yourself you're you've you'd you'll u ur youre yourselves", "du dich dir dein deine deinen deinem deiner deins euch ihr euer eure dus"),
    "THEY": ("he him his himself he's hes he'd she her hers herself she's shes she'd they them their themselves they're it's", "er ihn ihm sein seine seinen seinem seiner sich sie ihrer ihren ihrem ihre ihnen"),
    "KIN": ("mom mum mother mama dad father papa brother bro sister sis son daughter kid kids baby husband wife girlfriend boyfriend grandma grandpa granddad uncle aunt cousin friend friends nan gran grandmother grandfather neighbour neighbor roommate parents family children mate ex", "mama mutter papa vater bruder schwester sohn tochter kind kinder mann frau freundin freund freunde oma opa onkel tante cousin cousine nachbar nachbarin eltern familie kumpel mitbewohner* ex"),
    "DIE": ("die dying dieing", "sterben sterbe sterb stirb stirbt sterbens krepier* verreck* abkratz* abzukratz* draufgeh* draufzugeh*"),
    "DEAD": ("dead death deceased grave coffin buried funeral cemetery corpse casket morgue", "tot tote toter totes toten tod todes leiche grab sarg beerdigung* begräbnis friedhof beerdig*"),
    "DIED": ("died passed lost", "gestorben starb verstorben verstarb verloren"),
    "KILL": ("kill killing killed kills unalive unaliv* hang hanging hanged hung drown drowning strangle choke stab off offing kms kys", "umbring* umzubring* umgebracht bring um töten töte tötet erhäng* erschieß* erschiess* ertränk* ersäuf* vergift* aufhäng* aufgehängt aufzuhäng* kms"),
    "SUICIDE": ("suicid* suicide suicidal sui suic* sewerslid* ctb seppuku kms toaster neck suey ideation", "selbstmord* suizid* selbstmord suizid suizidal freitod lebensmüde selbsttötung sui kms suizi* todessehnsucht todeswunsch todesgedanken"),
    "HARM": ("cut cuts cutting harm harming harmed hurt hurting selfharm sh carve carved carving scratch scratched scratching burn burned burning burnt punish starving starve bruise bruises hitting punched punching headbang* bite biting relapse relapsed relapsing", "ritz* geritzt schneid* geschnitten schnitt schnitte verletz* selbstverletz* antu* angetan anzutun brenn* verbrenn* verbrannt kratz* gekratzt svv rückfall rückfällig bestraf* beiß* schlag* wehtu* wehzutu*"),
    "BLADE": ("blade blades razor razors razorblade* knife knives scissors sharpener boxcutter scalpel glass lighter cigarette compass", "klinge klingen rasierkling* messer schere skalpell cutter teppichmesser anspitzer feuerzeug zigarette glasscherbe scherbe scherben zirkel"),
    "PILL": ("pill pills tablet tablets overdose* overdose overdosing od od'd meds medication paracetamol tylenol ibuprofen aspirin xanax insulin bottle sleeping stash stockpil* bleach antifreeze helium carbon monoxide charcoal exhaust", "tablette tabletten pille pillen schlaftablette* überdosis überdosier* paracetamol insulin medikament* schlafmittel tropfen bleiche abgase grill kohlenmonoxid morphin"),
    "ROPE": ("rope noose cord belt beam knot rafters cable", "strick seil schlinge gürtel knoten kabel balken haken"),
    "GUN": ("gun bullet bullets trigger pistol rifle shotgun barrel shoot shooting shot revolver", "pistole waffe kugel abzug gewehr revolver"),
    "HIGH": ("bridge roof rooftop ledge cliff balcony railing rail building parapet edge storey story floor overpass carpark window tower", "brücke brücken dach balkon geländer klippe hochhaus parkhaus kante stockwerk stock fenster turm brüstung sims parkdeck"),
    "TRAIN": ("train trains tracks track platform traffic truck lorry rails railway oncoming subway tree headlights", "zug züge gleis gleise gleisen schienen bahnsteig bahn lkw laster autobahn gegenverkehr güterzug baum pfeiler"),
    "WATER": ("river lake sea ocean water bathtub bath waves deep underwater reservoir", "fluss see meer wasser badewanne wellen stausee kanal strömung"),
    "JUMP": ("jump jumping jumped jumps leap step stepping stepped fall falling swerve steer crash climb climbed", "spring* gesprungen sprung stürz* fallen falle lenk* lenkrad steuer kletter* runter hinunter hinab"),
    "END": ("end ending ends ended over stop stops stopped stopping finish finished quit quitting done exit final enough checkout checkin' out", "ende enden beende* beenden beendet aufhör* aufzuhör* aufhört schluss vorbei fertig stopp endgültig endet ausgang genug aus"),
    "GONE": ("gone go going leave leaving left disappear* vanish* away erase* ghost nowhere", "weg fort verschwind* verschwund* gehen geh gehe gegangen geht auflös* aufzulös* auslösch* abhau* nirgend* fortgeh*"),
    "WAKE": ("wake waking woke wakes sleep asleep sleeping morning awake sunrise", "aufwach* aufzuwach* aufgewacht aufwachst wach wache wachwerd* schlaf* einschlaf* einzuschlaf* morgens"),
    "LIFE": ("life live living lives alive exist existing existence exists breathe breathing breath being world earth here survive surviving lived", "leben lebe leb lebens lebt lebendig existier* atmen atme dasein welt erde existenz überleb* weiterleb* weiterzuleb* da hier lebenswert* lebenswill*"),
    "BORN": ("born birth", "geboren geburt"),
    "WANT": ("want wanted wanting wants wanna wish wished wishing hope hoping hoped rather crave craving need longing long yearn urge urges tempted temptation dream pray praying beg begging would like", "will wil wills willst wollen wollte möchte möcht mag wünsch* gewünscht hoff* lieber liebsten sehn* sehnsucht drang druck bete brauch* würd* gern gerne bitte"),
    "THINK": ("think thinking thought thoughts imagine imagining picture picturing fantasi* consider* ponder* wonder wondering daydream* head mind voice voices brain idea", "denk* dachte gedanke gedanken gedacht vorstell* stell stelle überleg* phantasi* fantasi* grübel* kopf stimme stimmen idee frage frag"),
    "PLAN": ("plan plans planned planning decided decision ready date picked pick chosen chose choose prepared preparing arranged settled google googled googling looked research* measured counted counting saved saving collected hoard* hid hidden hiding bought buy ordered know method methods ways painless tested rehears* practis* practic* scheduled", "plan pläne geplant plane planen entschieden entscheidung beschlossen bereit datum ausgesucht gewählt vorbereit* gegoogelt google googel* recherch* ausgemessen gezählt zähl* gesammelt sammel* gespart versteckt gekauft kaufen bestellt besorg* weiß weiss methode* schmerzlos* getestet ausprobier* geübt termin"),
    "NOTE": ("note notes letter letters goodbye goodbyes bye farewell will testament writing wrote written tidied tidying", "abschied* brief briefe zettel testament tschüss tschüs lebwohl leb wohl geschrieben schreib* verabschied* aufgeräumt servus"),
    "GIVE": ("gave give giving given away inherit belongings passwords rehome*", "verschenk* weggegeben weggeb* vermach* erbe erben passwörter gekümmert geregelt"),
    "NOW": ("tonight today tomorrow now soon weekend friday sunday monday rn currently minute minutes midnight", "heute heut morgen jetzt bald gleich nachher wochenende freitag sonntag abend nacht mitternacht grad gerade"),
    "AGAIN": ("again still lately every always constantly nights days daily keep keeps keeping recently since week started back last sometimes often", "wieder immer noch ständig dauernd täglich jede jeden jedes letzte letzten letztens neuerdings seit woche wochen oft manchmal nächte tage angefangen gestern"),
    "PAST": ("ago used once years former younger teenager teen childhood recovered recovery sober clean anniversary glad grateful survived behind", "früher damals jahre jahren jahr kindheit jugend jugendlich* teenager einst ehemals überlebt überstanden clean hinter geheilt froh dankbar"),
    "NOT": ("not no never don't dont doesn't cant can't cannot won't wont wouldn't wouldnt isn't didn't couldn't shouldn't ain't nothing none nobody noone without neither nor stopped", "nicht nich ned net nit kein keine keinen keinem keiner keins nie niemals nichts nix ohne niemand weder nimmer niemandem"),
    "MORE": ("anymore longer more further another any", "mehr länger weiter weiterhin noch"),
    "POINT": ("point reason reasons sense worth purpose meaning meaningless pointless worthless useless bother matter matters", "sinn sinnlos grund gründe zweck wert wertlos nutzlos lohnt wozu wofür bringt"),
    "BURDEN": ("burden better off easier miss missing cry notice noticed care cares funeral bother everyone everybody anyone somebody", "last bürde belastung besser dran leichter vermiss* fehl* merk* kümmer* alle jeder allen ärger"),
    "PAIN": ("pain hurts suffering suffer agony torture unbearable misery peace quiet relief empty numb nothingness dark darkness void", "schmerz* leid leiden qual* unerträglich ruhe frieden stille erlös* erleichter* leer leere taub dunkel dunkelheit"),
    "TIRED": ("tired exhausted sick fed weary worn hate hating can't handle bear stand", "müde satt leid erschöpft kaputt hasse hass ertrag* halt halte aushalt* auszuhalt* schaff* pack* kraft"),
    "BLOOD": ("blood bleed bleeding bled bloody", "blut blute blutet bluten blutig geblutet"),
    "ARM": ("scar scars wound wounds arm arms wrist wrists thigh thighs leg legs sleeve sleeves skin vein veins bandage bandages throat stitches", "narbe narben wunde wunden arm arme armen handgelenk* oberschenkel bein beine ärmel haut ader adern pulsader* verband pflaster hals kehle unterarm*"),
    "FICTION": ("game games movie movies film films book books novel song songs lyrics character scene poem play story chapter boss level season episode show series minecraft player dungeon rpg theatre theater essay podcast actor villain hero npc", "spiel spiele film filme buch roman lied song figur szene gedicht geschichte kapitel boss endgegner level staffel folge serie zock* charakter theater* held roll* krimi podcast"),
    "HYPER": ("laughing laugh lol lmao haha hahaha boredom bored boring cringe embarrass* homework exam exams essay deadline boss meeting meetings hungry heat traffic hilarious cute chocolate pizza coffee spicy workout gym", "lach* lachen haha lol langeweile langweil* peinlich* hausaufgabe* prüfung* klausur* chef stau hitze hunger lustig süß kaffee kater pizza kuchen muskelkater sport meeting"),
    "FEAR": ("afraid scared fear terrified worried worry frightened", "angst ängste fürcht* furcht panik sorge sorgen"),
    "SAFE": ("safe trust promise alone myself stay", "sicher trau traue vertrau* versprech* versprochen allein alleine bleib*"),
    "SAID": ("said says say told tells asked quote quoted shouted whispered texted writes", "sagte sagt gesagt sag sage meint meinte fragte erzähl* rief schrie flüster* zitat"),
    "ODD": ("accident accidentally slipped cooking kitchen shaving shaved garden tomato tomatoes onion onions paper vegetables football soccer bike cat dog fell tripped tin", "versehen versehentlich unfall abgerutscht kochen küche rasieren rasier garten tomaten zwiebel* gemüse fußball fahrrad katze hund hingefallen gestolpert dose brot papier"),
    "WARD": ("hospital doctor therapist ward psych er clinic paramedics ambulance nurse pumped stomach survived attempt attempts attempted hotline crisis", "krankenhaus klinik arzt ärztin therapeut* psychiatrie notaufnahme rettungswagen sanitäter krisen* magen ausgepumpt versuch versuche versucht"),
    "TRY": ("try tried trying almost nearly close couldn't failed fail courage chickened dare brave", "versuch* probier* fast beinah* beinahe kurz knapp mut getraut gescheitert geklappt trau"),
    "MAY": ("maybe could should might can may must if when", "vielleicht könnte könnt sollte sollt kann darf muss müsste wenn falls wäre wär"),
    "FOLLOW": ("follow join joining reunited meet together with", "folgen folge nachfolg* hinterher wiederseh* zusammen"),
    "PET": ("dog cat car phone battery plant laptop computer engine wifi printer", "hund katze auto handy akku pflanze laptop rechner drucker wlan motor"),
}  # fmt: skip

KINDS = tuple(_WRITTEN)


def _read(stems: bool) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for language in range(2):
        for kind, lists in _WRITTEN.items():
            for word in lists[language].split():
                if word.endswith("*") is stems:
                    key = f"{language}{word.rstrip('*')}"
                    out[key] = (*out.get(key, ()), kind)
    return out


_WORDS, _STEMS = _read(False), _read(True)
_NEARLY_LEAST, _SWAPPED_LEAST = 5, 7
"""Letters of a word of a kind that is known by a letter missing or too many; by one that is another, or two swapped."""


def kinds(word: str, language: str) -> tuple[str, ...]:
    """The kinds of a plain lower-case word; none for most words. A word of a kind with a slip in it is of that kind."""
    key = f"{int(language == 'de')}{word[:24]}"
    known = _WORDS.get(key)
    if known is None:
        known = next((_STEMS[key[:end]] for end in range(len(key), 3, -1) if key[:end] in _STEMS), None)
    return _nearly(key) if known is None else known


def _nearly(key: str) -> tuple[str, ...]:
    """The kinds of the word that this one is a slip away from. Every slip is a letter less on one side or on both."""
    if len(key) <= _NEARLY_LEAST - 1:
        return ()
    short, slips = _shortened(key), _slips()
    alike = slips.get(key) or next((_WORDS[less] for less in short if len(less) > _NEARLY_LEAST and less in _WORDS), ())
    if not alike and len(key) > _SWAPPED_LEAST:
        alike = next((slips[less] for less in short if less in slips), ())
    return alike


def _shortened(key: str) -> list[str]:
    """The word without each of its letters but the first."""
    return [key[:at] + key[at + 1 :] for at in range(2, len(key))]


@cache
def _slips() -> dict[str, tuple[str, ...]]:
    """The kinds of each longer word, by the word with a letter missing."""
    return {less: of for word, of in _WORDS.items() if len(word) > _NEARLY_LEAST for less in _shortened(word)}
