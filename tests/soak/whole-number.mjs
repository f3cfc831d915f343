/** The number given as this option; what is none, or below `least`, ends the program with a word. */
export function wholeNumber(values, name, least) {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count >= least) return count;
  process.stderr.write(`--${name} needs a whole number of at least ${least}\n`);
  process.exit(2);
}
