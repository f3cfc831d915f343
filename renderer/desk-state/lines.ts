// The two lines that the telephone can use. Everything of SIP is loaded only when one is opened, so
// that the first paint does not wait for it.
import type { Credentials } from '../../preload/contract/settings.ts';
import type { CoreOutput } from '../core-client/core.ts';
import type { LineInUse } from '../phone/create-phone.ts';
import type { PracticeLine } from '../phone/practice/practice-line.ts';

/** Fetches SIP while core is still being asked, so that registering need not wait for it. */
export function prepareLines(): void {
  // A failure shows itself when a line is opened.
  import('../phone/sip/sip-line.ts').catch(() => undefined);
}

export function accountLine({ account, password, iceServers }: Credentials): LineInUse {
  return {
    mode: 'account',
    origin: 'real',
    accountId: account.id,
    mailbox: account.mailbox,
    open: async (listener) => {
      const { createSipLine } = await import('../phone/sip/sip-line.ts');
      // The account's id is the same at every start, as an instance id must be (RFC 5626).
      return createSipLine({ account, password, iceServers, instanceId: account.id, listener });
    },
  };
}

/** Rings while the book cannot be asked; a number that is reserved for fiction in Germany. */
const STRANGER = { number: '+493023125000', display: null };

type NextCaller = () => Promise<CoreOutput<'practice', 'nextCaller'>>;

export interface PracticeChoice {
  line: LineInUse;
  /** Makes someone from the book ring; nothing happens while the line is not ready or busy. */
  letCustomerRing: () => Promise<void>;
  ringByThemselves: (on: boolean) => void;
}

/** The line without a server. `instanceId` is any UUID. */
export function practiceChoice(nextCaller: NextCaller, instanceId: string): PracticeChoice {
  let practice: PracticeLine | null = null;
  let byThemselves = false;
  return {
    line: {
      mode: 'practice',
      origin: 'practice',
      accountId: null,
      open: async (listener) => {
        const [{ createSipLine }, { createPracticeLine }] = await Promise.all([
          import('../phone/sip/sip-line.ts'),
          import('../phone/practice/practice-line.ts'),
        ]);
        const opened = createPracticeLine({ nextCustomer: nextCaller });
        practice = opened;
        opened.setRingsByThemselves(byThemselves);
        const { user, domain } = opened.account;
        const line = createSipLine({
          account: {
            server: `wss://${domain}`,
            user,
            domain,
            authUser: null,
            displayName: null,
          },
          password: 'practice',
          instanceId,
          listener,
          transport: { constructor: opened.transportConstructor },
        });
        return {
          ...line,
          close: async () => {
            await line.close();
            await opened.close();
          },
        };
      },
    },
    letCustomerRing: async () => {
      const customer = await nextCaller().catch(() => STRANGER);
      practice?.letACustomerRing(customer);
    },
    ringByThemselves: (on) => {
      byThemselves = on;
      practice?.setRingsByThemselves(on);
    },
  };
}
