/** Calendar day (`YYYY-MM-DD`) of an instant in an IANA zone; an unknown zone is read as UTC. */
export function zonedDay(at: number, zone: string): string {
  return formatOf(zone).format(at);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  // Swedish writes dates as ISO 8601 does.
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: zone });
  } catch {
    format = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: 'UTC' });
  }
  formats.set(zone, format);
  return format;
}
