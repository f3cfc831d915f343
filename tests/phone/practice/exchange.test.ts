import { describe, expect, test, vi } from 'vitest';
import { createExchange } from '../../../renderer/phone/practice/exchange.ts';

const CUSTOMER = 'sip:c@customer.invalid;transport=ws';
const DESK = 'sip:d@desk.invalid;transport=ws';

function anExchange() {
  const exchange = createExchange(
    () => CUSTOMER,
    () => 'tag1',
  );
  const atDesk: string[] = [];
  const atCustomer: string[] = [];
  exchange.desk.attach((message) => atDesk.push(message));
  exchange.customers.attach((message) => atCustomer.push(message));
  return { exchange, atDesk, atCustomer };
}

function aRequest(line: string, ...headers: string[]): string {
  return [
    `${line} SIP/2.0`,
    'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
    'From: <sip:agent@practice.invalid>;tag=f',
    'To: <sip:+4930123@practice.invalid>',
    'Call-ID: 1@x',
    'CSeq: 7 ' + line.split(' ')[0],
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

const register = (...headers: string[]) => aRequest('REGISTER sip:practice.invalid', ...headers);
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the registrar', () => {
  test('takes a registration and gives its contact and time back', async () => {
    const { exchange, atDesk } = anExchange();
    const told = vi.fn();
    exchange.onRegistration(told);
    exchange.desk.send(register(`Contact: <${DESK}>;expires=120`));
    await settled();
    expect(exchange.registered()).toBe(true);
    expect(told).toHaveBeenCalledOnce();
    expect(atDesk).toHaveLength(1);
    expect(atDesk[0]).toMatch(
      /^SIP\/2\.0 200 OK\r\nVia: SIP\/2\.0\/WS x\.invalid;branch=z9hG4bK1\r\n/,
    );
    expect(atDesk[0]).toContain(`\r\nContact: <${DESK}>;expires=120\r\n`);
    expect(atDesk[0]).toContain('\r\nTo: <sip:+4930123@practice.invalid>;tag=tag1\r\n');
    expect(atDesk[0]).toContain('\r\nCSeq: 7 REGISTER\r\n');
  });

  test('the Expires header counts where the contact says nothing, clamped to an hour', async () => {
    const { exchange, atDesk } = anExchange();
    exchange.desk.send(register(`Contact: <${DESK}>`, 'Expires: 300'));
    exchange.desk.send(register(`Contact: <${DESK}>`, 'Expires: 4000000000'));
    await settled();
    expect(atDesk[0]).toContain(';expires=300\r\n');
    expect(atDesk[1]).toContain(';expires=3600\r\n');
  });

  test('expires 0 ends it', async () => {
    const { exchange, atDesk } = anExchange();
    exchange.desk.send(register(`Contact: <${DESK}>;expires=120`));
    exchange.desk.send(register(`Contact: <${DESK}>;expires=0`));
    await settled();
    expect(exchange.registered()).toBe(false);
    expect(atDesk[1]).toMatch(/^SIP\/2\.0 200 /);
    expect(atDesk[1]).not.toContain('Contact:');
  });

  test('signs of life are answered: CRLF and OPTIONS', async () => {
    const { exchange, atDesk, atCustomer } = anExchange();
    exchange.desk.send('\r\n\r\n');
    exchange.desk.send(aRequest('OPTIONS sip:practice.invalid'));
    await settled();
    expect(atDesk[0]).toBe('\r\n');
    expect(atDesk[1]).toMatch(/^SIP\/2\.0 200 OK/);
    expect(atCustomer).toEqual([]);
  });
});

describe('the proxy', () => {
  test('brings every dialled number to the customers, who still read it in To', async () => {
    const { exchange, atCustomer } = anExchange();
    const invite = aRequest('INVITE sip:+4930123@practice.invalid');
    exchange.desk.send(invite);
    await settled();
    expect(atCustomer).toEqual([
      invite.replace('INVITE sip:+4930123@practice.invalid', `INVITE ${CUSTOMER}`),
    ]);
  });

  test('brings a customer’s call to the registered desk', async () => {
    const { exchange, atDesk } = anExchange();
    exchange.desk.send(register(`Contact: <${DESK}>`));
    exchange.customers.send(aRequest('INVITE sip:agent@practice.invalid'));
    await settled();
    expect(atDesk[1]).toMatch(/^INVITE sip:d@desk\.invalid;transport=ws SIP\/2\.0\r\n/);
  });

  test('answers 480 for a desk that is not registered', async () => {
    const { exchange, atDesk, atCustomer } = anExchange();
    exchange.customers.send(aRequest('INVITE sip:agent@practice.invalid'));
    exchange.customers.send(aRequest('ACK sip:agent@practice.invalid'));
    await settled();
    expect(atDesk).toEqual([]);
    expect(atCustomer).toHaveLength(1);
    expect(atCustomer[0]).toMatch(/^SIP\/2\.0 480 /);
  });

  test('leaves requests within a dialog and responses as they are', async () => {
    const { exchange, atDesk, atCustomer } = anExchange();
    const bye = aRequest(`BYE ${DESK}`);
    const ringing = aRequest('x').replace(/^.*\r\n/, 'SIP/2.0 180 Ringing\r\n');
    exchange.customers.send(bye);
    exchange.desk.send(ringing);
    await settled();
    expect(atDesk).toEqual([bye]);
    expect(atCustomer).toEqual([ringing]);
  });

  test('keeps the order, and forgets who has left', async () => {
    const { exchange } = anExchange();
    const got: string[] = [];
    const receive = (message: string) => got.push(message);
    exchange.customers.attach(receive);
    exchange.desk.send('SIP/2.0 1');
    exchange.desk.send('SIP/2.0 2');
    await settled();
    exchange.customers.detach(receive);
    exchange.desk.send('SIP/2.0 3');
    await settled();
    expect(got).toEqual(['SIP/2.0 1', 'SIP/2.0 2']);
  });
});
