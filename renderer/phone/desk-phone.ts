// The desk's telephone: on the stored account's line, or on the practice line while there is none.
// SIP is loaded when a line is first used, so that the first paint does not wait for it.
import type { Credentials } from '../../preload/contract/settings.ts';
import { createPhone, type PhoneOptions, type SwitchablePhone } from './create-phone.ts';
import type { PracticeCustomer } from './practice/customer-agent.ts';
import type { PracticeLine, PracticeProblem } from './practice/practice-line.ts';

export interface DeskPhone extends SwitchablePhone {
  useAccount(credentials: Credentials): void;
  usePractice(): void;
  /** Makes this customer of the practice line ring; null when they do. */
  letACustomerRing(customer: PracticeCustomer): PracticeProblem | null;
  /** On the practice line customers ring by themselves. */
  setPracticeRings(on: boolean): void;
  /** The practice customer hangs up. */
  practiceCustomerHangsUp(): void;
}

export interface DeskPhoneOptions extends PhoneOptions {
  /** UUID of this desk, the same at every start. */
  instanceId: string;
  /** Who rings next on the practice line; null when there is nobody. */
  nextCustomer: () => Promise<PracticeCustomer | null>;
  /** What practice customers say; `tone` is for tests. */
  voice?: 'babble' | 'tone';
}

export function createDeskPhone(options: DeskPhoneOptions): DeskPhone {
  const phone = createPhone(options);
  let practice: PracticeLine | null = null;
  let practiceRings = false;

  return {
    ...phone,
    useAccount: ({ account, password }) => {
      void phone.useLine({
        mode: 'account',
        origin: 'real',
        accountId: account.id,
        open: async (listener) => {
          const { createSipLine } = await import('./sip/sip-line.ts');
          return createSipLine({ account, password, instanceId: options.instanceId, listener });
        },
      });
    },
    usePractice: () => {
      void phone.useLine({
        mode: 'practice',
        origin: 'practice',
        accountId: null,
        open: async (listener) => {
          const [{ createSipLine }, { createPracticeLine }] = await Promise.all([
            import('./sip/sip-line.ts'),
            import('./practice/practice-line.ts'),
          ]);
          const network = createPracticeLine({
            nextCustomer: options.nextCustomer,
            ...(options.voice === undefined ? {} : { voice: options.voice }),
          });
          network.setRingsByThemselves(practiceRings);
          practice = network;
          const line = createSipLine({
            account: {
              server: `ws://${network.account.domain}`,
              ...network.account,
              authUser: null,
              displayName: null,
            },
            password: '',
            instanceId: options.instanceId,
            listener,
            transport: { constructor: network.transportConstructor },
          });
          return {
            ...line,
            close: async () => {
              if (practice === network) practice = null;
              await line.close();
              await network.close();
            },
          };
        },
      });
    },
    letACustomerRing: (customer) =>
      practice?.letACustomerRing(customer) ?? (practice ? null : 'notRegistered'),
    setPracticeRings: (on) => {
      practiceRings = on;
      practice?.setRingsByThemselves(on);
    },
    practiceCustomerHangsUp: () => practice?.customerHangsUp(),
  };
}
