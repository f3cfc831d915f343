import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterDialogInfo,
  type DialogInfo,
  lineStateOf,
} from '../../../renderer/phone/sip/dialog-info.ts';
import { messagesWaitingIn } from '../../../renderer/phone/sip/message-summary.ts';
import { readXml } from '../../../renderer/phone/sip/small-xml.ts';
import {
  retryAfterRefusal,
  retryAfterTermination,
} from '../../../renderer/phone/sip/subscription.ts';
import { type DeskUnderTest, deskUnderTest } from '../scripted-peer/desk-under-test.ts';
import type { PeerDialog } from '../scripted-peer/scripted-peer.ts';
import { header, headerOrNull, type SipMessage } from '../scripted-peer/sip-message.ts';

const SUMMARY = 'application/simple-message-summary';
const DIALOG_INFO = 'application/dialog-info+xml';

/** The desk with a server that answers no SUBSCRIBE by itself. */
async function watchingDesk(): Promise<DeskUnderTest> {
  const desk = await deskUnderTest({ before: (peer) => peer.rules.delete('SUBSCRIBE') });
  await desk.pass(1_100);
  return desk;
}

/** The desk's next SUBSCRIBE to this event; others are left. */
async function subscribeTo(desk: DeskUnderTest, event: string): Promise<SipMessage> {
  for (let turn = 0; turn < 50; turn += 1) {
    const at = desk.peer.inbox.findIndex(
      (message) => message.method === 'SUBSCRIBE' && header(message, 'event') === event,
    );
    if (at >= 0) return desk.peer.inbox.splice(at, 1)[0] as SipMessage;
    await desk.pass(1);
  }
  throw new Error(`no SUBSCRIBE to ${event}`);
}

const isAsked = (desk: DeskUnderTest, event: string): boolean =>
  desk.peer.inbox.some((m) => m.method === 'SUBSCRIBE' && header(m, 'event') === event);

function granted(desk: DeskUnderTest, subscribe: SipMessage, seconds = 3_600): PeerDialog {
  const dialog = desk.peer.dialogOf(subscribe, desk.peer.newTag());
  dialog.answer(subscribe, 200, undefined, [['Expires', String(seconds)]]);
  return dialog;
}

async function notify(
  desk: DeskUnderTest,
  dialog: PeerDialog,
  event: string,
  state: string,
  body = '',
): Promise<void> {
  dialog.request('NOTIFY', {
    headers: [
      ['Event', event],
      ['Subscription-State', state],
    ],
    body,
    contentType: event === 'dialog' ? DIALOG_INFO : SUMMARY,
  });
  await desk.peer.next(200);
  await desk.pass(0);
}

const info = (version: number, kind: 'full' | 'partial', dialogs = ''): string =>
  `<?xml version="1.0"?>\n<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="${kind}" entity="sip:anna@example.test">${dialogs}</dialog-info>`;
const dialog = (id: string, state: string, inside = ''): string =>
  `<dialog id="${id}"><state>${state}</state>${inside}</dialog>`;
const HELD =
  '<local><target uri="sip:anna@x"><param pname="+sip.rendering" pval="no"/></target></local>';

const anna = (desk: DeskUnderTest): string | undefined =>
  desk.phone.snapshot().lineStates.find(({ name }) => name === 'Anna')?.state;

test('E1 messages waiting are asked for and shown', async () => {
  const desk = await watchingDesk();
  expect(desk.phone.snapshot().messages).toBeNull();
  const subscribe = await subscribeTo(desk, 'message-summary');
  expect(subscribe.uri).toBe('sip:agent@example.test');
  const mailbox = granted(desk, subscribe);
  await notify(
    desk,
    mailbox,
    'message-summary',
    'active;expires=3600',
    'Messages-Waiting: yes\r\nVoice-Message: 2/8 (0/2)\r\n',
  );
  expect(desk.phone.snapshot().messages).toEqual({ fresh: 2, old: 8 });
  await notify(desk, mailbox, 'message-summary', 'active', 'Messages-Waiting: no\r\n');
  expect(desk.phone.snapshot().messages).toEqual({ fresh: 0, old: 0 });
});

test('E1 messages waiting are shown when the server tells of them unasked', async () => {
  const desk = await deskUnderTest();
  const unasked = desk.peer.outside();
  unasked.request('NOTIFY', {
    headers: [
      ['Event', 'message-summary'],
      ['Subscription-State', 'active'],
    ],
    body: 'Messages-Waiting: yes\r\nVoice-Message: 1/0\r\n',
    contentType: SUMMARY,
  });
  await desk.peer.next(200);
  expect(desk.phone.snapshot().messages).toEqual({ fresh: 1, old: 0 });
  desk.peer.outside().request('NOTIFY', {
    headers: [
      ['Event', 'presence'],
      ['Subscription-State', 'active'],
    ],
  });
  await desk.peer.next(481);
});

