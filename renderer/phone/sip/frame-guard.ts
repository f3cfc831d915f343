// Looks at a received frame before sip.js parses it: sip.js' parser throws on some, takes seconds for
// others, and keeps only the last of several challenges.
import { challengesIn, strongestChallenge } from './digest.ts';

/** Largest frame that is looked at; in UTF-16 units, because counting bytes costs more than it tells. */
export const FRAME_LIMIT = 64 * 1024;
const HEADER_LIMIT = 8 * 1024;
const HEADER_COUNT_LIMIT = 200;
/** Addresses in one Contact, Route or Record-Route header are parsed by a slow grammar. */
const LIST_LIMIT = 100;

const START_LINE =
  /^(?:SIP\/2\.0 [1-6]\d\d(?: [^\r\n]*)?|[A-Za-z0-9.!%*_+`'~-]{1,40} [^\s]{1,2000} SIP\/2\.0)$/;
const CSEQ = /^\s*(\d{1,10})\s+[A-Za-z0-9.!%*_+`'~-]{1,40}\s*$/;
const MAX_CSEQ = 2 ** 31;

export type FrameRefusal = 'tooLarge' | 'notSip' | 'badHeader' | 'badCSeq' | 'noEnd';

/** The frame as it may be given to the parser, or why not. */
export function guardFrame(frame: string): { frame: string } | { refused: FrameRefusal } {
  if (frame.length > FRAME_LIMIT) return { refused: 'tooLarge' };
  const end = frame.indexOf('\r\n\r\n');
  if (end < 0) return { refused: 'noEnd' };
  const head = frame.slice(0, end);
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const startLine = lines[0] ?? '';
  if (!START_LINE.test(startLine)) return { refused: 'notSip' };
  if (lines.length > HEADER_COUNT_LIMIT) return { refused: 'badHeader' };
  let cseqs = 0;
  const challenges: string[] = [];
  const challengeLines: string[] = [];
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    if (colon < 1 || line.length > HEADER_LIMIT) return { refused: 'badHeader' };
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1);
    if (name === 'cseq') {
      const number = CSEQ.exec(value)?.[1];
      if (number === undefined || Number(number) >= MAX_CSEQ) return { refused: 'badCSeq' };
      cseqs += 1;
    } else if (name === 'www-authenticate' || name === 'proxy-authenticate') {
      challenges.push(...challengesIn(value).map((challenge) => `${line.slice(0, colon)}: ${challenge}`));
      challengeLines.push(line);
    } else if (/^(contact|m|route|record-route)$/.test(name)) {
      if (value.split(',').length > LIST_LIMIT) return { refused: 'badHeader' };
    }
  }
  if (cseqs !== 1) return { refused: 'badCSeq' };
  if (challenges.length < 2) return { frame };
  const kept = strongestChallenge(challenges) ?? '';
  const first = lines.indexOf(challengeLines[0] ?? '');
  const rest = lines.flatMap((line, index) => {
    if (index === first) return [kept];
    return challengeLines.includes(line) ? [] : [line];
  });
  return { frame: `${rest.join('\r\n')}${frame.slice(end)}` };
}
