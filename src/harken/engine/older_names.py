"""Given names in older forms that are attested, and where each is found. Data: a form a line, with names it fits.

Read as ``Form (language, source): name, name, ...``. Forms are in the Latin alphabet as the sources transcribe them.
Gathered for Harken from the works named in ``SOURCES``, all of them reference works of public record.
"""

SOURCES = {
    "F": "E. Förstemann, Altdeutsches Namenbuch I: Personennamen, 2nd ed., Bonn 1900",
    "P": "Prosopography of Anglo-Saxon England (pase.ac.uk)",
    "N": "E. H. Lind, Norsk-isländska dopnamn ock fingerade namn från medeltiden, Uppsala 1905-15",
    "H": "Hebrew Bible, Masoretic text",
    "S": "Septuagint",
    "T": "Greek New Testament",
    "V": "Vulgate",
    "G": "A Lexicon of Greek Personal Names, Oxford 1987 onward (lgpn.ox.ac.uk)",
    "K": "I. Kajanto, The Latin Cognomina, Helsinki 1965",
    "L": "W. Schulze, Zur Geschichte lateinischer Eigennamen, Berlin 1904",
    "I": "D. Ó Corráin and F. Maguire, Gaelic Personal Names, Dublin 1981",
    "W": "R. Bromwich, Trioedd Ynys Prydein, 2nd ed., Cardiff 1978",
    "R": "N. M. Tupikov, Slovar' drevnerusskich ličnych sobstvennych imen, St Petersburg 1903",
    "C": "W. Taszycki (ed.), Słownik staropolskich nazw osobowych, Wrocław 1965-87",
    "J": "F. Justi, Iranisches Namenbuch, Marburg 1895",
    "A": "W. Caskel, Ǧamharat an-nasab: das genealogische Werk des Hišām ibn Muḥammad al-Kalbī, Leiden 1966",
    "M": "M. Monier-Williams, A Sanskrit-English Dictionary, Oxford 1899",
    "E": "E. G. Withycombe, The Oxford Dictionary of English Christian Names, 3rd ed., Oxford 1977",
    "B": "M.-T. Morlet, Les noms de personne sur le territoire de l'ancienne Gaule I, Paris 1968",
}

