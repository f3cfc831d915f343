// What the desk's page may ask of the machine. Everything that is not in the table is denied, and so
// is every page that is not our own main frame.
import type { Session, WebContents } from 'electron';
import { isOwnPage } from './origin.ts';

type Permission = Parameters<Parameters<Session['setPermissionRequestHandler']>[0] & object>[1];

/**
 * `local-network` and `loopback-network` let the page's WebSocket reach a PBX in the company's own
 * network: Chromium gates those by permission. Devices are asked for by the page when it needs them.
 */
export const GRANTED: ReadonlySet<Permission> = new Set<Permission>([
  'media',
  'speaker-selection',
  'notifications',
  'local-network',
  'local-network-access',
  'loopback-network',
  'clipboard-sanitized-write',
]);

interface Asked {
  permission: string;
  /** Address of the frame that asks. */
  from: string;
  mainFrame: boolean;
  /** For `media`: what is wanted; an empty list is a check before the kind is known. */
  mediaTypes: readonly string[];
  /** Whether the agent's settings use the keys of a headset. */
  headset?: boolean;
}

/** Sound is granted, pictures are not: the desk has no use for a camera. */
export function isGranted({ permission, from, mainFrame, mediaTypes, headset }: Asked): boolean {
  if (!mainFrame || !isOwnPage(from)) return false;
  if (permission === 'hid') return headset === true;
  if (!(GRANTED as ReadonlySet<string>).has(permission)) return false;
  return permission !== 'media' || mediaTypes.every((type) => type === 'audio');
}

/** Installs the table for requests and for silent checks; both must agree or a request never comes. */
export function setUpPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>,
  headset: () => boolean,
): void {
  session.setPermissionRequestHandler((contents: WebContents, permission, callback, details) => {
    const wanted = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    callback(
      isGranted({
        permission,
        from: details.requestingUrl ?? contents.getURL(),
        mainFrame: details.isMainFrame,
        mediaTypes: wanted,
        headset: headset(),
      }),
    );
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isGranted({
      permission,
      from: details.requestingUrl ?? requestingOrigin,
      mainFrame: details.isMainFrame,
      mediaTypes:
        details.mediaType === undefined || details.mediaType === 'unknown'
          ? []
          : [details.mediaType],
      headset: headset(),
    }),
  );
}
