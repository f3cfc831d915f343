// What is typed about a customer, and what becomes of it. Several numbers, addresses and tags are
// written one below the other.
import type { LikenessQuestion } from '../../../preload/contract/clean-book.ts';
import type { Customer } from '../../../preload/contract/customers.ts';

export interface CustomerForm {
  name: string;
  company: string;
  city: string;
  numbers: string;
  emails: string;
  tags: string;
  preferredTime: string;
  street: string;
  postalCode: string;
  country: string;
  externalId: string;
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
  street: string | null;
  postalCode: string | null;
  country: string | null;
  externalId: string | null;
}

export type CustomerFieldProblem =
  | 'nameMissing'
  | 'emailMalformed'
  | 'countryMalformed'
  | 'refused';
export type CustomerProblems = Partial<Record<CustomerField, CustomerFieldProblem>>;

export function emptyCustomerForm(name: string): CustomerForm {
  return {
    ...{ name, company: '', city: '', numbers: '', emails: '', tags: '', preferredTime: '' },
    ...{ street: '', postalCode: '', country: '', externalId: '' },
  };
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
    street: customer.street ?? '',
    postalCode: customer.postalCode ?? '',
    country: customer.country ?? '',
    externalId: customer.externalId ?? '',
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
    street: textOrNull(form.street),
    postalCode: textOrNull(form.postalCode),
    country: textOrNull(form.country.toUpperCase()),
    externalId: textOrNull(form.externalId),
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
  if (!/^([a-z]{2})?$/i.test(form.country.trim())) problems.country = 'countryMalformed';
  return problems;
}

/** What is asked of the book while it is typed; null while there is too little to compare by. */
export function likenessQuestionFrom(
  form: CustomerForm,
  customerId: string | null,
): LikenessQuestion | null {
  const { name, company, city, numbers, emails, street, postalCode, externalId } =
    customerEntryFrom(form);
  const question = {
    ...{ customerId, name, company, city, street, postalCode, externalId },
    numbers: numbers.filter((number) => number.replace(/\D/g, '').length >= 3).slice(0, 20),
    emails: emails.filter((email) => email.includes('@')).slice(0, 20),
  };
  const enough = name.length >= 3 || question.numbers.length > 0 || question.emails.length > 0;
  return enough ? question : null;
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
