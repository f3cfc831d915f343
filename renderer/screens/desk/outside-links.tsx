// Pages of other systems about the caller or customer.
import { useLingui } from '@lingui/react/macro';
import { ExternalLink } from 'lucide-react';
import { useEffect } from 'react';
import type { OutsideLink } from '../../../preload/contract/api.ts';
import type { CallerContext, Customer } from '../../../preload/contract/customers.ts';
import { filledLink, type LinkValues } from '../../../preload/contract/link-template.ts';
import { useOutsideLinks } from '../../core-client/queries.ts';
import type { CallSnapshot } from '../../phone/phone.ts';
import styles from './outside-links.module.css';

interface Whom {
  customer: Customer | null;
  number: string | null;
  e164: string | null;
}

function valuesOf({ customer, number, e164 }: Whom): LinkValues {
  return {
    number,
    e164,
    email: customer?.emails[0] ?? null,
    name: customer?.name ?? null,
    externalId: customer?.externalId ?? null,
    customerId: customer?.id ?? null,
    custom: customer?.custom ?? {},
  };
}

interface Filled {
  link: OutsideLink;
  address: string;
}

/** Links for which everything that they need is known. */
function filledLinks(links: readonly OutsideLink[], whom: Whom): Filled[] {
  const values = valuesOf(whom);
  return links.flatMap((link) => {
    const address = filledLink(link.url, values);
    return address === null ? [] : [{ link, address }];
  });
}

export function OutsideLinks(whom: Whom) {
  const { t } = useLingui();
  const links = useOutsideLinks();
  const filled = filledLinks(links.data ?? [], whom);
  if (filled.length === 0) return null;
  return (
    <ul className={styles['links']} aria-label={t`In other systems`}>
      {filled.map(({ link, address }) => (
        <li key={link.linkId}>
          <a href={address} target="_blank" rel="noopener noreferrer" className={styles['link']}>
            <ExternalLink aria-hidden="true" />
            {link.label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Calls whose pages were opened already. */
const opened = new Set<string>();
/** A call that was answered longer ago was not answered just now, such as after a reload. */
const JUST_NOW_MS = 10_000;

/** Opens the pages that are wanted when a call is answered, once for each call. */
export function useOpenOnAnswer(call: CallSnapshot, context: CallerContext | null): void {
  const links = useOutsideLinks();
  const wanted = (links.data ?? []).filter(({ openOnAnswer }) => openOnAnswer);
  const { callId, answeredAt } = call;
  useEffect(() => {
    if (wanted.length === 0 || context === null || answeredAt === null) return;
    if (opened.has(callId) || Date.now() - answeredAt > JUST_NOW_MS) return;
    opened.add(callId);
    const { e164, number, story } = context;
    for (const { address } of filledLinks(wanted, {
      customer: story?.customer ?? null,
      number,
      e164,
    })) {
      window.open(address, '_blank', 'noopener,noreferrer');
    }
  }, [wanted, context, callId, answeredAt]);
}
