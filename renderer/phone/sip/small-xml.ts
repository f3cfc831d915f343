// Reads the small XML documents that come in NOTIFYs: elements, attributes and text. No document types,
// no entities but the five of XML itself and character references, nothing deep, nothing large.

export interface XmlElement {
  /** Without its namespace prefix. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  text: string;
}

const LIMIT = 64 * 1024;
const DEPTH = 20;
const TOKEN =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/** The document's root, or null when it is not well-formed or asks for more than the above. */
export function readXml(text: string): XmlElement | null {
  if (text.length > LIMIT) return null;
  const top = open('', {});
  const stack = [top];
  let at = 0;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    at = TOKEN.lastIndex;
    const [, cdata, closed, opened, attributes = '', empty, plain] = token;
    const parent = stack.at(-1);
    if (!parent) return null;
    if (closed !== undefined) {
      if (stack.length < 2 || parent.name !== local(closed)) return null;
      stack.pop();
    } else if (opened !== undefined) {
      const element = open(local(opened), attributesIn(attributes));
      parent.children.push(element);
      if (empty === '' && stack.push(element) > DEPTH) return null;
    } else parent.text += cdata ?? (plain === undefined ? '' : decoded(plain));
  }
  const [root] = top.children;
  const whole = at === text.length && stack.length === 1 && top.text.trim() === '';
  return whole && root && top.children.length === 1 ? root : null;
}

type OpenElement = XmlElement & { children: XmlElement[]; text: string };

function open(name: string, attributes: Record<string, string>): OpenElement {
  return { name, attributes, children: [], text: '' };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(ATTRIBUTE)].map(
    ([, name = '', double, single]) => [local(name), decoded(double ?? single ?? '')] as const,
  );
  return Object.fromEntries(pairs);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
