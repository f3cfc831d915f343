// What the large book is made of: names, firms, places and sentences as a German dealer's book holds
// them. Nobody is meant; e-mail addresses use the domains kept for examples (RFC 2606).

const words = (text: string): readonly string[] => text.split(' ');
const lines = (text: string): readonly string[] => text.trim().split('\n');

export const FIRST_NAMES = words(
  'Anna Jonas Sabine Mehmet Ursula Thomas Claudia Jürgen Leonie Andreas Petra Stefan Monika Karl-Heinz Birgit Emre ' +
    'Ingrid Wolfgang Susanne Marek Heike Matthias Elif Dieter Renate Tobias Gisela Florian Katharina Uwe Marlene Sven ' +
    'Barbara Paul Nadine Horst Silke Dominik Angelika Ralf Yasemin Martin Brigitte Lukas Anja Klaus Theresa Benjamin ' +
    'Doris Björn Carola Frank Helene Ömer Jutta Malte Simone Gerd Johanna Rüdiger Magdalena Holger Friederike Timo ' +
    'Annette Bernd Jana Moritz Cornelia Detlef Svenja Rainer Amélie Hannes Martina Anne-Marie Hans-Jürgen Zoë André ' +
    'Søren Łukasz Agnieszka Giuseppe Chiara José María François Noël Đorđe Nguyễn Linh Fatma Hüseyin Şebnem Ayşe Olga ' +
    'Dmitri Ivana Željko Zsófia Jiří Małgorzata Siobhán Aoife Mary Christopher Oluwaseun Priya Arjun Mei Haruto Käthe ' +
    'Jörg Günter Bärbel Sönke Wiebke Tjark Eva-Maria Franz-Josef Marie-Luise Ann-Kathrin Maximilian Konstantin Xaver',
);
export const LAST_NAMES = words(
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf ' +
    'Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler Maier König ' +
    'Walter Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogt Friedrich Keller Günther Frank ' +
    'Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martens Schumacher ' +
    'Krämer Vogel Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Kühn ' +
    'Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Yılmaz Kaya Demir Nowak Kowalski Petrović ' +
    'Rossi Nguyen Hansen Jensen Petersen Mueller Strauß Weiss Schroeder Koenig Eschbach Breidenbach Dornbach Reichenbach ' +
    'Langenhagen Kirchgässner Obermüller Untermüller Müllenbach Steinmeier Niedermayer Altenburger Grünewald Hölzle Häberle ' +
    'Weißenberger Großmann Süß Preuß Reiß Voß Kloß Fuß Röß Öztürk Şahin Çelik Doğan Yıldız Aydın Arslan Kılıç Wójcik ' +
    'Wiśniewski Zieliński Dąbrowski Novák Dvořák Svoboda Horváth Szabó Nagy Kovács Popescu Ionescu García Fernández ' +
    'Rodríguez Ferreira Gonçalves Lefèvre Béranger Dubois Moreau Søndergaard Åkesson Bjørnson Järvinen Ó’Brien McDonald ' +
    'Smith Johnson Williams Brown Ivanov Petrow Smirnow Kuznetsow Shevchenko Tanaka Yamamoto Chen Wang Singh Patel Khan ' +
    'Rahimi Hosseini Haddad Mansour Okafor Mensah Abubakar Traoré Diallo Lindqvist Virtanen Tamm Kazlauskas Bērziņš ' +
    'Feldmann Kirchner Lindner Pfaff Zöllner Brückner Göbel Förster Hübner Bähr Kröger Lüders Mölders Nölle Pöhlmann Röhrig',
);
export const NAME_PREFIXES = words('von Freiherr zu van de da El Al');

export const FIRM_KINDS = lines(`
Elektrotechnik
Malerbetrieb
Sanitär & Heizung
Dachdeckerei
Gartenbau
Bäckerei
Tischlerei
Pflegedienst
Gebäudereinigung
Metallbau
Fliesen
Physiotherapie
Steuerberatung
Catering
Schlüsseldienst
Umzüge
Kältetechnik
Autohaus
Straßenbau
Fensterbau
Hausverwaltung
Logistik
Druckerei
Weinhandel
Zahntechnik
Rechtsanwälte
Maschinenbau
Möbelhaus
Softwarehaus
Veranstaltungstechnik
Landmaschinen
Apotheke
Optik
Buchhandlung
Reisebüro`);
export const FIRM_FORMS = words('GmbH GmbH KG OHG AG GbR e.K. UG Ltd. S.A.');

