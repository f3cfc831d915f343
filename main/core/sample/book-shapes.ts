import type {
  Expectation,
  Outcome,
  ContactKind,
  Direction,
} from '../../../preload/contract/vocabulary.ts';
import type { Feeling } from '../../../preload/contract/shapes.ts';

/** The fictional book as facts, ready to be stored. Times are UTC epoch milliseconds. */
export interface SampleBook {
  agents: { id: string; name: string }[];
  customers: SampleCustomer[];
}

export interface SampleCustomer {
  id: string;
  name: string;
  company: string | null;
  city: string;
  emails: string[];
  numbers: string[];
  tags: string[];
  preferredTime: string | null;
  customerSince: number;
  createdAt: number;
  agentId: string;
  confirmedNumbers: boolean;
  matters: SampleMatter[];
  contacts: SampleContact[];
  promises: SamplePromise[];
  questions: SampleQuestion[];
  deals: SampleDeal[];
  /** When the customer called in vain and nobody has called back. */
  missedCalls: { callId: string; contactId: string; at: number; ringMs: number }[];
}

/** Stores a customer with numbers and search row, in the caller's transaction. */
export type InsertCustomer = (customer: SampleCustomer & { origin: 'sample' }) => void;

export interface SampleMatter {
  id: string;
  title: string;
  openedAt: number;
  closedAt: number | null;
  agentId: string;
  contactId: string;
}

export interface SampleContact {
  id: string;
  kind: ContactKind;
  direction: Direction | null;
  at: number;
  subject: string;
  note: string;
  outcome: Outcome | null;
  expectation: Expectation | null;
  agentId: string;
  matterId: string | null;
  feelings: { id: string; part: 'end' | 'peak'; feeling: Feeling }[];
}

export interface SamplePromise {
  id: string;
  contactId: string;
  matterId: string | null;
  agentId: string;
  ownerId: string;
  text: string;
  madeAt: number;
  dueAt: number;
  settledAt: number | null;
}

export interface SampleQuestion {
  id: string;
  contactId: string;
  matterId: string | null;
  agentId: string;
  text: string;
  askedAt: number;
  answeredAt: number | null;
}

export interface SampleDeal {
  id: string;
  contactId: string;
  decidedContactId: string | null;
  matterId: string | null;
  agentId: string;
  decidedBy: string | null;
  title: string;
  state: 'open' | 'won' | 'lost';
  valueCents: number;
  createdAt: number;
  decidedAt: number | null;
  lostReason: string | null;
}
