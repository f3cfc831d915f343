/** Joins the class names that apply; always a string, so that it fits where `undefined` does not. */
export function classNames(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