/** A town, the street's number code, and its country with the national part of its area code. */
export interface Town {
  name: string;
  postal: string;
  country: string;
  calling: string;
  area: string;
}
const town = (line: string): Town => {
  const [name = '', postal = '', country = '', calling = '', area = ''] = line.split('|');
  return { name, postal, country, calling, area };
};
export const TOWNS: readonly Town[] = lines(`
Berlin|10115|DE|49|30
Berlin-Köpenick|12555|DE|49|30
Berlin-Neukölln|12043|DE|49|30
Hamburg|20095|DE|49|40
Hamburg-Altona|22765|DE|49|40
München|80331|DE|49|89
München-Pasing|81241|DE|49|89
Köln|50667|DE|49|221
Köln-Mülheim|51063|DE|49|221
Frankfurt am Main|60311|DE|49|69
Offenbach am Main|63065|DE|49|69
Stuttgart|70173|DE|49|711
Düsseldorf|40213|DE|49|211
Leipzig|04109|DE|49|341
Dortmund|44135|DE|49|231
Essen|45127|DE|49|201
Bremen|28195|DE|49|421
Dresden|01067|DE|49|351
Hannover|30159|DE|49|511
Nürnberg|90402|DE|49|911
Duisburg|47051|DE|49|203
Bochum|44787|DE|49|234
Wuppertal|42103|DE|49|202
Bielefeld|33602|DE|49|521
Bonn|53111|DE|49|228
Münster|48143|DE|49|251
Mönchengladbach|41061|DE|49|2161
Karlsruhe|76133|DE|49|721
Mannheim|68159|DE|49|621
Augsburg|86150|DE|49|821
Wiesbaden|65183|DE|49|611
Braunschweig|38100|DE|49|531
Kiel|24103|DE|49|431
Aachen|52062|DE|49|241
Halle (Saale)|06108|DE|49|345
Magdeburg|39104|DE|49|391
Freiburg im Breisgau|79098|DE|49|761
Krefeld|47798|DE|49|2151
Lübeck|23552|DE|49|451
Erfurt|99084|DE|49|361
Mainz|55116|DE|49|6131
Rostock|18055|DE|49|381
Kassel|34117|DE|49|561
Saarbrücken|66111|DE|49|681
Potsdam|14467|DE|49|331
Oldenburg|26122|DE|49|441
Osnabrück|49074|DE|49|541
Heidelberg|69117|DE|49|6221
Regensburg|93047|DE|49|941
Würzburg|97070|DE|49|931
Ingolstadt|85049|DE|49|841
Göttingen|37073|DE|49|551
Wolfsburg|38440|DE|49|5361
Ulm|89073|DE|49|731
Heilbronn|74072|DE|49|7131
Pforzheim|75172|DE|49|7231
Bottrop|46236|DE|49|2041
Reutlingen|72764|DE|49|7121
Koblenz|56068|DE|49|261
Bremerhaven|27568|DE|49|471
Bergisch Gladbach|51465|DE|49|2202
Jena|07743|DE|49|3641
Trier|54290|DE|49|651
Siegen|57072|DE|49|271
Gütersloh|33330|DE|49|5241
Schweinfurt|97421|DE|49|9721
Bad Kreuznach|55543|DE|49|671
Weißenfels|06667|DE|49|3443
Straßkirchen|94342|DE|49|9424
Garmisch-Partenkirchen|82467|DE|49|8821
Wien|1010|AT|43|1
Graz|8010|AT|43|316
Salzburg|5020|AT|43|662
Zürich|8001|CH|41|44
Bern|3011|CH|41|31
Genève|1201|CH|41|22
Amsterdam|1012|NL|31|20
Warszawa|00-001|PL|48|22
London|EC1A|GB|44|207
Paris|75001|FR|33|14`).map(town);

