"""Kinds of words: so that a word the training text never had is heard like its kin. Words by language, as data.

A word that ends in ``*`` stands for every word that begins so. A word may be of one kind only; the first found wins.
"""

from __future__ import annotations

from functools import cache

_ENGLISH = {
    "NOT": "not no never none nobody nothing nor neither cannot can't cant don't dont didn't didnt doesn't doesnt won't wont wouldn't wouldnt isn't isnt wasn't wasnt aren't weren't couldn't couldnt shouldn't shouldnt haven't hasn't hadn't ain't",
    "I": "i i'm im i've ive i'd i'll me myself",
    "MY": "my mine our ours",
    "YOU": "you u ya you're youre ur you've youve you'd you'll yourself yourselves ye",
    "YOUR": "your yours yr",
    "THEY": "he she they him her them his hers their he's she's they're he'd she'd they'd himself herself themselves",
    "WE": "we us we're let's lets",
    "FEEL": "sad sadness lonely loneliness alone afraid scared frightened terrified fearful fear* anxious anxiety angry anger furious fury mad rage resent* bitter bitterness ashamed shame guilt* hurt hurting hurts heartbroken heartbreak grief griev* mourn* sorrow* despair desperat* hopeless* helpless* empty emptiness numb lost exhaust* tired weary overwhelm* jealous* envy envious embarrass* humiliat* disappoint* betray* abandon* reject* regret* remorse worried worry worrying nervous panic* dread terror longing homesick* pain painful unbearable agony ache aching broken crushed devastat* torn conflicted confus* relieved relief proud pride grateful love loved loving loves miss missing misses missed unloved unwanted invisible small worthless trapped stuck restless haunted vulnerable frustrat* irritat* annoyed disgust* horrified shocked stunned lonesome upset miserable unhappy gutted tearful resigned wounded",
    "SEEM": "feel feels felt feeling feelings sound sounds sounded sounding seem seems seemed hear sense look looks looked",
    "FEELS": "makes made",
    "KIN": "mother mum mom mama mam father dad daddy papa brother* sister* son sons daughter* wife husband grandmother grandma nan granny gran grandfather grandad grandpa uncle aunt* cousin* parents family partner girlfriend boyfriend fiance* ex baby friend friends bestie stepdad stepfather stepmother twin nephew niece gf bf",
    "SHOULD": "should shoulda ought must could might can may need gotta gonna got would would've could've should've",
    "THINK": "think thinks thought believe believes know knows knew understand understood guess suppose reckon imagine wonder doubt",
    "BAD": "pathetic disgusting* coward* liar liars lying lied selfish* stupid* idiot* fool* moron* monster* weak weakling cruel* evil wrong horrible awful terrible rotten vile sick shameful shameless disgrace* despicable contempt* worthless* loser* creep* freak* hypocrit* heartless cold lazy spineless gutless greedy vain rude mean nasty dishonest traitor* thief murderer narcissis* toxic ridiculous absurd nonsense rubbish bullshit crap trash childish immature irresponsible careless reckless unforgivable inexcusable indefensible reprehensible delusional insane crazy nuts dumb dramatic excuses excuse whining whine blame fault deserve deserved deserves bitch bastard asshole arsehole jerk scum spoiled spoilt ungrateful negligent wicked petty pitiful ignorant clueless",
    "FAIR": "understandable* natural naturally normal* valid fair justified reasonable* human brave braver bravest courage* strong strength guts admire respect* right okay ok sense legit honest honesty resilient",
    "SOFT": "sorry condolences sympathy dear darling sweetheart honey hon love* poor* safe comfort gentle bless hugs",
    "LATER": "fine alright better okay ok heal* pass passes worse worst tomorrow eventually someday time soon worry luck lucky bright positive cheer smile nothing",
    "HELPER": "therap* doctor* counsel* psycholog* psychiatr* priest* lawyer* solicitor* police professional* hospital nurse* group pastor vicar gp specialist shrink hotline",
    "DO": "try tries tried talk tell telling write call phone ask go visit forgive leave move let stop start take get make keep burn throw sell sleep rest breathe eat drink walk run* pray apologi* apologise apologize report confront avoid ignore forget focus consider speak see read open send find seek give put join learn accept* face block delete change remember plant light pack book",
    "TOUCH": "hug hugs hugged hugging embrace* hold holds holding squeeze* squeezes touch touches touching stroke* strokes caress* kiss kisses pat pats cuddle* cuddles snuggle* nuzzle* lean leans leaning closer near nearer wrap wraps lay rest rests reach reaches brush brushes scoot scoots shuffle* clasp* grip* rub rubs nudge* nudges pull pulls draw draws cup cups entwine* intertwine*",
    "BODY": "hand hands arm arms shoulder shoulders cheek cheeks hair back knee knees fingers finger palm forehead face head wrist chest lap neck brow",
    "GO": "bye goodbye farewell goodnight leave leaves leaving left go goes going gone run runs running flee flees exit exits walk walks walking storm storms off out away home door bus train later gtg g2g brb ttyl bounce outta cya cheerio adios ciao",
    "QUIET": "silence silent silently quiet quietly still stay stays staying sit sits sitting wait waits waiting here present listen listening listens nothing beside breathe breathes company",
    "HUMOUR": "haha* hah ha hehe* lol lmao* rofl lolol* joke jokes joking kidding kid funny hilarious laugh* giggl* snort* grin* grins wink* winks chuckl* pun punchline clown* jk xd",
    "TRIFLE": "weather rain snow sunny lunch dinner breakfast tea coffee beer wine pizza soup cake biscuit* cookie* sandwich* snack* food menu hungry thirsty football match game show film movie series netflix song music radio tv phone charger wifi battery bathroom toilet loo shoes jacket curtains wallpaper bike car bus shop shopping sale weekend holiday* summer plans work job homework traffic parking lamp cat dog garden recipe quiz bill time clock",
    "SIGN": "anyway anyways anyhow btw whatever speaking moving subject topic else reminds change",
    "ASK": "what what's whats how how's why who who's where where's which when whats wat",
    "BE": "is are was were be been being am isnt it's its that's thats it'll",
    "DID": "did do does have has had",
    "TOLD": "told said kept hid hidden buried carried waited stayed lied watched stood lost gave took burned burnt stopped promised found lived raised paid went came never walked closed hoped wrote chose forgave pretended broke stole died held",
    "SO": "so then basically meaning means mean meant",
    "AS": "like as though if",
    "TWICE": "too also same either similar",
    "ME-THEN": "once remember grew used when",
    "ALL": "anyone anybody everyone everybody people most many any lots who'd",
    "AT-LEAST": "least bright plus side silver",
}  # fmt: skip
_GERMAN = {
    "NOT": "nicht nix nichts nie niemals kein keine keinen keiner keinem niemand niemandem nirgends ned net nich",
    "I": "ich mich mir",
    "MY": "mein meine meinen meinem meiner meins unser unsere unserem",
    "YOU": "du dich dir",
    "YOUR": "dein deine deinen deinem deiner",
    "THEY": "er sie ihn ihm ihr ihnen sein seine seinen seinem seiner ihre ihren ihrem ihrer",
    "WE": "wir uns",
    "FEEL": "traurig* trauer* einsam* allein alleine angst ängst* ängstlich* furcht* fürcht* panik wut wütend* zorn* sauer groll verbitter* bitter* scham* schäm* beschäm* schuldgefühl* schuldig* gewissen verletz* gekränkt kränk* gebrochen schmerz* schmerzhaft* weh wehtun wehgetan heimweh sehnsucht sehnst sehnen verzweifel* hoffnungslos* hilflos* ohnmächtig* leer leere taub verloren erschöpf* müde kaputt überforder* eifersüchtig* neid* neidisch peinlich* blamier* gedemütigt demütig* erniedrig* enttäusch* verraten verlassen zurückgewiesen abgelehnt reue bereu* sorge sorgen nervös entsetz* qual quäl* zerreiß* zerrissen belast* bedrück* erdrück* erleichter* stolz dankbar* lieb liebe liebst geliebt vermiss* ungeliebt unsichtbar klein wertlos gefangen unruhig* verfolgt verwundbar frustrier* genervt erschrocken schockiert unglücklich elend leid* kummer getroffen hass hasst gehasst",
    "SEEM": "fühl* fühlst gefühl gefühle gefühlt kling* klingt klingst wirk* wirkst wirkt scheint scheinst hör* höre spür* spüre merk* merke sieht siehst anfühlen",
    "KIN": "mutter mama mutti mami mum vater papa papi vati dad bruder brüder schwester* sohn söhne tochter töchter frau mann ehefrau ehemann oma opa großmutter großvater onkel tante cousin* eltern familie freund freunde freundin freundinnen ex baby zwilling* stiefvater stiefmutter partner* kumpel enkel* neffe nichte",
    "SHOULD": "solltest sollst sollte sollten musst muss müsstest könntest kannst kann könnte darfst dürftest würde würd würdest hättest brauchst",
    "THINK": "glaub glaube glaubst denk* denke denkst finde find findest weiß weißt verstehe versteh verstehst nehme meine meinst vermut* schätze",
    "BAD": "erbärmlich* widerlich* ekel* ekelhaft* feig* feige feigling* lügner* lügst gelogen egois* egoistisch* dumm* blöd* idiot* narr monster schwach* schwächling grausam* böse böser falsch* schrecklich* furchtbar* mies* gemein* fies* gehässig* krank schändlich* schande verachte* verächtlich wertlos* versager* freak spinner* heuchler* herzlos* kalt faul* rückgratlos gierig eitel frech unverschämt* unehrlich verräter* dieb* mörder* toxisch* lächerlich* absurd quatsch unsinn blödsinn mist scheiß* kindisch* unreif* verantwortungslos* leichtsinnig* rücksichtslos* unverzeihlich* verwerflich* verrückt irre irr übertreib* übertrieben dramatisch* ausrede* ausreden jammer* gejammer heul heulst selber selbst schuld verdient arschloch wichser miststück schlampe schwein verwöhnt undankbar* schäbig* armselig* peinlich hysterisch*",
    "FAIR": "verständlich* nachvollziehbar* natürlich normal* berechtigt* fair gerechtfertigt vernünftig menschlich* mutig* mut tapfer* stark* stärke bewunder* respekt* recht richtig okay ok ordnung sinn legitim ehrlich* klar logisch wunder logo",
    "SOFT": "beileid mitgefühl arme armer armes ärmste* schatz liebes liebling herz herzchen sicher sicherheit sch trost tröst* mensch",
    "LATER": "gut besser wird heil* heilt wunden vorbei vergeht morgen irgendwann bald zeit sorge sorgen glück positiv kopf hoch schlimm schlimmer schlimmste wild werden immerhin wenigstens zumindest weltuntergang",
    "HELPER": "therap* therapie arzt ärzt* ärztin berat* psycholog* psychiat* pfarrer* priester* anwalt* anwält* polizei profi* fachleut* krankenhaus hilfe gruppe selbsthilfegruppe trauergruppe seelsorg* hausarzt",
    "DO": "versuch* probier* rede red sprich sprech* sag sags schreib* schreibs ruf frag* fragst geh gehst fahr fahre besuch* vergib vergeb* verzeih* verlass zieh lass hör mach nimm hol behalt* verbrenn* wirf schmeiß verkauf* schlaf* atme atmen iss trink bete entschuldig* entschuldige ignorier* vergiss konzentrier* überleg* lies öffne schick such gib stell lern akzeptier* blockier* lösch* pflanz* zünd* pack denk",
    "TOUCH": "umarm* umarmung drück* drücke knuddel* kuschel* halt* halte hält nehm* nehme nimmt berühr* streich* streichel* streichle küss* küsse lehn* näher rück* rücke rutsch* leg* lege greif* greife wisch* stups* zieh* ziehe schmieg* verschränk* tätschel*",
    "BODY": "hand hände händen arm arme schulter schultern wange haar haare rücken knie finger stirn gesicht handgelenk brust schoß nacken träne tränen",
    "GO": "tschüss tschüs tschau ciao bye adieu servus wiedersehen weg fort raus los heim hause gehe geht gehen verlässt verschwinde* verschwind* hau haue ab renn* renne rennt lauf* laufe läuft flieh* flüchte* tür bus off leb lebwohl verabschiede* aufbrechen",
    "QUIET": "stille still schweig* schweige schweigt schweigend bleib* bleibe bleibt sitz* sitze sitzt setz* wart* warte wartet hier da dasein lausch* ruhig worte",
    "HUMOUR": "haha* hihi* hehe* lol lmao* xd witz* witzig* scherz* spaß lustig* lach* lacht grins* grinst kicher* kichert zwinker* prust* schmunzel* pointe clown* höhö hä flachwitz*",
    "TRIFLE": "wetter regen schnee sonne mittagessen abendessen frühstück essen tee kaffee bier wein pizza suppe kuchen keks* plätzchen döner brot eier milch hunger durst hungrig fußball spiel serie staffel film netflix lied musik radio fernsehen handy ladekabel wlan akku klo toilette schuhe jacke vorhänge tapete fahrrad auto bus laden einkaufen wochenende urlaub ferien sommer pläne arbeit job hausaufgaben stau lampe katze kater hund garten rezept quiz rechnung uhr spät",
    "SIGN": "egal apropos übrigens jedenfalls themawechsel thema anderes anderem naja tja btw schwamm",
    "ASK": "was wie warum wieso weshalb wer wen wem wo wohin woher wovor womit wofür woran worüber wann welche welcher welches",
    "BE": "ist bist war warst waren wart sind sei wäre wär wärst gewesen",
    "DID": "hast hat habt haben hab habe hatte hattest hatten",
    "TOLD": "gesagt geschwiegen behalten versteckt begraben getragen gewartet geblieben gelogen verloren gegeben genommen verbrannt aufgehört versprochen gefunden gelebt gegangen gekommen zugesehen geschrieben gewählt vergessen gestohlen gestorben kam ging blieb blieben fragte wartete",
    "SO": "also dann demnach heißt sozusagen quasi",
    "AS": "als ob wäre",
    "TWICE": "auch genauso ebenso ähnlich gleiche dasselbe same",
    "ME-THEN": "damals früher",
    "ALL": "jeder jede jedem alle allen viele vielen meisten andere anderen jedes",
}  # fmt: skip


@cache
def _table(language: str) -> tuple[dict[str, str], dict[str, str], int, int]:
    exact: dict[str, str] = {}
    begins: dict[str, str] = {}
    for kind, words in (_GERMAN if language == "de" else _ENGLISH).items():
        for word in words.split():
            (begins if word.endswith("*") else exact).setdefault(word.rstrip("*"), kind)
    lengths = [len(word) for word in begins]
    return exact, begins, min(lengths), max(lengths)


def kind(word: str, language: str) -> str | None:
    """The kind of a plain word, or nothing."""
    exact, begins, least, most = _table(language)
    found = exact.get(word)
    if found is None:
        for length in range(min(len(word), most), least - 1, -1):
            found = begins.get(word[:length])
            if found is not None:
                return found
    return found
