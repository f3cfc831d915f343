// What is typed about a customer, and what becomes of it. Several numbers, addresses and tags are
// written one below the other.
import type { Customer } from '../../../preload/contract/customers.ts';

export interface CustomerForm {
  name: string;
  company: string;
  city: string;
  numbers: string;
  emails: string;
  tags: string;
  preferredTime: string;
}
export type CustomerField = keyof CustomerForm;

export interface CustomerEntry {
  name: string;
  company: string | null;
  city: string | null;
  numbers: string[];
  emails: string[];
  tags: string[];
  preferredTime: string | null;
}

export type CustomerFieldProblem = 'nameMissing' | 'emailMalformed' | 'refused';
export type CustomerProblems = Partial<Record<CustomerField, CustomerFieldProblem>>;

export function emptyCustomerForm(name: string): CustomerForm {
  return { name, company: '', city: '', numbers: '', emails: '', tags: '', preferredTime: '' };
}

export function customerFormFrom(customer: Customer): CustomerForm {
  return {
    name: customer.name,
    company: customer.company ?? '',
    city: customer.city ?? '',
    numbers: customer.numbers.map((number) => number.raw).join('\n'),
    emails: customer.emails.join('\n'),
    tags: customer.tags.join('\n'),
    preferredTime: customer.preferredTime ?? '',
  };
}

const lines = (text: string) => [
  ...new Set(
    text
      .split(/[\n;,]/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];
const textOrNull = (text: string) => text.trim() || null;

/** What core is to store. */
export function customerEntryFrom(form: CustomerForm): CustomerEntry {
  return {
    name: form.name.trim(),
    company: textOrNull(form.company),
    city: textOrNull(form.city),
    numbers: lines(form.numbers),
    emails: lines(form.emails),
    tags: lines(form.tags),
    preferredTime: textOrNull(form.preferredTime),
  };
}

/** Only what the agent changed, so that what somebody else changed meanwhile stays. */
export function changedEntry(before: CustomerForm, after: CustomerForm): Partial<CustomerEntry> {
  const entry = customerEntryFrom(after);
  const fields = Object.keys(before) as CustomerField[];
  return Object.fromEntries(
    fields.filter((field) => before[field] !== after[field]).map((field) => [field, entry[field]]),
  );
}

/** What the form itself can see to be wrong; core has the last word. */
export function customerProblems(form: CustomerForm): CustomerProblems {
  const problems: CustomerProblems = {};
  if (form.name.trim() === '') problems.name = 'nameMissing';
  if (lines(form.emails).some((email) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))) {
    problems.emails = 'emailMalformed';
  }
  return problems;
}

/** The fields that core refused, from the paths of its issues. */
export function refusedFields(
  issues: readonly { path: readonly (string | number)[] }[],
): CustomerProblems {
  const problems: CustomerProblems = {};
  for (const { path } of issues) {
    const field = path.find((step) => typeof step === 'string' && step !== 'changes');
    if (typeof field === 'string' && field in emptyCustomerForm('')) {
      problems[field as CustomerField] = 'refused';
    }
  }
  return problems;
}
