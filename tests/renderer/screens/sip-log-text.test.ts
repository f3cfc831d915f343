import { expect, test } from 'vitest';
import type { SipLogEntry } from '../../../renderer/phone/phone.ts';
import {
  logText,
  matchingEntries,
  timeOf,
} from '../../../renderer/screens/settings/sip-log-text.ts';

const entries: SipLogEntry[] = [
  { at: 0, direction: 'sent', summary: 'REGISTER sip:a SIP/2.0', text: 'REGISTER sip:a\r\nX: 1' },
  { at: 1_234, direction: 'received', summary: 'SIP/2.0 200 OK', text: 'SIP/2.0 200 OK\r\n\r\n' },
];

test('newest first; every word of the filter has to occur, in any letter case', () => {
  expect(matchingEntries(entries, '')).toEqual([entries[1], entries[0]]);
  expect(matchingEntries(entries, 'sip 200')).toEqual([entries[1]]);
  expect(matchingEntries(entries, 'register x:')).toEqual([entries[0]]);
  expect(matchingEntries(entries, 'bye')).toEqual([]);
});

test('the file is in the order in which things happened, each with time and direction', () => {
  expect(logText(matchingEntries(entries, ''))).toBe(
    '--- 1970-01-01T00:00:00.000Z sent ---\r\nREGISTER sip:a\r\nX: 1\r\n\r\n' +
      '--- 1970-01-01T00:00:01.234Z received ---\r\nSIP/2.0 200 OK\r\n',
  );
  expect(timeOf(1_234)).toBe('00:00:01.234');
});
