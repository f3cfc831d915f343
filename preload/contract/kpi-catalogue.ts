// The one place that says what each figure is. `version` rises when a formula changes.

interface KpiDefinition {
  name: { de: string; en: string };
  formula: { de: string; en: string };
  /** Measures summed for the value or the upper part; see `MEASURES`. */
  numerator: readonly Measure[];
  /** Measures summed for the lower part; empty for a plain sum. */
  denominator: readonly Measure[];
  unit: 'count' | 'duration' | 'perHour' | 'rate' | 'money';
  source: string;
  version: number;
}

/** Additive measures kept per (agent, list, 15-minute UTC bucket). Durations in ms, money in cents. */
export const MEASURES = [
  'handled',
  'handledInbound',
  'handledOutbound',
  'talkMs',
  'holdMs',
  /** With colleagues about a customer who waits: inside hold, so no figure adds both. */
  'consultMs',
  'wrapMs',
  'availableMs',
  'dials',
  'answered',
  'missed',
  'won',
  'lost',
  'wonCents',
] as const;
export type Measure = (typeof MEASURES)[number];

export const KPI_CATALOGUE = {
  handled: {
    name: { de: 'Bearbeitete Anrufe', en: 'Calls handled' },
    formula: {
      de: 'Angenommene externe Gespräche, ein- und ausgehend; ein weitergegebenes zählt einmal',
      en: 'Answered external calls, inbound and outbound; one that is passed on counts once',
    },
    numerator: ['handled'],
    denominator: [],
    unit: 'count',
    source: 'COPC CX Standard',
    version: 2,
  },
  talkTime: {
    name: { de: 'Gesprächszeit', en: 'Talk time' },
    formula: {
      de: 'Summe der Sprechzeit, Halten nicht mitgezählt',
      en: 'Sum of talk, hold not counted',
    },
    numerator: ['talkMs'],
    denominator: [],
    unit: 'duration',
    source: 'ICMI',
    version: 1,
  },
  handlingTime: {
    name: { de: 'Bearbeitungszeit', en: 'Handling time' },
    formula: { de: 'Sprechen + Halten + Nachbearbeitung', en: 'Talk + hold + after-call work' },
    numerator: ['talkMs', 'holdMs', 'wrapMs'],
    denominator: [],
    unit: 'duration',
    source: 'ICMI',
    version: 1,
  },
  averageHandlingTime: {
    name: { de: 'Mittlere Bearbeitungszeit', en: 'Average handling time' },
    formula: {
      de: '(Sprechen + Halten + Nachbearbeitung) ÷ bearbeitete Anrufe',
      en: '(Talk + hold + after-call work) ÷ calls handled',
    },
    numerator: ['talkMs', 'holdMs', 'wrapMs'],
    denominator: ['handled'],
    unit: 'duration',
    source: 'ICMI',
    version: 1,
  },
  callsPerHour: {
    name: { de: 'Anrufe je Stunde', en: 'Calls per hour' },
    formula: {
      de: 'Bearbeitete Anrufe ÷ Stunden verfügbar oder in Bearbeitung; verfügbar = angemeldet, kein Gespräch, keine offene Nachbearbeitung',
      en: 'Calls handled ÷ hours available or handling; available = registered, no call, no open wrap-up',
    },
    numerator: ['handled'],
    denominator: ['availableMs', 'talkMs', 'holdMs', 'wrapMs'],
    unit: 'perHour',
    source: 'COPC CX Standard',
    version: 1,
  },
  dealsWon: {
    name: { de: 'Gewonnene Abschlüsse', en: 'Deals won' },
    formula: { de: 'Heute als gewonnen entschiedene Geschäfte', en: 'Deals decided as won today' },
    numerator: ['won'],
    denominator: [],
    unit: 'count',
    source: 'Anklang',
    version: 1,
  },
  dealsLost: {
    name: { de: 'Verlorene Abschlüsse', en: 'Deals lost' },
    formula: { de: 'Heute als verloren entschiedene Geschäfte', en: 'Deals decided as lost today' },
    numerator: ['lost'],
    denominator: [],
    unit: 'count',
    source: 'Anklang',
    version: 1,
  },
  closeRate: {
    name: { de: 'Abschlussquote', en: 'Close rate' },
    formula: {
      de: 'gewonnen ÷ (gewonnen + verloren), nach Entscheidungstag; Intervall nach Wilson, 95 %',
      en: 'won ÷ (won + lost), by decision date; Wilson interval, 95 %',
    },
    numerator: ['won'],
    denominator: ['won', 'lost'],
    unit: 'rate',
    source: 'Wilson 1927',
    version: 1,
  },
  revenue: {
    name: { de: 'Umsatz', en: 'Revenue' },
    formula: { de: 'Summe der Werte gewonnener Geschäfte', en: 'Sum of the values of deals won' },
    numerator: ['wonCents'],
    denominator: [],
    unit: 'money',
    source: 'Anklang',
    version: 1,
  },
} as const satisfies Record<string, KpiDefinition>;
export type KpiId = keyof typeof KPI_CATALOGUE;
export const KPI_IDS = Object.keys(KPI_CATALOGUE) as [KpiId, ...KpiId[]];
