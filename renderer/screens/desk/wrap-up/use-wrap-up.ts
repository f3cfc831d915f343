// The wrap-ups that are being typed: kept per call from the first key on, stored as they change.
import { useLingui } from '@lingui/react';
import { useEffect, useSyncExternalStore } from 'react';
import { create } from 'zustand';
import type { OpenWrapUp } from '../../../../preload/contract/wrap-ups.ts';
import type { Core } from '../../../core-client/core.ts';
import { useCore, useOpening, useSettings } from '../../../core-client/queries.ts';
import { createDraftSaver, type DraftSaver, type DraftState } from './draft-saver.ts';
import {
  draftFrom,
  formAfter,
  formFrom,
  type WrapUpAction,
  type WrapUpForm,
} from './wrap-up-form.ts';

interface Forms {
  /** By call id, because a note may be typed before core has opened the call's wrap-up. */
  forms: Readonly<Record<string, WrapUpForm>>;
  setForm: (callId: string, form: WrapUpForm) => void;
  dropForm: (callId: string) => void;
}

const useForms = create<Forms>()((set) => ({
  forms: {},
  setForm: (callId, form) => set((state) => ({ forms: { ...state.forms, [callId]: form } })),
  dropForm: (callId) =>
    set((state) => {
      const { [callId]: _dropped, ...forms } = state.forms;
      return { forms };
    }),
}));

const savers = new WeakMap<Core, DraftSaver>();

function saverFor(core: Core): DraftSaver {
  let saver = savers.get(core);
  if (saver === undefined) {
    const made = createDraftSaver({ saveDraft: core.wrapUps.saveDraft });
    const flush = () => void made.flush();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    savers.set(core, made);
    saver = made;
  }
  return saver;
}

/** Stores every draft at once, for example before the window reloads itself. */
export function flushDrafts(core: Core): Promise<void> {
  return saverFor(core).flush();
}

interface WrapUpCall {
  callId: string;
  customerId: string | null;
  /** null until core has opened the call's wrap-up. */
  stored: OpenWrapUp | null;
}

export interface WrapUpInHand {
  form: WrapUpForm;
  change: (action: WrapUpAction) => void;
  state: DraftState;
  /** The wrap-up was saved: nothing of it is kept here any longer. */
  done: () => void;
}

/** One call's wrap-up: its fields and how to change them. */
export function useWrapUp({ callId, customerId, stored }: WrapUpCall): WrapUpInHand {
  const core = useCore();
  const { zone } = useSettings();
  const { agent } = useOpening();
  const { i18n } = useLingui();
  const saver = saverFor(core);
  const typed = useForms((state) => state.forms[callId]);
  const setForm = useForms((state) => state.setForm);
  const dropForm = useForms((state) => state.dropForm);
  const state = useSyncExternalStore(saver.subscribe, () => saver.state(callId));
  const wrapUpId = stored?.wrapUpId ?? null;
  const revision = stored?.revision ?? 0;
  useEffect(() => {
    if (wrapUpId !== null) saver.attach(callId, wrapUpId, revision);
  }, [saver, callId, wrapUpId, revision]);
  const fresh = () =>
    formFrom(stored?.draft ?? null, { agentId: agent.id, zone, language: i18n.locale });
  return {
    form: typed ?? fresh(),
    change: (action) => {
      // Several keys may come before the next drawing: each one builds on the last.
      const form = formAfter(useForms.getState().forms[callId] ?? fresh(), action);
      setForm(callId, form);
      saver.edit(callId, draftFrom(form, customerId));
    },
    state,
    done: () => {
      saver.forget(callId);
      dropForm(callId);
    },
  };
}
