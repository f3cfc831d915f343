// What a browser makes of the loopback host: the policy holds and disturbs nothing, and pages of other
// origins get nothing.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ sample: false });
});
test.afterAll(async () => {
  await desk?.stop();
});

declare global {
  interface Window {
    violations: string[];
  }
}

test('every screen works under the policy without a violation', async ({ page }) => {
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(desk.url);
  for (const name of ['Customers', 'Figures', 'Settings', 'Desk']) {
    await page.getByRole('link', { name, exact: true }).first().click();
    await expect(page.getByRole('status', { name: 'Connection' })).toBeVisible();
  }
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(errors).toEqual([]);
});

test('a reload leads back to the desk', async ({ page }) => {
  await page.goto(desk.url);
  await expect(page.getByRole('textbox', { name: 'Number or name' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Number or name' })).toBeVisible();
});

test('an inline script does not run', async ({ page }) => {
  await page.goto(desk.url);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'window.violations = ["ran"]';
      document.body.append(script);
    } catch {
      return 'refused';
    }
    return window.violations?.includes('ran') ? 'ran' : 'refused';
  });
  expect(ran).toBe('refused');
});

test('a page of another origin on this machine gets neither page, files nor core', async ({
  page,
}) => {
  const neighbour = await aNeighbour();
  try {
    const script = await scriptAddress();
    await page.goto(`http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/`);
    const got = await page.evaluate(
      async ({ url, file }) => {
        const read = async (address: string) => {
          try {
            return `read ${(await (await fetch(address)).text()).length}`;
          } catch {
            return 'nothing';
          }
        };
        const core = new URL(url);
        core.protocol = 'ws:';
        core.pathname = '/core';
        const socket = await new Promise<string>((resolve) => {
          const link = new WebSocket(core);
          link.addEventListener('open', () => resolve('open'));
          link.addEventListener('close', () => resolve('nothing'));
        });
        const loaded = await new Promise<string>((resolve) => {
          const element = document.createElement('script');
          element.src = file;
          element.addEventListener('load', () => resolve('loaded'));
          element.addEventListener('error', () => resolve('nothing'));
          document.body.append(element);
        });
        return { page: await read(url), file: await read(file), socket, loaded };
      },
      { url: desk.url, file: script },
    );
    // Even with addresses that hold the secrets, which a foreign page does not know.
    expect(got).toEqual({ page: 'nothing', file: 'nothing', socket: 'nothing', loaded: 'nothing' });
  } finally {
    neighbour.close();
  }
});

test('the desk cannot be put into a frame', async ({ page }) => {
  const neighbour = await aNeighbour();
  try {
    await page.goto(`http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/`);
    await page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
    }, desk.url);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('textbox', { name: 'Number or name' })).toHaveCount(0);
    await expect
      .poll(() => page.frames().map((each) => each.url()))
      .toContainEqual(expect.stringMatching(/^chrome-error:/));
  } finally {
    neighbour.close();
  }
});

async function scriptAddress(): Promise<string> {
  const html = await (await fetch(desk.url)).text();
  const path = /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1];
  if (path === undefined) throw new Error('the page names no script');
  return new URL(path, desk.url).href;
}

/** Another server on 127.0.0.1 with an empty page. */
async function aNeighbour(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><body></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