test('E1 a server without mailboxes is asked once', async () => {
  const desk = await deskUnderTest();
  await desk.pass(400_000);
  expect(desk.peer.sent('SUBSCRIBE')).toHaveLength(1);
});

test('E2 a colleague’s line is followed through full and partial documents', async () => {
  const desk = await watchingDesk();
  desk.line().watch([
    { target: 'anna', name: 'Anna' },
    { target: 'two words', name: 'Nobody' },
  ]);
  await desk.pass(0);
  expect(desk.phone.snapshot().lineStates).toEqual([
    { uri: 'sip:anna@example.test', name: 'Anna', state: 'unknown' },
    { uri: '', name: 'Nobody', state: 'unknown' },
  ]);
  const subscribe = await subscribeTo(desk, 'dialog');
  expect(header(subscribe, 'accept')).toBe(DIALOG_INFO);
  const line = granted(desk, subscribe);
  const states: (string | undefined)[] = [];
  for (const [version, kind, dialogs] of [
    [0, 'full', ''],
    [1, 'partial', dialog('a', 'early')],
    [2, 'partial', dialog('a', 'confirmed')],
    [3, 'partial', dialog('a', 'confirmed', HELD)],
    [4, 'partial', dialog('b', 'trying')],
    [5, 'full', dialog('b', 'confirmed')],
    [6, 'partial', dialog('b', 'terminated')],
  ] as const) {
    await notify(desk, line, 'dialog', 'active;expires=3600', info(version, kind, dialogs));
    states.push(anna(desk));
  }
  expect(states).toEqual(['idle', 'ringing', 'busy', 'held', 'ringing', 'busy', 'idle']);
});

test('E2 a gap in the versions asks for the whole, and an old document is nothing new', async () => {
  const desk = await watchingDesk();
  desk.line().watch([{ target: 'anna', name: 'Anna' }]);
  const line = granted(desk, await subscribeTo(desk, 'dialog'));
  await notify(desk, line, 'dialog', 'active', info(4, 'full', dialog('a', 'confirmed')));
  await notify(desk, line, 'dialog', 'active', info(3, 'full'));
  expect(anna(desk)).toBe('busy');
  expect(isAsked(desk, 'dialog')).toBe(false);
  await notify(desk, line, 'dialog', 'active', info(6, 'partial', dialog('a', 'terminated')));
  expect(anna(desk)).toBe('busy');
  const refresh = await subscribeTo(desk, 'dialog');
  line.answer(refresh, 200, undefined, [['Expires', '3600']]);
  await notify(desk, line, 'dialog', 'active', info(7, 'full'));
  expect(anna(desk)).toBe('idle');
});

test.each([
  ['deactivated', 0],
  ['timeout', 0],
  ['probation;retry-after=20', 20_000],
  ['giveup;retry-after=7', 7_000],
  ['rejected', null],
  ['noresource', null],
  ['invariant', null],
])('E3 after a subscription was terminated as %s', async (reason, ms) => {
  const desk = await watchingDesk();
  desk.line().watch([{ target: 'anna', name: 'Anna' }]);
  const line = granted(desk, await subscribeTo(desk, 'dialog'));
  await notify(desk, line, 'dialog', 'active', info(0, 'full', dialog('a', 'confirmed')));
  expect(anna(desk)).toBe('busy');
  await notify(desk, line, 'dialog', `terminated;reason=${reason}`);
  expect(anna(desk)).toBe('unknown');
  if (ms === null) {
    await desk.pass(1_000_000);
    expect(isAsked(desk, 'dialog')).toBe(false);
    return;
  }
  if (ms > 0) {
    await desk.pass(ms - 200);
    expect(isAsked(desk, 'dialog')).toBe(false);
  }
  await desk.pass(300);
  const again = await subscribeTo(desk, 'dialog');
  expect(headerOrNull(again, 'to')).not.toContain('tag=');
});

test('E4 after a reconnect everything is subscribed anew, calls first', async () => {
  const desk = await watchingDesk();
  desk.line().watch([{ target: 'anna', name: 'Anna' }]);
  const line = granted(desk, await subscribeTo(desk, 'dialog'));
  await notify(desk, line, 'dialog', 'active', info(9, 'full', dialog('a', 'confirmed')));
  desk.peer.inbox.length = 0;
  desk.peer.server.close();
  expect(anna(desk)).toBe('unknown');
  await desk.pass(900);
  expect(isAsked(desk, 'dialog')).toBe(false);
  await desk.pass(400);
  const again = await subscribeTo(desk, 'dialog');
  await subscribeTo(desk, 'message-summary');
  const renewed = granted(desk, again);
  await notify(desk, renewed, 'dialog', 'active', info(0, 'full'));
  expect(anna(desk)).toBe('idle');
});

