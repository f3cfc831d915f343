/** Option tags that we can honour when a peer requires them. */
const SUPPORTED: readonly string[] = ['outbound', 'path', 'gruu', '100rel', 'timer', 'replaces'];

/** Option tags of Require headers that we do not know (RFC 3261 section 8.2.2.3). */
export function unsupportedExtensions(requireHeaders: readonly string[]): string[] {
  return requireHeaders
    .flatMap((header) => header.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && !SUPPORTED.includes(tag.toLowerCase()));
}
