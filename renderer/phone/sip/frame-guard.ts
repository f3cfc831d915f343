// Looks at a received frame before sip.js parses it: sip.js' parser throws on some, takes seconds for
// others, and keeps only the last of several challenges. What makes a request impossible (RFC 3261
// section 8.2) is told to its sender here, as far as it says to whom.
import { challengesIn, strongestChallenge } from './digest.ts';
import { unsupportedExtensions } from './extensions.ts';

/** Largest frame that is looked at; in UTF-16 units, because counting bytes costs more than it tells. */
export const FRAME_LIMIT = 64 * 1024;
const HEADER_LIMIT = 8 * 1024;
const HEADER_COUNT_LIMIT = 200;
/** Addresses in one Contact, Route or Record-Route header are parsed by a slow grammar. */
const LIST_LIMIT = 100;

const RESPONSE_LINE = /^SIP\/2\.0 [1-6]\d\d(?: [^\r\n]*)?$/;
const REQUEST_LINE = /^([A-Za-z0-9.!%*_+`'~-]{1,100}) ([^\s<>]{1,2000}) SIP\/2\.0$/;
const OTHER_VERSION = /^[A-Za-z0-9.!%*_+`'~-]{1,100} \S{1,2000} SIP\/(?!2\.0$)\d+\.\d+$/;
const ANY_REQUEST = /^[A-Za-z0-9.!%*_+`'~-]{1,100} .{1,3000}SIP\/\d+\.\d+\s*$/;
const CSEQ = /^\s*(\d{1,10})\s+([A-Za-z0-9.!%*_+`'~-]{1,100})\s*$/;
const MAX_CSEQ = 2 ** 31;

const SHORT_NAMES: Readonly<Record<string, string>> = {
  c: 'content-type',
  f: 'from',
  i: 'call-id',
  l: 'content-length',
  m: 'contact',
  t: 'to',
  v: 'via',
};
/** Headers that may come once only. */
const SINGLE = ['call-id', 'content-length', 'cseq', 'from', 'max-forwards', 'to'];
const NEEDED = ['call-id', 'cseq', 'from', 'to', 'via'];
const STRUCTURED = ['contact', 'from', 'to', 'via'];
/** Refusals without a transaction all carry this tag; a dialog never comes of them. */
const REFUSAL_TAG = 'refused';

export type FrameRefusal =
  | 'tooLarge'
  | 'tooLong'
  | 'notSip'
  | 'badVersion'
  | 'badScheme'
  | 'badExtension'
  | 'noDialog'
  | 'failed'
  | 'badHeader'
  | 'badCSeq'
  | 'badLength'
  | 'noEnd';

/** The frame as it may be given to the parser, or why not; `reply` is what its sender is told. */
export function guardFrame(
  frame: string,
): { frame: string } | { refused: FrameRefusal; reply?: string } {
  if (frame.length > FRAME_LIMIT) return { refused: 'tooLarge' };
  const end = frame.indexOf('\r\n\r\n');
  if (end < 0) return { refused: 'noEnd' };
  const lines = frame
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.slice(1).map(headerIn);
  const tooLong =
    lines.length > HEADER_COUNT_LIMIT || lines.some((line) => line.length > HEADER_LIMIT);
  const refused = tooLong
    ? 'tooLong'
    : (startProblem(lines[0] ?? '') ??
      headerProblem(headers) ??
      requestProblem(lines[0] ?? '', headers, frame.slice(end + 4)));
  if (refused) {
    const reply = replyTo(lines[0] ?? '', headers, refused);
    return reply === null ? { refused } : { refused, reply };
  }
  return { frame: withOneChallenge(frame, lines, end) };
}

interface HeaderLine {
  /** In its long form and lower case; empty where the line is no header. */
  name: string;
  value: string;
  line: string;
}

function headerIn(line: string): HeaderLine {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  return { name: SHORT_NAMES[name] ?? name, value: line.slice(colon + 1), line };
}

function startProblem(line: string): FrameRefusal | null {
  if (RESPONSE_LINE.test(line)) return null;
  const uri = REQUEST_LINE.exec(line)?.[2];
  if (uri !== undefined) return /^(?:sips?|tel):/i.test(uri) ? null : 'badScheme';
  return OTHER_VERSION.test(line) ? 'badVersion' : 'notSip';
}

function headerProblem(headers: readonly HeaderLine[]): FrameRefusal | null {
  const cseqs = headers.filter(({ name }) => name === 'cseq');
  const number = CSEQ.exec(cseqs[0]?.value ?? '')?.[1];
  for (const { name, value } of headers) {
    if (name === '') return 'badHeader';
    const isList = /^(contact|route|record-route)$/.test(name);
    if (isList && value.split(',').length > LIST_LIMIT) return 'badHeader';
  }
  if (cseqs.length !== 1 || number === undefined || Number(number) >= MAX_CSEQ) return 'badCSeq';
  return null;
}

/** What makes a request malformed; responses like that find no transaction anyway. */
function requestProblem(
  startLine: string,
  headers: readonly HeaderLine[],
  body: string,
): FrameRefusal | null {
  const method = REQUEST_LINE.exec(startLine)?.[1];
  const all = (wanted: string): HeaderLine[] => headers.filter(({ name }) => name === wanted);
  const length = all('content-length')[0]?.value.trim();
  if (length !== undefined && !/^\d{1,9}$/.test(length)) return 'badLength';
  if (method === undefined) return null;
  if (SINGLE.some((name) => all(name).length > 1)) return 'badHeader';
  if (NEEDED.some((name) => all(name).length === 0)) return 'badHeader';
  if (CSEQ.exec(all('cseq')[0]?.value ?? '')?.[2] !== method) return 'badCSeq';
  if (headers.some(({ name, value }) => STRUCTURED.includes(name) && isBroken(value))) {
    return 'badHeader';
  }
  if (length !== undefined && Number(length) > new TextEncoder().encode(body).length) {
    return 'badLength';
  }
  const acknowledges = method === 'ACK' || method === 'CANCEL';
  return !acknowledges && unsupportedIn(headers).length > 0 ? 'badExtension' : null;
}

function unsupportedIn(headers: readonly HeaderLine[]): string[] {
  return unsupportedExtensions(
    headers.filter(({ name }) => name === 'require').map(({ value }) => value),
  );
}

/** Quotes that do not end, empty parameters, white space inside angle brackets. */
function isBroken(value: string): boolean {
  const bare = value.replace(/"(?:[^"\\]|\\.)*"/g, '');
  const outside = bare.replace(/<[^<>\s]*>/g, '<>');
  return bare.includes('"') || /[;,]\s*[;,]|<\s|\s>/.test(outside);
}

/** What the sender of this frame is told when it could not be taken after all; null for responses. */
export function refusalOf(
  frame: string,
  refused: 'badHeader' | 'noDialog' | 'failed',
): string | null {
  const lines = frame
    .slice(0, Math.max(frame.indexOf('\r\n\r\n'), 0))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  return replyTo(lines[0] ?? '', lines.slice(1).map(headerIn), refused);
}

const STATUS: Readonly<Partial<Record<FrameRefusal, string>>> = {
  tooLong: '513 Message Too Large',
  badVersion: '505 Version Not Supported',
  badScheme: '416 Unsupported URI Scheme',
  badExtension: '420 Bad Extension',
  noDialog: '481 Call/Transaction Does Not Exist',
  failed: '500 Server Internal Error',
};

/** A refusal of this request, or null where it is none or does not say who wants to know. */
function replyTo(
  startLine: string,
  headers: readonly HeaderLine[],
  refused: FrameRefusal,
): string | null {
  if (!ANY_REQUEST.test(startLine) || startLine.startsWith('ACK ')) return null;
  const kept = headers.filter(({ name }) => NEEDED.includes(name));
  if (kept.some(({ line }) => line.length > HEADER_LIMIT)) return null;
  if (NEEDED.some((name) => !kept.some((header) => header.name === name))) return null;
  return [
    `SIP/2.0 ${STATUS[refused] ?? '400 Bad Request'}`,
    ...kept.map(({ name, line }) =>
      name === 'to' && !/;\s*tag\s*=/i.test(line) ? `${line};tag=${REFUSAL_TAG}` : line,
    ),
    ...(refused === 'badExtension' ? [`Unsupported: ${unsupportedIn(headers).join(', ')}`] : []),
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** sip.js would take the last of several challenges: it gets the strongest alone. */
function withOneChallenge(frame: string, lines: readonly string[], end: number): string {
  const challengeLines = lines.filter((line) => /^(?:www|proxy)-authenticate\s*:/i.test(line));
  const challenges = challengeLines.flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    return challengesIn(line.slice(colon + 1)).map((challenge) => `${name}: ${challenge}`);
  });
  if (challenges.length < 2) return frame;
  const first = lines.indexOf(challengeLines[0] ?? '');
  const kept = lines.flatMap((line, index) => {
    if (index === first) return [strongestChallenge(challenges) ?? line];
    return challengeLines.includes(line) ? [] : [line];
  });
  return `${kept.join('\r\n')}${frame.slice(end)}`;
}
