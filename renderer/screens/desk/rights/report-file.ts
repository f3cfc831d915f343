// The access report as a page to print and to hand over, and as data.
import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { AccessReport } from '../../../../preload/contract/rights.ts';
import type { Core } from '../../../core-client/core.ts';
import type { Formats } from '../../../language/formats.ts';
import { mannerInWords, purposeInWords } from '../../../language/words/rights.ts';

const SECTIONS: Record<string, ReturnType<typeof msg>> = {
  customers: msg({ message: 'Record', comment: 'Part of a report on one customer: Stammdaten' }),
  customer_numbers: msg`Numbers`,
  customer_emails: msg`E-mail addresses`,
  customer_changes: msg({ message: 'History of the record', comment: 'Part of a report' }),
  contacts: msg({ message: 'Contacts and notes', comment: 'Part of a report' }),
  calls: msg({ message: 'Calls', comment: 'Part of a report' }),
  call_events: msg({ message: 'Course of the calls', comment: 'Part of a report' }),
  feelings: msg({ message: 'How contacts came across to the agents', comment: 'Part of a report' }),
  promises: msg`Promises`,
  questions: msg({ message: 'Questions', comment: 'Part of a report' }),
  matters: msg`Matters`,
  deals: msg`Deals`,
  recordings: msg({ message: 'Recordings', comment: 'Part of a report' }),
  objections: msg({ message: 'Objections', comment: 'Part of a report' }),
};

/** Times stand in columns of these names, as epoch ms. */
const TIME = /(^|_)(at|since|until)$/;

/** One page of HTML without scripts; `title` is its name. */
export function reportPage(i18n: I18n, formats: Formats, report: AccessReport): string {
  const title = i18n._(msg`What is stored about ${report.name}`);
  const made = i18n._(
    msg`Made on ${formats.date(report.madeAt)} at ${formats.time(report.madeAt)}`,
  );
  const words = (column: string, value: string | number | null): string => {
    if (value === null || value === '') return '';
    if (typeof value === 'number' && TIME.test(column) && value > 100_000_000_000)
      return `${formats.date(value)} ${formats.time(value)}`;
    return String(value);
  };
  const sections = report.sections.map(({ table, rows }) => {
    const name = SECTIONS[table] ? i18n._(SECTIONS[table]) : table.replaceAll('_', ' ');
    const entries = rows.map((row) => {
      const lines = Object.entries(row)
        .map(([column, value]) => [column, words(column, value)] as const)
        .filter(([, value]) => value !== '')
        .map(
          ([column, value]) =>
            `<div><dt>${escaped(column.replaceAll('_', ' '))}</dt><dd>${escaped(value)}</dd></div>`,
        );
      return `<dl>${lines.join('')}</dl>`;
    });
    return `<section><h2>${escaped(name)} (${rows.length})</h2>${entries.join('')}</section>`;
  });
  const consents = report.consents.map(
    (consent) =>
      `<dl><div><dt>${escaped(purposeInWords(i18n, consent.purpose))}</dt><dd>${escaped(
        [
          consent.scope,
          consent.name,
          consent.number,
          mannerInWords(i18n, consent.manner),
          formats.date(consent.givenAt),
          consent.revokedAt === null
            ? ''
            : i18n._(msg`revoked on ${formats.date(consent.revokedAt)}`),
        ]
          .filter(Boolean)
          .join(' · '),
      )}</dd></div></dl>`,
  );
  if (consents.length > 0) {
    const name = i18n._(msg({ message: 'Consents', comment: 'Part of a report' }));
    sections.push(
      `<section><h2>${escaped(name)} (${consents.length})</h2>${consents.join('')}</section>`,
    );
  }
  return `<!doctype html>
<html lang="${i18n.locale === 'en' ? 'en' : 'de'}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
body{font:14px/1.45 system-ui,sans-serif;color:#1c1b19;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #ccc}
dl{margin:0 0 .6rem;padding:.3rem 0;border-bottom:1px dotted #ccc;break-inside:avoid}
dl div{display:grid;grid-template-columns:14rem 1fr;gap:.8rem}dt{color:#5f5b54}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
@media print{body{margin:0}}
</style></head><body><h1>${escaped(title)}</h1><p>${escaped(made)}</p>${sections.join('')}</body></html>`;
}

/** Hands a text to the browser as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken what it needs by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Takes a report piece by piece, so that calls go on meanwhile. Rejects with a CoreError. */
export async function wholeReport(
  core: Pick<Core, 'rights'>,
  customerId: string,
): Promise<AccessReport> {
  const { reportId, head } = await core.rights.accessReportPiece({ customerId });
  const sections = new Map<string, AccessReport['sections'][number]>();
  for (;;) {
    const { section } = await core.rights.accessReportPiece({ customerId, reportId });
    if (section === null) break;
    const before = sections.get(section.table);
    if (before) before.rows.push(...section.rows);
    else sections.set(section.table, section);
  }
  if (!head) throw new Error('a report without its head');
  return { ...head, sections: [...sections.values()] };
}
