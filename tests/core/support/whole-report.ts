// A customer's access report as the window takes it: head first, then section by section, of which a
// table of many rows has several.
import type { AccessReport } from '../../../preload/contract/rights.ts';
import type { DeskClient } from './test-core.ts';

export async function wholeReport(client: DeskClient, customerId: string): Promise<AccessReport> {
  const { reportId, head } = await client.rights.accessReportPiece({ customerId });
  if (!head) throw new Error('a report without its head');
  const sections = new Map<string, AccessReport['sections'][number]>();
  for (;;) {
    const { section } = await client.rights.accessReportPiece({ customerId, reportId });
    if (section === null) return { ...head, sections: [...sections.values()] };
    const before = sections.get(section.table);
    if (before) before.rows.push(...section.rows);
    else sections.set(section.table, section);
  }
}
