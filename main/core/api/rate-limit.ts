// Token buckets: so many requests at once, and so many a second after that. Pure; time is an argument.

export interface RateLimit {
  /** Takes one; answers 0, or the milliseconds until one may be taken again. */
  take(key: string, now: number): number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Forgotten when full again, so that the table does not grow with every key that was ever seen. */
const MOST_KEYS = 1_000;

export function rateLimit({ burst, perSecond }: { burst: number; perSecond: number }): RateLimit {
  const buckets = new Map<string, Bucket>();

  function refilled(bucket: Bucket, now: number): number {
    const gained = (Math.max(0, now - bucket.at) / 1_000) * perSecond;
    return Math.min(burst, bucket.left + gained);
  }

  return {
    take(key, now) {
      const bucket = buckets.get(key) ?? { left: burst, at: now };
      const left = refilled(bucket, now);
      if (left < 1) {
        buckets.set(key, { left, at: now });
        return Math.max(1, Math.ceil(((1 - left) / perSecond) * 1_000));
      }
      buckets.set(key, { left: left - 1, at: now });
      if (buckets.size > MOST_KEYS) {
        for (const [known, each] of buckets)
          if (refilled(each, now) >= burst) buckets.delete(known);
      }
      return 0;
    },
  };
}
