// What columns are called, in German and English, by the programs that people export from: Outlook,
// Google, iCloud, HubSpot, Salesforce, shops and spreadsheets.
import type { ImportField, ImportKind } from '../../../preload/contract/exchange-words.ts';
import { foldText } from '../customers/folding.ts';

type Words = Readonly<Partial<Record<ImportField, string>>>;

/** Compared without case, umlauts, digits and separators. */
const OF_PEOPLE: Words = {
  externalId: `Kundennummer, Kunden-Nr, Kundennr, Kunden-ID, Kd-Nr, Kdnr, Debitor, Debitorennummer, Customer number,
    Customer no, Customer ID, Customer, Account number, External ID, Externe ID, ID, Record ID, Contact ID, Account ID,
    Lead ID, UID, Kunde ID`,
  name: `Name, Full name, Vollständiger Name, Display name, Anzeigename, Kundenname, Customer name, Contact name,
    Kontaktname, Ansprechpartner, Contact person, File as, Speichern unter, FN, Vor- und Nachname`,
  firstName: 'Vorname, First name, Given name, Firstname, Rufname, Forename',
  lastName: 'Nachname, Last name, Family name, Surname, Lastname, Zuname, Familienname',
  company: `Firma, Firmenname, Unternehmen, Company, Company name, Organisation, Organization, Organization name,
    Organisation Name, Account name, Account, Associated company, Primary company, Employer, Organisationsname`,
  number: `Telefon, Telefonnummer, Tel, Rufnummer, Phone, Phone number, Phone value, Telephone, Mobil, Mobiltelefon, Mobilnummer,
    Mobile, Mobile phone, Mobile phone number, Mobile number, Cell, Cell phone, Handy, Handynummer, Festnetz, Landline,
    Business phone, Home phone, Other phone, Primary phone, Company main phone, Car phone, Assistant phone, Work phone,
    Telefon geschäftlich, Telefon privat, Telefon Firma, Weiteres Telefon, Haupttelefon, Telefon dienstlich, Autotelefon,
    Telefon Assistent, Durchwahl, Direct phone, More phones, Weitere Telefonnummern, Phones, Kundentelefon, Customer phone`,
  email: `E-Mail, Mail, E-Mail-Adresse, Mailadresse, Email address, E-mail address, E-Mail Value, Email value, E-Mail geschäftlich,
    E-Mail privat, Work email, Home email, Primary email, Secondary email, Additional email addresses, More emails,
    Weitere E-Mail-Adressen, Emails, Customer email, Kunden-E-Mail`,
  street: `Straße, Strasse, Str, Straße und Hausnummer, Anschrift, Adresse, Street, Street address, Address, Address line,
    Mailing street, Billing street, Business street, Home street, Address street, Straße geschäftlich, Straße privat`,
  postalCode: `PLZ, Postleitzahl, Postal code, Postcode, Zip, Zip code, Zip/Postal code, Mailing postal code,
    Mailing zip/postal code, Billing postal code, Business postal code, Home postal code, Address postal code,
    Postleitzahl geschäftlich, Postleitzahl privat, State/Zip`,
  city: `Ort, Stadt, Wohnort, City, Town, Place, Mailing city, Billing city, Business city, Home city, Address city, Ort geschäftlich,
    Ort privat`,
  country: `Land, Staat, Country, Country/Region, Mailing country, Billing country, Business country, Business country/region,
    Home country, Home country/region, Address country, Land/Region geschäftlich, Land/Region privat, Land geschäftlich, Ländercode, Country code`,
  tags: `Schlagworte, Schlagwörter, Tags, Kategorien, Categories, Kategorie, Category, Labels, Group membership, Stichworte, Keywords, Gruppen, Groups`,
  preferredTime:
    'Erreichbarkeit, Anrufzeit, Bevorzugte Zeit, Likes to be called, Preferred time, Best time to call',
  customerSince:
    'Kunde seit, Customer since, Create date, Created date, Created, Erstellt am, Anlagedatum, Angelegt am',
  birthday: 'Geburtstag, Geburtsdatum, Birthday, Birth date, Birthdate, Date of birth, Geb',
  note: `Notiz, Notizen, Note, Notes, Bemerkung, Bemerkungen, Anmerkung, Anmerkungen, Kommentar, Comment, Comments,
    Description, Beschreibung, Info`,
};

