import type { TimelineEntry } from '../../../preload/contract/customers.ts';
import type { DeskDatabase } from '../database/desk-database.ts';
import { cursorFrom, positionFrom } from './keyset-cursor.ts';
import { TIMELINE_SELECT, type TimelineRow, timelineEntryFrom } from './timeline-rows.ts';

const NEWEST_FIRST = 'ORDER BY c.at DESC, c.row DESC LIMIT ?';

export interface TimelinePage {
  entries: TimelineEntry[];
  next: string | null;
}

/** A customer's contacts, newest first, page by page. */
export function timelineReader(database: DeskDatabase) {
  const first = database.query<TimelineRow>(
    `${TIMELINE_SELECT} WHERE c.customer_id = ? ${NEWEST_FIRST}`,
  );
  const after = database.query<TimelineRow>(
    `${TIMELINE_SELECT} WHERE c.customer_id = ? AND (c.at, c.row) < (?, ?) ${NEWEST_FIRST}`,
  );

  return {
    page(customerId: string, cursor: string | undefined, limit: number): TimelinePage {
      const position = cursor === undefined ? null : positionFrom('timeline', 'number', cursor);
      const rows = position
        ? after.all(customerId, position.key, position.row, limit + 1)
        : first.all(customerId, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        entries: shown.map(timelineEntryFrom),
        next:
          rows.length > limit && last
            ? cursorFrom('timeline', { key: last.at, row: last.row })
            : null,
      };
    },
  };
}
