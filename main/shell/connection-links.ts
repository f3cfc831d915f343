// `anklang://connect?…` links from a browser or a mail: the page shows what they would set and asks.
// Nothing of them is looked into here but that they are such a link.
const LINK = /^anklang:\/*connect\/?\?[\x21-\x7e]+$/i;
/** What every system passes on in one argument. */
const LONGEST = 30_000;

/** The link as it came, or null when it is none. */
export function connectionLinkFrom(link: string): string | null {
  const text = link.trim();
  return text.length <= LONGEST && LINK.test(text) ? text : null;
}
