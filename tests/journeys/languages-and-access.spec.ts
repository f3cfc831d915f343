// Every screen in both languages, both themes and two widths: complete, reachable, without findings.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
test.beforeAll(async () => {
  desk = await startDesk({ sample: true });
});
test.afterAll(async () => {
  await desk?.stop();
});

const WORDS = {
  en: { screens: ['Customers', 'Figures', 'Settings', 'Desk'], ring: 'Let a customer ring' },
  de: {
    screens: ['Kunden', 'Zahlen', 'Einstellungen', 'Arbeitsplatz'],
    ring: 'Einen Kunden anrufen lassen',
  },
} as const;

async function open(page: Page, language: 'de' | 'en'): Promise<void> {
  const address = new URL(desk.url);
  address.searchParams.set('language', language);
  await page.goto(address.href);
  await expect(page.getByRole('link', { name: WORDS[language].screens[3] })).toBeVisible({
    timeout: 20_000,
  });
}

async function expectNoFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
  ).toEqual([]);
}

async function expectNothingCutOff(page: Page): Promise<void> {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBeLessThanOrEqual(0);
}

// Colours hang on the theme and widths on the language: each is seen once.
for (const [language, colorScheme] of [
  ['en', 'light'],
  ['de', 'dark'],
] as const) {
  test(`every screen in ${language}, ${colorScheme}: nothing found by axe, nothing cut off`, async ({
    page,
  }) => {
    // Axe reads every screen five times over.
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page, language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    for (const screen of WORDS[language].screens) {
      await page.getByRole('link', { name: screen, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: screen })).toBeAttached();
      await expectNoFindings(page);
      await expectNothingCutOff(page);
    }
    await page.getByRole('button', { name: WORDS[language].ring }).click();
    await expect(
      page.getByRole('region', {
        name: language === 'de' ? 'Eingehender Anruf' : 'Incoming call',
      }),
    ).toBeVisible();
    await expectNoFindings(page);
  });
}

test('language and theme switch at once and stay', async ({ page }) => {
  await open(page, 'en');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('radio', { name: 'Deutsch' }).click({ force: true });
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
  await page.getByRole('radio', { name: 'Dunkel' }).click({ force: true });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
