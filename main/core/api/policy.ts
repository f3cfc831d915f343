// What the organisation lays down in a file (`--policy FILE`). Each value is checked by itself: what
// cannot be understood is passed over and named, the rest is in force.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { PolicyState } from '../../../preload/contract/api.ts';
import type { RetentionPolicy } from '../../../preload/contract/rights.ts';
import { RETENTION_CLASSES } from '../../../preload/contract/vocabulary.ts';

const days = z.int().min(1).max(36_500);

/** Every value that a policy may hold, by section. */
export const policyShape = {
  api: {
    /** Whether other programs may use the local API at all. */
    enabled: z.boolean(),
    port: z.int().min(0).max(65_535),
    dialling: z.enum(['ask', 'direct', 'off']),
  },
  webhooks: {
    /** Webhooks may go to this machine and to private networks, there also by http. */
    privateTargets: z.boolean(),
  },
  voicemails: {
    /** The largest sound that other programs may hand over, MiB. */
    largestMegabytes: z.int().min(1).max(32),
  },
  /** Days after which each class of data goes. */
  retention: {
    feelings: days,
    notes: days,
    callDetails: days,
    recordings: days,
    changes: days,
    webhookLog: days,
    importReports: days,
    accessLog: days,
  },
} as const;

type Shape = typeof policyShape;
export type Policy = {
  [Section in keyof Shape]: {
    [Name in keyof Shape[Section]]?: Shape[Section][Name] extends z.ZodType
      ? z.output<Shape[Section][Name]>
      : never;
  };
};

export interface ReadPolicy {
  policy: Policy;
  state: PolicyState;
}

/** The JSON Schema of a policy file, for editors. */
export const policyFile = z.strictObject({
  $schema: z.string().optional(),
  api: z.strictObject(policyShape.api).partial().optional(),
  webhooks: z.strictObject(policyShape.webhooks).partial().optional(),
  voicemails: z.strictObject(policyShape.voicemails).partial().optional(),
  retention: z.strictObject(policyShape.retention).partial().optional(),
});

/** null: there is no policy. A file that cannot be read is a policy of which everything was passed over. */
export function readPolicy(file: string | null): ReadPolicy {
  if (file === null) return policyFrom(undefined);
  try {
    return policyFrom(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return policyFrom(null);
  }
}

/** @param content of the file; undefined when there is none */
export function policyFrom(content: unknown): ReadPolicy {
  const policy: Record<string, Record<string, unknown>> = {
    ...{ api: {}, webhooks: {}, voicemails: {}, retention: {} },
  };
  const managed: string[] = [];
  const ignored: string[] = [];
  if (isRecord(content)) {
    for (const [section, values] of Object.entries(content)) {
      if (section === '$schema') continue;
      const known = own(policyShape as Record<string, Record<string, z.ZodType>>, section);
      if (!known || !isRecord(values)) {
        ignored.push(section);
        continue;
      }
      for (const [name, value] of Object.entries(values)) {
        const result = own(known, name)?.safeParse(value);
        if (result?.success) {
          (policy[section] ??= {})[name] = result.data;
          managed.push(`${section}.${name}`);
        } else ignored.push(`${section}.${name}`);
      }
    }
  } else if (content !== undefined) ignored.push('*');
  const sound = policy as unknown as Policy;
  return {
    policy: sound,
    state: {
      present: content !== undefined,
      managed,
      ignored: ignored.map((name) => name.slice(0, 100)).slice(0, 50),
      privateTargets: sound.webhooks.privateTargets ?? false,
    },
  };
}

function own<Value>(table: Record<string, Value>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DAYS_OF_A_MONTH = 30;

/**
 * What a policy says of the classes that go by months, in whole months of 30 days, one at least; laying
 * down any of them switches retention on. Null when it says nothing of them.
 */
export function retentionLaidDown(retention: Policy['retention']): RetentionPolicy | null {
  const months: NonNullable<RetentionPolicy['months']> = {};
  for (const kind of RETENTION_CLASSES) {
    const days = retention[kind];
    if (days !== undefined) months[kind] = Math.max(1, Math.floor(days / DAYS_OF_A_MONTH));
  }
  return Object.keys(months).length === 0 ? null : { on: true, months };
}
