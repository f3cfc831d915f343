// Time as core's services get it, so that tests can hold it still.
export type Now = () => number;
export type Cancel = () => void;

export interface Schedule {
  after(ms: number, action: () => void): Cancel;
  every(ms: number, action: () => void): Cancel;
}

/** Timers of this process; they alone do not keep it alive. */
export const processTimers: Schedule = {
  after(ms, action) {
    const timer = setTimeout(action, ms).unref();
    return () => clearTimeout(timer);
  },
  every(ms, action) {
    const timer = setInterval(action, ms).unref();
    return () => clearInterval(timer);
  },
};
