import { useQuery } from '@tanstack/react-query';
import type { DataWork } from '../../../preload/contract/rights.ts';
import { useCore } from '../../core-client/queries.ts';

/** Copies, checks and what goes on with them; null until it is known. */
export function useDataWork(): DataWork | null {
  const core = useCore();
  const { data } = useQuery({ queryKey: ['data', 'work'], queryFn: () => core.data.work() });
  return data ?? null;
}