TABLE = """
Adalbert (Old High German, F): Albert, Alberto, Albrecht, Adelbert, Bert
Adalheid (Old High German, F): Adelaide, Adelheid, Heidi, Alida, Alice, Alicia, Alison
Adalwolf (Old High German, F): Adolf, Adolfo, Adolphe
Adalhard (Old High German, F): Adelard, Alard
Amalric (Old High German, F): Emery, Emmerich, Amerigo
Ansgar (Old High German, F): Oscar, Oskar
Arnold (Old High German, F): Arnaud, Arnaldo, Arno
Baldwin (Old High German, F): Baudouin, Balduin
Berinhard (Old High German, F): Bernard, Bernardo, Bernhard, Bernd
Perahta (Old High German, F): Bertha, Berta, Berthe
Brunhild (Old High German, F): Brunhilde, Brunilda
Karal (Old High German, F): Charles, Carl, Karl, Carlos, Carlo, Karel, Charlie, Karol
Chlodwig (Frankish, F): Louis, Ludwig, Luis, Luigi, Lewis, Ludovic, Luise
Chlothachar (Frankish, F): Lothar, Luther
Dietrich (Old High German, F): Derek, Dirk, Dieter, Terry, Thierry
Eberhard (Old High German, F): Everett, Evert, Everard
Ekkehard (Old High German, F): Eckhart, Eckart
Irmintrud (Old High German, F): Ermintrude
Ernust (Old High German, F): Ernest, Ernst, Ernesto
Friduric (Old High German, F): Frederick, Friedrich, Federico, Frédéric, Fritz, Frederik, Fryderyk
Gerhard (Old High German, F): Gerard, Gerardo, Gérard, Gerd
Gertrud (Old High German, F): Gertrude, Gertraud
Gisela (Old High German, F): Giselle, Gisèle
Godafrid (Old High German, F): Godfrey, Gottfried, Geoffrey, Jeffrey, Geoff, Jeff
Gunthari (Old High German, F): Gunther, Günter, Gunter
Haimirich (Old High German, F): Henry, Heinrich, Henri, Enrique, Enrico, Harry, Hendrik, Henrik, Harriet, Henriette, Heike
Hadewig (Old High German, F): Hedwig, Jadwiga, Hedda
Herimann (Old High German, F): Herman, Hermann, Armand, Armando
Hildegard (Old High German, F): Hilda, Hilde
Hrodberht (Old High German, F): Robert, Roberto, Rob, Robin, Rupert, Ruprecht, Bob, Roberta
Hrodgar (Old High German, F): Roger, Rüdiger, Rodger, Rogelio
Hrodland (Old High German, F): Roland, Rolando, Orlando, Rowland
Hrodwulf (Old High German, F): Rudolf, Rodolfo, Rolf, Ralph, Rudi
Hruodheid (Old High German, F): Rohese, Rose, Rosa, Rosie
Hugo (Old High German, F): Hugh, Hugues, Ugo
Konrad (Old High German, F): Conrad, Kurt, Curt, Corrado
Kunigunde (Old High German, F): Kinga, Kunigunda
Leonhard (Old High German, F): Leonard, Leonardo, Lennart, Len
Liutpold (Old High German, F): Leopold, Leopoldo
Mahthild (Old High German, F): Matilda, Mathilde, Maud, Tilda, Tilly
Manfrid (Old High German, F): Manfred, Manfredo
Otto (Old High German, F): Odo, Otis, Eudes
Raginald (Old High German, F): Reginald, Reynold, Ronald, Reinhold, Rinaldo, Renaud, Ronnie, Ron
Raginmund (Old High German, F): Raymond, Raimund, Ramón, Raimondo
Rikhard (Old High German, F): Richard, Ricardo, Riccardo, Rick, Dick, Ryszard
Sigimund (Old High German, F): Sigmund, Sigismund, Zygmunt
Sigifrid (Old High German, F): Siegfried
Sigrún (Old Norse, N): Sigrun
Theudebald (Frankish, F): Theobald, Thibault, Tibalt
Theuderic (Gothic, F): Theodoric
Waldhari (Old High German, F): Walter, Walther, Gauthier, Gualtiero, Walt
Werinhari (Old High German, F): Werner, Warner
Willahelm (Old High German, F): William, Wilhelm, Guillaume, Guillermo, Guglielmo, Bill, Will, Liam, Willem, Wilma, Billie
Wolfgang (Old High German, F): Wolf
Adaltrud (Old High German, F): Edeltraud
Arnulf (Old High German, F): Arnolf
Fulko (Old High German, F): Fulk, Foulques
Gebahard (Old High German, F): Gebhard
Liutgard (Old High German, F): Lutgard
Uodalrich (Old High German, F): Ulrich, Ulrike, Ulrica, Uli
Wendelmar (Old High German, F): Wendel
Siglind (Old High German, F): Sieglinde
Amelina (Frankish, B): Ameline, Amelia, Emmeline
Imma (Old High German, F): Emma
Irmingard (Old High German, F): Irmgard, Irma, Erma
Ælfgifu (Old English, P): Elgiva
Ælfred (Old English, P): Alfred, Alfredo, Fred, Alfie
Ælfthryth (Old English, P): Elfrida
Æthelred (Old English, P): Aldred, Ethelred
Æthelthryth (Old English, P): Audrey, Etheldreda
Æthelstan (Old English, P): Athelstan
Ælfwine (Old English, P): Alvin, Elvin, Alwin
Beornheard (Old English, P): Barnard
Cuthbeorht (Old English, P): Cuthbert
Eadgar (Old English, P): Edgar, Edgardo
Eadgyth (Old English, P): Edith, Edie
Eadmund (Old English, P): Edmund, Edmond, Eamon, Edmundo, Ned
Eadweard (Old English, P): Edward, Eduardo, Eduard, Ed, Eddie, Ted, Édouard, Edoardo
Eadwine (Old English, P): Edwin, Edwina
Godwine (Old English, P): Godwin, Goodwin
Hereweard (Old English, P): Hereward
Hild (Old English, P): Hildy
Leofwine (Old English, P): Lewin
Mildthryth (Old English, P): Mildred, Millie
Osbeorht (Old English, P): Osbert
Osmund (Old English, P): Osmond
Osweald (Old English, P): Oswald, Osvaldo
Wilfrith (Old English, P): Wilfred, Wilfrid
Wulfstan (Old English, P): Wulstan
Wulfric (Old English, P): Ulric
Ásgeirr (Old Norse, N): Asger
Ástríðr (Old Norse, N): Astrid
Bjǫrn (Old Norse, N): Björn, Bjorn, Bjørn
Eiríkr (Old Norse, N): Eric, Erik, Erica, Erika
Freydís (Old Norse, N): Freydis
Guðrún (Old Norse, N): Gudrun
Gunnarr (Old Norse, N): Gunnar
Gunnhildr (Old Norse, N): Gunhild, Gunilla
Hákon (Old Norse, N): Haakon, Håkan
Haraldr (Old Norse, N): Harold, Harald
Ingibjǫrg (Old Norse, N): Ingeborg, Inge
Ingiríðr (Old Norse, N): Ingrid, Inga
Ívarr (Old Norse, N): Ivar, Ivor, Iver
Magnús (Old Norse, N): Magnus
Óláfr (Old Norse, N): Olaf, Olav, Olof, Ole
Ragnarr (Old Norse, N): Ragnar, Rainer, Rayner
Sigríðr (Old Norse, N): Sigrid, Siri
Sigurðr (Old Norse, N): Sigurd
Sveinn (Old Norse, N): Sven, Svein, Swain
Þóra (Old Norse, N): Thora, Tora
Þórsteinn (Old Norse, N): Thorsten, Torsten
Þorvaldr (Old Norse, N): Thorwald, Torvald
Yngvarr (Old Norse, N): Ingvar, Igor
Auðr (Old Norse, N): Aud
Yohanan (Hebrew, H): John, Jon, Johann, Johannes, Jan, Jean, Ivan, Giovanni, Juan, João, Sean, Ian, Hans, Jack, Evan, Johnny
Hannah (Hebrew, H): Hannah, Anna, Anne, Ann, Hanna, Annie, Anita, Anya, Nancy, Annika
Miryam (Hebrew, H): Mary, Maria, Marie, Miriam, Mariam, Maryam, Molly, Mia, Marisol, Marion, Moira, Maura
Yaakov (Hebrew, H): James, Jacob, Jakob, Jaime, Diego, Giacomo, Jim, Jacques, Hamish, Jake, Yakov, Jamie
Yosef (Hebrew, H): Joseph, José, Giuseppe, Josef, Joe, Yusuf, Yousef, Józef, Josephine
Yehudah (Hebrew, H): Judah, Jude
Yehudit (Hebrew, H): Judith, Judy, Jody
Mikhael (Hebrew, H): Michael, Miguel, Michele, Michel, Mike, Mikhail, Mikael, Michal, Michelle, Michaela, Mitchell
Gavriel (Hebrew, H): Gabriel, Gabriele, Gabriella, Gabrielle, Gabi
Refael (Hebrew, H): Raphael, Rafael, Raffaele, Rafał
Daniyel (Hebrew, H): Daniel, Daniele, Dan, Danny, Daniela, Danielle
Shelomoh (Hebrew, H): Solomon, Salomon, Suleiman, Süleyman, Salome
Shemuel (Hebrew, H): Samuel, Sam, Samuele
Elisheva (Hebrew, H): Elizabeth, Elisabeth, Elise, Eliza, Isabel, Isabella, Isabelle, Betty, Beth, Lisa, Elsa, Liz, Elżbieta, Ilse, Bettina
Shoshannah (Hebrew, H): Susan, Susanna, Suzanne, Susanne, Zuzanna, Sue
Sarah (Hebrew, H): Sara, Sally, Sarai
Rivqah (Hebrew, H): Rebecca, Rebekah, Becky
Rahel (Hebrew, H): Rachel, Raquel, Rachele
Leah (Hebrew, H): Lea, Léa, Lia
Rut (Hebrew, H): Ruth
Ester (Hebrew, H): Esther, Hester
Devorah (Hebrew, H): Deborah, Debra, Debbie
Hawwah (Hebrew, H): Eve, Eva, Ewa, Evita, Hava
Avraham (Hebrew, H): Abraham, Ibrahim, Abe
Yitzhaq (Hebrew, H): Isaac, Izaak, Ishaq, Itzhak
Binyamin (Hebrew, H): Benjamin, Ben, Benny
Reuven (Hebrew, H): Reuben, Ruben
Shimon (Hebrew, H): Simon, Simone, Simeon, Szymon
Yehoshua (Hebrew, H): Joshua, Josh, Josué
Yonatan (Hebrew, H): Jonathan, Jonathon
Yirmeyahu (Hebrew, H): Jeremy, Jeremiah, Jérémie
Yeshayahu (Hebrew, H): Isaiah
Eliyahu (Hebrew, H): Elias, Elijah, Elliot, Ellis, Ilya, Elia
Yoel (Hebrew, H): Joel
Yonah (Hebrew, H): Jonas, Jonah
Noah (Hebrew, H): Noé, Noa
Natan (Hebrew, H): Nathan, Nat
Netanel (Hebrew, H): Nathaniel
Zekharyah (Hebrew, H): Zachary, Zach, Zacharias
Tovyah (Hebrew, H): Tobias, Toby
Mattityahu (Hebrew, H): Matthew, Matthias, Mateo, Matteo, Matthieu, Matt, Mateusz
Dawid (Hebrew, H): David, Dave, Davide, Daoud, Davina
Avigayil (Hebrew, H): Abigail, Abby, Gail
Naomi (Hebrew, H): Noemi, Noémie
Tamar (Hebrew, H): Tamara
Tirzah (Hebrew, H): Thirza
Yael (Hebrew, H): Jael
Dinah (Hebrew, H): Dina
Yishai (Hebrew, H): Jesse
Ovadyah (Hebrew, H): Obadiah
Paulos (Greek, T): Paul, Pablo, Paolo, Pavel, Paweł, Paula, Paulina, Pauline, Paulo
Petros (Greek, T): Peter, Pedro, Pietro, Pierre, Piotr, Pyotr, Petra, Pete, Piers
Stephanos (Greek, T): Stephen, Steven, Stefan, Stefano, Esteban, Étienne, Stefanie, Stephanie, Steve
Philippos (Greek, T): Philip, Felipe, Filippo, Philippe, Phil, Philippa, Pippa
Andreas (Greek, T): Andrew, Andrea, Andrés, André, Andrei, Andrzej, Andy, Drew
Bartholomaios (Greek, T): Bartholomew, Bartek, Bart
Thomas (Greek, T): Tom, Tomás, Tommaso, Tomasz, Tommy
Markos (Greek, T): Mark, Marco, Marc, Marcus, Marek
Loukas (Greek, T): Luke, Lucas, Luca, Lukas, Łukasz
Timotheos (Greek, T): Timothy, Tim, Timo
Lydia (Greek, T): Lidia
Phoibe (Greek, T): Phoebe
Nikodemos (Greek, T): Nicodemus
Alexandros (Greek, G): Alexander, Alejandro, Alessandro, Alexandre, Alex, Alexandra, Sandra, Sasha, Alessandra, Xander, Alexei, Alexis
Dorothea (Greek, G): Dorothy, Dorotea, Dora, Dolly
Theodoros (Greek, G): Theodore, Teodoro, Theodor, Fyodor, Theo, Tudor, Theodora
Georgios (Greek, G): George, Jorge, Giorgio, Georg, Jürgen, Jerzy, Yuri, Georges, Georgia, Georgina
Gregorios (Greek, G): Gregory, Gregorio, Greg, Grzegorz
Eugenios (Greek, G): Eugene, Eugenio, Evgeny, Eugenia, Gene
Eirene (Greek, G): Irene, Irina, Iréne
Helene (Greek, G): Helen, Helena, Elena, Ellen, Hélène, Eleni, Ilona, Elaine, Nell
Katharine (Greek, G): Catherine, Katherine, Katarina, Caterina, Ekaterina, Kate, Kathleen, Karen, Karin, Katja, Kathy, Katarzyna, Catalina, Caitlin
Kyrillos (Greek, G): Cyril, Kirill
Leon (Greek, G): Leo, Lev, León
Margarites (Greek, G): Margaret, Margarita, Marguerite, Margarete, Greta, Margherita, Maggie, Megan, Peggy, Gretchen, Małgorzata, Rita
Nikolaos (Greek, G): Nicholas, Nicolas, Nikolai, Klaus, Nicola, Niklas, Mikołaj, Nick, Colin, Nicole, Nikita
Sophia (Greek, G): Sofia, Sophie, Zofia
Sebastianos (Greek, G): Sebastian, Sébastien, Bastian
Zoe (Greek, G): Zoé, Zoey
Xenia (Greek, G): Ksenia, Oksana
Anastasia (Greek, G): Anastasiya, Nastya, Stacy
Chloe (Greek, G): Chloé
Damianos (Greek, G): Damian, Damien
Demetrios (Greek, G): Dmitri, Dimitri, Demetrius, Demi
Dionysios (Greek, G): Dennis, Denis, Denise
Basileios (Greek, G): Basil, Vasily, Vassilis
Hieronymos (Greek, G): Jerome, Gerónimo, Girolamo
Iason (Greek, G): Jason
Isidoros (Greek, G): Isidore, Isidora, Isadora
Ambrosios (Greek, G): Ambrose
Achilleus (Greek, G): Achilles, Achille
Ariadne (Greek, G): Arianna, Ariane
Daphne (Greek, G): Dafne
Philomela (Greek, G): Philomena
Eulalia (Greek, G): Eulalie
Euphemia (Greek, G): Effie
Theresia (Greek, G): Teresa, Theresa, Thérèse, Tessa
Antonius (Latin, L): Anthony, Antonio, Antoine, Anton, Tony, Antonia, Toni
Aurelius (Latin, L): Aurelio, Aurelia, Aurélie
Caecilia (Latin, L): Cecilia, Cecily, Cécile, Celia, Sheila
Claudius (Latin, L): Claudia, Claude, Claudio
Cornelius (Latin, L): Cornelia, Cornel
Aemilius (Latin, L): Emil, Émile, Emilio
Aemilia (Latin, L): Emilia, Emily, Emilie
Fabius (Latin, L): Fabio, Fabian, Fabien
Iulius (Latin, L): Julius, Julia, Julie, Julio, Julian, Giulia, Juliet, Julien, Jill, Gillian
Lucius (Latin, L): Lucy, Lucia, Lucio, Luce, Lucille, Lucinda
Marcellus (Latin, K): Marcel, Marcello, Marcella
Marius (Latin, L): Mario
Martinus (Latin, K): Martin, Marcin, Martina, Martín, Marty
Valerius (Latin, L): Valerie, Valeria, Valerio
Virginia (Latin, L): Ginny
Augustus (Latin, K): August, Augusta, Augustin, Augustine, Gus
Beatrix (Latin, K): Beatrice, Beatriz, Bea
Benedictus (Latin, K): Benedict, Benedetto, Benoît, Benito
Clara (Latin, K): Clare, Claire, Klara, Chiara
Clemens (Latin, K): Clement, Clemente, Clementine, Klemens
Constantinus (Latin, K): Constantine, Konstantin, Constance
Crispinus (Latin, K): Crispin
Dominicus (Latin, K): Dominic, Domingo, Domenico, Dominik, Dominique
Faustus (Latin, K): Fausto
Felicitas (Latin, K): Felicity, Felicia
Florentius (Latin, K): Florence, Florian, Florenz
Hilarius (Latin, K): Hilary, Hilario
Ignatius (Latin, K): Ignacio, Ignazio, Ignacy
Laurentius (Latin, K): Laurence, Lawrence, Lorenzo, Laura, Lauren, Lars, Laurent, Lorenz, Larry
Maximus (Latin, K): Max, Maxim, Maxime, Maximilian
Natalis (Latin, K): Natalie, Natalia, Natasha, Noel, Noelle
Patricius (Latin, K): Patrick, Patricia, Patrice, Patrizia, Pat, Paddy
Priscilla (Latin, K): Prisca
Renatus (Latin, K): René, Renée, Renata, Renate
Sabina (Latin, K): Sabine
Sergius (Latin, L): Sergei, Sergio, Serge
Silvanus (Latin, K): Silvia, Sylvia, Sylvie, Silas
Silvester (Latin, K): Sylvester
Ursula (Latin, K): Orsola
Victor (Latin, K): Viktor, Vittorio, Victoria, Viktoria, Vicky
Vincentius (Latin, K): Vincent, Vincenzo, Vicente, Vince
Vitalis (Latin, K): Vitaly, Vitale
Viviana (Latin, K): Vivian, Vivien, Bibiana
Fides (Latin, K): Faith
Gratia (Latin, K): Grace, Gracia, Grazia
Stella (Latin, K): Estelle, Estella, Estrella
Áed (Old Irish, I): Aidan, Aodh
Brigit (Old Irish, I): Bridget, Brigitte, Brigid, Birgit, Britta, Bríd
Brión (Old Irish, I): Brian, Bryan
Cellach (Old Irish, I): Kelly
Coemgen (Old Irish, I): Kevin
Conchobar (Old Irish, I): Connor, Conor
Diarmait (Old Irish, I): Dermot, Diarmuid
Domnall (Old Irish, I): Donald, Domhnall
Donnchad (Old Irish, I): Duncan, Donagh
Eithne (Old Irish, I): Enya, Edna, Ethna
Eógan (Old Irish, I): Eoghan, Ewan, Euan
Fergus (Old Irish, I): Fearghas
Finn (Old Irish, I): Fionn, Fynn
Findabair (Old Irish, I): Fionnuala
Gráinne (Old Irish, I): Grania
Medb (Old Irish, I): Maeve
Muirenn (Old Irish, I): Maureen
Muirgel (Old Irish, I): Muriel
Niall (Old Irish, I): Neil, Neal, Nigel, Njal
Rónán (Old Irish, I): Ronan
Sadb (Old Irish, I): Sive, Sadhbh
Tadg (Old Irish, I): Tadhg
Óengus (Old Irish, I): Angus
Oisín (Old Irish, I): Oisin, Ossian
Gwenhwyfar (Middle Welsh, W): Jennifer, Guinevere, Jenny, Gaynor, Jenna
Gwalchmei (Middle Welsh, W): Gawain, Gavin
Owein (Middle Welsh, W): Owen
Peredur (Middle Welsh, W): Percival
Branwen (Middle Welsh, W): Bronwen
Rhiannon (Middle Welsh, W): Rhian
Taliessin (Middle Welsh, W): Taliesin
Artorius (Latin, L): Arthur, Arturo, Artur
Drystan (Middle Welsh, W): Tristan
Myrddin (Middle Welsh, W): Merlin, Mervyn
Volodiměr (Old Russian, R): Vladimir, Volodymyr, Waldemar, Vova
Iaroslav (Old Russian, R): Yaroslav
Sviatoslav (Old Russian, R): Svyatoslav
Miroslav (Old Russian, R): Mirko
Rostislav (Old Russian, R): Rostyslav
Mstislav (Old Russian, R): Mstyslav
Dobrynia (Old Russian, R): Dobrynya
Bolesław (Old Polish, C): Bolesław
Kazimir (Old Polish, C): Casimir, Kazimierz
Stanislav (Old Polish, C): Stanislaus, Stanisław, Stanley, Stan
Voitech (Old Polish, C): Wojciech, Vojtech
Ludmila (Old Polish, C): Ludmilla, Lyudmila
Bogumil (Old Polish, C): Bogumił
Mechislav (Old Polish, C): Mieczysław
Ardashir (Middle Persian, J): Artaxerxes
Khusrav (Middle Persian, J): Khosrow, Cosroe
Dārayavahuš (Old Persian, J): Darius, Dario, Dariusz, Dara
Kuruš (Old Persian, J): Cyrus, Kourosh, Ciro
Xšayāršā (Old Persian, J): Xerxes, Khashayar
Raoxšna (Old Persian, J): Roxana, Roxanne, Roxane
Mithradata (Old Persian, J): Mehrdad, Mithridates
Spentodāta (Avestan, J): Esfandiar
Vahrām (Middle Persian, J): Bahram
Shahpuhr (Middle Persian, J): Shapur
Muḥammad (Arabic, A): Mohammed, Muhammad, Mehmet, Mohamed, Mamadou
ʿAlī (Arabic, A): Ali, Aliyu
ʿUmar (Arabic, A): Omar, Umar, Ömer
Ḥasan (Arabic, A): Hassan, Hasan
Ḥusayn (Arabic, A): Hussein, Hussain, Hüseyin
Fāṭima (Arabic, A): Fatima, Fatma, Fatoumata
ʿĀʾisha (Arabic, A): Aisha, Ayesha, Ayşe
Zaynab (Arabic, A): Zainab, Zeynep, Zeinab
Khālid (Arabic, A): Khaled, Halit
Laylā (Arabic, A): Layla, Leila, Leyla
ʿAntara (Arabic, A): Antar
Ḥamza (Arabic, A): Hamza
Saʿīd (Arabic, A): Said, Saeed
Rama (Sanskrit, M): Ram
Sita (Sanskrit, M): Seeta
Arjuna (Sanskrit, M): Arjun
Krishna (Sanskrit, M): Kishan
Lakshmi (Sanskrit, M): Laxmi
Indra (Sanskrit, M): Inder
Sūrya (Sanskrit, M): Surya, Suraj
Aditi (Sanskrit, M): Aditya
Savitri (Sanskrit, M): Savita
Priya (Sanskrit, M): Priyanka
Vishnu (Sanskrit, M): Bishnu
Aruna (Sanskrit, M): Arun
Ananda (Sanskrit, M): Anand
Charal (Frankish, B): Charlotte, Carla, Karla, Caroline, Carolina, Carol, Karolina, Carrie
Oliva (Latin, K): Olivia, Olive
Avelina (Frankish, B): Evelyn, Evelina, Aveline
Ioanna (Greek, T): Joan, Joanna, Jane, Jeanne, Johanna, Juana, Janet, Giovanna, Ivana, Jana, Joanne, Janina, Jeannette
Etan (Hebrew, H): Ethan
Aharon (Hebrew, H): Aaron, Aron, Haroun
Kalev (Hebrew, H): Caleb
Gidon (Hebrew, H): Gideon
Shaul (Hebrew, H): Saul
Shet (Hebrew, H): Seth
Hevel (Hebrew, H): Abel
Mosheh (Hebrew, H): Moses, Moisés, Moshe, Musa, Moussa
Hagne (Greek, G): Agnes, Agnès, Inés, Ines, Agnieszka
Agathe (Greek, G): Agatha, Ágata
Christophoros (Greek, G): Christopher, Cristóbal, Christophe, Kit, Krzysztof, Cristoforo, Christoph
Christianus (Latin, K): Christian, Cristiano, Kristian, Christine, Christina, Kirsten, Krystyna, Tina, Chris, Kristen
Wido (Old High German, F): Guy, Guido
Hugubert (Old High German, F): Hubert
Hariberht (Old High German, F): Herbert, Heribert
Nordberht (Old High German, F): Norbert
Gisilberht (Old High German, F): Gilbert, Gilberto
Landberht (Old High German, F): Lambert
Nordman (Old High German, F): Norman
Hadufuns (Gothic, F): Alphonse, Alfonso, Alonso, Alfons
Fridunand (Gothic, F): Ferdinand, Fernando, Hernando, Nando
Hrodric (Gothic, F): Roderick, Rodrigo, Ruy
Gundisalv (Gothic, F): Gonzalo
"""
