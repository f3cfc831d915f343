// The practice line: a telephone network within the page. The desk's own line registers and calls
// through it as through any server, with real SIP messages and real WebRTC audio.
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { createCustomerAgent } from './customer-agent.ts';
import type { PracticeCustomer } from './customer-agent.ts';
import { createPracticeAudio } from './customer-audio.ts';
import type { CustomerVoice } from './customer-audio.ts';
import { idleMs } from './customer-behaviour.ts';
import { createExchange, PRACTICE_DOMAIN } from './exchange.ts';
import { memoryTransportOn } from './memory-transport.ts';
import type { MemoryTransportConstructor } from './memory-transport.ts';

export interface PracticeLineOptions {
  /** Default `babble`. */
  voice?: CustomerVoice;
  /** Who rings next when customers ring by themselves; null when there is nobody. */
  nextCustomer?: () => Promise<PracticeCustomer | null>;
  clock?: Clock;
}

/** Why no practice customer can ring now. */
export type PracticeProblem = 'notRegistered' | 'callInProgress';

export interface PracticeLine {
  /** For the desk's user agent. */
  readonly transportConstructor: MemoryTransportConstructor;
  /** What the desk registers as; any password is taken. */
  readonly account: { readonly user: string; readonly domain: string };
  letACustomerRing(customer: PracticeCustomer): PracticeProblem | null;
  /** The customer hangs up. */
  customerHangsUp(): void;
  /** Off at first. */
  setRingsByThemselves(on: boolean): void;
  close(): Promise<void>;
}

const DESK_USER = 'agent';

export function createPracticeLine(options: PracticeLineOptions = {}): PracticeLine {
  const clock = options.clock ?? systemClock;
  const random = () => clock.random();
  const audio = createPracticeAudio(options.voice ?? 'babble', random);
  let ringsByThemselves = false;
  let cancelNextRing: (() => void) | null = null;
  let closed = false;

  const exchange = createExchange(
    () => customers.contact(),
    () => random().toString(36).slice(2, 12),
  );
  const customers = createCustomerAgent({
    transportConstructor: memoryTransportOn(exchange.customers),
    audio,
    clock,
    onBusyChange: () => planNextRing(),
  });
  const started = customers.start();

  const problem = (): PracticeProblem | null => {
    if (closed || !exchange.registered()) return 'notRegistered';
    return customers.busy() ? 'callInProgress' : null;
  };

  const letACustomerRing = (customer: PracticeCustomer): PracticeProblem | null => {
    const hindrance = problem();
    if (hindrance === null) customers.call(`sip:${DESK_USER}@${PRACTICE_DOMAIN}`, customer);
    return hindrance;
  };

  /** Counts from now; whoever calls this has just changed what idle means. */
  const planNextRing = () => {
    cancelNextRing?.();
    cancelNextRing = null;
    const { nextCustomer } = options;
    if (!ringsByThemselves || !nextCustomer || problem() !== null) return;
    cancelNextRing = clock.after(idleMs(random), () => {
      void nextCustomer()
        .catch(() => null)
        .then((customer) => {
          if (!ringsByThemselves) return;
          if (customer === null || letACustomerRing(customer) !== null) planNextRing();
        });
    });
  };
  const forgetRegistration = exchange.onRegistration(() => planNextRing());

  return {
    transportConstructor: memoryTransportOn(exchange.desk),
    account: { user: DESK_USER, domain: PRACTICE_DOMAIN },
    letACustomerRing,
    customerHangsUp: () => customers.hangUp(),
    setRingsByThemselves(on) {
      if (on === ringsByThemselves) return;
      ringsByThemselves = on;
      planNextRing();
    },
    async close() {
      closed = true;
      ringsByThemselves = false;
      cancelNextRing?.();
      forgetRegistration();
      await started;
      await customers.stop();
      audio.close();
    },
  };
}
