// Connection files and links: shown before, set in one step, taken away in one step.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { previewOf } from '../../../main/core/api/connection-files.ts';
import { policyFrom } from '../../../main/core/api/policy.ts';
import { READY_CONNECTIONS } from '../../../main/core/api/ready-connections.ts';
import { askAt, anApiDesk } from './api-desk.ts';

const ownToken = 'crm-made-this-token-itself';
const file = {
  anklangConnection: 1,
  name: 'Our CRM',
  token: {
    scopes: ['customers:read', 'calls:dial'],
    sha256: createHash('sha256').update(ownToken).digest('hex'),
  },
  webhook: {
    url: 'https://crm.example/hook',
    events: ['call.ended'],
    secret: 'a-secret-that-the-crm-made-itself',
  },
  links: [{ label: 'Open in CRM', url: 'https://crm.example/contact/{externalId}' }],
};

test('one step sets token, webhook and link without a secret to copy; one step takes all away', async () => {
  const desk = await anApiDesk();
  const { client } = await desk.open();
  const made = await client.connections.connect({ text: JSON.stringify(file) });
  expect(made).toMatchObject({ tokenSecret: null, webhookSecret: null });
  expect((await askAt(desk.url, '/v1/customers', { token: ownToken })).status).toBe(200);
  expect((await askAt(desk.url, '/v1/calls/current', { token: ownToken })).status).toBe(403);
  const { connectionId } = made.connection;
  const state = await client.connections.state();
  expect(state.connections).toMatchObject([{ name: 'Our CRM' }]);
  expect(state.webhooks).toMatchObject([{ url: 'https://crm.example/hook', connectionId }]);
  expect(state.links).toMatchObject([{ label: 'Open in CRM', openOnAnswer: false, connectionId }]);
  expect(JSON.stringify(state)).not.toContain(file.webhook.secret);

  await client.connections.disconnect({ connectionId });
  const after = await client.connections.state();
  expect(after).toMatchObject({ webhooks: [], links: [], connections: [] });
  expect(after.tokens.map(({ name }) => name)).toEqual(['api-token-file']);
  expect((await askAt(desk.url, '/v1/customers', { token: ownToken })).status).toBe(401);
});

test('secrets that the file leaves out are made here and shown once', async () => {
  const desk = await anApiDesk();
  const { client } = await desk.open();
  const open = {
    ...file,
    token: { scopes: ['customers:read'], expiresInDays: 30 },
    webhook: { url: file.webhook.url, events: file.webhook.events },
  };
  const data = Buffer.from(JSON.stringify(open)).toString('base64url');
  const made = await client.connections.connect({ text: `anklang://connect?data=${data}` });
  expect(made.webhookSecret).toMatch(/^whsec_.{40,}$/);
  const token = made.tokenSecret;
  expect((await askAt(desk.url, '/v1/customers', { token })).status).toBe(200);
  desk.clock.advance(31 * 24 * 3_600_000);
  expect((await askAt(desk.url, '/v1/customers', { token })).status).toBe(401);
});

test('all of it or nothing: a webhook that is not allowed leaves no token behind', async () => {
  const desk = await anApiDesk();
  const { client } = await desk.open();
  const inTheClear = { ...file, webhook: { ...file.webhook, url: 'http://192.168.0.9/hook' } };
  await expect(
    client.connections.connect({ text: JSON.stringify(inTheClear) }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect((await askAt(desk.url, '/v1/customers', { token: ownToken })).status).toBe(401);
  await client.connections.connect({ text: JSON.stringify(file) });
  await expect(client.connections.connect({ text: JSON.stringify(file) })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  expect((await client.connections.state()).connections).toHaveLength(1);
});

test.each([
  ['', { reason: 'notJson' }],
  ['hello', { reason: 'notJson' }],
  ['anklang://connect?data=%%%', { reason: 'notJson' }],
  ['{"anklangConnection": 2, "name": "X", "quantum": true}', { reason: 'newerVersion' }],
  ['{"anklangConnection": 1, "name": "X"}', { reason: 'empty' }],
  ['{"anklangConnection": 1}', { reason: 'badShape', paths: ['name'] }],
  [
    '{"anklangConnection": 1, "name": "X", "token": {"scopes": ["everything"]}}',
    { reason: 'badShape', paths: ['token.scopes[0]'] },
  ],
  [
    '{"anklangConnection": 1, "name": "X", "links": [{"label": "L", "url": "https://{name}.evil"}]}',
    { reason: 'badShape', paths: ['links[0].url'] },
  ],
  [
    '{"anklangConnection": 1, "name": "X", "webhook": {"url": "javascript:alert(1)", "events": ["call.ended"]}}',
    { reason: 'badShape', paths: ['webhook.url'] },
  ],
])('%s is not connected, and the reason is told', (text, expected) => {
  expect(previewOf(text)).toMatchObject({ fits: false, ...expected });
});

test('the descriptions that come along fit their own shape and connect nothing', () => {
  expect(READY_CONNECTIONS.map(({ name }) => name)).toEqual([...['HubSpot', 'Salesforce', 'CSV']]);
  for (const { text } of READY_CONNECTIONS) {
    const preview = previewOf(text);
    expect(preview).toMatchObject({ fits: true });
    const found = preview.fits ? preview.file : null;
    expect(found?.token).toBeUndefined();
    expect(found?.webhook).toBeUndefined();
    expect(found?.imports[0]?.kind).toBe('customers');
  }
});

test('a policy: what fits is in force, what does not is named, whatever the file holds', () => {
  const { policy, state } = policyFrom({
    $schema: './policy.schema.json',
    webhooks: { privateTargets: true },
    retention: { notes: 365, feelings: 0, recordings: '90' },
    __proto__: { api: { enabled: true } },
    constructor: {},
  });
  expect(policy).toEqual({
    api: {},
    webhooks: { privateTargets: true },
    voicemails: {},
    retention: { notes: 365 },
  });
  expect(state).toMatchObject({
    managed: ['webhooks.privateTargets', 'retention.notes'],
    ignored: ['retention.feelings', 'retention.recordings', 'constructor'],
    privateTargets: true,
  });
  expect(policyFrom(undefined).state.present).toBe(false);
  for (const content of [null, 7, 'x', []]) {
    expect(policyFrom(content).state).toMatchObject({ present: true, ignored: ['*'], managed: [] });
  }
});
