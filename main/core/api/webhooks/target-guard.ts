// Where webhooks may go. What stands in the address bar proves nothing: the name is resolved, every
// address that it has is judged, and the connection is made to the address that was judged.
import { BlockList, isIP } from 'node:net';

/** `public`, `private` (a policy may allow it), or `never`: link-local with its metadata services, multicast … */
export type Reach = 'public' | 'private' | 'never';

const NEVER_4 = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const PRIVATE_4 = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const;

/** Parts of 2000::/3 that are no ordinary addresses: Teredo and its neighbours, documentation, 6to4. */
const NEVER_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const PRIVATE_6 = [
  ['::1', 128],
  ['fc00::', 7],
] as const;

const never4 = listOf(NEVER_4, 'ipv4');
const private4 = listOf(PRIVATE_4, 'ipv4');
const never6 = listOf(NEVER_6, 'ipv6');
const private6 = listOf(PRIVATE_6, 'ipv6');
const global6 = listOf([['2000::', 3]], 'ipv6');

function listOf(
  subnets: readonly (readonly [string, number])[],
  family: 'ipv4' | 'ipv6',
): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}

/** Judges one address as a resolver gives it. What is not known to be public is not. */
export function reachOf(address: string): Reach {
  const plain = address.replace(/%.*$/u, '');
  const family = isIP(plain);
  if (family === 4) {
    if (never4.check(plain)) return 'never';
    return private4.check(plain) ? 'private' : 'public';
  }
  if (family !== 6) return 'never';
  const mapped = mappedIn(plain);
  if (mapped !== null) return reachOf(mapped);
  if (private6.check(plain, 'ipv6')) return 'private';
  if (!global6.check(plain, 'ipv6') || never6.check(plain, 'ipv6')) return 'never';
  return 'public';
}

/** The IPv4 address inside `::ffff:a.b.c.d`, however it is written. */
function mappedIn(address: string): string | null {
  const host = URL.parse(`http://[${address}]/`)?.hostname ?? '';
  const words = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/u.exec(host);
  if (!words) return null;
  const [high, low] = [Number.parseInt(words[1] ?? '', 16), Number.parseInt(words[2] ?? '', 16)];
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** Whether this address may be connected to: a private one only where the policy allows it. */
export function mayReach(address: string, allowPrivate: boolean): boolean {
  const reach = reachOf(address);
  return reach === 'public' || (reach === 'private' && allowPrivate);
}
