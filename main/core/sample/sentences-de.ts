import type { Sentences } from './sentences.ts';

export const GERMAN: Sentences = {
  steps: {
    enquiry: [
      [
        'Anfrage {car}',
        'Hat {car} auf der Straße gesehen und will wissen, was er in {colour} kostet. Bisheriger Wagen: {old}, rund {km} km im Jahr.',
      ],
      [
        'Interesse an {car}',
        'Sucht Ersatz für den bisherigen Wagen ({old}), soll bis {month} da sein. Wichtig: großer Kofferraum, niedrige Ladekante. Schwankt noch zwischen Kauf und Leasing.',
      ],
      [
        'Erstgespräch {car}',
        'Ruft wegen der Anzeige an. Budget etwa {price}, Inzahlungnahme: {old}. Zu Hause wird mitentschieden, deshalb lieber abends telefonieren.',
      ],
      [
        'Fragt nach Lieferzeit {car}',
        'Will nicht lange warten: „Im {month} muss ich fahren können.“ Lagerwagen in {colour} wäre recht, Ausstattung zweitrangig.',
      ],
    ],
    enquiryBack: [
      [
        'Rückruf mit Preisen',
        'Unterlagen zu {car} durchgesprochen. Rate von {rate} findet Anklang, Anzahlung eher niedrig. Möchte vor allem einmal fahren.',
      ],
      [
        'Rückruf zur Anfrage',
        'Wert des alten Wagens ({old}) grob geschätzt, war angenehm überrascht. Will Unterlagen per E-Mail, dann Termin.',
      ],
      [
        'Ausstattung geklärt',
        'Anhängerkupplung und Sitzheizung sind Pflicht, der Rest ist egal. Fragte zweimal nach dem Verbrauch auf der Autobahn.',
      ],
    ],
    testDrive: [
      [
        'Probefahrt {car}',
        'Eine gute Stunde unterwegs, auch Autobahn. Steigt aus und lacht: „So leise hätte ich ihn nicht erwartet.“ Sitzposition passt.',
      ],
      [
        'Probefahrt {car}',
        'Kam mit den Kindern, beide Kindersitze ausprobiert, geht bequem. Die Rückfahrkamera hat überzeugt.',
      ],
      [
        'Probefahrt {car}',
        'Fährt ruhig, fragt viel. Bedienung über den Bildschirm gefällt nicht, der Rest schon. Will eine Nacht darüber schlafen.',
      ],
      [
        'Probefahrt {car}',
        'War erst skeptisch, nach der Landstraße deutlich aufgeschlossener. Hat noch vor Ort nach {colour} gefragt.',
      ],
    ],
    offer: [
      [
        'Angebot {car}',
        'Angebot über {price} besprochen, Inzahlungnahme ({old}) eingerechnet. Möchte es mit der Bank vergleichen.',
      ],
      [
        'Angebot {car}',
        'Zwei Varianten geschickt: Kauf {price} oder Leasing {rate} im Monat. Tendiert zum Leasing, wartet auf den Steuerberater.',
      ],
      [
        'Angebot nachgefasst',
        'Hat das Angebot gelesen, Preis {price} sei „an der Grenze“. Winterräder dazu würden helfen.',
      ],
    ],
    negotiate: [
      [
        'Verhandlung {car}',
        'Hat ein Gegenangebot, 600 € darunter. Bleibt aber gern bei uns, weil die Werkstatt um die Ecke ist. Winterräder angeboten.',
      ],
      [
        'Rückfrage zum Angebot',
        'Will wissen, ob die Überführung im Preis steckt. Ja, alles drin. Klang erleichtert.',
      ],
      [
        'Rückfrage Finanzierung',
        'Laufzeit von 36 auf 48 Monate gerechnet, Rate jetzt {rate}. Bespricht es am Wochenende zu Hause.',
      ],
    ],
    won: [
      [
        'Zusage {car}',
        'Nimmt {car} in {colour}. „Dann machen wir das.“ Vertrag geht heute raus, Inzahlungnahme ({old}) bei Abholung.',
      ],
      [
        'Kaufvertrag {car}',
        'Vertrag unterschrieben, {price}. Freut sich sichtlich, hat schon den Stellplatz vermessen.',
      ],
      [
        'Bestellt: {car}',
        'Entscheidung gefallen, nachdem {colleague} die Rate noch einmal erklärt hat. Wunschkennzeichen notiert.',
      ],
    ],
    ordered: [
      ['Auftrag bestätigt', '{car}, {colour}, {price}. Liefertermin laut Werk: {month}.'],
      [
        'Auftragsbestätigung versandt',
        '{car} bestellt, Zulassung übernehmen wir. Winterräder liegen bereit.',
      ],
    ],
    waiting: [
      [
        'Fragt nach dem Liefertermin',
        'Wollte nur hören, ob es bei {month} bleibt. Ja. Bat darum, eine Woche vorher Bescheid zu bekommen.',
      ],
      [
        'Stand der Bestellung',
        'Der Wagen ist gebaut und auf dem Transport. Hat sich gefreut, dass wir von selbst anrufen.',
      ],
      [
        'Frage zur Zulassung',
        'Unterlagen für die Zulassung durchgegangen, eVB-Nummer fehlt noch. Reicht sie nach.',
      ],
    ],
    delivered: [
      [
        'Übergabe {car}',
        'Übergabe mit Einweisung, fast anderthalb Stunden. Blumen auf dem Sitz kamen gut an. Familie war dabei.',
      ],
      [
        'Auslieferung {car}',
        'Pünktlich übergeben, Ladekabel und Fußmatten dabei. Handy gekoppelt, Assistenten erklärt.',
      ],
      [
        'Übergabe {car}',
        'Übergabe in aller Ruhe, wie gewünscht. Hat Fotos gemacht und gleich verschickt.',
      ],
    ],
    afterDelivery: [
      [
        'Vier Wochen danach',
        'Sehr zufrieden, vor allem mit dem Licht. Nur der Spurassistent piept zu oft: gezeigt, wie er leiser wird.',
      ],
      [
        'Nachgefragt nach der Übergabe',
        'Läuft alles. „Ich steige jeden Morgen gern ein.“ Verbrauch liegt sogar unter der Angabe.',
      ],
      [
        'Nachgefragt nach der Übergabe',
        'Zufrieden, die App hat anfangs gehakt, geht jetzt. Dankte für den Anruf, hat damit nicht gerechnet.',
      ],
      [
        'Vier Wochen danach',
        'Alles in Ordnung, wenig gefahren bisher. Fragt nach einem Dachträger für {month}.',
      ],
    ],
    delayTold: [
      [
        'Lieferverzug {car}',
        'Werk meldet sechs Wochen Verzug, neuer Termin {month}. Selbst angerufen. Nahm es gefasst, klang aber enttäuscht.',
      ],
      [
        'Neuer Liefertermin {car}',
        'Termin rutscht auf {month}. „Das höre ich jetzt zum zweiten Mal.“ Will wissen, wer die Miete für den Ersatzwagen zahlt.',
      ],
      [
        'Lieferverzug {car}',
        'Verzögerung mitgeteilt, Halbleiter. Braucht den Wagen für den Urlaub, war hörbar niedergeschlagen.',
      ],
    ],
    delayAngry: [
      [
        'Beschwerde Lieferverzug',
        '„Sie hatten mir den Termin schriftlich gegeben.“ Fühlt sich hingehalten, niemand habe sich gemeldet. Zu Recht: Der Rückruf war versprochen.',
      ],
      [
        'Ärger über den Liefertermin',
        'Sehr verärgert, hat den alten Wagen schon verkauft und fährt Bus. Ausreden lassen, entschuldigt, Ersatzwagen in Aussicht gestellt.',
      ],
      [
        'Beschwerde Lieferverzug',
        'Droht mit Rücktritt. Will keine Erklärungen mehr, sondern ein Datum. Ist an die Verkaufsleitung gegangen.',
      ],
    ],
    delaySolved: [
      [
        'Verzug gut gemacht',
        'Ersatzwagen bis zur Übergabe kostenfrei, dazu die erste Inspektion. „Das ist ein Wort.“ Deutlich versöhnt.',
      ],
      [
        'Fester Termin zugesagt',
        'Wagen steht im Hafen, Übergabe fest zugesagt. Erleichtert, bedankt sich für den ehrlichen Anruf.',
      ],
      [
        'Verzug gut gemacht',
        'Lagerwagen mit besserer Ausstattung zum gleichen Preis. Hatte damit nicht gerechnet.',
      ],
    ],
    lostPrice: [
      [
        'Absage {car}',
        'Angebot lag am Ende über dem Budget. Freundlich im Ton, will sich beim nächsten Mal wieder melden.',
      ],
      [
        'Entscheidung gegen {car}',
        'Hat gerechnet und lässt es: {rate} im Monat sind zu viel, solange der Umbau läuft.',
      ],
    ],
    lostElsewhere: [
      [
        'Anderswo gekauft',
        'Hat beim Händler im Nachbarort unterschrieben, der hatte {colour} auf dem Hof. Bedauert es ein wenig.',
      ],
      [
        'Absage {car}',
        'Nimmt den Wagen des Arbeitgebers. Fand die Beratung gut und sagte das auch.',
      ],
    ],
    lostLater: [
      [
        'Kauf verschoben',
        'Der alte Wagen ({old}) hat noch einmal TÜV bekommen. Will im nächsten Jahr neu schauen.',
      ],
      [
        'Kauf zurückgestellt',
        'Arbeitsstelle gewechselt, fährt jetzt Bahn. Anruf im {month} ist ausdrücklich willkommen.',
      ],
    ],
    serviceBooked: [
      [
        'Inspektion vereinbart',
        'Inspektion am {weekday}, bringt den Wagen um acht. Wartet mit dem Laptop bei uns, braucht Strom und Ruhe.',
      ],
      [
        'Werkstatttermin',
        'Hauptuntersuchung ist fällig, dazu ein Steinschlag vorn. Ersatzwagen reserviert.',
      ],
      [
        'Termin Ölservice',
        'Kurzer Anruf, Termin {weekday} früh. Fragt, ob die Scheibenwischer gleich mitgemacht werden.',
      ],
      [
        'Inspektion verschoben',
        'Kind krank, Termin auf {weekday} verlegt. War froh, dass es ohne Umstände ging.',
      ],
    ],
    serviceDone: [
      [
        'Inspektion erledigt',
        'Alles in Ordnung, Bremsbeläge noch gut für {km} km. Wagen gewaschen zurückgegeben.',
      ],
      [
        'Abholung nach Werkstatt',
        'Steinschlag ausgebessert, HU ohne Mängel. Freute sich über die schnelle Arbeit.',
      ],
      [
        'Service abgeschlossen',
        'Ölservice und Wischer gemacht, unter dem Kostenvoranschlag geblieben.',
      ],
      [
        'Abholung nach Inspektion',
        'Musste zwanzig Minuten warten, weil die Rechnung noch fehlte. Nahm es mit Humor.',
      ],
    ],
    serviceFollowUp: [
      ['Nach der Werkstatt', 'Nachgefragt, ob alles passt. Ja, das Geräusch vorn ist weg.'],
      [
        'Nach der Inspektion',
        'Zufrieden. Erzählte vom Urlaub an der Schlei, {km} km ohne Zwischenfall.',
      ],
      [
        'Nach der Werkstatt',
        'Alles gut, nur die Uhr steht noch auf Sommerzeit. Am Telefon gemeinsam umgestellt.',
      ],
    ],
    tyresMail: [
      ['Räderwechsel', 'Erinnerung geschickt, Räder liegen bei uns im Lager, Profil vorn 4 mm.'],
      ['Erinnerung Winterräder', 'Hinweis auf den Räderwechsel mit drei Terminvorschlägen.'],
    ],
    tyresBooked: [
      ['Räderwechsel vereinbart', 'Kommt am {weekday} um halb acht, wartet darauf.'],
      ['Räderwechsel', 'Neue Reifen nötig, Preis genannt, einverstanden. Will keine Billigmarke.'],
      [
        'Räderwechsel',
        'Termin bestätigt. Bringt eigenen Kaffee mit: „Eurer ist ja nicht zu trinken.“',
      ],
    ],
    invoiceComplaint: [
      [
        'Beschwerde Rechnung',
        'Rechnung 240 € über dem Kostenvoranschlag, vorher nicht angerufen worden. Wütend: „So geht man nicht mit Leuten um.“',
      ],
      [
        'Ärger über die Rechnung',
        'Zwei Stunden Fehlersuche berechnet, obwohl Garantie. Fühlt sich über den Tisch gezogen.',
      ],
      [
        'Beschwerde Rechnung',
        'Mahnung bekommen, obwohl bezahlt. Drittes Mal in der Sache angerufen und jedes Mal von vorn erzählt.',
      ],
      [
        'Rechnung angezweifelt',
        'Kleinmaterial 48 € nicht nachvollziehbar. Im Ton scharf, in der Sache berechtigt.',
      ],
    ],
    invoiceChecked: [
      [
        'Rechnung geprüft',
        'Mit der Buchhaltung gesprochen: Der Kostenvoranschlag wurde nicht nachgezogen. Zwischenstand durchgegeben.',
      ],
      [
        'Zwischenstand Rechnung',
        'Garantieantrag liegt beim Werk, Werkstattleiter ist bis {weekday} im Urlaub. Wird hingenommen, mehr nicht.',
      ],
      [
        'Zahlung gesucht',
        'Überweisungsbeleg bekommen, Buchhaltung sucht den Eingang. Meldet sich bis {weekday}.',
      ],
      [
        'Rechnung geprüft',
        'Werkstatt legt die Teileliste offen, zwei Posten sind doppelt. Das hätte uns auffallen müssen.',
      ],
    ],
    invoiceSolved: [
      [
        'Rechnung berichtigt',
        'Gutschrift erstellt, persönlich entschuldigt. „Danke, dass Sie drangeblieben sind.“',
      ],
      ['Rechnung geklärt', 'Betrag erstattet, dazu ein Räderwechsel frei. Hörbar erleichtert.'],
      [
        'Mahnung zurückgenommen',
        'Zahlung war falsch zugeordnet, alles ausgeglichen. Ist wieder gut mit uns.',
      ],
      [
        'Rechnung berichtigt',
        'Doppelte Posten gestrichen, 48 € erstattet. Es ging nie ums Geld, sagt der Ton jetzt.',
      ],
    ],
    defectReported: [
      [
        'Mangel an {car}',
        'Klappern hinten links ab 80 km/h, seit der dritten Woche. „Bei einem neuen Wagen darf das nicht sein.“',
      ],
      [
        'Reklamation {car}',
        'Bildschirm bleibt schwarz, Neustart hilft nur kurz. Enttäuscht, weil die Übergabe so schön war.',
      ],
      [
        'Mangel an {car}',
        'Wasser im Kofferraum nach Regen. Hat Fotos geschickt. Fragt sich, ob der Kauf richtig war.',
      ],
      [
        'Reklamation {car}',
        'Lackeinschluss an der Fahrertür, erst zu Hause bemerkt. Ärgert sich mehr über sich selbst als über uns.',
      ],
    ],
    defectTried: [
      [
        'Werkstatt, erster Versuch',
        'Verkleidung befestigt, Probefahrt ohne Befund. Bleibt misstrauisch.',
      ],
      ['Werkstatt, Diagnose', 'Fehler ausgelesen, Ersatzteil bestellt. Leihwagen bis {weekday}.'],
      [
        'Werkstatt, Dichtheitstest',
        'Ablauf gereinigt und mit dem Schlauch geprüft, eine Ecke bleibt feucht. Dichtung bestellt.',
      ],
      [
        'Lack begutachtet',
        'Lackierer hat die Stelle angesehen, Tür kommt am {weekday} dran. Leihwagen steht bereit.',
      ],
    ],
    defectSolved: [
      [
        'Mangel behoben',
        'Ursache gefunden, Halter getauscht, gemeinsam Probe gefahren. Ruhe. „Endlich jemand, der zuhört.“',
      ],
      ['Reklamation erledigt', 'Steuergerät ersetzt, seit zwei Wochen ohne Ausfall. Erleichtert.'],
      [
        'Mangel behoben',
        'Dichtung neu, Kofferraum trockengelegt, Teppich ersetzt. Hat sich mit Pralinen bedankt.',
      ],
      [
        'Lack nachgebessert',
        'Tür neu lackiert, im Sonnenlicht gemeinsam angesehen: nichts mehr zu finden. Zufrieden.',
      ],
    ],
    leasingEnd: [
      [
        'Leasing läuft aus',
        'Vertrag endet im {month}. Rückgabe und Möglichkeiten erklärt. Kann sich {car} vorstellen, hat es nicht eilig.',
      ],
      [
        'Leasingende besprochen',
        'Rückgabe im {month}, {km} km unter der Grenze. Überlegt, den Wagen zu übernehmen.',
      ],
      [
        'Leasingende',
        'Will nicht gleich wieder unterschreiben. Termin zur Begutachtung vereinbart.',
      ],
    ],
    leasingWorry: [
      [
        'Sorge wegen Rückgabe',
        'Hat von hohen Nachzahlungen gelesen. Zwei Dellen, ein Kratzer an der Felge. Schläft deswegen schlecht.',
      ],
      [
        'Rückgabe und Mehrkilometer',
        'Liegt über der Laufleistung und rechnet mit dem Schlimmsten. Braucht eine Zahl, keine Beruhigung.',
      ],
      [
        'Fragen zur Rückgabe',
        'Unsicher, wer begutachtet und ob man dabei sein darf. Macht sich Gedanken wegen der Frontscheibe.',
      ],
      [
        'Sorge wegen Schlussrechnung',
        'Bekannte haben 1.800 € nachgezahlt. Bittet um eine ehrliche Einschätzung vor dem Termin.',
      ],
    ],
    leasingAnswered: [
      [
        'Rückgabe geklärt',
        'Dellen gelten als Gebrauchsspur, nur die Felge kostet etwa 120 €. Merklich leichter ums Herz.',
      ],
      [
        'Mehrkilometer beziffert',
        'Macht 214 €, schriftlich bestätigt. Hatte mit dem Dreifachen gerechnet.',
      ],
      [
        'Ablauf der Rückgabe erklärt',
        'Gutachter kommt ins Haus, man darf dabei sein. Alles aufgeschrieben und geschickt.',
      ],
      [
        'Schlussrechnung geschätzt',
        'Wagen vorab selbst angesehen: höchstens 260 €, schriftlich. Das Gesicht hellte sich hörbar auf.',
      ],
    ],
    chargingWorry: [
      [
        'Reichweite im Winter',
        'Bedenken vor dem Umstieg: pendelt 140 km, Garage ohne Starkstrom. Will wissen, was im Januar wirklich übrig bleibt.',
      ],
      [
        'Frage zur Wallbox',
        'Eigentümergemeinschaft zögert mit der Leitung. Fürchtet, am Ende ohne Lademöglichkeit dazustehen.',
      ],
      [
        'Sorge wegen der Batterie',
        'Hat vom teuren Tausch gelesen. Fragt nach Garantie und Restwert nach acht Jahren.',
      ],
      [
        'Laden unterwegs',
        'Fährt viermal im Jahr zu den Eltern, 620 km. Unsicher, ob das mit zwei Kindern zu machen ist.',
      ],
    ],
    chargingAnswered: [
      [
        'Reichweite vorgerechnet',
        'Winterwerte aus dem eigenen Fuhrpark gezeigt: 290 km bei minus fünf Grad. Reicht für den Weg hin und zurück.',
      ],
      [
        'Wallbox geklärt',
        'Elektriker war vor Ort, Leitung ist möglich, Kosten 1.350 €. Verwaltung stimmt zu.',
      ],
      [
        'Garantie erklärt',
        'Acht Jahre oder 160.000 km auf die Batterie, schriftlich. Genau das hatte gefehlt.',
      ],
      [
        'Strecke durchgeplant',
        'Fahrt zu den Eltern mit zwei Ladepausen gerechnet, beide an Spielplätzen. Will es Ostern probieren.',
      ],
    ],
    accident: [
      [
        'Unfall gemeldet',
        'Aufgefahren worden, steht noch an der Unfallstelle, zittert. Niemand verletzt. Abschleppdienst geschickt, am Telefon geblieben.',
      ],
      [
        'Unfallschaden',
        'Wildunfall gestern Nacht, Front stark beschädigt. Weiß nicht, was die Versicherung zahlt, und braucht morgen ein Auto.',
      ],
      [
        'Unfall auf dem Parkplatz',
        'Tochter ist mit {car} gegen einen Poller gefahren und traut sich kaum anzurufen. Erst einmal beruhigt.',
      ],
    ],
    accidentCar: [
      [
        'Ersatzwagen gestellt',
        'Ersatzwagen steht seit acht Uhr vor der Tür. Papierkram mit der Versicherung übernehmen wir.',
      ],
      [
        'Schaden aufgenommen',
        'Gutachter war da, Reparatur lohnt sich. Ersatzwagen für zwei Wochen.',
      ],
    ],
    accidentDone: [
      [
        'Reparatur abgeschlossen',
        'Wagen zurück, nichts mehr zu sehen. „Ich hätte nicht gewusst, was ich ohne Sie gemacht hätte.“',
      ],
      [
        'Unfallschaden erledigt',
        'Versicherung hat alles übernommen. Bedankt sich ausdrücklich bei {colleague}.',
      ],
    ],
    referral: [
      [
        'Empfehlung',
        'Hat uns dem Schwager empfohlen, der sich nächste Woche meldet. Sehr gut gelaunt.',
      ],
      [
        'Lob und Empfehlung',
        'Ruft nur an, um sich zu bedanken. Die Nachbarin kommt zur Probefahrt.',
      ],
      ['Empfehlung im Verein', 'Erzählt beim Tennis von uns, zwei Leute wollen {car} fahren.'],
    ],
    checkIn: [
      [
        'Nachgehört',
        'Ohne Anlass angerufen. Freut sich, alles läuft. Tochter macht gerade den Führerschein.',
      ],
      [
        'Kurz gemeldet',
        'Wagen läuft, {km} km seit dem Kauf. Denkt an einen Zweitwagen, nicht vor {month}.',
      ],
      ['Nachgehört', 'War kurz angebunden, steckt mitten im Umzug. Neue Anschrift notiert.'],
      [
        'Nachgehört',
        'Nettes Gespräch, nichts offen. Will im Herbst wegen einer Anhängerkupplung vorbeikommen.',
      ],
    ],
    noAnswer: [
      ['Nicht erreicht', 'Kein Anschluss um diese Zeit, später erneut versuchen.'],
      ['Nicht erreicht', 'Mailbox, um Rückruf gebeten.'],
      ['Nicht erreicht', 'Klingelt durch. Zweiter Versuch {weekday} nach 17 Uhr.'],
    ],
    remark: [
      ['Notiz', '{detail}'],
      ['Notiz zum Kunden', '{detail} Beim nächsten Gespräch daran denken.'],
      ['Aktennotiz', '{detail} Von {colleague} weitergegeben.'],
    ],
    fleetEnquiry: [
      [
        'Anfrage {n} × {car}',
        'Sucht {n} Fahrzeuge für den Außendienst, Leasing über 36 Monate. Entscheidung trifft der Chef selbst.',
      ],
      [
        'Fuhrpark: {n} × {car}',
        'Drei Wagen laufen im {month} aus. Wichtig: Regaleinbau, Beschriftung, alles aus einer Hand.',
      ],
      [
        'Anfrage Transporter',
        'Betrieb wächst, braucht {n} × {car}. Fragt nach Förderung und nach einem festen Ansprechpartner.',
      ],
    ],
    fleetVisit: [
      [
        'Termin im Betrieb',
        'Vor Ort gewesen, Hof und Ladepunkte angesehen. Monteure saßen Probe, Stimmung gut.',
      ],
      ['Vorführung {car}', 'Zwei Tage zur Probe überlassen. Ladehöhe passt für die Europalette.'],
      [
        'Termin im Betrieb',
        'Gespräch mit Geschäftsführung und Buchhaltung. Will die Restwerte schriftlich.',
      ],
    ],
    fleetOffer: [
      [
        'Angebot {n} × {car}',
        'Angebot über {price} je Fahrzeug, Wartung eingeschlossen. Vergleicht mit einem Anbieter aus dem Netz.',
      ],
      [
        'Angebot überarbeitet',
        'Rate {rate} je Wagen bei {km} km im Jahr. Bittet um Antwort bis {weekday}.',
      ],
    ],
    fleetOrdered: [
      [
        'Auftrag {n} × {car}',
        'Bestellung schriftlich eingegangen, Lieferung gestaffelt ab {month}.',
      ],
      [
        'Flottenauftrag',
        '{n} Fahrzeuge bestellt, Beschriftung folgt. {colleague} bleibt Ansprechpartner.',
      ],
    ],
    fleetDelivered: [
      ['Übergabe Flotte', 'Alle Fahrzeuge übergeben, Fahrer eingewiesen. Tankkarten lagen bereit.'],
      [
        'Auslieferung Firmenwagen',
        'Übergabe auf dem Hof der Firma, ein Regal saß schief und wurde sofort gerichtet.',
      ],
    ],
    fleetInvoice: [
      ['Rückfrage Rechnung', 'Buchhaltung braucht die Rechnung getrennt nach Kostenstellen.'],
      ['Sammelrechnung', 'Bittet um eine Sammelrechnung je Monat statt je Fahrzeug.'],
    ],
    fleetFollowUp: [
      [
        'Fuhrparkgespräch',
        'Läuft rund, ein Fahrer klagt über den Sitz. Für das nächste Jahr sind zwei weitere Wagen geplant.',
      ],
      [
        'Quartalsgespräch',
        'Ausfallzeit lag bei einem Tag im Quartal. Chef lobt den Hol- und Bringdienst.',
      ],
      [
        'Fuhrparkgespräch',
        'Denkt über Strom für die Stadtfahrer nach. Will Zahlen, keine Prospekte.',
      ],
    ],
    fleetLost: [
      [
        'Absage Flotte',
        'Zentrale hat einen Rahmenvertrag abgeschlossen, Entscheidung fiel nicht vor Ort. Bedauern auf beiden Seiten.',
      ],
      ['Flotte vertagt', 'Zwei Aufträge weggebrochen, Investitionen bis {month} gestoppt.'],
    ],
  },
  promises: {
    offer: ['Angebot {car} mit Winterrädern schicken', 'Zweites Angebot mit 48 Monaten rechnen'],
    callBack: ['Zurückrufen wegen {car}', 'Anrufen, sobald der Termin feststeht'],
    date: [
      'Verbindlichen Liefertermin durchgeben',
      'Neuen Liefertermin beim Werk erfragen und anrufen',
    ],
    invoice: [
      'Rechnung mit der Buchhaltung klären und Ergebnis durchgeben',
      'Gutschrift veranlassen',
    ],
    workshop: [
      'Werkstattleiter meldet sich wegen des Mangels',
      'Leihwagen für die Reparatur bereitstellen',
    ],
    leasing: [
      'Schriftliche Einschätzung zur Rückgabe schicken',
      'Beim Gutachter nachfragen und zurückrufen',
    ],
    charging: [
      'Antwort zur Lademöglichkeit nachreichen',
      'Reichweite im Winter ausrechnen und schicken',
    ],
    papers: [
      'Unterlagen für die Zulassung schicken',
      'Zweitschlüssel bestellen und Bescheid geben',
    ],
    fleet: ['Angebot über {n} Fahrzeuge rechnen', 'Restwerte schriftlich nachreichen'],
  },
  questions: {
    leasing: [
      'Was kostet die Rückgabe mit den zwei Dellen ungefähr?',
      'Wie viel sind die Mehrkilometer am Ende?',
      'Darf ich bei der Begutachtung dabei sein?',
      'Womit muss ich bei der Schlussrechnung rechnen?',
    ],
    charging: [
      'Wie weit komme ich bei minus fünf Grad wirklich?',
      'Wer spricht mit der Hausverwaltung wegen der Leitung?',
      'Was bleibt nach acht Jahren von der Batterie?',
      'Wie oft muss ich auf 620 km mit den Kindern laden?',
    ],
  },
  matters: {
    purchase: 'Kauf {car}',
    service: 'Inspektion',
    tyres: 'Räderwechsel',
    invoice: 'Werkstattrechnung',
    defect: 'Mangel an {car}',
    leasing: 'Leasingende',
    charging: 'Umstieg auf Strom',
    accident: 'Unfallschaden',
    fleet: 'Fuhrpark {n} × {car}',
  },
  deals: { car: '{car}, {colour}', fleet: '{n} × {car}' },
  lostReasons: { price: 'Preis', elsewhere: 'Anderswo gekauft', later: 'Verschoben' },
  colours: [
    'Nachtblau',
    'Moosgrün',
    'Silbergrau',
    'Perlweiß',
    'Ziegelrot',
    'Anthrazit',
    'Sandbeige',
  ],
  tradeIns: [
    'Kombi, acht Jahre alt',
    'Kleinwagen mit 140.000 km',
    'Diesel von 2014',
    'Familienvan',
    'altes Cabrio',
    'Limousine von 2012',
  ],
  weekdays: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag'],
  months: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  preferredTimes: [
    'nach 17 Uhr',
    'vormittags',
    'in der Mittagspause',
    'nicht vor 10 Uhr',
    'freitags',
    'abends bis 20 Uhr',
  ],
  tags: {
    private: [
      'Stammkunde',
      'Leasing',
      'Elektro',
      'Familie',
      'Barzahler',
      'Wenigfahrer',
      'Vereinsmitglied',
    ],
    firm: ['Fuhrpark', 'Handwerk', 'Pflegedienst', 'Rahmenvertrag', 'Rechnung per E-Mail'],
  },
  details: [
    'Hat einen Hund, braucht Platz und ein Trenngitter.',
    'Ruft meist aus dem Zug an, Verbindung bricht ab.',
    'Hört auf dem linken Ohr schlecht, bitte langsam sprechen.',
    'Mag keine Werbung per Post.',
    'Spielt in einer Band, transportiert Verstärker.',
    'Ist im Schichtdienst, montags frei.',
    'Baut gerade um, Termine nur außerhalb der Woche.',
    'Fährt jeden Sommer mit dem Wohnwagen nach Dänemark.',
    'Legt Wert darauf, mit Titel angesprochen zu werden.',
    'Hat Zwillinge bekommen, im Hintergrund ist es laut.',
    'Züchtet Rosen, hat uns welche mitgebracht.',
    'Möchte alles schriftlich und in Ruhe lesen.',
    'Lacht viel, macht gern Späße über den alten Wagen.',
    'Kennt unseren Werkstattmeister aus der Schule.',
    'Pflegt die Mutter, ist deshalb oft kurz angebunden.',
    'Rechnet genau nach und freut sich über offene Zahlen.',
  ],
};