export const STREETS = lines(`
Hauptstraße
Bahnhofstraße
Gartenstraße
Schillerstraße
Goethestraße
Am Mühlbach
Lindenallee
Kirchweg
Dorfplatz
Industriestraße
Königsallee
Große Bleichen
Zum Weißen Ross
Friedrich-Ebert-Straße
Rosenweg
Alte Poststraße
Übersee-Allee
Karl-Marx-Platz`);

export const TAGS = lines(`
Stammkunde
Neukunde
VIP
Großkunde
Gewerbe
privat
Leasing
Barzahler
Ratenkauf
Empfehlung
Messe 2026
Newsletter
Rückruf erwünscht
nur vormittags
Elektroauto
Winterreifen
Wartungsvertrag
Beschwerde
Händler
Handwerk
Verein
Behörde
schwierig
englischsprachig`);

export const PREFERRED_TIMES = ['vormittags', 'nach 17 Uhr', 'nicht freitags', 'mittags', null];

export const PRODUCTS = words(
  'Kombi Kleinwagen Transporter Elektroauto Wallbox Winterreifen Anhängerkupplung Dachträger Wartungsvertrag ' +
    'Garantieverlängerung Leasingvertrag Finanzierung Probefahrt Ersatzwagen Inspektion Hauptuntersuchung Scheibe ' +
    'Navigationsgerät Standheizung Rückfahrkamera Sitzbezug Fußmatten Kindersitz Motorhaube Bremsbelag Batterie',
);

/** Sentences of notes; {p} a product, {n} a number, {d} a day. */
export const NOTES = lines(`
Fragt nach einem Angebot für {p}, will bis {d} vergleichen.
Angebot {n} besprochen, {p} ist noch offen.
{p} kam zwei Tage zu spät, habe mich entschuldigt und den Grund erklärt.
Zufrieden mit der Probefahrt, will es zu Hause besprechen.
Bittet um Rückruf am {d} wegen {p}.
Rechnung {n} ist doppelt abgebucht worden, Buchhaltung prüft.
Möchte {p} nachbestellen, Preis wie im Vorjahr.
Hat niemanden erreicht und ist verärgert.
Termin am {d} bestätigt, {p} wird mitgebracht.
Wartet auf die Zusage der Bank für {p}.
Sehr freundlich, empfiehlt uns weiter.
Kündigt den Wartungsvertrag zum Monatsende, Grund ist der Preis.
Reklamation {n}: {p} beschädigt geliefert, Ersatz zugesagt.
Fährt bis {d} in den Urlaub, danach wieder erreichbar.
Straße wird umgebaut, bitte Lieferung über den Hof.
Asked for an offer with {p}; wants to compare it with the other dealer by {d}.
Delivery {n} was two days late, apologised and explained the reason.
Happy with the test drive, will talk it over at home.
Wants a call back about the leasing rate for {p}.
Sent the brochure for {p}, follow up on {d}.
Zahlung zu Auftrag {n} ist eingegangen.
Interesse an {p}, Budget wird erst im Frühjahr frei.
Ansprechpartner wechselt, neue Durchwahl kommt per E-Mail.
Will vom Kauf zurücktreten, Kulanz geprüft und {p} angeboten.
Hat Fragen zur Garantie von {p}, Unterlagen geschickt.`);
export const DAYS = words(
  'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Monatsende Quartalsende',
);

export const PROMISES = lines(`
Angebot schicken
Rückruf mit dem Preis
Unterlagen zur Finanzierung senden
Termin in der Werkstatt klären
Gutschrift veranlassen
Liefertermin nachfragen
Probefahrt vorbereiten`);
export const QUESTIONS = lines(`
Ist die Anhängerkupplung dabei?
Wie lange läuft die Garantie?
Geht auch Ratenzahlung?
Wann kommt der Wagen?
Gibt es das auch in Blau?`);
export const MATTERS = lines(`
Neuer Firmenwagen
Reklamation der Lieferung
Leasing läuft aus
Unfallschaden
Flottenangebot`);
export const AGENT_NAMES = words('Maria Tim Aylin Robert Svetlana Jannik Beate Omar');
