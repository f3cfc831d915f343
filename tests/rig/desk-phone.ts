// The desk's telephone alone in a page, without core and without a screen.
import type { CallEvent } from '../../preload/contract/calls.ts';
import type { Account } from '../../preload/contract/settings.ts';
import { createPhone, type SwitchablePhone } from '../../renderer/phone/create-phone.ts';
import { createMedia } from '../../renderer/phone/media/create-media.ts';
import { createSipLine } from '../../renderer/phone/sip/sip-line.ts';

declare global {
  interface Window {
    deskPhone: SwitchablePhone;
    callEvents: CallEvent[];
    useAccount(account: Omit<Account, 'id' | 'hasPassword'>, password: string): void;
  }
}

let made = 0;

/** Ids that differ; their time does not matter here. */
function newId(): string {
  made += 1;
  return `01900000-0000-7000-8000-${String(made).padStart(12, '0')}`;
}

window.callEvents = [];
window.deskPhone = createPhone({
  media: createMedia({ microphone: null, speaker: null, ringer: null, ringVolume: 0 }),
  newId,
});
window.deskPhone.onCallEvent((event) => window.callEvents.push(event));
window.useAccount = (account, password) => {
  void window.deskPhone.useLine({
    mode: 'account',
    origin: 'real',
    accountId: newId(),
    open: (listener) =>
      Promise.resolve(
        createSipLine({
          account,
          password,
          instanceId: '11111111-1111-4111-8111-111111111111',
          listener,
        }),
      ),
  });
};