test('E4 a subscription is renewed before its time is over, and made anew when it is forgotten', async () => {
  const desk = await watchingDesk();
  desk.line().watch([{ target: 'anna', name: 'Anna' }]);
  const line = granted(desk, await subscribeTo(desk, 'dialog'), 300);
  await notify(desk, line, 'dialog', 'active;expires=300', info(0, 'full'));
  await desk.pass(241_000);
  const renewal = await subscribeTo(desk, 'dialog');
  expect(header(renewal, 'to')).toContain('tag=');
  line.answer(renewal, 481);
  await desk.pass(10);
  expect(anna(desk)).toBe('unknown');
  expect(header(await subscribeTo(desk, 'dialog'), 'to')).not.toContain('tag=');
});

test('E4 a list that changes ends the old subscriptions', async () => {
  const desk = await watchingDesk();
  desk.line().watch([{ target: 'anna', name: 'Anna' }]);
  const line = granted(desk, await subscribeTo(desk, 'dialog'));
  await notify(desk, line, 'dialog', 'active', info(0, 'full'));
  desk.line().watch([{ target: 'bert', name: 'Bert' }]);
  expect(header(await subscribeTo(desk, 'dialog'), 'expires')).toBe('0');
  const bert = await subscribeTo(desk, 'dialog');
  expect(bert.uri).toBe('sip:bert@example.test');
  expect(desk.phone.snapshot().lineStates).toEqual([
    { uri: 'sip:bert@example.test', name: 'Bert', state: 'unknown' },
  ]);
});

describe('subscriptions by RFC 6665', () => {
  test('what a refusal means', () => {
    expect(retryAfterRefusal(489, null, 5)).toBeNull();
    expect(retryAfterRefusal(403, null, 5)).toBeNull();
    expect(retryAfterRefusal(481, null, 5)).toBe(0);
    expect(retryAfterRefusal(503, 30, 5)).toBe(30_000);
    expect(retryAfterRefusal(500, null, 5)).toBe(5);
    expect(retryAfterRefusal(501, null, 5)).toBeNull();
  });

  test('seconds are seconds, and an unknown reason is tried again', () => {
    expect(retryAfterTermination('probation', 120, 5)).toBe(120_000);
    expect(retryAfterTermination(null, null, 5)).toBe(5);
    expect(retryAfterTermination('GiveUp', null, 5)).toBe(5);
  });
});

describe('documents', () => {
  test('message summaries', () => {
    expect(messagesWaitingIn('Messages-Waiting: yes\r\nvoice-message: 3/4\r\n')).toEqual({
      fresh: 3,
      old: 4,
    });
    expect(messagesWaitingIn('messages-waiting: YES\r\n')).toEqual({ fresh: 1, old: 0 });
    expect(messagesWaitingIn('Fax-Message: 1/0')).toBeNull();
    expect(messagesWaitingIn('')).toBeNull();
  });

  test('XML with prefixes, comments, entities and CDATA is read; anything else is not', () => {
    expect(
      readXml(
        '<?xml version="1.0"?><!-- x --><d:a d:k="1 &amp; 2"><b><![CDATA[<x>]]>&#65;</b><c/></d:a>',
      ),
    ).toEqual({
      name: 'a',
      attributes: { k: '1 & 2' },
      text: '',
      children: [
        { name: 'b', attributes: {}, children: [], text: '<x>A' },
        { name: 'c', attributes: {}, children: [], text: '' },
      ],
    });
    for (const bad of [
      '',
      'text',
      '<a>',
      '<a></b>',
      '<a/><b/>',
      '<a x=1/>',
      '<!DOCTYPE a [<!ENTITY e "x">]><a/>',
      '<a>'.repeat(30) + '</a>'.repeat(30),
      `<a>${'x'.repeat(70_000)}</a>`,
    ]) {
      expect(readXml(bad), bad.slice(0, 40)).toBeNull();
    }
  });

  test('no document can make the rules throw or know more than a hundred dialogs', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            version: fc.integer({ min: -1, max: 6 }),
            kind: fc.constantFrom('full' as const, 'partial' as const),
            id: fc.constantFrom('a', 'b', 'c'),
            state: fc.constantFrom('trying', 'early', 'confirmed', 'terminated', 'nonsense'),
          }),
          { maxLength: 12 },
        ),
        (documents) => {
          let known: DialogInfo | null = null;
          for (const { version, kind, id, state } of documents) {
            const next = afterDialogInfo(known, info(version, kind, dialog(id, state)));
            if ('info' in next) {
              expect(next.info.version).toBeGreaterThan(known?.version ?? -1);
              known = next.info;
            }
          }
          expect(['unknown', 'idle', 'ringing', 'busy', 'held']).toContain(lineStateOf(known));
        },
      ),
    );
    const many = Array.from({ length: 300 }, (_, i) => dialog(`d${i}`, 'early')).join('');
    const flooded = afterDialogInfo(null, info(0, 'full', many));
    expect('info' in flooded && flooded.info.dialogs.size).toBe(100);
    expect(afterDialogInfo(null, 'no xml')).toEqual({ ignored: 'malformed' });
    expect(afterDialogInfo(null, info(3, 'partial'))).toEqual({ ignored: 'gap' });
  });
});
