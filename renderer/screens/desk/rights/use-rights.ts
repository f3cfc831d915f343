import { useQuery } from '@tanstack/react-query';
import type { CustomerRights } from '../../../../preload/contract/rights.ts';
import { useCore } from '../../../core-client/queries.ts';

/** Objections, consents and disputed tags of one customer; null until they are there. */
export function useCustomerRights(customerId: string | null): CustomerRights | null {
  const core = useCore();
  const { data } = useQuery({
    queryKey: ['customer', customerId, 'rights'],
    queryFn: () => core.rights.ofCustomer({ customerId: customerId ?? '' }),
    enabled: customerId !== null,
  });
  return data ?? null;
}
