// Other programs on a desk as it is started: a generated client dials, a receiver is told, and the
// agent sets up and takes away connections.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { createClient } from '@hey-api/openapi-ts';
import { expect, type Page, test } from '@playwright/test';
import { signatureFits } from '../../main/core/api/webhooks/webhook-events.ts';
import { type Desk, startDesk } from '../support/desk.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('second-program/program.mjs', import.meta.url));

// A generator, a program and a desk beside each other: shared machines take their time.
test.describe.configure({ timeout: 240_000 });

let folder: string;
let desk: Desk;
let receiver: Server;
const received: { body: string; signature: string }[] = [];

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anklang-connections-'));
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify({ webhooks: { privateTargets: true } }));
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['anklang-signature']) });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  desk = await startDesk({ apiTokenFile: join(folder, 'token'), policyFile });
});
test.afterAll(async () => {
  await desk?.stop();
  receiver?.close();
  rmSync(folder, { recursive: true, force: true });
});

const hook = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const section = (page: Page) => page.getByRole('region', { name: 'Connections' });
const typesOf = () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

async function openDesk(page: Page, path = ''): Promise<void> {
  await page.goto(desk.url + path);
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Practice line', {
    timeout: 60_000,
  });
}

test('a second program creates, looks up and dials; a receiver is told and can check who told it', async ({
  page,
}) => {
  const tokenFile = join(folder, 'token');
  const token = readFileSync(tokenFile, 'utf8').trim();
  expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
  const clientFolder = join(folder, 'client');
  await createClient({
    input: `${desk.api ?? ''}/v1/openapi.json`,
    output: { path: clientFolder, importFileExtension: '.ts' },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { level: 'silent' },
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');

  await openDesk(page, '#/settings');
  await section(page).getByRole('button', { name: 'New webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'New webhook' });
  await dialog.getByRole('textbox', { name: 'Name of the system' }).fill('Receiver');
  await dialog.getByRole('textbox', { name: 'Address of the receiver' }).fill(hook());
  await dialog.getByText('A call rings').click();
  await dialog.getByText('A customer was changed').click();
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  const shown = page.getByRole('alertdialog', { name: 'The new webhook' });
  const secret = (await shown.locator('code').textContent()) ?? '';
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  await section(page).getByRole('button', { name: 'Send a test to Receiver' }).click();
  await expect(section(page).getByText('The test has arrived.')).toBeVisible();

  const { stdout } = await run(process.execPath, [program, clientFolder, desk.api ?? '', token]);
  const told = JSON.parse(stdout) as { call: { id: string }; current: { id: string } };
  expect(told).toMatchObject({
    health: { status: 'ok' },
    customer: { numbers: [{ raw: '030 23125042', e164: '+493023125042' }] },
    found: { match: 'known', customers: [{ name: 'Ada Programm' }] },
    current: { direction: 'outbound', customerName: 'Ada Programm' },
    callback: { kind: 'callback', customerId: null, e164: '+491715550123' },
    waiting: { kind: 'voicemail', state: 'open', audio: { type: 'audio/wav' } },
    noSound: { status: 415, type: 'urn:anklang:problem:unsupported-media-type' },
    refused: { status: 400, problem: { type: 'urn:anklang:problem:invalid-input' } },
  });
  const { call, current } = told;
  expect(current.id).toBe(call.id);

  await page.goto(`${desk.url}#/`);
  const talk = page.getByRole('region', { name: 'Current call' });
  await expect(talk).toContainText('Ada Programm');
  await talk.getByRole('button', { name: 'Hang up' }).click();
  await page.goto(`${desk.url}#/work`);
  const work = page.getByRole('list', { name: 'To call back' });
  await expect(work).toContainText('Form on the web site');
  await expect(work).toContainText('Asked for the rate');
  const left = work.getByRole('listitem').filter({ hasText: 'Left at night' });
  await left.getByRole('button', { name: 'Listen to the voicemail' }).click();
  const sound = left.getByLabel('Voicemail', { exact: true });
  await expect
    .poll(() =>
      sound.evaluate((audio: HTMLAudioElement) => [audio.duration, audio.currentTime > 0]),
    )
    .toEqual([1, true]);

  await expect.poll(typesOf, { timeout: 60_000 }).toContain('call.ended');
  expect(typesOf()).toEqual(expect.arrayContaining(['test', 'customer.changed', 'call.ended']));
  for (const { body, signature } of received) {
    const check = { secret, body, now: Date.now(), toleranceMs: 300_000 };
    expect(signatureFits(signature, check)).toBe(true);
    expect(signatureFits(signature, { ...check, secret: 'another' })).toBe(false);
  }
  const ended = received.map(({ body }) => JSON.parse(body) as { type: string; data: object });
  expect(ended.find(({ type }) => type === 'call.ended')?.data).toMatchObject({
    callId: call.id,
    customer: { name: 'Ada Programm', externalId: 'CRM-42' },
    origin: 'practice',
  });
});

test('the agent is asked before another program dials', async ({ page }) => {
  await openDesk(page);
  const made = await page.request.fetch(`${desk.api ?? ''}/v1/health`);
  expect(made.status()).toBe(200);
  await page.goto(`${desk.url}#/settings`);
  await section(page).getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New token' });
  await dialog.getByRole('textbox', { name: 'Name of the program' }).fill('Dialler');
  await dialog.getByText('Dial', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const shown = page.getByRole('alertdialog', { name: 'The new token' });
  const token = (await shown.locator('code').textContent()) ?? '';
  await shown.getByRole('button', { name: 'Done' }).click();

  const dial = () =>
    fetch(`${desk.api ?? ''}/v1/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ number: '+493023125043' }),
    });
  const declined = dial();
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('The program “Dialler” wants to call');
  await notices.getByRole('button', { name: 'Do not dial' }).click();
  expect((await declined).status).toBe(409);
  const accepted = dial();
  await notices.getByRole('button', { name: /^Dial now/ }).click();
  expect((await accepted).status).toBe(202);
  await page.getByRole('button', { name: 'Hang up' }).click();

  await page.goto(`${desk.url}#/settings`);
  await section(page).getByRole('button', { name: 'Revoke Dialler' }).click();
  await expect(section(page).getByText('Dialler')).toHaveCount(0);
  expect((await dial()).status).toBe(401);
});

test('a connection file shows what it allows, sets it, gives the caller a link, and goes in one step', async ({
  page,
}) => {
  await openDesk(page, '#/settings');
  const file = {
    anklangConnection: 1,
    name: 'Our CRM',
    token: { scopes: ['customers:read'], sha256: 'ab'.repeat(32) },
    webhook: { url: hook(), events: ['promise.due'], secret: 'made-by-the-crm-itself-0123' },
    links: [{ label: 'Open in CRM', url: 'https://crm.example/contact/{externalId}' }],
  };
  const connect = section(page).getByRole('group', { name: 'Connect in one step' });
  await connect.getByRole('textbox').fill('{"anklangConnection": 2}');
  await connect.getByRole('button', { name: 'Look at it' }).click();
  await expect(connect.getByRole('alert')).toContainText('newer version');
  await connect.getByLabel('Connection file').setInputFiles({
    name: 'our-crm.anklang-connection.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  const dialog = page.getByRole('alertdialog', { name: 'Connect Our CRM?' });
  await expect(dialog).toContainText('Read customers and their timelines');
  await expect(dialog).toContainText('A promise is due');
  await expect(dialog).toContainText('Open in CRM: https://crm.example/contact/{externalId}');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await expect(connect.getByRole('list', { name: 'Connected systems' })).toContainText('Our CRM');

  const axe = await new AxeBuilder({ page }).include('main').analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  const field = page.getByRole('textbox', { name: 'Number or name' });
  await field.fill('Ada Programm');
  await page.getByRole('option', { name: /Ada Programm/ }).click();
  const link = page.getByRole('link', { name: 'Open in CRM' });
  await expect(link).toHaveAttribute('href', 'https://crm.example/contact/CRM-42');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');

  await page.goto(`${desk.url}#/settings`);
  await connect.getByRole('button', { name: 'Disconnect Our CRM' }).click();
  await expect(connect.getByRole('list', { name: 'Connected systems' })).toHaveCount(0);
  await expect(section(page).getByText('https://crm.example/contact/')).toHaveCount(0);
});
