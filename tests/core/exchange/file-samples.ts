// Files as other programs write them, with people who do not exist.

/** Outlook, German, as "CSV (Windows)": windows-1252, commas, every cell in marks. */
export const OUTLOOK_DE = windows1252(
  [
    '"Anrede","Vorname","Nachname","Firma","Straße geschäftlich","Ort geschäftlich","Postleitzahl geschäftlich","Land/Region geschäftlich","Telefon geschäftlich","Mobiltelefon","Telefon (privat)","E-Mail-Adresse","E-Mail 2: Adresse","Geburtstag","Kategorien","Notizen"',
    '"Frau","Jürgen","Groß","Bäckerei Groß & Söhne","Lange Straße 5","Köln","50667","Deutschland","+49 (0)221 5550100","0171 5550101","","juergen@gross.example","","3.5.1971","Stammkunde;Büro","Ruft lieber zurück.\r\nNicht vor 9 Uhr."',
    '"Herr","Añe","Østby","","","Graz","8010","Österreich","","0664 5550102","","ane@ostby.example","a.ostby@firma.example","0.0.00","",""',
  ].join('\r\n'),
);

/** Outlook, English, UTF-16 with its mark and tabs ("Unicode text"). */
export const OUTLOOK_UTF16 = utf16(
  'First Name\tLast Name\tCompany\tBusiness Street\tBusiness City\tBusiness Postal Code\tBusiness Phone\tE-mail Address\tNotes\r\n' +
    'Zoë\tMüller\tŁódź Import\tMarket 1\tBerlin\t10115\t030 5550110\tzoe@lodz.example\t"first line\r\nsecond line"\r\n' +
    'Ivan\tПетров\t\t\tBerlin\t\t+49 30 5550111\t\t\r\n',
  true,
);

export const GOOGLE = `Name,Given Name,Family Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Organization Name
Björn Ærø,Björn,Ærø,1980-02-29,,* myContacts ::: Friends,* Work,bjorn@aero.example,bjorn2@aero.example,Mobile,+49 171 5550120 ::: +49 30 5550121,"Weg 3
Hinterhaus",Hamburg,20095,DE,
,,,,,* myContacts,,info@aero.example,,,,,,,,Ærø ApS
`;

export const HUBSPOT = `Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Company Name,Street Address,City,Postal Code,Country/Region,Create Date,Lead Status
90001,Ada,Beispiel,ada@beispiel.example,+49 30 5550130,,Beispiel GmbH,Allee 9,Berlin,10117,Germany,2024-03-31 02:30,OPEN
90002,Ben,Beispiel,ada@beispiel.example,+49 30 5550130,+49 171 5550131,Beispiel GmbH,Allee 9,Berlin,10117,Germany,2024-06-01 12:00,
`;

export const SALESFORCE = `"Contact ID","FirstName","LastName","Account Name","Phone","MobilePhone","Email","MailingStreet","MailingCity","MailingPostalCode","MailingCountry","Birthdate","Description"
"0035500000AbCd1","Carla","Muster","Muster AG","(030) 5550140","","carla@muster.example","Platz 1","Bonn","53111","Germany","12/31/1975","Likes ""plain"" words, not slides"
`;

export const SHOP_ORDERS = `Bestellnummer;Kundennummer;Bestelldatum;Betrag;Artikel;Art
B-1;90001;31.03.2026 10:15;1.234,50 €;Winterreifen;Bestellung
B-2;90002;02.04.2026;89,90;Felgen;Lieferung
B-3;77777;02.04.2026;10,00;Kappe;
B-4;90001;gestern;10,00;Kappe;
`;

export const ACTIVITIES = `Activity type,Date,Time,Customer email,Subject,Comments,Call outcome,Direction,Mood
Call,04/13/2026,2:30 pm,carla@muster.example,Offer,Wants it by Friday,Connected,Outbound,Happy
Meeting,04/14/2026,,carla@muster.example,Visit,,,,
Fax,04/15/2026,,carla@muster.example,,,,,
`;

/** Outlook's vCard 2.1: quoted-printable with CHARSET and soft breaks. */
export const VCARD_21 = Buffer.from(
  [
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;LANGUAGE=de;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Gr=F6=DFer;J=FCrgen',
    'FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:J=FCrgen Gr=F6=DFer',
    'ORG:Werft;Dock 3',
    'TEL;WORK;VOICE:+49 (40) 5550150',
    'TEL;WORK;FAX:+49 (40) 5550159',
    'TEL;CELL;VOICE;PREF:0171 5550151',
    'ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Kai 7=0D=0ATor 2;Hamburg;;20457;Deutschland',
    'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Mag Sch=C3=',
    '=B6nes; lang =',
    'und breit',
    'EMAIL;PREF;INTERNET:juergen@werft.example',
    'PHOTO;TYPE=JPEG;ENCODING=BASE64:',
    ' /9j/4AAQSkZJRgABAQEAYABgAAD/',
    ' 2wBDAAgGBgcGBQgHBwcJCQgKDBQN',
    '',
    'BDAY:19710503',
    'END:VCARD',
    '',
  ].join('\r\n'),
);

/** iCloud's 3.0 with groups, and an unknown year of birth. */
export const VCARD_30 = `BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//iCloud Web Address Book 2024//EN\r
N:Sommer;Eva;Maria;Dr.;\r
FN:Dr. Eva Maria Sommer\r
item1.TEL;type=pref:+49 151 5550160\r
item1.X-ABLabel:_$!<Mobile>!$_\r
TEL;type=HOME;type=VOICE:089 5550161\r
item2.EMAIL;type=INTERNET:eva@sommer.example\r
item3.ADR;type=HOME:;;Am Bach 1\\, Haus B;München;;80331;Germany\r
NOTE:Zeile eins\\nZeile zwei\\; mit Strich und einem langen Text der gefalt\r
 et wurde\r
BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-24\r
CATEGORIES:Stamm,VIP\\, alt\r
UID:5550160-ABCD\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
N:;;;;\r
FN:\r
ORG:Sommer GmbH;\r
X-ABShowAs:COMPANY\r
TEL:089 5550169\r
END:VCARD\r
`;

export const VCARD_40 = `BEGIN:VCARD
VERSION:4.0
FN:Finn O'Hara
N:O'Hara;Finn;;;
TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+353-87-555-0170
EMAIL;TYPE=work:finn@ohara.example
BDAY:--0229
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
END:VCARD
`;

/** Latin letters of European languages as windows-1252 writes them. */
export function windows1252(text: string): Buffer {
  return Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (letter === '€') return 0x80;
      if (code > 0xff) throw new Error(`${letter} is not in windows-1252`);
      return code;
    }),
  );
}

export function utf16(text: string, littleEndian: boolean): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return littleEndian ? bytes : bytes.swap16();
}
