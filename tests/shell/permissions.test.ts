import { describe, expect, it } from 'vitest';
import { isGranted, setUpPermissions } from '../../main/shell/permissions.ts';

const own = { from: 'app://anklang/', mainFrame: true, mediaTypes: [] };

describe('permission table', () => {
  it.each([
    'speaker-selection',
    'notifications',
    'local-network',
    'local-network-access',
    'loopback-network',
    'clipboard-sanitized-write',
  ])('grants %s to our own main frame', (permission) => {
    expect(isGranted({ ...own, permission })).toBe(true);
  });

  it.each([
    'geolocation',
    'clipboard-read',
    'usb',
    'serial',
    'display-capture',
    'openExternal',
    'unknown',
  ])('denies %s', (permission) => {
    expect(isGranted({ ...own, permission })).toBe(false);
  });

  it('grants the microphone and denies the camera', () => {
    expect(isGranted({ ...own, permission: 'media', mediaTypes: ['audio'] })).toBe(true);
    expect(isGranted({ ...own, permission: 'media', mediaTypes: ['video'] })).toBe(false);
    expect(isGranted({ ...own, permission: 'media', mediaTypes: ['audio', 'video'] })).toBe(false);
  });

  it.each([
    'https://example.org/',
    'app://anklang.example.org/',
    'app://anklang@example.org/',
    'file:///etc/passwd',
    'null',
    '',
  ])('denies everything to %s', (from) => {
    expect(isGranted({ ...own, permission: 'media', from })).toBe(false);
  });

  it('grants headsets only while the setting uses them', () => {
    expect(isGranted({ ...own, permission: 'hid' })).toBe(false);
    expect(isGranted({ ...own, permission: 'hid', headset: true })).toBe(true);
    expect(isGranted({ ...own, permission: 'hid', headset: true, from: 'https://e.org/' })).toBe(
      false,
    );
  });

  it('denies frames inside our page', () => {
    expect(isGranted({ ...own, permission: 'media', mainFrame: false })).toBe(false);
  });

  it('answers requests and checks alike', () => {
    const handlers: { request?: unknown; check?: unknown } = {};
    setUpPermissions(
      {
        setPermissionRequestHandler: (handler) => {
          handlers.request = handler;
        },
        setPermissionCheckHandler: (handler) => {
          handlers.check = handler;
        },
      },
      () => false,
    );
    const request = handlers.request as (
      contents: { getURL(): string },
      permission: string,
      callback: (granted: boolean) => void,
      details: object,
    ) => void;
    const check = handlers.check as (
      contents: null,
      permission: string,
      origin: string,
      details: object,
    ) => boolean;
    const answers: boolean[] = [];
    const contents = { getURL: () => 'app://anklang/' };
    const page = { requestingUrl: 'app://anklang/', isMainFrame: true };
    request(contents, 'media', (granted) => answers.push(granted), {
      ...page,
      mediaTypes: ['audio'],
    });
    request(contents, 'media', (granted) => answers.push(granted), {
      ...page,
      mediaTypes: ['video'],
    });
    request(contents, 'geolocation', (granted) => answers.push(granted), page);
    expect(answers).toEqual([true, false, false]);
    expect(check(null, 'media', 'app://anklang', { ...page, mediaType: 'audio' })).toBe(true);
    expect(check(null, 'media', 'app://anklang', { ...page, mediaType: 'video' })).toBe(false);
    expect(check(null, 'loopback-network', 'https://example.org', { isMainFrame: true })).toBe(
      false,
    );
  });
});
