import { useEffect, useState } from 'react';

/** The time, epoch ms, at every full step; stands still while `running` is false. */
export function useNow(stepMs: number, running = true): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs, running]);
  return now;
}
