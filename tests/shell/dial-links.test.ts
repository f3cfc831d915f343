import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialTargetFrom } from '../../main/shell/dial-links.ts';

describe('links that prefill', () => {
  it.each([
    ['tel:+495619990021', '+495619990021'],
    ['tel:+49-561-9990021;ext=12', '+49-561-9990021'],
    ['tel:%2B49%20561%209990021', '+49 561 9990021'],
    ['callto:0561 9990021', '0561 9990021'],
    ['callto://+495619990021', '+495619990021'],
    ['sip:vogt@example.org', 'sip:vogt@example.org'],
    ['sip:vogt@example.org;transport=tcp?subject=hi', 'sip:vogt@example.org'],
    ['SIPS:vogt@example.org', 'sips:vogt@example.org'],
  ])('%s → %s', (link, target) => {
    expect(dialTargetFrom(link)).toBe(target);
  });

  it.each([
    'https://example.org',
    'tel:',
    'tel:%0d%0aEvil',
    'tel:%zz',
    'sip:?x',
    'file:///x',
    `tel:${'1'.repeat(300)}`,
  ])('%s gives nothing', (link) => {
    expect(dialTargetFrom(link)).toBeNull();
  });

  it('never throws and never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const target = dialTargetFrom(`tel:${text}`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
        expect(target === null || !/[\u0000-\u001f\u007f]/.test(target)).toBe(true);
      }),
    );
  });
});
