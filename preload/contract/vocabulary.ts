// The words that every part of the desk shares. Values are stored: they are never renamed, only added to.

/** Where a fact comes from. Practice and sample facts count nowhere once an account exists. */
export const ORIGINS = ['real', 'practice', 'sample', 'imported'] as const;
export type Origin = (typeof ORIGINS)[number];

/**
 * Emotion families after the Geneva Emotion Wheel, in the order of the tiles.
 * `valence` is in −1…+1 and a design value of this product; `surprise` takes its sign from the agent.
 * `tone` is the colour family: blue pleasant, gold uncertain, warm unpleasant.
 */
export const EMOTIONS = {
  delight: { valence: 1, tone: 'blue' },
  pride: { valence: 0.8, tone: 'blue' },
  joy: { valence: 0.8, tone: 'blue' },
  trust: { valence: 0.7, tone: 'blue' },
  relief: { valence: 0.6, tone: 'blue' },
  hope: { valence: 0.4, tone: 'blue' },
  surprise: { valence: 0.5, tone: 'gold' },
  neutral: { valence: 0, tone: 'plain' },
  worry: { valence: -0.4, tone: 'gold' },
  fear: { valence: -0.7, tone: 'warm' },
  disappointment: { valence: -0.7, tone: 'warm' },
  anger: { valence: -1, tone: 'warm' },
} as const satisfies Record<string, { valence: number; tone: 'blue' | 'gold' | 'warm' | 'plain' }>;
export type Emotion = keyof typeof EMOTIONS;
export const EMOTION_IDS = Object.keys(EMOTIONS) as [Emotion, ...Emotion[]];

/** Intensity m of a feeling; pressing its tile again raises it. */
export const INTENSITIES = [0.5, 0.75, 1] as const;

export const DIRECTIONS = ['inbound', 'outbound'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What a contact is. Calls are made by the desk; the others come from notes, imports and other systems. */
export const CONTACT_KINDS = [
  'call',
  'note',
  'order',
  'delivery',
  'complaint',
  'email',
  'visit',
] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Result of a handled call as the agent sees it. */
export const OUTCOMES = [
  'reached',
  'callback',
  'notInterested',
  'wrongNumber',
  'voicemail',
  'noAnswer',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const EXPECTATIONS = ['missed', 'met', 'exceeded'] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

export const DEAL_STATES = ['open', 'won', 'lost'] as const;
export type DealState = (typeof DEAL_STATES)[number];

/** Why a call ended. `sipCode` beside it carries the final response, where there was one. */
export const END_CAUSES = [
  'completed',
  'missed',
  'declined',
  'cancelled',
  'busy',
  'noAnswer',
  'rejected',
  'notFound',
  'unavailable',
  'notAcceptable',
  'forbidden',
  'serverError',
  'timeout',
  'networkLost',
  'mediaFailed',
  'answeredElsewhere',
  'interrupted',
  'failed',
] as const;
export type EndCause = (typeof END_CAUSES)[number];

export const CALL_PARTIES = ['agent', 'customer', 'network', 'system'] as const;
export type CallParty = (typeof CALL_PARTIES)[number];

/** Whom a leg of a contact was with: the customer, or a colleague who was asked meanwhile. */
export const LEG_KINDS = ['customer', 'consultation'] as const;
export type LegKind = (typeof LEG_KINDS)[number];

export const TRANSFER_STATES = ['asked', 'done', 'failed'] as const;

/** Why the desk believes a caller to be this customer. */
export const MATCH_REASONS = [
  'confirmedNumber',
  'ownNumber',
  'sharedNumber',
  'chosenByAgent',
  'companyPrefix',
] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

/** Cue rules that are in force; the numbers are those of the rule table and are stored. */
export const CUE_RULES = [1, 2, 4, 9, 13, 22] as const;
export type CueRule = (typeof CUE_RULES)[number];

export const CUE_MOMENTS = ['before', 'during', 'after'] as const;

/** What the agent is doing; `available` = registered, no call, no open wrap-up. */
export const AGENT_STATES = ['offline', 'available', 'call', 'wrapUp'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Who or what changed a field of a customer's record. */
export const CHANGE_SOURCES = ['agent', 'api', 'import', 'merge'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

/** What waits to be called back. */
export const WORK_KINDS = ['missedCall', 'callback', 'voicemail'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];
export const WORK_STATES = ['open', 'done', 'cancelled'] as const;
export type WorkState = (typeof WORK_STATES)[number];

/** What an ignored number may still do: be shown without ringing, or hear busy. */
export const IGNORE_ACTIONS = ['quiet', 'reject'] as const;
export type IgnoreAction = (typeof IGNORE_ACTIONS)[number];

/** What a customer's timeline can be narrowed to. */
export const TIMELINE_PARTS = [
  'call',
  'note',
  'order',
  'delivery',
  'complaint',
  'email',
  'visit',
  'deal',
  'promise',
  'feeling',
  'callback',
  'voicemail',
] as const;
export type TimelinePart = (typeof TIMELINE_PARTS)[number];
/** What a field of the organisation's own holds. */
export const CUSTOM_FIELD_KINDS = ['text', 'number', 'date', 'choice', 'link'] as const;
export type CustomFieldKind = (typeof CUSTOM_FIELD_KINDS)[number];

/** What two records have in common. */
export const DUPLICATE_REASONS = [
  'number',
  'email',
  'externalId',
  'nameAndAddress',
  'nameAndPlace',
  'nameAndCompany',
  'address',
  'similarNameAndPlace',
  'similarNameAndCompany',
] as const;
export type DuplicateReasonId = (typeof DUPLICATE_REASONS)[number];
/** What a customer may object to. */
export const OBJECTION_KINDS = ['advertising', 'recording', 'processing'] as const;
export type ObjectionKind = (typeof OBJECTION_KINDS)[number];

/** How a customer said something that has to be proven later. */
export const CONSENT_MANNERS = ['call', 'email', 'letter', 'inPerson', 'web', 'other'] as const;
export type ConsentManner = (typeof CONSENT_MANNERS)[number];

export const CONSENT_PURPOSES = ['salesCalls', 'recording', 'email'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** Classes of personal data with a time of their own; recordings have theirs in days. */
export const RETENTION_CLASSES = [
  'feelings',
  'notes',
  'callDetails',
  'changes',
  'webhookLog',
  'importReports',
  'accessLog',
] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];
