// What names a person in a text, and the text without it.

/** Whole names, e-mail addresses in lower case, and ends of numbers that are nobody else's. */
export interface Named {
  names: string[];
  emails: string[];
  digits: string[];
}

/** Stands where something was taken out. */
const GONE = '…';
/** Digits as people write numbers, with what may stand between them. */
const NUMBER = /\+?\d(?:[\d\s\-/().]*\d)?/g;
/** What stands between digits without being one, for SQL. */
const BETWEEN = [' ', '-', '/', '(', ')', '.'];

/** Whether one of these columns may name the person; over $names, $emails and $digits, lists as JSON. */
export function textsNaming(columns: readonly string[]): string {
  return columns
    .map((name) => {
      const column = `"${name.replaceAll('"', '""')}"`;
      const bare = BETWEEN.reduce((sql, sign) => `replace(${sql}, '${sign}', '')`, column);
      return `EXISTS (SELECT 1 FROM json_each($emails) e WHERE instr(lower(${column}), e.value))
        OR EXISTS (SELECT 1 FROM json_each($digits) d WHERE instr(${bare}, d.value))
        OR EXISTS (SELECT 1 FROM json_each($names) n WHERE ${column} LIKE '%' || replace(n.value, ' ', '%') || '%')`;
    })
    .join(' OR ');
}

/** The text without the person; null where nothing else is left of it. JSON stays JSON. */
export function unnamed(text: string, named: Named, json: boolean): string | null {
  if (!json) {
    const left = withoutNames(text, named);
    return left === GONE ? null : left;
  }
  const before: unknown = JSON.parse(text);
  const after = walked(before, named);
  return after === before ? text : JSON.stringify(after);
}

/** The same value when nothing in it names the person. */
function walked(value: unknown, named: Named): unknown {
  if (typeof value === 'string') return withoutNames(value, named);
  if (Array.isArray(value)) {
    const items = value.map((item) => walked(item, named));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, of]) => [name, of, walked(of, named)] as const);
  return entries.some(([, before, after]) => before !== after)
    ? Object.fromEntries(entries.map(([name, , after]) => [name, after]))
    : value;
}

function withoutNames(text: string, { names, emails, digits }: Named): string {
  let left = text;
  for (const email of emails) left = left.replace(whole(email), GONE);
  for (const name of names) left = left.replace(whole(name), GONE);
  if (digits.length > 0)
    left = left.replace(NUMBER, (number) => (isOne(number, digits) ? GONE : number));
  return left;
}

function isOne(number: string, ends: readonly string[]): boolean {
  const digits = number.replaceAll(/\D/g, '');
  // A short number is another one when more digits stand before it.
  return ends.some((end) => (end.length < 9 ? digits === end : digits.endsWith(end)));
}

/** Where it stands by itself, in any case, with any space between its words. */
function whole(words: string): RegExp {
  const escaped = words
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(String.raw`\s+`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}]|-\p{L})`, 'giu');
}
