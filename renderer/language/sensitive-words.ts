// Words about health or religion in a note: data that the law guards more strictly (GDPR Art. 9).
// Stems of our own in German and English, whatever language the interface speaks: people write both.
// A hint only, so false positives are kept rare rather than every word caught.

export type SensitiveKind = 'health' | 'religion';

export interface SensitiveWord {
  kind: SensitiveKind;
  /** As it stands in the text. */
  word: string;
}

/** A word is meant when it begins with a stem; `=` takes the whole word only. */
const STEMS: Record<SensitiveKind, readonly string[]> = {
  health: [
    ...[
      'krank',
      'erkrank',
      'krebs',
      'tumor',
      'chemo',
      'diabet',
      'depress',
      'burnout',
      'burn-out',
      'schwanger',
    ],
    ...[
      'fehlgeburt',
      'behinder',
      'rollstuhl',
      'pflegegrad',
      'pflegebedürft',
      'schlaganfall',
      'herzinfarkt',
    ],
    ...[
      'operier',
      '=op',
      '=reha',
      'psychiat',
      'psychother',
      'therapeut',
      'medikament',
      'tablette',
      'asthma',
    ],
    ...[
      'allergi',
      'epilep',
      'dement',
      'demenz',
      'alzheimer',
      'parkinson',
      'multiple sklerose',
      '=hiv',
      '=aids',
    ],
    ...[
      'alkoholiker',
      'suchtkrank',
      'entzugsklinik',
      'gelähmt',
      'schwerhörig',
      'gehörlos',
      'erblindet',
      'dialyse',
    ],
    ...[
      'arbeitsunfähig',
      'diagnose',
      'bandscheibe',
      'migräne',
      'panikattack',
      'suizid',
      'infektion',
      'corona',
    ],
    ...[
      'cancer',
      'tumour',
      'pregnan',
      'miscarr',
      'disab',
      'wheelchair',
      'surgery',
      'hospital',
      'illness',
      '=ill',
    ],
    ...[
      'disease',
      'medicat',
      'antidepress',
      'anxiety disorder',
      'autis',
      'dementia',
      'stroke patient',
      'heart attack',
    ],
    ...[
      'heart condition',
      'deaf',
      'blindness',
      'sick leave',
      'alcoholic',
      'rehab',
      'suicid',
      'miscarriage',
      'covid',
    ],
  ],
  religion: [
    ...[
      'kathol',
      'evangelisch',
      'protestant',
      'muslim',
      'moslem',
      'islam',
      'jüdisch',
      'jude',
      'jüdin',
      'judentum',
    ],
    ...[
      'buddhis',
      'hindu',
      'atheis',
      'konfession',
      'freikirch',
      'zeugen jehovas',
      'zeuge jehovas',
      'kirchenmitglied',
    ],
    ...[
      'kirchensteuer',
      'gläubig',
      'ramadan',
      'gottesdienst',
      'moschee',
      'synagog',
      'konvertier',
      'religiös',
    ],
    ...[
      'catholic',
      'jewish',
      '=jew',
      '=jews',
      'christian faith',
      'religio',
      'mosque',
      'synagogue',
      'baptis',
      'mormon',
    ],
    ...["jehovah's", 'sikh', 'kosher', 'koscher', 'halal'],
  ],
};

/** Begin like a stem and mean something else, most of all what is talked about in sales. */
const HARMLESS = [
  ...[
    'krankenversicher',
    'krankenkass',
    'krankenzusatz',
    'krankentagegeld',
    'krebsrot',
    'flusskrebs',
    'krebssuppe',
  ],
  ...[
    'diagnosegerät',
    'diagnosestecker',
    'diagnosesoftware',
    'tablettes',
    'tablet',
    'operiert mit',
    'depressiver markt',
  ],
  ...[
    'behindertenparkpl',
    'behindert den',
    'behindert die',
    'behindert das',
    'hindukusch',
    'gläubiger',
    'coronado',
  ],
  ...[
    'disable',
    'hospitality',
    'autismo',
    'deafening',
    'surgery hours',
    'infektionsschutz',
    'rehabilitat',
  ],
  ...[
    'christian ',
    'islamabad',
    'judentum museum',
    'religion museum',
    'judex',
    'illustr',
    'baptist street',
  ],
];

/** Stems of a family name or a firm: only with more than the bare word around them would they mean it. */
const NAMES = [
  'krank gmbh',
  'frau krank',
  'herr krank',
  'frau krebs',
  'herr krebs',
  'frau jude',
  'herr jude',
  'firma krebs',
];

interface Stem {
  kind: SensitiveKind;
  pattern: RegExp;
}

const PATTERNS: readonly Stem[] = (['health', 'religion'] as const).map((kind) => ({
  kind,
  pattern: new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${STEMS[kind]
      .map((stem) =>
        stem.startsWith('=')
          ? `${escaped(stem.slice(1))}(?![\\p{L}\\p{N}])`
          : `${escaped(stem)}[\\p{L}-]*`,
      )
      .join('|')})`,
    'giu',
  ),
}));

/** The words of a text that speak of health or religion, each once, in their order; at most five. */
export function sensitiveWordsIn(text: string): SensitiveWord[] {
  const lower = text.toLowerCase();
  const found = PATTERNS.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)]
      .filter(({ index }) => !isHarmless(lower, index))
      .map((match) => ({ kind, word: match[0], at: match.index })),
  ).sort((one, other) => one.at - other.at);
  const seen = new Set<string>();
  return found
    .filter(({ word }) => {
      const key = word.toLowerCase();
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, 5)
    .map(({ kind, word }) => ({ kind, word }));
}

function isHarmless(lower: string, index: number): boolean {
  if (HARMLESS.some((word) => lower.startsWith(word, index))) return true;
  return NAMES.some((name) => {
    const within = lower.indexOf(name, Math.max(0, index - 6));
    return within >= 0 && within <= index && index < within + name.length;
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