/** Besides, or instead, in files of orders and contacts. */
const OF_EVENTS: Words = {
  contactKind:
    'Art, Typ, Type, Kind, Kontaktart, Activity type, Aktivität, Kanal, Channel, Vorgangsart',
  contactExternalId: `Bestellnummer, Bestell-Nr, Auftragsnummer, Auftrags-Nr, Auftrag, Order number, Order no, Order ID, Order, Belegnummer,
    Rechnungsnummer, Invoice number, Vorgangsnummer, Aktivitäts-ID, Activity ID, Ticket, Ticketnummer, Ticket ID`,
  at: `Datum, Date, Zeitpunkt, Bestelldatum, Auftragsdatum, Order date, Lieferdatum, Delivery date, Rechnungsdatum, Activity date, Am,
    Kontaktdatum, Timestamp, Created at, Due date, Datum und Uhrzeit`,
  time: 'Uhrzeit, Zeit, Time',
  subject:
    'Betreff, Subject, Titel, Title, Artikel, Produkt, Product, Item, Bezeichnung, Thema, Topic, Positionen',
  direction: 'Richtung, Direction, Call direction, Ein/Aus',
  outcome: 'Ergebnis, Outcome, Result, Call outcome, Call result, Gesprächsergebnis, Status',
  feeling: 'Gefühl, Stimmung, Feeling, Emotion, Mood, Sentiment',
  amount: `Betrag, Summe, Gesamtbetrag, Gesamtsumme, Amount, Total, Total amount, Order total, Preis, Price, Umsatz, Wert, Value, Bruttobetrag,
    Nettobetrag, Endbetrag`,
  currency: 'Währung, Currency, Currency code',
};

/** What the column before an order's own "ID" would otherwise be taken for. */
const NOT_OF_EVENTS: ReadonlySet<string> = new Set(
  ['id', 'record id', 'uid', 'contact id'].map(comparable),
);

const PEOPLE = tableOf(OF_PEOPLE);
const EVENTS = tableOf(OF_EVENTS);

/** The field that a column of this name becomes in a file of this kind, or null. */
export function fieldNamed(header: string, kind: ImportKind): ImportField | null {
  const name = comparable(header);
  if (name === '') return null;
  if (kind === 'customers') return PEOPLE.get(name) ?? null;
  const event = EVENTS.get(name);
  if (event) return event;
  if (NOT_OF_EVENTS.has(name)) return 'contactExternalId';
  return PEOPLE.get(name) ?? null;
}

/** Whether anybody calls a column so. */
export function knownHeader(header: string): boolean {
  const name = comparable(header);
  return (
    PEOPLE.has(name) || EVENTS.has(name) || ownFieldNamed(header) !== null || isReasonHeader(header)
  );
}

/** The desk's own exports name own fields "Label [key]". */
export function ownFieldNamed(header: string): string | null {
  return /\[([a-z][a-z0-9_]{0,49})\]\s*$/.exec(header)?.[1] ?? null;
}

/** The column of a report of rejected rows that says why; it is no part of the file. */
export function isReasonHeader(header: string): boolean {
  return /\(anklang\)\s*$/i.test(header);
}

function tableOf(words: Words): Map<string, ImportField> {
  return new Map(
    Object.entries(words).flatMap(([field, names]) =>
      names.split(',').map((name) => [comparable(name), field as ImportField] as const),
    ),
  );
}

/** "E-mail 2 - Value", "E-Mail 2: Value" and "email value" are one. */
function comparable(header: string): string {
  return foldText(header.replace(/([a-z])([A-Z])/g, '$1 $2'))
    .replace(/[\d ]+/g, '')
    .trim();
}
