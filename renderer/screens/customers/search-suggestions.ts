// What can be added to a search, from what stands in the field.

/** The text with an operator added, ready for what follows it. */
export function withOperator(text: string, addition: string): string {
  const before = text.trimEnd();
  const value = addition.endsWith(':') ? addition : `${addition} `;
  return before === '' ? value : `${before} ${value}`;
}

/**
 * The operator whose value is being typed at the end of the text, and what is typed of it; null when
 * there is none.
 */
export function operatorAtEnd(text: string): { operator: string; value: string } | null {
  const [, operator, value] = /(?:^|\s)(\p{L}+):(\p{L}*)$/u.exec(text) ?? [];
  return operator === undefined ? null : { operator: operator.toLowerCase(), value: value ?? '' };
}

/** The text with the value at its end replaced. */
export function withValue(text: string, value: string): string {
  return `${text.replace(/:\p{L}*$/u, `:${value}`)} `;
}
