// What the desk screen needs beside core's queries (core-client/queries.ts): the telephone and what
// is known about its calls. The frame supplies it once, above every screen.
import { createContext, useContext } from 'react';
import type { CallerContext } from '../../../preload/contract/customers.ts';
import type { Phone } from '../../phone/phone.ts';

export interface DeskServices {
  phone: Phone;
  /** Makes a practice customer ring; null except on the practice line. */
  letCustomerRing: (() => Promise<void>) | null;
  /** A hook: the context that came with the call's first event, or a newer one; null until it is there. */
  useCallContext: (callId: string | null) => CallerContext | null;
  /** Keeps what `calls.assignCustomer` answered as the call's context. */
  setCallContext: (callId: string, context: CallerContext) => void;
}

const DeskServicesContext = createContext<DeskServices | null>(null);
export const DeskServicesProvider = DeskServicesContext.Provider;

export function useDeskServices(): DeskServices {
  const services = useContext(DeskServicesContext);
  if (services === null) throw new Error('The desk is shown outside a DeskServicesProvider');
  return services;
}
