import type { CallRecord } from '../../../preload/contract/calls.ts';
import type { Origin } from '../../../preload/contract/vocabulary.ts';
import {
  type OpenWrapUp,
  type WrapUpDraft,
  wrapUpDraft,
} from '../../../preload/contract/wrap-ups.ts';
import type { Now } from '../clock.ts';
import type { SubjectHandlers } from '../connection/handlers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import type { Publish } from '../events/event-bus.ts';
import type { NewId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { DealContact } from './deals.ts';
import { isEmptyDraft, wrapUpProblemsOf } from './wrap-up-problems.ts';
import { createWrapUpStore, type WrapUpRow, type WrittenContact } from './wrap-up-store.ts';

interface WrapUpsDependencies {
  database: DeskDatabase;
  now: Now;
  newId: NewId;
  agentId: string;
  publish: Publish;
  isAgent: (id: string) => boolean;
  customerExists: (id: string) => boolean;
  callRecord: (callId: string) => CallRecord | null;
  moveContact: (contactId: string, customerId: string | null) => void;
  refreshSummary: (customerId: string) => void;
  makePromise: (promise: {
    customerId: string | null;
    contactId: string;
    callId: string;
    matterId: string | null;
    authorId: string;
    ownerId: string;
    text: string;
    dueAt: number;
    origin: Origin;
  }) => void;
  recordDeal: (deal: NonNullable<WrapUpDraft['deal']>, contact: DealContact) => void;
  notReached: (callId: string) => void;
  /** In the transaction of a saved wrap-up. */
  tellOthers?: (draft: WrapUpDraft, contact: WrittenContact) => void;
  /** A wrap-up was opened, saved or taken away. */
  onTurn: () => void;
}

export interface WrapUps {
  handlers: SubjectHandlers<'wrapUps'>;
  open(call: { callId: string; contactId: string; origin: Origin; at: number }): void;
  discardEmpty(callId: string): boolean;
  /** The newest open wrap-up whose call is over. */
  waiting(): { callId: string; contactId: string; origin: Origin } | null;
}

export function createWrapUps(dependencies: WrapUpsDependencies): WrapUps {
  const { database, now, newId, agentId, publish } = dependencies;
  const store = createWrapUpStore(database, newId);

  function found(id: string): WrapUpRow {
    const row = store.one(id);
    if (!row) throw new Refusal('NOT_FOUND', { what: 'wrapUp', id });
    return row;
  }

  function turned(): void {
    database.afterCommit(() => {
      publish({ type: 'wrapUps.changed' });
      dependencies.onTurn();
    });
  }

  function openWrapUpFrom(row: WrapUpRow): OpenWrapUp[] {
    const call = dependencies.callRecord(row.call_id);
    if (!call) return [];
    const { id, revision, opened_at } = row;
    return [{ wrapUpId: id, revision, openedAt: opened_at, draft: draftFrom(row), call }];
  }

  function save(row: WrapUpRow, draft: WrapUpDraft, tagMs: number | null): void {
    const { contact_id: contactId, call_id: callId, origin } = row;
    if (draft.customerId !== null) dependencies.moveContact(contactId, draft.customerId);
    const contact = store.contact(contactId);
    if (!contact) throw new Error('a wrap-up without its contact');
    const at = dependencies.callRecord(callId)?.endedAt ?? now();
    const whose = { contactId, callId, customerId: contact.customer_id, agentId, origin };
    const written: WrittenContact = { ...whose, matterId: matterFor(draft, whose, at) };
    store.writeContact(written, draft);
    if (draft.end && draft.end !== 'unknown')
      store.insertFeeling(written, 'end', draft.end, contact.at);
    if (draft.peak) store.insertFeeling(written, 'peak', draft.peak, contact.at);
    if (draft.openQuestion?.trim()) store.insertQuestion(written, draft.openQuestion.trim(), at);
    writePromise(draft, written);
    if (draft.deal) dependencies.recordDeal(draft.deal, { ...written, at });
    if (draft.outcome === 'voicemail' || draft.outcome === 'noAnswer')
      dependencies.notReached(callId);
    store.writeSaved(row.id, draft, now(), tagMs);
    dependencies.tellOthers?.(draft, written);
    if (written.customerId !== null) dependencies.refreshSummary(written.customerId);
    database.afterCommit(() => {
      publish({ type: 'calls.changed', callId, customerId: written.customerId });
      publish({ type: 'waiting.changed' });
      publish({ type: 'kpi.changed' });
    });
    turned();
  }

  function matterFor(
    draft: WrapUpDraft,
    whose: Omit<WrittenContact, 'matterId'>,
    at: number,
  ): string | null {
    if (!draft.matter) return null;
    const { id, title, closed } = draft.matter;
    const known = id === null ? undefined : store.matter(id);
    if (id !== null && (!known || known.customer_id !== whose.customerId)) {
      throw new Refusal('NOT_FOUND', { what: 'matter', id });
    }
    const matterId =
      known?.id ?? (title?.trim() ? store.insertMatter(whose, title.trim(), at) : null);
    if (matterId === null) return null;
    if (closed) store.closeMatter(matterId, whose.customerId, at);
    else store.reopenMatter(matterId);
    return matterId;
  }

  function writePromise(
    draft: WrapUpDraft,
    { agentId: authorId, ...written }: WrittenContact,
  ): void {
    const { text = '', dueAt = null, ownerId = null } = draft.promise ?? {};
    if (dueAt === null || ownerId === null) return;
    dependencies.makePromise({ ...written, authorId, ownerId, text: text.trim(), dueAt });
  }

  const handlers: SubjectHandlers<'wrapUps'> = {
    open: () => store.open().flatMap(openWrapUpFrom),
    saveDraft({ wrapUpId, revision, draft }) {
      return database.transaction(() => {
        const row = found(wrapUpId);
        const same = row.draft_json === JSON.stringify(draft);
        // The answer to an earlier attempt may have been lost: the same words again are no conflict.
        if (same && row.state === 'open' && revision <= row.revision)
          return { revision: row.revision };
        if (row.state === 'saved' || row.revision !== revision) {
          throw new Refusal('STALE', { revision: row.revision });
        }
        store.writeDraft(wrapUpId, draft, now());
        return { revision: row.revision + 1 };
      });
    },
    save({ wrapUpId, result, tagMs }) {
      return database.transaction(() => {
        const row = found(wrapUpId);
        if (row.state === 'saved') {
          if (row.draft_json === JSON.stringify(result)) return { contactId: row.contact_id };
          throw new Refusal('STALE', { revision: row.revision });
        }
        const problems = wrapUpProblemsOf(result, dependencies.isAgent);
        if (problems.length > 0) throw new Refusal('WRAP_UP_INCOMPLETE', { problems });
        if (result.customerId !== null && !dependencies.customerExists(result.customerId)) {
          throw new Refusal('NOT_FOUND', { what: 'customer', id: result.customerId });
        }
        save(row, result, tagMs);
        return { contactId: row.contact_id };
      });
    },
  };

  return {
    handlers,
    open(call) {
      if (store.insert({ ...call, agentId })) turned();
    },
    discardEmpty(callId) {
      const row = store.ofCall(callId);
      if (!row || row.state === 'saved') return !row;
      if (!isEmptyDraft(draftFrom(row))) return false;
      store.remove(row.id);
      turned();
      return true;
    },
    waiting() {
      const rows = store
        .open()
        .filter((row) => dependencies.callRecord(row.call_id)?.endedAt !== null);
      const last = rows.at(-1);
      return last
        ? { callId: last.call_id, contactId: last.contact_id, origin: last.origin }
        : null;
    },
  };
}

function draftFrom(row: WrapUpRow): WrapUpDraft {
  return wrapUpDraft.parse(JSON.parse(row.draft_json));
}
