import { type AreaCode, FICTIONAL_MOBILES, mobileNumber, townNumber } from './fictional-numbers.ts';
import type { Random } from './random.ts';

const FIRST_NAMES = (
  'Anna Jonas Sabine Mehmet Ursula Thomas Claudia Jürgen Leonie Andreas Petra Stefan Monika Karl-Heinz Birgit ' +
  'Emre Ingrid Wolfgang Susanne Marek Heike Matthias Elif Dieter Renate Tobias Gisela Florian Katharina Uwe ' +
  'Marlene Sven Barbara Paul Nadine Horst Silke Dominik Angelika Ralf Yasemin Martin Brigitte Lukas Anja Klaus ' +
  'Theresa Benjamin Doris Björn Carola Frank Helene Ömer Jutta Malte Simone Gerd Johanna Rüdiger Magdalena ' +
  'Holger Friederike Timo Annette Bernd Jana Moritz Cornelia Detlef Svenja Rainer Amélie Hannes Martina'
).split(' ');
const LAST_NAMES = (
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein ' +
  'Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler ' +
  'Maier König Walter Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogt Friedrich ' +
  'Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm ' +
  'Winter Kraus Martens Schumacher Krämer Vogel Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas ' +
  'Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff ' +
  'Pfeiffer Yılmaz Kaya Demir Nowak Kowalski Petrović Rossi Nguyen Hansen Jensen Petersen Mueller Strauß'
).split(' ');

interface Place {
  area: AreaCode;
  cities: readonly string[];
}
const PLACES: readonly Place[] = [
  {
    area: '030',
    cities: ['Berlin', 'Berlin-Köpenick', 'Berlin-Spandau', 'Berlin-Steglitz', 'Berlin-Pankow'],
  },
  {
    area: '040',
    cities: ['Hamburg', 'Hamburg-Altona', 'Hamburg-Harburg', 'Norderstedt', 'Reinbek'],
  },
  { area: '069', cities: ['Frankfurt am Main', 'Frankfurt-Höchst', 'Offenbach am Main'] },
  { area: '0221', cities: ['Köln', 'Köln-Mülheim', 'Köln-Ehrenfeld', 'Köln-Porz'] },
  { area: '089', cities: ['München', 'Unterhaching', 'Ottobrunn', 'Germering', 'München-Pasing'] },
];

const FIRM_KINDS = (
  'Elektrotechnik Malerbetrieb Sanitär+Heizung Dachdeckerei Gartenbau Bäckerei Tischlerei Pflegedienst ' +
  'Gebäudereinigung Metallbau Fliesen Physiotherapie Steuerberatung Catering Schlüsseldienst Umzüge Kältetechnik'
)
  .split(' ')
  .map((kind) => kind.replace('+', ' & '));
const FIRM_FORMS = ['GmbH', 'GmbH & Co. KG', 'KG', 'e. K.', 'GbR', 'GmbH'];

/** One fictional person, perhaps of a small firm. */
export interface Person {
  name: string;
  company: string | null;
  city: string;
  emails: string[];
  numbers: string[];
}

/**
 * Makes people who all have numbers of their own, save for a few pairs who share a line at home or
 * at work.
 */
export function peopleMaker(random: Random) {
  const used = new Map<AreaCode, number>();
  let mobiles = 0;
  const names = new Set<string>();
  let shared: { number: string; last: string; place: Place } | null = null;

  function nextTownNumber(area: AreaCode): string {
    const n = used.get(area) ?? random.between(0, 99);
    // 7 and 1000 have no common divisor: every number of the block comes once.
    used.set(area, n + 7);
    return townNumber(area, n);
  }

  function freshName(last: string): string {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const name = `${random.pick(FIRST_NAMES)} ${last}`;
      if (names.has(name)) continue;
      names.add(name);
      return name;
    }
    const double = `${random.pick(FIRST_NAMES)} ${last}-${random.pick(LAST_NAMES)}`;
    names.add(double);
    return double;
  }

  function housemate(of: NonNullable<typeof shared>): Person {
    const name = freshName(of.last);
    return {
      name,
      company: null,
      city: of.place.cities[0] ?? 'Berlin',
      emails: [emailOf(name)],
      numbers: [of.number],
    };
  }

  return (firm: boolean): Person => {
    if (shared && !firm) {
      const person = housemate(shared);
      shared = null;
      return person;
    }
    const last = random.pick(LAST_NAMES);
    const name = freshName(last);
    const place = random.pick(PLACES);
    const city = random.pick(place.cities);
    const numbers = [nextTownNumber(place.area)];
    if (mobiles < FICTIONAL_MOBILES && random.chance(0.4)) {
      numbers.push(mobileNumber(mobiles));
      mobiles += 1;
    }
    if (!firm && random.chance(0.015)) shared = { number: numbers[0] ?? '', last, place };
    const company = firm ? firmName(last) : null;
    const emails = random.chance(0.7)
      ? [firm && company ? firmEmail(last, company) : emailOf(name)]
      : [];
    return { name, company, city, emails, numbers };
  };

  function firmName(last: string): string {
    const kind = random.pick(FIRM_KINDS);
    return random.chance(0.5)
      ? `${last} ${kind} ${random.pick(FIRM_FORMS)}`
      : `${kind} ${last} ${random.pick(FIRM_FORMS)}`;
  }
}

// example.org and .example are kept for examples (RFC 2606).
function emailOf(name: string): string {
  return `${asciiOf(name).replace(/ /g, '.')}@example.org`;
}

function firmEmail(last: string, company: string): string {
  return `${asciiOf(last)}@${asciiOf(company)
    .replace(/ (gmbh|kg|gbr|e k|co).*$/, '')
    .replace(/ /g, '-')}.example`;
}

function asciiOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/[^a-z0-9 -]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
