/** Subject and note of one contact; `{slots}` are filled for the customer. */
export type StepText = readonly [subject: string, note: string];

/** The words of the sample book in one language. Both catalogues have the same keys and variants. */
export interface Sentences {
  steps: Readonly<Record<StepId, readonly StepText[]>>;
  promises: Readonly<Record<PromiseId, readonly string[]>>;
  questions: Readonly<Record<QuestionId, readonly string[]>>;
  matters: Readonly<Record<MatterId, string>>;
  deals: Readonly<{ car: string; fleet: string }>;
  lostReasons: Readonly<{ price: string; elsewhere: string; later: string }>;
  colours: readonly string[];
  tradeIns: readonly string[];
  weekdays: readonly string[];
  months: readonly string[];
  preferredTimes: readonly string[];
  tags: Readonly<{ private: readonly string[]; firm: readonly string[] }>;
  /** Things that a customer once told and that an agent wrote down. */
  details: readonly string[];
}

export const STEP_IDS = [
  'enquiry',
  'enquiryBack',
  'testDrive',
  'offer',
  'negotiate',
  'won',
  'ordered',
  'waiting',
  'delivered',
  'afterDelivery',
  'delayTold',
  'delayAngry',
  'delaySolved',
  'lostPrice',
  'lostElsewhere',
  'lostLater',
  'serviceBooked',
  'serviceDone',
  'serviceFollowUp',
  'tyresMail',
  'tyresBooked',
  'invoiceComplaint',
  'invoiceChecked',
  'invoiceSolved',
  'defectReported',
  'defectTried',
  'defectSolved',
  'leasingEnd',
  'leasingWorry',
  'leasingAnswered',
  'chargingWorry',
  'chargingAnswered',
  'accident',
  'accidentCar',
  'accidentDone',
  'referral',
  'checkIn',
  'noAnswer',
  'remark',
  'fleetEnquiry',
  'fleetVisit',
  'fleetOffer',
  'fleetOrdered',
  'fleetDelivered',
  'fleetInvoice',
  'fleetFollowUp',
  'fleetLost',
] as const;
export type StepId = (typeof STEP_IDS)[number];

export type PromiseId =
  | 'offer'
  | 'callBack'
  | 'date'
  | 'invoice'
  | 'workshop'
  | 'leasing'
  | 'charging'
  | 'papers'
  | 'fleet';
export type QuestionId = 'leasing' | 'charging';
export type MatterId =
  | 'purchase'
  | 'service'
  | 'tyres'
  | 'invoice'
  | 'defect'
  | 'leasing'
  | 'charging'
  | 'accident'
  | 'fleet';
